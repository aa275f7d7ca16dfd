/** DICOM Part 10 files: reading data sets, pixels and geometry, and writing MR images. */
package org.loupe.dicom;
