"""Has dciodvfy, dcmtk and pydicom check what ConformanceTest wrote, and checks it in.

Usage (Debian: dicom3tools, dcmtk, python3-pydicom):
check_derived.py sr-engine/target/derived sr-engine/src/test/resources/org/loupe/dicom/derived
"""
import json
import pathlib
import shutil
import subprocess
import sys

import pydicom

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
    print(file.stem, errors, [line for line in lines if line.startswith("Warning")])
    shutil.copy(file, target)
(target / "answers.json").write_text(json.dumps(answers, indent=1) + "\n")
