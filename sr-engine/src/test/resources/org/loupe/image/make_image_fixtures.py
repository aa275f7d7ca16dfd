"""Makes kspace.json and interpolation.json: what numpy, scipy and Pillow answer, for KSpaceTest and InterpolationTest.

Needs numpy, scipy and Pillow:  python3 make_image_fixtures.py
The images are `pattern(width, height)`, which Fixtures.java computes alike, so only the answers are kept.
"""
import json, os
import numpy as np
from PIL import Image
from scipy.ndimage import map_coordinates

HERE = os.path.dirname(os.path.abspath(__file__))


def pattern(w, h, seed=0):
    """A smooth blob plus integer 'noise': every frequency is present, values are about 0 to 2."""
    r, c = np.mgrid[0:h, 0:w].astype(float)
    noise = (31 * r * r + 17 * c * c + 13 * r * c + (7 + seed) * r + 3 * c + seed) % 101 / 101
    return noise + np.exp(-((r - h / 2) ** 2 + (c - w / 3) ** 2) / (0.05 * w * h))


# The evaluation protocol: LR sample n lies at HR index n * H / n_lr.
def degrade(x, n, m):
    h, w = x.shape
    f = np.fft.fftshift(np.fft.fft2(x))[h // 2 - n // 2:h // 2 - n // 2 + n, w // 2 - m // 2:w // 2 - m // 2 + m]
    return np.real(np.fft.ifft2(np.fft.ifftshift(f))) * n * m / (h * w)


def zero_fill(l, h, w):
    n, m = l.shape
    f = np.zeros((h, w), complex)
    f[h // 2 - n // 2:h // 2 - n // 2 + n, w // 2 - m // 2:w // 2 - m // 2 + m] = np.fft.fftshift(np.fft.fft2(l))
    return np.real(np.fft.ifft2(np.fft.ifftshift(f))) * h * w / (n * m)


def data_consistency(y, l):
    h, w = y.shape
    n, m = l.shape
    f = np.fft.fftshift(np.fft.fft2(y))
    f[h // 2 - n // 2:h // 2 - n // 2 + n, w // 2 - m // 2:w // 2 - m // 2 + m] = np.fft.fftshift(np.fft.fft2(l)) * h * w / (n * m)
    return np.real(np.fft.ifft2(np.fft.ifftshift(f)))


def answer(a):
    return {'width': a.shape[1], 'height': a.shape[0], 'values': [float('%.6g' % v) for v in a.ravel()]}


def kspace():
    cases = []
    for w, h, s in [(30, 24, 2), (17, 13, 1.7), (23, 29, 3.3)]:
        x = pattern(w, h)
        n, m = round(h / s), round(w / s)  # halves to even
        low = degrade(x, n, m)
        cases.append({'width': w, 'height': h, 'scale': s, 'low': answer(low), 'zeroFilled': answer(zero_fill(low, h, w)),
                      'consistent': answer(data_consistency(pattern(w, h, 5), low))})
    return cases


def positions(first, step, count):
    return first + step * np.arange(count)


def pillow(x, kind, xs, ys):
    """Pillow's resize of the edge-padded image: its box gives any offset and step, its kernels widen on reduction."""
    pad = 40
    p = np.pad(x, pad, mode='edge').astype(np.float32)
    (x0, dx, w), (y0, dy, h) = xs, ys
    box = (pad + x0 + .5 - dx / 2, pad + y0 + .5 - dy / 2, pad + x0 + .5 - dx / 2 + w * dx, pad + y0 + .5 - dy / 2 + h * dy)
    return np.asarray(Image.fromarray(p, 'F').resize((w, h), kind, box=box), float)


def interpolation():
    x = pattern(17, 13)
    lattices = {'magnify': ((-2.3, .37, 23), (-1.1, .41, 19)), 'minify': ((.2, 2.3, 7), (-1, 3.1, 5))}
    out = []
    for name, (xs, ys) in lattices.items():
        kinds = {'BICUBIC': Image.BICUBIC, 'LANCZOS': Image.LANCZOS, 'BILINEAR': Image.BILINEAR}
        answers = {k: pillow(x, v, xs, ys) for k, v in kinds.items()}
        if name == 'magnify':
            grid = np.meshgrid(positions(*ys), positions(*xs), indexing='ij')
            check = map_coordinates(x, grid, order=1, mode='nearest')
            assert abs(check - answers['BILINEAR']).max() < 1e-5
        answers['NEAREST'] = x[np.ix_(np.clip(np.floor(positions(*ys) + .5), 0, 12).astype(int),
                                      np.clip(np.floor(positions(*xs) + .5), 0, 16).astype(int))]
        for k, v in answers.items():
            out.append({'interpolation': k, 'x': xs, 'y': ys, 'answer': answer(v)})
    return out


if __name__ == '__main__':
    for name, make in (('kspace', kspace), ('interpolation', interpolation)):
        with open(f'{HERE}/{name}.json', 'w') as f:
            json.dump(make(), f, separators=(',', ':'))
            f.write('\n')
