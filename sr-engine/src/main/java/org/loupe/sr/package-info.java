/**
 * The engine's public face: prepare a slice once, decode any rectangle of it at any pixel size. It
 * knows neither files nor DICOM.
 */
package org.loupe.sr;
