"""Makes compressed.zip: small images, compressed by dcmtk and gdcm, with expected.json: the stored values that went in,
or for lossy ones those that dcmtk or gdcm decode. Also model.dcm with every VR, and model.json as pydicom dumps it.
Run in sr-engine, with dcmtk, gdcm, python3-pydicom and python3-gdcm:  python3 src/test/tools/make_codec_fixtures.py"""
import json
import os
import subprocess
import tempfile
import warnings
import zipfile

import numpy as np
import pydicom
from pydicom.dataset import Dataset, FileDataset, FileMetaDataset

warnings.simplefilter("ignore")
OUT = "src/test/resources/org/loupe/dicom"
ROOT = "1.2.826.0.1.3680043.8.498.77."
EXPLICIT = "1.2.840.10008.1.2.1"
rng = np.random.default_rng(7)
ROWS, COLUMNS = 21, 27


def base(number):
    ds = FileDataset(None, {}, preamble=b"\0" * 128)
    ds.SOPClassUID, ds.SOPInstanceUID = "1.2.840.10008.5.1.4.1.1.4", ROOT + f"9.{number}"
    ds.StudyInstanceUID, ds.SeriesInstanceUID = ROOT + "1", ROOT + "2"
    ds.Modality, ds.PatientName, ds.PatientID = "MR", "Doe^Jane", "P1"
    ds.ImageType = ["ORIGINAL", "PRIMARY"]
    ds.InstanceNumber, ds.PixelSpacing, ds.SliceThickness = number, [0.9, 0.7], 3
    ds.ImagePositionPatient, ds.ImageOrientationPatient = [-10, 20, 3 * number], [1, 0, 0, 0, 1, 0]
    ds.RescaleSlope, ds.RescaleIntercept = 1, 0
    ds.file_meta = FileMetaDataset()
    ds.file_meta.MediaStorageSOPClassUID, ds.file_meta.MediaStorageSOPInstanceUID = ds.SOPClassUID, ds.SOPInstanceUID
    ds.file_meta.TransferSyntaxUID = EXPLICIT
    ds.is_little_endian, ds.is_implicit_VR = True, False
    return ds


def grey(number, bits, stored, signed, frames=1):
    ds = base(number)
    low, high = (-(1 << stored - 1), (1 << stored - 1) - 1) if signed else (0, (1 << stored) - 1)
    y, x = np.mgrid[0:ROWS, 0:COLUMNS]
    planes = []
    for f in range(frames):
        s = (np.sin(x / 5 + f) + np.cos(y / 4)) / 4 + .5 + rng.normal(0, .01, (ROWS, COLUMNS))
        s[:5, :12], s[9:13, 4:20] = 0, 1
        planes.append(np.clip(np.rint(low + s * (high - low)), low, high))
    pixels = np.array(planes).astype({(8, 0): "u1", (16, 0): "<u2", (16, 1): "<i2"}[bits, signed])
    ds.Rows, ds.Columns, ds.SamplesPerPixel, ds.PhotometricInterpretation = ROWS, COLUMNS, 1, "MONOCHROME2"
    ds.BitsAllocated, ds.BitsStored, ds.HighBit, ds.PixelRepresentation = bits, stored, stored - 1, int(signed)
    if frames > 1:
        ds.NumberOfFrames = frames
    ds.PixelData = pixels.tobytes() + b"\0" * (pixels.nbytes % 2)
    ds["PixelData"].VR = "OB" if bits == 8 else "OW"
    return ds, pixels


def colour(number):
    ds, pixels = grey(number, 8, 8, 0, 3)
    pixels = np.moveaxis(pixels, 0, -1)
    del ds.NumberOfFrames
    ds.SOPClassUID = ds.file_meta.MediaStorageSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    ds.Modality = "OT"
    ds.SamplesPerPixel, ds.PhotometricInterpretation, ds.PlanarConfiguration = 3, "RGB", 0
    ds.PixelData = pixels.tobytes() + b"\0" * (pixels.size % 2)
    return ds, pixels


LOSSLESS = {
    "jpeg_sv1": ["dcmcjpeg", "+e1"], "jpeg_fragments": ["dcmcjpeg", "+e1", "+fs", "1"],
    "jpeg_no_table": ["dcmcjpeg", "+e1", "-ot"], "rle": ["dcmcrle"], "jpegls": ["dcmcjpls", "+el"],
    "gdcm_jpeg": ["gdcmconv", "--jpeg"], "gdcm_jpegls": ["gdcmconv", "--jpegls"], "gdcm_j2k": ["gdcmconv", "--j2k"]}
PREDICTORS = {f"jpeg_predictor{n}": ["dcmcjpeg", "+el", "+sv", str(n)] for n in range(1, 8)}
LOSSY = {
    "jpeg_baseline": ["dcmcjpeg", "+eb"], "jpeg_extended": ["dcmcjpeg", "+ee"], "jpeg_progressive": ["dcmcjpeg", "+ep"],
    "jpegls_near3": ["dcmcjpls", "+en", "+md", "3"], "gdcm_j2k_lossy": ["gdcmconv", "--j2k", "--lossy", "-r", "4"]}
expected = {}
images = {"u8": grey(1, 8, 8, 0), "u12": grey(2, 16, 12, 0), "u16": grey(3, 16, 16, 0), "s12": grey(4, 16, 12, 1),
          "s16": grey(5, 16, 16, 1), "frames": grey(6, 16, 12, 0, 3), "rgb": colour(7)}


def run(command, source, target):
    done = subprocess.run([*command, source, target], capture_output=True)
    return done.returncode == 0 and os.path.exists(target)


def decoded(path, folder):
    """By dcmtk where it can, else by gdcm."""
    plain = folder + "/plain.dcm"
    for tool in ("dcmdjpeg", "dcmdjpls"):
        if run([tool], path, plain):
            return pydicom.dcmread(plain).pixel_array
    return pydicom.dcmread(path).pixel_array


with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(OUT + "/compressed.zip", "w", zipfile.ZIP_DEFLATED) as out:
    for image, (ds, pixels) in images.items():
        source = f"{folder}/{image}.dcm"
        ds.save_as(source)
        ways = dict(LOSSLESS)
        if image in ("u12", "s16"):
            ways.update(PREDICTORS)
        if image in ("u8", "u12", "frames"):
            ways.update(LOSSY)
        for way, command in ways.items():
            name, target = f"{image}_{way}.dcm", f"{folder}/out.dcm"
            if os.path.exists(target):
                os.remove(target)
            if not run(command, source, target):
                continue
            lossy = way in LOSSY
            values = decoded(target, folder) if lossy else pixels
            compressed = pydicom.dcmread(target)
            tolerance = 1 if lossy and "near" not in way else 0
            if lossy and values.shape[-2:] != pixels.shape[-2:]:
                continue
            with open(target, "rb") as f:
                out.writestr(name, f.read())
            expected[name] = {"tolerance": tolerance, "values": values.ravel().tolist(),
                              "syntax": str(compressed.file_meta.TransferSyntaxUID)}
    out.writestr("expected.json", json.dumps(expected, separators=(",", ":")))
print(len(expected), "compressed files")

ds = base(99)
ds.SpecificCharacterSet = ["", "ISO 2022 IR 87"]
ds.PatientName = "Yamada^Tarou=山田^太郎=やまだ^たろう"
ds.OtherPatientNames = ["Doe^Jane", "Roe^Richard"]
ds.ReferringPhysicianName = ""
ds.FrameIncrementPointer = [0x00181063, 0x00540010]
ds.SelectorAttribute = 0x00100010
ds.PatientComments = "line one\r\nline \\ two"
ds.SimpleFrameList = [1, 2, 4000000000]
ds.EchoTime, ds.ImagePositionPatient = "1.25e1", ["-1.50", "2", "3.000001"]
ds.NumberOfAverages = None
ds.RecommendedDisplayFrameRateInFloat = 12.5
ds.add_new(0x00189087, "FD", [0.1, 1e-20, -3])
ds.add_new(0x00720082, "SV", [-9000000000, 5])
ds.add_new(0x00720083, "UV", 18446744073709551615)
ds.add_new(0x00280120, "SS", -2000)
ds.RetrieveURL = "https://example.org/a?b=c"
ds.LongCodeValue = "a code, long"
ds.add_new(0x00720065, "OF", b"\0\0\x80?")
ds.ImageComments = ""
ds.add_new(0x00081140, "SQ", [Dataset(), Dataset()])
ds.ReferencedImageSequence[0].ReferencedSOPInstanceUID = ROOT + "9.1"
ds.ReferencedImageSequence[0].add_new(0x0040A170, "SQ", [Dataset()])
ds.ReferencedImageSequence[0].PurposeOfReferenceCodeSequence[0].CodeMeaning = "Source"
block = ds.private_block(0x0029, "LOUPE TEST", create=True)
block.add_new(0x01, "LO", "private")
ds.save_as(OUT + "/model.dcm")


def plain(node):
    """Lengths in place of binary values; pydicom leaves padding in them."""
    for element in node.values():
        if "InlineBinary" in element:
            import base64
            element["length"] = len(base64.b64decode(element.pop("InlineBinary")))
        for item in element.get("Value", []):
            if element["vr"] == "SQ":
                plain(item)
        if not element.get("Value", [1]):
            del element["Value"]
    return node


with open(OUT + "/model.json", "w") as f:
    json.dump(plain(pydicom.dcmread(OUT + "/model.dcm").to_json_dict()), f, indent=1, sort_keys=True)
