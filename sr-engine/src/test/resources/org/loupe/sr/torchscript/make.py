"""Makes the TorchScript files that TorchScriptModelTest runs (Debian: python3-torch).

Their results can be told without them: sums of bilinear interpolations, in float32.
"""

import pathlib

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).parent  # Run it from there: graphs hold the path of their source.


def at(maps, coordinates):
    return F.grid_sample(
        maps, coordinates, mode="bilinear", padding_mode="border", align_corners=False
    )


class Single(torch.nn.Module):
    """Target + 1/2 reference - 1/4 white matter, all at the output pixels."""

    def forward(self, target, reference, prior, coordinates):
        return (
            at(target, coordinates)
            + 0.5 * at(reference, coordinates)
            - 0.25 * at(prior[:, 2:3], coordinates)
        )


class Smooth(torch.nn.Module):
    """The target's mean over 3 x 3 pixels (zeros outside) at the output pixels, in pixels."""

    def __init__(self):
        super().__init__()
        self.mean = torch.nn.Conv2d(1, 1, 3, padding=1, bias=False)
        torch.nn.init.constant_(self.mean.weight, 1 / 9)

    def forward(self, target, coordinates):
        h = target.shape[2]
        w = target.shape[3]
        x = (2 * coordinates[..., 0] + 1) / w - 1
        y = (2 * coordinates[..., 1] + 1) / h - 1
        return at(self.mean(target), torch.stack([x, y], dim=3))


class Encoder(torch.nn.Module):
    """The target beside the mean of its neighbours; the reference at half the target's size."""

    def forward(self, target, neighbours, reference):
        mean = neighbours.mean(dim=1, keepdim=True)
        return torch.cat([target, mean], dim=1), F.avg_pool2d(reference, 2)


class Decoder(torch.nn.Module):
    """A residual and the logarithm of the expected error.

    1/2 (target - neighbours) + 1/4 (3 x 3 mean of the reference) + 1/8 reference; -2 + step.
    """

    def __init__(self):
        super().__init__()
        self.mean = torch.nn.Conv2d(1, 1, 3, padding=1, bias=False)
        torch.nn.init.constant_(self.mean.weight, 1 / 9)

    def forward(self, slices, reference, base, output_reference, coordinates, step):
        both = at(slices, coordinates)
        residual = (
            0.5 * (both[:, 0:1] - both[:, 1:2])
            + 0.25 * self.mean(at(reference, coordinates))
            + 0.125 * output_reference
        )
        return torch.cat([residual, torch.zeros_like(base) - 2 + step[0, 0]], dim=1)


class Fixed(torch.nn.Module):
    """Works for slices of 40 rows and 48 columns only, as traced graphs may."""

    def forward(self, target, coordinates):
        return at(target.reshape(1, 1, 40, 48), coordinates)


class NotANumber(torch.nn.Module):
    def forward(self, target, coordinates):
        return at(target, coordinates) / 0


def save(module, name):
    for parameter in module.parameters():
        parameter.requires_grad_(False)
    torch.jit.script(module.eval()).save(str(FOLDER / name))


save(Single(), "single.pt")
save(Encoder(), "encoder.pt")
save(Decoder(), "decoder.pt")
save(Fixed(), "fixed.pt")
save(NotANumber(), "nan.pt")
example = (torch.rand(1, 1, 12, 16), torch.rand(1, 5, 6, 2))
torch.jit.trace(Smooth().eval(), example).save(str(FOLDER / "smooth.pt"))
torch.save({"weight": torch.zeros(2)}, str(FOLDER / "state_dict.pt"))
