/** DICOMweb (PS3.18): searching, retrieving and storing over HTTP. */
package org.loupe.dicom.web;
