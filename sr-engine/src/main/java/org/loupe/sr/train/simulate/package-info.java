/**
 * MR images of known truth: tissue fractions of a head, signal equations, slice profile, k-space
 * truncation and noise.
 */
package org.loupe.sr.train.simulate;
