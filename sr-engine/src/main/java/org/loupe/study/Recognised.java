package org.loupe.study;

import org.loupe.image.Contrast;

/**
 * A recognised contrast.
 *
 * @param reason what it was read from, for the user: "TE 90 ms, TR 3000 ms"
 */
public record Recognised(Contrast contrast, String reason) {}
