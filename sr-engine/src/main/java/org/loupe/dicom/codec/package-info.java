/** Decoders of compressed frames; they know nothing of data sets. */
package org.loupe.dicom.codec;
