/** Segmentations that were opened with a study, laid over the images of the panes. */
package org.loupe.viewer.segment;
