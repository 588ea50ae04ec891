"""Where the shipped model files lie."""

from pathlib import Path

_HERE = Path(__file__).parent

EMBEDDER = _HERE / "all-MiniLM-L6-v2.onnx"
TOKENIZER = _HERE / "tokenizer.json"
EMBEDDER_NAME = "all-MiniLM-L6-v2-int7"  # the name that an index keeps: other arithmetic, other vectors
EMBEDDER_WIDTH = 384
EMBEDDER_MAX_TOKENS = 256
READER = _HERE / "reader.onnx"
READER_MAX_TOKENS = 208  # of question and text, as trained
