/** DICOM files read by dcm4che. */
package org.loupe.dcm4che;
