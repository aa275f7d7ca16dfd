/** Gestures and keys: what the user does to a pane. */
package org.loupe.viewer.tool;
