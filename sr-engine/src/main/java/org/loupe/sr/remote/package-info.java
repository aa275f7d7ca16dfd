/**
 * A client of inference servers that speak the Open Inference Protocol (KServe V2) over HTTP and
 * gRPC. It knows arrays of numbers and nothing of images.
 */
package org.loupe.sr.remote;
