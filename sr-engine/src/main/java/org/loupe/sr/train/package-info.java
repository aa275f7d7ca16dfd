/** Training: data sets, degradation and augmentation, the optimiser, checkpoints. */
package org.loupe.sr.train;
