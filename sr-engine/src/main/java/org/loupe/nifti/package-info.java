/** NIfTI-1 and NIfTI-2 files: header, voxels and the place in the patient. */
package org.loupe.nifti;
