/** What is kept between sessions, and where. */
package org.loupe.viewer.prefs;
