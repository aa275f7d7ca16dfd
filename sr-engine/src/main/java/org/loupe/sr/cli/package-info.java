/** The command line: one class per command. */
package org.loupe.sr.cli;
