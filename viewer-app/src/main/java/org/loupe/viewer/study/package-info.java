/** Opening studies in the background, the list of open series, and what the user says of them. */
package org.loupe.viewer.study;
