"""Makes the parametric maps of the tests, and what their pixels mean, by numpy. Needs python3-pydicom and python3-numpy.
Run in this folder: python3 make_parametric_maps.py"""
import json, os
import numpy as np
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian

OUT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../resources/org/loupe/dicom/maps")
ROOT = "1.2.826.0.1.3680043.8.498.30."
ROWS, COLUMNS, HEIGHTS = 5, 7, (6.0, 0.0, 3.0)
rng = np.random.default_rng(30)


def item(**kw):
    ds = Dataset()
    for key, value in kw.items():
        setattr(ds, key, value)
    return ds


def sequence(**kw):
    return Sequence([item(**kw)])


def parametric_map(n, mapping):
    meta = FileMetaDataset()
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.30"
    meta.MediaStorageSOPInstanceUID = f"{ROOT}{n}.1"
    ds = FileDataset(None, {}, file_meta=meta, preamble=b"\0" * 128)
    ds.SOPClassUID, ds.SOPInstanceUID = meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID
    ds.StudyInstanceUID, ds.SeriesInstanceUID, ds.FrameOfReferenceUID = ROOT + "100", f"{ROOT}{n}", ROOT + "101"
    ds.Modality, ds.PatientName, ds.PatientID = "MR", "Map^Para", "30"
    ds.StudyDate, ds.SeriesNumber, ds.InstanceNumber = "20250304", n, 1
    ds.SeriesDescription, ds.ContentLabel = "diffusion, T2 weighted", "ADC"
    ds.ImageType = ["DERIVED", "PRIMARY", "DIFFUSION", "ADC"]
    ds.Rows, ds.Columns, ds.NumberOfFrames = ROWS, COLUMNS, len(HEIGHTS)
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    unit = item(CodeValue="um2/s", CodingSchemeDesignator="UCUM", CodeMeaning="square micrometres per second")
    shared = Dataset()
    shared.PlaneOrientationSequence = sequence(ImageOrientationPatient=[1, 0, 0, 0, 1, 0])
    shared.PixelMeasuresSequence = sequence(PixelSpacing=[0.9, 0.7], SliceThickness=3)
    shared.RealWorldValueMappingSequence = sequence(
        LUTExplanation="Apparent Diffusion Coefficient", LUTLabel="ADC", MeasurementUnitsCodeSequence=Sequence([unit]), **mapping)
    ds.SharedFunctionalGroupsSequence = Sequence([shared])
    ds.PerFrameFunctionalGroupsSequence = Sequence(
        [item(PlanePositionSequence=sequence(ImagePositionPatient=[-10, 20, z])) for z in HEIGHTS])
    return ds


def save(name, ds, values):
    ds.is_little_endian, ds.is_implicit_VR = True, False
    ds.save_as(f"{OUT}/{name}.dcm", write_like_original=False)
    order = np.argsort(HEIGHTS)
    expected[name] = [values[k].ravel().tolist() for k in order]


os.makedirs(OUT, exist_ok=True)
expected = {}
slope = dict(RealWorldValueSlope=1.0, RealWorldValueIntercept=0.0,
             DoubleFloatRealWorldValueFirstValueMapped=0.0, DoubleFloatRealWorldValueLastValueMapped=1.0)

# Outside the head there is no value: padding in one file, no number in the other.
real = rng.uniform(2e-4, 3e-3, (len(HEIGHTS), ROWS, COLUMNS)).astype(np.float32)
ds = parametric_map(1, slope)
stored = real.copy()
stored[:, 0, :] = np.nan
ds.BitsAllocated, ds.FloatPixelData = 32, stored.astype("<f4").tobytes()
smallest = np.nanmin(stored, axis=(1, 2), keepdims=True)
save("float", ds, np.where(np.isnan(stored), smallest, stored))

ds = parametric_map(2, dict(slope, RealWorldValueSlope=1e6, RealWorldValueIntercept=-50.0))
stored = real.astype(np.float64)
stored[:, -1, :] = -1.0
ds.BitsAllocated, ds.DoubleFloatPixelPaddingValue, ds.DoubleFloatPixelData = 64, -1.0, stored.astype("<f8").tobytes()
mapped = np.where(stored == -1.0, np.nan, stored * 1e6 - 50)
save("double", ds, np.where(np.isnan(mapped), np.nanmin(mapped, axis=(1, 2), keepdims=True), mapped))

ds = parametric_map(3, dict(RealWorldValueSlope=0.25, RealWorldValueIntercept=10.0,
                            RealWorldValueFirstValueMapped=0, RealWorldValueLastValueMapped=65535))
stored = rng.integers(0, 12000, (len(HEIGHTS), ROWS, COLUMNS)).astype(np.uint16)
ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = 16, 16, 15, 0
ds.PixelData = stored.tobytes()
save("integer", ds, stored * 0.25 + 10)

json.dump(expected, open(f"{OUT}/expected.json", "w"), separators=(",", ":"))
