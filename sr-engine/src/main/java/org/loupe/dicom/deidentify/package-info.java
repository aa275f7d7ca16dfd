/** De-identification of data sets (PS3.15 annex E). */
package org.loupe.dicom.deidentify;
