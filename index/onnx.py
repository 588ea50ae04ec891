"""ONNX Runtime, silenced: the only module that imports it.

Its Linux builds of 2026 write an identifier into the home folder and send events to their maker as soon as they are
imported (seen with 1.31.1: two files and a thread more), unless an environment variable forbids it before that. 1.31
obeys the first of these names; the later one is what its maintainers have since made the full opt-out.
"""

import os
from pathlib import Path
from typing import Any

for _name in ("ORT_DISABLE_TELEMETRY", "ORT_TELEMETRY_DISABLED"):
    os.environ[_name] = "1"

import onnxruntime  # noqa: E402 - only behind the lines above

from index.errors import ModelFileError, TooLittleMemory  # noqa: E402
from index.memory import is_want_of_memory  # noqa: E402


def load_session(path: Path, threads: int = 0) -> onnxruntime.InferenceSession:
    """Return an ONNX Runtime session on the processor, with this many threads; 0: one for each core.

    Where several processes share the cores, one thread each does more: threads wait for each other by spinning.
    Raises ModelFileError and TooLittleMemory.
    """
    if not path.is_file():
        raise ModelFileError(f"The model file {path.name} is missing. Install Footnote again.")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    try:
        return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # ONNX Runtime's exceptions share no root but Exception
        if is_want_of_memory(error):
            raise TooLittleMemory from error
        raise ModelFileError(f"The model file {path.name} is damaged. Install Footnote again.") from error


def run(session: onnxruntime.InferenceSession, outputs: list[str] | None, feed: dict[str, Any]) -> list[Any]:
    """Return a session's outputs for what it is fed, all of them where none are named. Raises TooLittleMemory."""
    try:
        return list(session.run(outputs, feed))
    except Exception as error:
        if is_want_of_memory(error):
            raise TooLittleMemory from error
        raise
