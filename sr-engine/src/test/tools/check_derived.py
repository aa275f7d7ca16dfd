"""Has dciodvfy, dcmtk and pydicom check what ConformanceTest wrote, and checks it in.

Usage (Debian: dicom3tools, dcmtk, python3-pydicom):
check_derived.py sr-engine/target/derived sr-engine/src/test/resources/org/loupe/dicom/derived
"""
import json
import pathlib
import shutil
import subprocess
import sys

import numpy
import pydicom


def same_pixels(file):
    """Whether what was compressed decodes to what was not, by dcmtk (JPEG-LS), gdcm and pydicom."""
    plain = file.with_name(file.name.replace("JPEG_2000", "NONE").replace("JPEG_LS", "NONE"))
    decoded = [pydicom.dcmread(file)]
    out = file.with_suffix(".raw")
    tools = [["gdcmconv", "--raw"]] + ([["dcmdjpls"]] if "JPEG_LS" in file.stem else [])
    for tool in tools:
        subprocess.run([*tool, file, out], check=True, capture_output=True)
        decoded.append(pydicom.dcmread(out))
    if not plain.exists():
        # The first one's frame of the enhanced object, which has the same scale.
        plain = file.with_name("mr_enhanced_NONE.dcm")
    want = pydicom.dcmread(plain).pixel_array
    want = want[1] if "enhanced" not in file.stem else want
    return all(numpy.array_equal(want, d.pixel_array) for d in decoded)

source, target = map(pathlib.Path, sys.argv[1:])
target.mkdir(parents=True, exist_ok=True)
answers = {}
for file in sorted(source.glob("*.dcm")):
    said = subprocess.run(["dciodvfy", file], capture_output=True, text=True, errors="replace")
    lines = (said.stdout + said.stderr).splitlines()
    errors = [line for line in lines if line.startswith("Error")]
    dcmtk = subprocess.run(["dcmdump", "-q", "+E", file], capture_output=True).returncode == 0
    if file.stem == "sr":
        dcmtk = dcmtk and subprocess.run(["dsrdump", file], capture_output=True).returncode == 0
    dataset = pydicom.dcmread(file)
    dataset.walk(lambda d, e: e.value)
    if "PixelData" in dataset:
        dataset.pixel_array
    answers[file.stem] = {"dciodvfy errors": len(errors), "dcmtk": dcmtk, "pydicom": True}
    if "JPEG" in file.stem:
        answers[file.stem]["pixels"] = same_pixels(file)
    print(file.stem, errors, [line for line in lines if line.startswith("Warning")])
    shutil.copy(file, target)
(target / "answers.json").write_text(json.dumps(answers, indent=1) + "\n")
