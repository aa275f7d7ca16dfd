/**
 * What Loupe gives back as DICOM: derived images, segmentations, reports, key object selections and
 * presentation states. Everything is labelled as computed by research software.
 */
package org.loupe.dicom.derived;
