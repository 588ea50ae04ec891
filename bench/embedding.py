"""Passages embedded a second, beside the embedders that one would otherwise use: `python -m bench.embedding DOCS`.

DOCS is a .jsonl.gz of documents with the key "text". The peers run in the same process on the same passages with the
same number of threads, in rounds whose order rotates, so that a machine that grows slower does so for all:

- chromadb's default embedder, with the weights of `--onnx-fp32 FILE` (inputs input_ids, attention_mask and
  token_type_ids, output last_hidden_state). A FILE that is missing is made from `--weights`, which needs torch,
  transformers and onnx.
- sentence-transformers on torch, with the weights in `--weights FOLDER`.

A peer whose package or weights are not there is left out, with a line that says so. Nothing is downloaded.

Columns: passages a second is the median of the rounds, "from" and "to" are the slowest and the fastest round; ratio is
to sentence-transformers (to the slowest, where that is missing), the median of what each round gives; cosine is the
mean and the least over the passages, to the vectors of sentence-transformers (or else of chromadb).
"""

import argparse
import gzip
import json
import os
import tempfile
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Table

from index.embedding import MiniLMEmbedder, Vectors
from index.records import Article
from index.splitting import CountTokens, Splitter
from models import files

FOOTNOTE, CHROMA, TORCH = "Footnote", "chromadb, ONNX fp32", "sentence-transformers, torch"
_MOST_TOKENS = 242  # of a passage: full ones then have about 229, and no embedder cuts any at 256
_WARM_UP = 8  # passages

Embed = Callable[[Sequence[str]], Vectors]


class Missing(Exception):
    """A peer that cannot take part, and why."""


def passages(docs: Path, count: int, count_tokens: CountTokens) -> list[str]:
    """Return `count` passages of whole sentences, spread evenly over the documents; always the same."""
    splitter = Splitter(count_tokens, _MOST_TOKENS)
    with gzip.open(docs, "rt", encoding="utf-8") as lines:
        texts = [str(json.loads(line)["text"]) for line in lines]
    articles = [Article("", "", None, None, None, text, "") for text in texts]
    full = [chunk.text for article in articles for chunk in splitter.split(article)[:-1]]  # the last is a short rest
    if len(full) < count:
        raise SystemExit(f"{docs} holds {len(full)} full passages, {count} are needed.")
    return [full[number * len(full) // count] for number in range(count)]


@contextmanager
def onnx_threads(threads: int) -> Iterator[None]:
    """Give every ONNX Runtime session that is opened meanwhile, whoever opens it, this many threads."""
    import onnxruntime  # noqa: PLC0415 - behind index.onnx, which silences it

    opened = onnxruntime.InferenceSession

    def limited(path: str, sess_options: Any = None, **more: Any) -> Any:  # noqa: ANN401 - passed through
        options = sess_options or onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        return opened(path, sess_options=options, **more)

    onnxruntime.InferenceSession = limited
    try:
        yield
    finally:
        onnxruntime.InferenceSession = opened


def chroma_embedder(onnx_file: Path, folder: Path) -> Embed:
    """Return chromadb's default embedder with the weights of `onnx_file`, laid out in `folder` as its download is."""
    try:
        from chromadb.utils.embedding_functions import ONNXMiniLM_L6_V2  # noqa: PLC0415 - an optional peer
    except ImportError as error:
        raise Missing(f"{error}") from error
    unpacked = folder / ONNXMiniLM_L6_V2.EXTRACTED_FOLDER_NAME
    unpacked.mkdir(parents=True)
    # It downloads unless all six are there, and reads two.
    for name in ("config.json", "special_tokens_map.json", "tokenizer_config.json", "vocab.txt"):
        (unpacked / name).touch()
    (unpacked / "model.onnx").symlink_to(onnx_file.resolve())
    (unpacked / "tokenizer.json").symlink_to(files.TOKENIZER)

    class Unpacked(ONNXMiniLM_L6_V2):
        DOWNLOAD_PATH = folder

    embedder = Unpacked(preferred_providers=["CPUExecutionProvider"])
    return lambda texts: np.asarray(embedder(list(texts)), dtype=np.float32)


def torch_embedder(weights: Path | None, threads: int) -> Embed:
    """Return sentence-transformers' model, loaded from the folder `weights` and nothing else."""
    if weights is None:
        raise Missing("no weights; name their folder with --weights")
    os.environ["HF_HUB_OFFLINE"] = "1"  # read at import
    try:
        import torch  # type: ignore[import-not-found, unused-ignore] # noqa: PLC0415 - an optional peer
        from sentence_transformers import (  # type: ignore[import-not-found, unused-ignore] # noqa: PLC0415
            SentenceTransformer,
        )
    except ImportError as error:
        raise Missing(f"{error}") from error
    torch.set_num_threads(threads)
    model = SentenceTransformer(str(weights), device="cpu", local_files_only=True)
    model.max_seq_length = files.EMBEDDER_MAX_TOKENS
    encode = partial(model.encode, convert_to_numpy=True, normalize_embeddings=True, show_progress_bar=False)
    return lambda texts: np.asarray(encode(list(texts)), dtype=np.float32)


def write_onnx(weights: Path, file: Path) -> None:
    """Export the weights in 32-bit floating point, as they are, to an ONNX file that chromadb's embedder reads."""
    os.environ["HF_HUB_OFFLINE"] = "1"
    try:
        import torch  # type: ignore[import-not-found, unused-ignore] # noqa: PLC0415 - an optional peer
        from transformers import AutoModel  # type: ignore[import-not-found, unused-ignore] # noqa: PLC0415
    except ImportError as error:
        raise Missing(f"{file} is missing, and to make it: {error}") from error
    model = (
        AutoModel.from_pretrained(weights, local_files_only=True, attn_implementation="eager")
        .eval()
        .requires_grad_(False)
    )
    inputs, output = ["input_ids", "attention_mask", "token_type_ids"], "last_hidden_state"

    class Hidden(torch.nn.Module):  # type: ignore[misc, unused-ignore]
        def forward(self, ids: Any, mask: Any, segments: Any) -> Any:  # noqa: ANN401 - tensors
            return model(input_ids=ids, attention_mask=mask, token_type_ids=segments)[output]

    example = torch.ones((2, 8), dtype=torch.int64)
    axes = {name: {0: "batch", 1: "sequence"} for name in [*inputs, output]}
    named: dict[str, Any] = {"input_names": inputs, "output_names": [output], "dynamic_axes": axes}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the exporter tells of its own future
        torch.onnx.export(Hidden(), (example, example, example * 0), str(file), opset_version=14, dynamo=False, **named)


def chroma_with(onnx_file: Path | None, weights: Path | None, folder: Path) -> Embed:
    """Return chromadb's default embedder; its weights are made first when their file is missing."""
    if onnx_file is None:
        raise Missing("no weights; name their file with --onnx-fp32")
    if not onnx_file.is_file():
        if weights is None:
            raise Missing(f"{onnx_file} is missing, and there is no --weights to make it from")
        write_onnx(weights, onnx_file)
    return chroma_embedder(onnx_file, folder)


def measure(embedders: dict[str, Embed], texts: Sequence[str], rounds: int) -> dict[str, list[float]]:
    """Return passages a second by name, one for each round; who comes first changes from round to round."""
    names = list(embedders)
    for name in names:
        embedders[name](texts[:_WARM_UP])
    rates: dict[str, list[float]] = {name: [] for name in names}
    for number in range(rounds):
        turn = number % len(names)
        for name in names[turn:] + names[:turn]:
            begun = time.perf_counter()
            embedders[name](texts)
            rates[name].append(len(texts) / (time.perf_counter() - begun))
    return rates


def table(rates: dict[str, list[float]], vectors: dict[str, Vectors]) -> Table:
    """Lay out what the head of this file explains."""
    slowest = min(rates, key=lambda name: float(np.median(rates[name])))
    base = TORCH if TORCH in rates else slowest
    reference = next((name for name in (TORCH, CHROMA) if name in vectors), None)
    made = Table("embedder", title=f"Passages embedded a second; cosines to {reference or 'nothing: no peer is there'}")
    for column in ("passages/s", "from", "to", f"ratio to {base.split(',')[0]}", "mean cosine", "least cosine"):
        made.add_column(column, justify="right")
    for name, measured in rates.items():
        ratio = np.median(np.array(measured) / np.array(rates[base]))
        speeds = (f"{np.median(measured):.1f}", f"{min(measured):.1f}", f"{max(measured):.1f}", f"{ratio:.2f}")
        cosines = (vectors[name] * vectors[reference]).sum(axis=1) if reference else np.array([np.nan])
        made.add_row(name, *speeds, f"{cosines.mean():.4f}", f"{cosines.min():.4f}")
    return made


def run(options: argparse.Namespace, folder: Path) -> None:
    """Print the table, and a line for each peer that is not there."""
    console = Console()
    peers: dict[str, Callable[[], Embed]] = {
        CHROMA: lambda: chroma_with(options.onnx_fp32, options.weights, folder),
        TORCH: lambda: torch_embedder(options.weights, options.threads),
    }
    with onnx_threads(options.threads):
        footnote = MiniLMEmbedder()
        texts = passages(options.docs, options.passages, footnote.count_tokens)
        embedders: dict[str, Embed] = {FOOTNOTE: footnote.embed}
        for name, opened in peers.items():
            try:
                embedders[name] = opened()
            except Missing as error:
                console.print(f"Left out: {name}: {error}", markup=False)
        rates = measure(embedders, texts, options.rounds)  # chromadb opens its session at first use
    lengths = footnote.count_tokens(texts)
    console.print(
        f"{len(texts)} passages of {np.mean(lengths):.0f} tokens on average ({min(lengths)} to {max(lengths)}), "
        f"{options.rounds} rounds, {options.threads} threads"
    )
    console.print(table(rates, {name: embed(texts) for name, embed in embedders.items()}))


def main() -> None:
    """Read the command line and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("--weights", type=Path, help="the folder of all-MiniLM-L6-v2 as published")
    parser.add_argument("--onnx-fp32", type=Path, help="the same in ONNX; made from --weights when it is missing")
    parser.add_argument("--passages", type=int, default=120)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--threads", type=int, default=2)
    options = parser.parse_args()
    os.environ["OMP_NUM_THREADS"] = str(options.threads)  # read at torch's import
    os.environ["RAYON_NUM_THREADS"] = str(options.threads)  # those of the tokenizers, read at their first use
    with tempfile.TemporaryDirectory() as folder:
        run(options, Path(folder))


if __name__ == "__main__":
    main()
