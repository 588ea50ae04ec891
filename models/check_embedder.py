"""Check the built `all-MiniLM-L6-v2.onnx` against sentence-transformers' own forward pass, on real passages.

Both sides get the same texts and cut them at 256 tokens. The ONNX side uses only what Footnote uses at run time:
ONNX Runtime, tokenizers, and the two built files. The check fails when one passage's cosine is below 0.98 or their
mean below 0.995, when padding changes a vector, or when the same text twice gives two vectors.

Needs: numpy, onnxruntime, tokenizers, sentence-transformers (so torch); and the unpacked weights of build_embedder.py.
"""

import argparse
import gzip
import json
import os
import sys
import time
from pathlib import Path

import numpy as np
import numpy.typing as npt
import onnxruntime as ort  # type: ignore[import-untyped, unused-ignore]  # it carries no types
from tokenizers import Tokenizer

PASSAGES = 500
WORD_LIMITS = (200, 3, 120, 200, 40, 200, 12)  # taken in turn, so that lengths vary; 7 and the document counts differ
MAX_TOKENS = 256  # `max_seq_length` of the model's sentence_bert_config.json
BATCH = 16
THREADS = 2
COSINE_FLOOR = 0.98  # the least of 500; matrices of 7-bit integers (models/onnx_graph.py) are an approximation
MEAN_COSINE_FLOOR = 0.995
# Largest difference in any number between two vectors that should be equal. Rounding to integers can turn a difference
# in the last bit into one of a whole step, which is 1/127 of the largest number of a row of one layer.
SAME_VECTOR = 1e-3

Vectors = npt.NDArray[np.float32]


class CheckError(Exception):
    """The check could not be run; printed as one line, without a traceback."""


def read_passages(file: Path) -> list[str]:
    """Return 500 passages spread evenly over the documents' paragraphs, each cut to a word limit; always the same."""
    try:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            texts = [str(json.loads(line)["text"]) for line in lines]
    except (OSError, EOFError, ValueError, KeyError, TypeError) as error:
        raise CheckError(f"cannot read passages from {file}: {error!r}") from error
    paragraphs = [paragraph for text in texts for paragraph in text.split("\n") if paragraph.strip()]
    if len(paragraphs) < PASSAGES:
        raise CheckError(f"{file} has {len(paragraphs)} paragraphs, {PASSAGES} are needed")
    chosen = (paragraphs[number * len(paragraphs) // PASSAGES] for number in range(PASSAGES))
    return [" ".join(text.split()[: WORD_LIMITS[n % len(WORD_LIMITS)]]) for n, text in enumerate(chosen)]


def load_tokenizer(file: Path) -> Tokenizer:
    """Return the built tokenizer, set as the run time sets it: cut at 256 tokens, padded to the batch's longest."""
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(MAX_TOKENS)
    tokenizer.enable_padding()
    return tokenizer


def load_session(file: Path) -> ort.InferenceSession:
    """Open the built model and print how long that took."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = THREADS
    started = time.perf_counter()
    session = ort.InferenceSession(file, options, providers=["CPUExecutionProvider"])
    print(f"load time                            {time.perf_counter() - started:.2f} s")
    return session


def embed(session: ort.InferenceSession, tokenizer: Tokenizer, texts: list[str], batch: int = BATCH) -> Vectors:
    """Return one row of 384 numbers for each text, computed `batch` texts at a time in the order given."""
    rows = []
    for start in range(0, len(texts), batch):
        encoded = tokenizer.encode_batch(texts[start : start + batch])
        ids = np.array([one.ids for one in encoded], np.int64)
        mask = np.array([one.attention_mask for one in encoded], np.int64)
        rows.append(session.run(["sentence_embedding"], {"input_ids": ids, "attention_mask": mask})[0])
    return np.concatenate(rows)


def embed_with_reference(weights: Path, texts: list[str]) -> Vectors:
    """Return the same rows from sentence-transformers, loaded from the local folder and nothing else."""
    # Set before the import, which reads it: this check must never reach for the network. And imported here because
    # it takes seconds, which --help and a mistyped path need not wait for.
    os.environ["HF_HUB_OFFLINE"] = "1"
    # Neither is installed with Footnote, so mypy does not always find them.
    import torch  # type: ignore[import-not-found, unused-ignore]
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found, unused-ignore]

    torch.set_num_threads(THREADS)
    try:
        model = SentenceTransformer(str(weights), device="cpu", local_files_only=True)
    except (OSError, ValueError) as error:
        raise CheckError(f"sentence-transformers cannot load {weights}: {error}") from error
    model.max_seq_length = MAX_TOKENS
    return np.asarray(model.encode(texts, batch_size=BATCH, convert_to_numpy=True), np.float32)


def report_lengths(tokenizer: Tokenizer, texts: list[str]) -> None:
    """Print how long the passages are in tokens, before any truncation."""
    tokenizer.no_truncation()
    tokenizer.no_padding()
    lengths = [len(one.ids) for one in tokenizer.encode_batch(texts)]
    print(f"passages                             {len(texts)}")
    print(f"tokens, shortest / median / longest  {min(lengths)} / {np.median(lengths):.0f} / {max(lengths)}")
    print(f"longer than {MAX_TOKENS} tokens               {sum(length > MAX_TOKENS for length in lengths)}")


def check(model: Path, weights: Path, passages: Path) -> bool:
    """Run every comparison, print each figure, and return whether all of them hold."""
    for needed in (model / "all-MiniLM-L6-v2.onnx", model / "tokenizer.json", weights / "model.safetensors"):
        if not needed.is_file():
            raise CheckError(f"{needed} is missing")
    texts = read_passages(passages)
    report_lengths(load_tokenizer(model / "tokenizer.json"), texts)
    tokenizer = load_tokenizer(model / "tokenizer.json")
    session = load_session(model / "all-MiniLM-L6-v2.onnx")
    ours = embed(session, tokenizer, texts)
    padding = float(np.abs(ours - embed(session, tokenizer, texts, batch=1)).max())
    twins = embed(session, tokenizer, [texts[0]] * BATCH)
    repeats = float(np.abs(twins - twins[0]).max())
    wide, reference = ours.astype(np.float64), embed_with_reference(weights, texts).astype(np.float64)
    norms = np.linalg.norm(wide, axis=1)
    cosines = (wide * reference).sum(axis=1) / (norms * np.linalg.norm(reference, axis=1))
    print(f"vector length, largest error         {np.abs(norms - 1).max():.1e}")
    print(f"padded against alone, largest        {padding:.1e}   (allowed {SAME_VECTOR:.0e})")
    print(f"same text twice, largest             {repeats:.1e}   (allowed {SAME_VECTOR:.0e})")
    print(f"cosine to sentence-transformers      min {cosines.min():.7f}   (allowed {COSINE_FLOOR})")
    print(f"                                     5th percentile {np.percentile(cosines, 5):.7f}")
    print(f"                                     mean {cosines.mean():.7f}   (allowed {MEAN_COSINE_FLOOR})")
    alike = cosines.min() >= COSINE_FLOOR and cosines.mean() >= MEAN_COSINE_FLOOR
    return bool(alike and padding <= SAME_VECTOR and repeats <= SAME_VECTOR)


def main() -> int:
    """Read the command line and check; 0 when everything holds, 1 when something does not, or could not be checked."""
    parser = argparse.ArgumentParser(description="Check the built embedder against sentence-transformers.")
    parser.add_argument("--passages", type=Path, required=True, help='a .jsonl.gz of documents with a "text" key')
    parser.add_argument("--weights", type=Path, required=True, help="the unpacked model folder of the package")
    parser.add_argument("--model", type=Path, default=Path(__file__).parent, help="folder of the built files")
    options = parser.parse_args()
    try:
        passed = check(options.model, options.weights, options.passages)
    except CheckError as error:
        print(f"error: {error}", file=sys.stderr)
        return 1
    print("passed" if passed else "FAILED")
    return 0 if passed else 1


if __name__ == "__main__":
    raise SystemExit(main())
