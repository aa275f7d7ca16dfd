/**
 * One image pane: an immutable view of a slice, its interpolated and super-resolved layers, and the
 * marks over them.
 */
package org.loupe.viewer.viewport;
