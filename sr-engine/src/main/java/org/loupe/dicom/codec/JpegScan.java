package org.loupe.dicom.codec;

/**
 * The scan of a JPEG stream (T.81 B.2.3).
 *
 * @param start spectral selection: first coefficient; of lossless scans the predictor
 * @param end last coefficient
 * @param high successive approximation: bits known before; 0 for a first scan
 * @param low point transform
 * @param interval units between restart markers; 0 for none
 */
record JpegScan(
    JpegFrame.Component[] components, int start, int end, int high, int low, int interval) {}
