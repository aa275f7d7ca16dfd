/** The application: its window and its launcher. */
package org.loupe.viewer;
