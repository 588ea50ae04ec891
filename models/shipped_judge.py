"""The judge's weights, read back from the files that ship: so that training can go on from them.

What was rounded to integers comes back as the nearest multiple of its step; a matrix's error is about 2 % of its size.
Layers that were never trained are better taken from the published weights.

Needs: numpy, onnx.
"""

from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnx  # type: ignore[import-not-found, unused-ignore]  # not installed with Footnote
from onnx import numpy_helper  # type: ignore[import-not-found, unused-ignore]

from models.judge_network import FUSED, LAYERS

_STORED_AS = {"queries_keys_values": "qkv", "attended": "attended", "inner": "inner", "outer": "outer"}
_NORMS = ("attention_norm", "output_norm")
_HEADS = ("span", "gathered", "answered", "verdict")


def trained_weights(model: Path) -> dict[str, npt.NDArray[np.float32]]:
    """Return the network's name of each trained weight -> its value: segments, heads, the layers from FUSED on."""
    stored = {one.name: numpy_helper.to_array(one) for one in onnx.load(str(model)).graph.initializer}
    found = {"segments.weight": stored["segments"]}
    for number in range(FUSED, LAYERS):
        layer = f"layers.{number}"
        for ours, theirs in _STORED_AS.items():
            steps = stored[f"{layer}.{theirs}.steps"]
            found[f"{layer}.{ours}.weight"] = (stored[f"{layer}.{theirs}.integers"] * steps[None, :]).T
            found[f"{layer}.{ours}.bias"] = stored[f"{layer}.{theirs}.bias"]
        found |= {
            f"{layer}.{norm}.{part}": stored[f"{layer}.{norm}.{part}"] for norm in _NORMS for part in ("weight", "bias")
        }
    for head in _HEADS:
        found |= {f"{head}.weight": stored[f"{head}.weight"].T, f"{head}.bias": stored[f"{head}.bias"]}
    return {name: np.array(value, dtype=np.float32, order="C") for name, value in found.items()}
