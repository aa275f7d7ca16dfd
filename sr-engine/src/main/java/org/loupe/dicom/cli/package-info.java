/** The command line of {@code loupe dicom}: one class for each command. */
package org.loupe.dicom.cli;
