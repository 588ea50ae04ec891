"""Where the shipped model files lie."""

from pathlib import Path

_HERE = Path(__file__).parent

EMBEDDER = _HERE / "all-MiniLM-L6-v2.onnx"
TOKENIZER = _HERE / "tokenizer.json"
EMBEDDER_NAME = "all-MiniLM-L6-v2-int7"  # the name that an index keeps: other arithmetic, other vectors
EMBEDDER_WIDTH = 384
EMBEDDER_MAX_TOKENS = 256
JUDGE = _HERE / "judge.onnx"
JUDGE_WORDS = _HERE / "judge-words.bin"  # the judge's word vectors, which the other file refers to
JUDGE_TOKENIZER = _HERE / "judge-tokenizer.json"
JUDGE_MAX_TOKENS = 208  # of both sides, as trained
