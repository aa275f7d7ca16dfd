/** Pixels and where they lie in the patient: planes, volumes, resampling, k-space, windowing. */
package org.loupe.image;
