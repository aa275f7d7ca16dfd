/** How panes lie in the window, which series hangs where, and how panes follow one another. */
package org.loupe.viewer.layout;
