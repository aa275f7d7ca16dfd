"""Has dcmtk, gdcm and pydicom decode what EncodersTest wrote, and checks their answers in.

Usage (Debian: dcmtk, libgdcm-tools, python3-pydicom, python3-gdcm):
check_encoded.py sr-engine/target/encoded sr-engine/src/test/resources/org/loupe/dicom/codec/encoded.json
"""
import hashlib
import json
import pathlib
import subprocess
import sys
import tempfile

import pydicom


def sha256(data):
    return hashlib.sha256(data).hexdigest()


def pixels(file):
    """Stored values of a file, little endian, without what pads them to an even length."""
    dataset = pydicom.dcmread(file, force=True)
    return dataset.PixelData[: 2 * dataset.Rows * dataset.Columns]


def run(*command):
    subprocess.run([str(c) for c in command], check=True, capture_output=True)


source, target = map(pathlib.Path, sys.argv[1:])
answers = {}
with tempfile.TemporaryDirectory() as folder:
    out = pathlib.Path(folder) / "out.dcm"
    for file in sorted(source.glob("*.dcm")):
        answer = {"file": sha256(file.read_bytes()), "dcmtk": ""}
        if not file.stem.endswith(".JPEG_2000"):
            tool = "dcmdjpls" if file.stem.endswith(".JPEG_LS") else "dcmconv"
            run(tool, file, out)
            answer["dcmtk"] = sha256(pixels(out))
        run("gdcmconv", "--raw", file, out)
        answer["gdcm"] = sha256(pixels(out))
        dataset = pydicom.dcmread(file)
        answer["pydicom"] = sha256(dataset.pixel_array.astype("<u2").tobytes())
        answers[file.stem] = answer
        print(file.stem, len(set(answer.values()) - {"", answer["file"]}) == 1)
target.parent.mkdir(parents=True, exist_ok=True)
target.write_text(json.dumps(answers, indent=1) + "\n")
