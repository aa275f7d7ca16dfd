#!/usr/bin/env python3
"""Writes two tiny MR series and presentation states of them with pydicom, and what each state is to
look like as numpy turns it (expected.json). python3 make_states.py FOLDER

Series "a" is stored as it is looked at, series "b" mirrored (its rows run to the patient's right).
"""
import json
import sys
from pathlib import Path

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.sequence import Sequence

MR = "1.2.840.10008.5.1.4.1.1.4"
GSPS = "1.2.840.10008.5.1.4.1.1.11.1"
FOLDER = Path(sys.argv[1])
# Value 10 r + c at row r, column c of slice 0; 100 more of slice 1.
ROWS, COLUMNS = 4, 6


def stored(k):
    return (100 * k + 10 * np.arange(ROWS)[:, None] + np.arange(COLUMNS)).astype("<u2")


def file(name, sop_class, uid):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = sop_class
    meta.MediaStorageSOPInstanceUID = uid
    meta.TransferSyntaxUID = pydicom.uid.ExplicitVRLittleEndian
    meta.ImplementationClassUID = "2.25.9"
    d = FileDataset(str(FOLDER / name), {}, file_meta=meta, preamble=b"\0" * 128)
    d.SOPClassUID, d.SOPInstanceUID = sop_class, uid
    d.PatientName, d.PatientID, d.StudyInstanceUID = "Nobody", "1", "2.25.70"
    d.StudyDate, d.StudyTime, d.StudyID, d.AccessionNumber = "20260101", "120000", "", ""
    d.ReferringPhysicianName = d.PatientBirthDate = d.PatientSex = ""
    return d


def image(series, k, across):
    d = file(f"{series}{k}.dcm", MR, f"2.25.71{ord(series)}{k}")
    d.Modality, d.SeriesInstanceUID, d.SeriesNumber = "MR", f"2.25.72{ord(series)}", 1
    d.SeriesDescription, d.InstanceNumber = series, k + 1
    d.FrameOfReferenceUID = "2.25.73"
    d.ImageType = ["ORIGINAL", "PRIMARY"]
    d.ScanningSequence, d.SequenceVariant = "SE", "NONE"
    d.RepetitionTime, d.EchoTime, d.SliceThickness = "4000", "90", "5"
    d.ImageOrientationPatient = [across, 0, 0, 0, 1, 0]
    d.ImagePositionPatient = [10 if across < 0 else 0, 0, 5 * k]
    d.PixelSpacing = [2, 2]
    d.Rows, d.Columns, d.SamplesPerPixel = ROWS, COLUMNS, 1
    d.PhotometricInterpretation, d.PixelRepresentation = "MONOCHROME2", 0
    d.BitsAllocated, d.BitsStored, d.HighBit = 16, 12, 11
    d.PixelData = stored(k).tobytes()
    d.save_as(FOLDER / f"{series}{k}.dcm")


EXPECTED = {}
CREATED = [0]


def state(name, series, k=1, rotation=None, flip=None, change=lambda d, item: None):
    uid = f"2.25.74{len(EXPECTED) + 10}"
    d = file(f"{name}.dcm", GSPS, uid)
    d.Modality, d.SeriesInstanceUID, d.SeriesNumber, d.InstanceNumber = "PR", "2.25.75", 2, 1
    d.ContentLabel, d.ContentDescription = name.upper(), name
    CREATED[0] += 1
    d.PresentationCreationDate = "20260102"
    d.PresentationCreationTime = f"12{CREATED[0]:02d}00"
    reference = Dataset()
    reference.ReferencedSOPClassUID = MR
    reference.ReferencedSOPInstanceUID = f"2.25.71{ord(series)}{k}"
    of = Dataset()
    of.SeriesInstanceUID = f"2.25.72{ord(series)}"
    of.ReferencedImageSequence = Sequence([reference])
    d.ReferencedSeriesSequence = Sequence([of])
    shown = stored(k).astype(int)
    top_left, bottom_right = [1, 1], [COLUMNS, ROWS]
    if rotation is not None:
        d.ImageRotation, d.ImageHorizontalFlip = rotation, "Y" if flip else "N"
        shown = np.rot90(shown, -rotation // 90)
        if flip:
            shown = np.fliplr(shown)
        # The corners of the area are named as they lie on the screen.
        at = lambda value: [int(value) % 10 + 1, int(value) // 10 % 10 + 1]
        top_left, bottom_right = at(shown[0, 0]), at(shown[-1, -1])
    area = Dataset()
    area.DisplayedAreaTopLeftHandCorner = top_left
    area.DisplayedAreaBottomRightHandCorner = bottom_right
    area.PresentationSizeMode = "SCALE TO FIT"
    area.PresentationPixelSpacing = [2, 2]
    d.DisplayedAreaSelectionSequence = Sequence([area])
    voi = Dataset()
    voi.WindowCenter, voi.WindowWidth = "120", "60"
    d.SoftcopyVOILUTSequence = Sequence([voi])
    d.PresentationLUTShape = "IDENTITY"
    change(d, voi)
    d.save_as(FOLDER / f"{name}.dcm")
    EXPECTED[name] = {"slice": k, "shown": shown.tolist()}


def table(d, voi):
    del voi.WindowCenter, voi.WindowWidth
    lut = Dataset()
    # Black up to 119, white from 120 to 125, then half.
    lut.LUTDescriptor = [40, 100, 8]
    lut.LUTData = np.array([0] * 20 + [255] * 6 + [128] * 14, "<u2").tobytes()
    voi.VOILUTSequence = Sequence([lut])


def partly(d, voi):
    d.ShutterShape = "RECTANGULAR"
    d.ShutterLeftVerticalEdge, d.ShutterRightVerticalEdge = 2, 4
    d.ShutterUpperHorizontalEdge, d.ShutterLowerHorizontalEdge = 1, 3
    d.PresentationLUTShape = "INVERSE"
    line = Dataset()
    line.GraphicAnnotationUnits, line.GraphicDimensions = "PIXEL", 2
    line.NumberOfGraphicPoints, line.GraphicType, line.GraphicFilled = 2, "POLYLINE", "N"
    # From the middle of pixel (0, 0) to that of (5, 0).
    line.GraphicData = [0.5, 0.5, 5.5, 0.5]
    curve = Dataset()
    curve.GraphicAnnotationUnits, curve.GraphicDimensions = "PIXEL", 2
    curve.NumberOfGraphicPoints, curve.GraphicType, curve.GraphicFilled = 3, "INTERPOLATED", "N"
    # Up from the middle of pixel (1, 3) over (3, 1) to (5, 3), columns before rows.
    curve.GraphicData = [1.5, 3.5, 3.5, 1.5, 5.5, 3.5]
    layer = Dataset()
    layer.GraphicLayer = "L"
    layer.GraphicObjectSequence = Sequence([line, curve])
    d.GraphicAnnotationSequence = Sequence([layer])


FOLDER.mkdir(parents=True, exist_ok=True)
for k in (0, 1):
    image("a", k, 1)
    image("b", k, -1)
state("plain", "a")
state("rot90", "a", 1, 90, False)
state("rot180", "a", 1, 180, False)
state("rot270", "a", 0, 270, False)
state("flip", "a", 1, 0, True)
state("rot90flip", "a", 1, 90, True)
state("rot270flip", "a", 1, 270, True)
state("table", "a", 1, change=table)
state("partly", "a", 1, 90, False, change=partly)
state("stored", "b", 1)
(FOLDER / "expected.json").write_text(json.dumps(EXPECTED) + "\n")
