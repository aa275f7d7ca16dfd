/** Archives: which there are, who asks, and searching, retrieving and sending (DICOMweb). */
package org.loupe.viewer.pacs;
