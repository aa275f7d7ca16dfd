"""Makes the DICOM fixtures with pydicom, and expected.json with what pydicom reads from them.
Run in sr-engine:  python3 src/test/tools/make_dicom_fixtures.py"""
import io
import json
import os
import struct
import subprocess
import warnings
import zipfile

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset
from pydicom.encaps import encapsulate
from pydicom.sequence import Sequence

warnings.simplefilter("ignore")
OUT = "src/test/resources/org/loupe/dicom"
ROOT = "1.2.826.0.1.3680043.8.498."
EXPLICIT, IMPLICIT, DEFLATED, BIG = (
    "1.2.840.10008.1.2.1", "1.2.840.10008.1.2", "1.2.840.10008.1.2.1.99", "1.2.840.10008.1.2.2")
rng = np.random.default_rng(4)
expected = {}
count = [0]


def uid(*parts):
    return ROOT + ".".join(str(p) for p in parts)


def image(series=1, position=(-10.5, 20.25, -3.125), orientation=(1, 0, 0, 0, 1, 0), dtype=np.uint16, high=1000,
          te=90, tr=3000, echo=None, number=1, description="", rows=6, columns=8, spacing=(0.9, 0.7), **more):
    count[0] += 1
    ds = FileDataset(None, {}, preamble=b"\0" * 128)
    ds.SpecificCharacterSet = "ISO_IR 100"
    ds.ImageType = ["ORIGINAL", "PRIMARY", "M", "SE"]
    ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.4"
    ds.SOPInstanceUID = uid(9, series, count[0])
    ds.StudyDate, ds.StudyTime, ds.Modality = "20250304", "101112", "MR"
    ds.StudyDescription, ds.SeriesDescription = "HEAD", description
    ds.PatientName, ds.PatientID = "Doe^Jane", "P1"
    ds.StudyInstanceUID, ds.SeriesInstanceUID = uid(1), uid(2, series)
    ds.FrameOfReferenceUID = uid(3)
    ds.SeriesNumber, ds.InstanceNumber = series, number
    ds.ScanningSequence, ds.SequenceVariant = "SE", "SK"
    if te is not None:
        ds.EchoTime, ds.RepetitionTime = te, tr
    if echo is not None:
        ds.EchoNumbers = echo
    ds.ImagePositionPatient = [f"{v:.6f}"[:16] for v in position]
    ds.ImageOrientationPatient = [f"{v:.10f}"[:16] for v in orientation]
    ds.PixelSpacing = list(spacing)
    ds.SliceThickness = 3
    ds.SamplesPerPixel, ds.PhotometricInterpretation = 1, "MONOCHROME2"
    ds.Rows, ds.Columns = rows, columns
    t = np.dtype(dtype)
    ds.BitsAllocated = 8 * t.itemsize
    ds.BitsStored = more.pop("stored", 8 * t.itemsize)
    ds.HighBit = ds.BitsStored - 1
    ds.PixelRepresentation = int(t.kind == "i")
    low = -high if t.kind == "i" else 0
    pixels = rng.integers(low, high, (rows, columns)).astype(t)
    ds.PixelData = pixels.tobytes()
    ds["PixelData"].VR = "OW" if t.itemsize > 1 else "OB"
    for key, value in more.items():
        setattr(ds, key, value)
    return ds


def encode(ds, syntax=EXPLICIT, bare=False):
    ds.is_little_endian, ds.is_implicit_VR = syntax != BIG, syntax == IMPLICIT
    if syntax == BIG and ds.BitsAllocated > 8:
        ds.PixelData = np.frombuffer(ds.PixelData, f"<u{ds.BitsAllocated // 8}").byteswap().tobytes()
    out = io.BytesIO()
    if bare:
        ds.preamble = None
        ds.file_meta = FileMetaDataset()
        pydicom.dcmwrite(out, ds, write_like_original=True)
    else:
        ds.file_meta = FileMetaDataset()
        ds.file_meta.TransferSyntaxUID = syntax
        ds.file_meta.MediaStorageSOPClassUID = ds.SOPClassUID
        ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPInstanceUID
        pydicom.dcmwrite(out, ds, write_like_original=False)
    return out.getvalue()


def save(name, ds, syntax=EXPLICIT, bare=False, check=True):
    data = encode(ds, syntax, bare)
    open(f"{OUT}/{name}", "wb").write(data)
    if not check:
        return
    back = pydicom.dcmread(f"{OUT}/{name}", force=True)
    if bare:
        back.file_meta.TransferSyntaxUID = syntax
    text = {}
    for e in back:
        if e.VR not in ("OB", "OW", "SQ", "UN", "OB or OW") and not e.tag.is_private and e.VM > 0:
            values = list(e.value) if e.VM > 1 else [e.value]
            text["%08X" % int(e.tag)] = [float(v) if isinstance(v, (int, float)) else str(v) for v in values]
    raw = back.pixel_array.astype(np.int64)
    shift = back.HighBit + 1 - back.BitsStored
    raw = (raw >> shift) & ((1 << back.BitsStored) - 1)
    if back.PixelRepresentation:
        raw = np.where(raw >= 1 << (back.BitsStored - 1), raw - (1 << back.BitsStored), raw)
    values = raw * float(back.get("RescaleSlope", 1)) + float(back.get("RescaleIntercept", 0))
    p, o, s = (np.array(v, float) for v in (back.ImagePositionPatient, back.ImageOrientationPatient, back.PixelSpacing))
    far = p + o[:3] * s[1] * (back.Columns - 1) + o[3:] * s[0] * (back.Rows - 1)
    expected[name] = {"tags": text, "pixels": values.ravel().tolist(), "far": far.tolist()}


save("explicit_le.dcm", image())
save("implicit_le.dcm", image(), IMPLICIT)
save("deflated.dcm", image(), DEFLATED)
save("explicit_be.dcm", image(), BIG)
save("bare_explicit", image(), EXPLICIT, bare=True)
save("bare_implicit", image(), IMPLICIT, bare=True)
save("bare_big_endian", image(), BIG, bare=True)
save("signed_12_of_16.dcm", image(dtype=np.int16, stored=12, high=2000))
save("unsigned_8.dcm", image(dtype=np.uint8, high=255))
save("unsigned_32.dcm", image(dtype=np.uint32, high=4_000_000_000))
save("signed_32_be.dcm", image(dtype=np.int32, high=2_000_000))
# pydicom would write each pixel as one number; dcmtk writes two words, the least significant first.
subprocess.check_call(["dcmconv", "+tb", OUT + "/signed_32_be.dcm", OUT + "/signed_32_be.dcm"])
save("rescale.dcm", image(RescaleSlope="0.5", RescaleIntercept="-100", RescaleType="US", WindowCenter=[300, 40], WindowWidth=[600, 80]))
shifted = image(stored=12, high=4095)
shifted.PixelData = (np.frombuffer(shifted.PixelData, "<u2") << 4).tobytes()
shifted.HighBit = 15
save("high_bit_15.dcm", shifted)
save("monochrome1.dcm", image(PhotometricInterpretation="MONOCHROME1"))
save("latin1.dcm", image(PatientName="M\u00fcller^J\u00f6rg"))
save("utf8.dcm", image(SpecificCharacterSet="ISO_IR 192", PatientName="Wang^XiaoDong=\u738b^\u5c0f\u6771="))
save("japanese.dcm", image(SpecificCharacterSet=["", "ISO 2022 IR 87"], PatientName="Yamada^Tarou=\u5c71\u7530^\u592a\u90ce"))


def nested(undefined, depth=3):
    item = Dataset()
    item.CodeValue, item.CodingSchemeDesignator, item.CodeMeaning = "T-A0100", "SRT", "Brain"
    if depth:
        item.ConceptCodeSequence = nested(undefined, depth - 1)
        item["ConceptCodeSequence"].is_undefined_length = undefined
    item.is_undefined_length_sequence_item = undefined
    return Sequence([item, Dataset()])


for syntax, tag in ((EXPLICIT, "explicit"), (IMPLICIT, "implicit"), (BIG, "be")):
    ds = image()
    ds.AnatomicRegionSequence = nested(True)
    ds["AnatomicRegionSequence"].is_undefined_length = True
    ds.ProcedureCodeSequence = nested(False)
    block = ds.private_block(0x0029, "LOUPE TEST", create=True)
    block.add_new(0x01, "SQ", nested(True))
    block.add_new(0x02, "OB", bytes(range(40)))
    block.add_new(0x03, "DS", "1.5")
    save(f"sequences_{tag}.dcm", ds, syntax)

# A known attribute that travelled as UN.
raw = encode(image())
at = raw.index(b"\x18\x00\x81\x00DS")
length = struct.unpack_from("<H", raw, at + 6)[0]
raw = raw[:at + 4] + b"UN\0\0" + struct.pack("<I", length) + raw[at + 8:]
open(f"{OUT}/unknown_vr.dcm", "wb").write(raw)

raw = encode(image())
open(f"{OUT}/bad_truncated.dcm", "wb").write(raw[:-20])
open(f"{OUT}/bad_short.dcm", "wb").write(raw[:400])
open(f"{OUT}/bad_garbage.dcm", "wb").write(bytes((7 * i) % 251 for i in range(600)))
open(f"{OUT}/bad_only_meta.dcm", "wb").write(raw[:132])
deflated = encode(image(), DEFLATED)
open(f"{OUT}/bad_deflated.dcm", "wb").write(deflated[:-60])
ds = image()
ds.PixelData = encapsulate([b"\xff\x4f\xff\x51" + bytes(20)])
ds["PixelData"].is_undefined_length = True
save("bad_jpeg2000.dcm", ds, "1.2.840.10008.1.2.4.90", check=False)
ds = image()
del ds.ImagePositionPatient
save("bad_no_position.dcm", ds, check=False)
ds = image(SamplesPerPixel=3, PhotometricInterpretation="RGB", PlanarConfiguration=0, dtype=np.uint8, high=255)
save("bad_rgb.dcm", ds, check=False)
ds = image()
del ds.PixelData, ds.Rows, ds.Columns
ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.88.11"
save("report.dcm", ds, check=False)


def pack(name, datasets):
    """A set as a zip; the names say nothing of the order."""
    order = rng.permutation(len(datasets))
    with zipfile.ZipFile(f"{OUT}/{name}.zip", "w", zipfile.ZIP_DEFLATED) as z:
        for n, index in enumerate(order):
            z.writestr(zipfile.ZipInfo(f"DICOM/I{n:04d}"), encode(datasets[index]), zipfile.ZIP_DEFLATED)


def rotation(a, b):
    ca, sa, cb, sb = np.cos(a), np.sin(a), np.cos(b), np.sin(b)
    m = np.array([[1, 0, 0], [0, ca, -sa], [0, sa, ca]]) @ np.array([[cb, -sb, 0], [sb, cb, 0], [0, 0, 1]])
    return m[:, 0], m[:, 1], m[:, 2]


def stack(positions, row, column, normal, **kw):
    corner = np.array([-50.0, -40.0, 10.0])
    return [image(position=corner + z * normal, orientation=(*row, *column), number=n + 1, **kw)
            for n, z in enumerate(positions)]


R, C, N = rotation(0.2, 0.1)
pd = stack([0, 4, 8, 12], R, C, N, series=5, te=14, tr=3000, echo=1, description="PD+T2 tse tra")
t2 = stack([0, 4, 8, 12], R, C, N, series=5, te=91, tr=3000, echo=2, description="PD+T2 tse tra")
pack("dual_echo", pd + t2)
expected["dual_echo"] = {
    "origins": [[float(v) for v in d.ImagePositionPatient] for d in pd],
    "pd": [np.frombuffer(d.PixelData, "<u2").tolist() for d in pd],
    "t2": [np.frombuffer(d.PixelData, "<u2").tolist() for d in t2]}
missing = stack([0, 5, 10, 20, 25, 40, 45], R, C, N, series=6, te=10, tr=500, description="t1 se")
double = stack([10], R, C, N, series=6, te=10, tr=500, description="t1 se")
double[0].InstanceNumber = 90
pack("missing_and_duplicate", missing + double)
pack("uneven", stack([0, 3, 6.5, 9, 13], R, C, N, series=7, te=100, tr=4000, description="t2"))
x, y, z = np.eye(3)
localiser = (stack([0, 10], x, y, z, series=8, te=5, tr=20, description="localizer")
             + stack([0, 10], y, -z, -x, series=8, te=5, tr=20, description="localizer")
             + stack([0], x, -z, y, series=8, te=5, tr=20, description="localizer"))
pack("localiser", localiser)
times = []
for t in (1, 2):
    times += stack([0, 5, 10], x, y, z, series=9, te=20, tr=800, description="dyn", TemporalPositionIdentifier=t)
pack("time_points", times)
other = stack([0, 4], R, C, N, series=11, te=90, tr=3000, description="t2 second visit")
for d in other:
    d.StudyInstanceUID, d.StudyDate, d.FrameOfReferenceUID = uid(77), "20240101", uid(78)
pack("two_studies", stack([0, 4], R, C, N, series=10, te=90, tr=3000, description="t2") + other)

# Enhanced MR: geometry, echo time and rescale in the functional groups.
ds = image(series=12, te=None, description="T2 enhanced")
for key in ("ImagePositionPatient", "ImageOrientationPatient", "PixelSpacing", "SliceThickness", "InstanceNumber"):
    delattr(ds, key)
ds.SOPClassUID = "1.2.840.10008.5.1.4.1.1.4.1"
ds.NumberOfFrames = 4
frames = rng.integers(0, 999, (4, 6, 8)).astype(np.uint16)
ds.PixelData = frames.tobytes()


def group(**kw):
    item = Dataset()
    for k, v in kw.items():
        setattr(item, k, v)
    return Sequence([item])


shared = Dataset()
shared.PlaneOrientationSequence = group(ImageOrientationPatient=[f"{v:.10f}"[:16] for v in (*R, *C)])
shared.PixelMeasuresSequence = group(PixelSpacing=[0.9, 0.7], SliceThickness=3)
shared.MRTimingAndRelatedParametersSequence = group(RepetitionTime=4500, FlipAngle=90)
ds.SharedFunctionalGroupsSequence = Sequence([shared])
per = []
for f, height in enumerate([6, 0, 9, 3]):
    item = Dataset()
    at = np.array([-50.0, -40.0, 10.0]) + height * N
    item.PlanePositionSequence = group(ImagePositionPatient=[f"{v:.6f}"[:16] for v in at])
    item.MREchoSequence = group(EffectiveEchoTime=88.0)
    item.PixelValueTransformationSequence = group(RescaleSlope=2 + f, RescaleIntercept=f, RescaleType="US")
    per.append(item)
ds.PerFrameFunctionalGroupsSequence = Sequence(per)
save("enhanced.dcm", ds, check=False)
expected["enhanced"] = {"frames": [(frames[f].ravel() * (2.0 + f) + f).tolist() for f in (1, 3, 0, 2)]}

json.dump(expected, open(f"{OUT}/expected.json", "w"), separators=(",", ":"))
print(sum(os.path.getsize(f"{OUT}/{f}") for f in os.listdir(OUT)), "bytes")
