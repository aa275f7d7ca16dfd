package org.loupe.sr.eval;

import org.loupe.image.Image2;
import org.loupe.image.PhaseAxis;

/**
 * What a method is given of one slice of a case. Sample n of a low-resolution axis lies at HR index
 * {@code n * width / target.width()} (first centres coincide): the true ratio, which is not quite
 * the nominal factor where that does not divide the size.
 *
 * @param target low-resolution slice, divided by the maximum of its HR slice
 * @param previous neighbouring slice, degraded alike and divided by the same value; null at the end
 *     of the stack
 * @param next likewise
 * @param reference the reference contrast divided by its HR maximum, at HR resolution or degraded
 *     like the target; null for none
 * @param width columns of the HR grid
 * @param height rows of the HR grid
 * @param columnSpacing pixel width of the HR grid, mm
 * @param rowSpacing pixel height of the HR grid, mm
 * @param phase axis of phase encoding
 * @param factor the nominal scale, above 1; geometry follows the sizes instead
 */
public record CaseSlice(
    Image2 target,
    Image2 previous,
    Image2 next,
    Image2 reference,
    int width,
    int height,
    double columnSpacing,
    double rowSpacing,
    PhaseAxis phase,
    double factor) {}
