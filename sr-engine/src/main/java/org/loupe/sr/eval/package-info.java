/**
 * How good an upscaled slice is: the evaluation protocol, its metrics and the methods compared. It
 * degrades images of known resolution, so that the truth is known.
 */
package org.loupe.sr.eval;
