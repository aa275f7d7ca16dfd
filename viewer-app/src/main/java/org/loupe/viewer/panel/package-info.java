/** What lies around the panes: tool bar, status bar, problems. */
package org.loupe.viewer.panel;
