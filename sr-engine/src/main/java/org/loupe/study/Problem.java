package org.loupe.study;

/**
 * A file that could not be opened, and why, in words for the user.
 *
 * @param source file name, or archive and entry
 * @param reason one clear sentence
 */
public record Problem(String source, String reason) {}
