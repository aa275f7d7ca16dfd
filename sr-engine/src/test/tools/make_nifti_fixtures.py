"""Makes the NIfTI fixtures with nibabel, and expected.json with what nibabel reads from them.
Run in sr-engine:  python3 src/test/tools/make_nifti_fixtures.py"""
import gzip
import json
import os
import struct

import nibabel as nib
import numpy as np

OUT = "src/test/resources/org/loupe/nifti"
rng = np.random.default_rng(20)
expected = {}


def rotation(x, y, z):
    cx, cy, cz = np.cos([x, y, z])
    sx, sy, sz = np.sin([x, y, z])
    rx = np.array([[1, 0, 0], [0, cx, -sx], [0, sx, cx]])
    ry = np.array([[cy, 0, sy], [0, 1, 0], [-sy, 0, cy]])
    rz = np.array([[cz, -sz, 0], [sz, cz, 0], [0, 0, 1]])
    return rz @ ry @ rx


def affine(angles, sizes, origin, flip=(1, 1, 1)):
    a = np.eye(4)
    a[:3, :3] = rotation(*angles) @ np.diag(np.array(sizes) * flip)
    a[:3, 3] = origin
    return a


def record(name):
    image = nib.load(f"{OUT}/{name}")
    data = np.asarray(image.dataobj).astype(np.float64)
    while data.ndim > 3:
        data = data[..., 0]
    if data.ndim == 2:
        data = data[..., None]
    points = []
    for ijk in [(0, 0, 0), (data.shape[0] - 1, 0, 0), (0, data.shape[1] - 1, 0), tuple(n - 1 for n in data.shape)]:
        ras = image.affine @ np.r_[ijk, 1]
        points.append({"ijk": list(ijk), "lps": [float(-ras[0]), float(-ras[1]), float(ras[2])]})
    expected[name] = {"shape": list(data.shape), "points": points,
                      "sform": int(image.header["sform_code"]), "qform": int(image.header["qform_code"]),
                      "values": [float(v) for v in data.ravel(order="F")]}


def save(name, image):
    nib.save(image, f"{OUT}/{name}")
    record(name)


A = affine((0.1, -0.2, 0.3), (0.8, 1.1, 3.3), (-40, 12, 7))
for dtype in ("uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "uint64", "float32", "float64"):
    t = np.dtype(dtype)
    if t.kind == "f":
        data = rng.normal(0, 1000, (3, 4, 2)).astype(t)
    else:
        info = np.iinfo(t)
        data = rng.integers(info.min, info.max, (3, 4, 2), dtype=t, endpoint=True)
        data[0, 0, 0], data[1, 0, 0] = info.min, info.max
    for order, tag in (("<", "le"), (">", "be")):
        if tag == "be" and dtype not in ("int16", "float32", "float64", "uint32"):
            continue
        header = nib.Nifti1Header(endianness=order)
        header.set_data_dtype(t)
        image = nib.Nifti1Image(data, A, header)
        save(f"{dtype}_{tag}.nii", image)

data = rng.integers(0, 900, (5, 4, 3)).astype(np.int16)
image = nib.Nifti1Image(data, A)
image.header.set_slope_inter(0.25, -7.5)
save("scaled.nii.gz", image)

h2 = nib.Nifti2Header(endianness=">")
image = nib.Nifti2Image(data, affine((0.4, 0.2, -1.3), (0.5, 0.7, 2), (3, -4, 90.5), (-1, 1, 1)), h2)
image.set_qform(image.affine, 1)
image.set_sform(image.affine, 1)
save("nifti2_be.nii.gz", image)

# The two forms disagree: the sform is preferred.
image = nib.Nifti1Image(data, A)
image.set_sform(affine((0.5, 0.1, 0.2), (1, 1, 2), (1, 2, 3)), 2)
image.set_qform(affine((0, 0.3, 0), (0.9, 0.9, 4), (-9, 8, -7)), 1)
save("sform_over_qform.nii", image)

# Only a qform, left-handed (qfac -1), and one that is nearly a half turn.
image = nib.Nifti1Image(data, None)
image.set_sform(None, 0)
image.set_qform(affine((0.3, -0.6, 2.0), (0.9, 1.2, 4), (10, -20, 30), (1, 1, -1)), 1)
save("qform_left_handed.nii", image)
image = nib.Nifti1Image(data, None)
image.set_sform(None, 0)
image.set_qform(affine((0, np.pi, 1e-4), (0.9, 1.2, 4), (10, -20, 30)), 1)
save("qform_half_turn.nii", image)

# Neither form.
image = nib.Nifti1Image(data, None)
image.header.set_zooms((0.5, 0.75, 3))
image.set_sform(None, 0)
image.set_qform(None, 0)
save("no_forms.nii", image)

# A sheared sform (gantry tilt).
S = A.copy()
S[:3, 2] += 0.4 * S[:3, 1]
image = nib.Nifti1Image(data, S)
image.set_sform(S, 1)
save("sheared.nii", image)

save("four_d.nii.gz", nib.Nifti1Image(rng.integers(0, 99, (3, 4, 2, 3)).astype(np.int16), A))
save("one_slice.nii", nib.Nifti1Image(rng.integers(0, 99, (5, 3)).astype(np.int16), A))

nan = np.ones((2, 2, 2), np.float32)
nan[1, 0, 1] = np.nan
nib.save(nib.Nifti1Image(nan, A), f"{OUT}/not_finite.nii")
raw = open(f"{OUT}/int16_le.nii", "rb").read()
open(f"{OUT}/bad_truncated.nii", "wb").write(raw[:-10])
open(f"{OUT}/bad_header.nii", "wb").write(raw[:200])
open(f"{OUT}/bad_garbage.nii", "wb").write(bytes(range(256)) * 2)
huge = bytearray(raw)
struct.pack_into("<3h", huge, 42, 30000, 30000, 30000)
with gzip.GzipFile(f"{OUT}/bad_huge.nii.gz", "wb", mtime=0) as f:
    f.write(bytes(huge))
rgb = np.zeros((2, 2, 2), dtype=[("R", "u1"), ("G", "u1"), ("B", "u1")])
nib.save(nib.Nifti1Image(rgb, A), f"{OUT}/bad_rgb.nii")
json.dump(expected, open(f"{OUT}/expected.json", "w"), separators=(",", ":"))
print(sum(os.path.getsize(f"{OUT}/{f}") for f in os.listdir(OUT)), "bytes")
