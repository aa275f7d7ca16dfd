"""Converts NIfTI volumes of one patient to DICOM MR series with nibabel and pydicom, independently of Loupe.
   python3 nifti_to_dicom.py OUT FIRST LAST T2=T2.nii.gz:90:3000:explicit T1=T1.nii.gz:10:500:implicit ...
Each argument is NAME=FILE:TE:TR:SYNTAX (explicit, implicit, big, deflated). Slices FIRST to
LAST go to OUT/Ixxxxx in shuffled order."""
import os
import sys

import nibabel as nib
import numpy as np
import pydicom
from pydicom.dataset import FileDataset, FileMetaDataset

SYNTAX = {"explicit": "1.2.840.10008.1.2.1", "implicit": "1.2.840.10008.1.2", "big": "1.2.840.10008.1.2.2",
          "deflated": "1.2.840.10008.1.2.1.99"}
ROOT = "1.2.826.0.1.3680043.8.498.7."
out, first, last = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
os.makedirs(out, exist_ok=True)
names = iter(np.random.default_rng(0).permutation(100000))
for number, spec in enumerate(sys.argv[4:], 1):
    name, rest = spec.split("=", 1)
    path, te, tr, syntax = rest.rsplit(":", 3)
    image = nib.load(path)
    data = np.asarray(image.dataobj)
    assert data.dtype.kind in "iu" and data.min() >= -32768 and data.max() <= 32767
    lps = np.diag([-1, -1, 1, 1]) @ image.affine
    sizes = np.linalg.norm(lps[:3, :3], axis=0)
    cosines = lps[:3, :3] / sizes
    for k in range(first, last + 1):
        ds = FileDataset(None, {}, preamble=b"\0" * 128)
        ds.SpecificCharacterSet = "ISO_IR 192"
        ds.ImageType = ["ORIGINAL", "PRIMARY", "OTHER"]
        ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.4"
        ds.SOPInstanceUID = f"{ROOT}{number}.{k + 1}"
        ds.StudyDate, ds.Modality, ds.PatientName, ds.PatientID = "20200101", "MR", "Real^Patient", "R1"
        ds.StudyDescription, ds.SeriesDescription = "converted", ""
        ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.FrameOfReferenceUID = ROOT + "100", f"{ROOT}{number}", ROOT + "200"
        ds.SeriesNumber, ds.InstanceNumber = number, data.shape[2] - k
        ds.ScanningSequence, ds.SequenceVariant = "SE", "SK"
        ds.EchoTime, ds.RepetitionTime = te, tr
        ds.ImagePositionPatient = [f"{v:.12f}"[:16] for v in (lps @ [0, 0, k, 1])[:3]]
        ds.ImageOrientationPatient = [f"{v:.14f}"[:16] for v in (*cosines[:, 0], *cosines[:, 1])]
        ds.PixelSpacing = [f"{v:.14f}"[:16] for v in (sizes[1], sizes[0])]
        ds.SliceThickness = f"{sizes[2]:.6f}"
        ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
        ds.Rows, ds.Columns = data.shape[1], data.shape[0]
        ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 1
        big = syntax == "big"
        ds.PixelData = np.ascontiguousarray(data[:, :, k].T).astype(">i2" if big else "<i2").tobytes()
        ds["PixelData"].VR = "OW"
        ds.file_meta = FileMetaDataset()
        ds.file_meta.TransferSyntaxUID = SYNTAX[syntax]
        ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
        ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
        ds.is_little_endian, ds.is_implicit_VR = not big, syntax == "implicit"
        pydicom.dcmwrite(f"{out}/I{next(names):05d}", ds, write_like_original=False)
