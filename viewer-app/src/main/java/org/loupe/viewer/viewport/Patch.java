package org.loupe.viewer.viewport;

import org.loupe.image.Image2;
import org.loupe.sr.View;

/**
 * A super-resolved tile as it is laid over the interpolated image.
 *
 * @param area where it lies on the output lattice
 * @param values in the units of the series, before windowing
 * @param expectedError mean absolute error that the model expects, in the same units; null where it
 *     was not asked for
 * @param opacity 0 (not there yet) to 1 (faded in)
 */
record Patch(View area, Image2 values, Image2 expectedError, float opacity) {}
