/** Commands that {@code loupe dicom} has beside its own where this jar is on the class path. */
package org.loupe.dcm4che.cli;
