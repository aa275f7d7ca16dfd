"""Writes the DICOM data dictionary (PS3.6: tag, VR, keyword) as pydicom knows it.
Run in sr-engine:  python3 src/test/tools/make_dictionary.py"""
from pydicom._dicom_dict import DicomDictionary, RepeatersDictionary

rows = {f"{tag:08X}": (vr, key) for tag, (vr, _, _, _, key) in DicomDictionary.items()}
# Overlays, curves and other ranges repeat: 60003000 stands for 60003000 to 60FF3000.
for tag, (vr, _, _, _, key) in RepeatersDictionary.items():
    rows.setdefault(tag.replace("x", "0").upper(), (vr, key))
with open("src/main/resources/org/loupe/dicom/dictionary.tsv", "w") as out:
    for tag in sorted(rows):
        vr, key = rows[tag]
        if vr != "NONE" and not tag.startswith("FFFE"):
            out.write(f"{tag}\t{vr.replace(' or ', '/')}\t{key}\n")
