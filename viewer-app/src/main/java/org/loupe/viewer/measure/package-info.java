/**
 * Measurements: values in patient coordinates, their geometry and statistics, how they are drawn
 * and edited in a pane, and the file beside the study that keeps them.
 */
package org.loupe.viewer.measure;
