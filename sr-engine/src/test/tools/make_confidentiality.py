"""Writes confidentiality.tsv, the attribute confidentiality profiles of PS3.15 table E.1-1.

Usage: make_confidentiality.py confidentiality_profile_attributes.json OUT.tsv

The JSON is the machine-readable table of https://github.com/innolitics/dicom-standard (MIT licence).
Columns: tag (x for any digit), basic profile, then the options retain UIDs, device identity,
institution identity, patient characteristics, full dates, modified dates; "-" for none.
"""
import json
import sys

OPTIONS = ["rtnUIDsOpt", "rtnDevIdOpt", "rtnInstIdOpt", "rtnPatCharsOpt", "rtnLongFullDatesOpt",
           "rtnLongModifDatesOpt"]

rows = []
for entry in json.load(open(sys.argv[1])):
    tag = entry["id"].upper().replace("X", "x")
    if len(tag) != 8:
        continue  # private attributes, which are removed without a table
    rows.append([tag, entry["basicProfile"]] + [entry.get(o, "-") for o in OPTIONS])
with open(sys.argv[2], "w") as out:
    for row in sorted(rows):
        out.write("\t".join(row) + "\n")
