/** The semantic prior: tissue probabilities from the segmentation network or a user's labels. */
package org.loupe.sr.prior;
