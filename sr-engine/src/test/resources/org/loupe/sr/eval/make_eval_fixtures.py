"""Makes metrics.json and bench.json: what skimage and a numpy/scipy version of the protocol answer.

Needs numpy, scipy and scikit-image:  python3 make_eval_fixtures.py
"""
import json, math, os, sys
import numpy as np
from scipy.ndimage import uniform_filter
from skimage.metrics import structural_similarity

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, '..', '..', 'image'))
from make_image_fixtures import answer, data_consistency, degrade, pattern, zero_fill  # noqa: E402


def guided(z, ref, zref, s, eps=3e-3):
    k = int(round(2.5 * s)) | 1
    box = lambda v: uniform_filter(v, k)
    a = (box(zref * z) - box(zref) * box(z)) / (box(zref * zref) - box(zref) ** 2 + eps)
    return z + box(a) * (ref - zref)


def psnr(y, t):
    return 10 * math.log10((t.max() - t.min()) ** 2 / ((y - t) ** 2).mean())


def ssim(y, t, r):
    return structural_similarity(y, t, win_size=7, data_range=r)


def metrics():
    cases = []
    for w, h in [(30, 24), (31, 25), (8, 7)]:
        t, y = pattern(w, h) / 2, pattern(w, h, 9) / 2 * .3 + pattern(w, h) / 2 * .65
        cases.append({'width': w, 'height': h, 'psnr': psnr(y, t), 'ssim1': ssim(y, t, 1), 'ssim2': ssim(y, t, 2)})
    return cases


def filters():
    cases = []
    for w, h, s in [(24, 30, 2), (13, 11, 3.3), (7, 5, 4)]:
        z, r, l = pattern(w, h) / 2, pattern(w, h, 2) / 2, pattern(w, h, 4) / 2
        cases.append({'width': w, 'height': h, 'scale': s, 'guided': answer(guided(z, r, l, s))})
    return cases


def bench():
    """The case of BenchCommandTest: 53 x 50 pixels, slice 2 empty, slice 4 nearly so."""
    w, h = 53, 50
    t2 = [pattern(w, h, k) for k in range(6)]
    t1 = [(3 - pattern(w, h, k)) * 50 for k in range(6)]
    t2[2] = t2[2] * 0
    t2[4] = t2[4] * 0
    t2[4][20:24, 20:24] = 1  # 0.7 % of the pixels
    out = []
    for s in (2, 3.3):
        for low in (False, True):
            rows = []
            for k in (0, 1, 3, 5):
                x, q = [v[50 // 2 - 24:50 // 2 + 24, 53 // 2 - 24:53 // 2 + 24] for v in (t2[k], t1[k])]
                x, q = x / x.max(), q / q.max()
                n = round(48 / s)
                l, rl = degrade(x, n, n), degrade(q, n, n)
                if low:
                    q, rl = zero_fill(rl, 48, 48), degrade(zero_fill(rl, 48, 48), n, n)
                z = zero_fill(l, 48, 48)
                g = data_consistency(guided(z, q, zero_fill(rl, 48, 48), s), l)
                rows.append([[psnr(y, x), ssim(y, x, 1), ssim(y, x, 2), psnr(y, x) - psnr(z, x)] for y in (z, g)])
            rows = np.array(rows)
            for i, m in enumerate(('zf', 'gf-dc')):
                a = rows[:, i]
                out.append({'scale': s, 'ref_res': 'lr' if low else 'hr', 'method': m, 'psnr': a[:, 0].mean(), 'ssim1': a[:, 1].mean(),
                            'ssim2': a[:, 2].mean(), 'worst_gain_db': a[:, 3].min(), 'slices': 4})
    return out


for name, make in (('metrics', metrics), ('guided', filters), ('bench', bench)):
    with open(f'{HERE}/{name}.json', 'w') as f:
        json.dump(make(), f, indent=None if name == 'guided' else 1)
        f.write('\n')
