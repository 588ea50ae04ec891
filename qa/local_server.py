"""A .gguf file is served by a child process, so that a crash in native code takes no answer with it."""

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from qa.errors import LLMNotUsable

_READY = "listening "


class LocalServer:
    """Runs llama.cpp's server on a port of this machine that no other process is told of.

    Raises LLMNotUsable when the file cannot be loaded. The child ends when its standard input does, so it outlives
    this process by no more than a moment, however that ends.
    """

    def __init__(self, model: Path, context_window: int) -> None:
        command = [sys.executable, "-m", "qa.local_server", str(model.absolute()), str(context_window)]
        self._child = subprocess.Popen(  # noqa: S603 - our own module
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            cwd=Path(__file__).parent.parent,
        )
        assert self._child.stdout is not None
        said = self._child.stdout.readline().strip()
        if not said.startswith(_READY):
            self.close()
            raise LLMNotUsable(
                said or f"{model} cannot be loaded by llama.cpp. Is it a whole .gguf file, and is there room for it?"
            )
        self.address = said.removeprefix(_READY)

    def close(self) -> None:
        """End the child."""
        assert self._child.stdin is not None
        assert self._child.stdout is not None
        self._child.stdin.close()
        try:
            self._child.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._child.kill()
            self._child.wait()
        self._child.stdout.close()


def _serve(model: str, context_window: int) -> None:
    try:
        import xllamacpp  # noqa: PLC0415 - an optional package, wanted by this process alone
    except ModuleNotFoundError:
        print("A local model needs a package that is not installed: pip install 'footnote-qa[local]'", flush=True)
        return
    parameters: Any = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.n_ctx = context_window
    parameters.n_parallel = 1
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0
    parameters.ui = False
    server = xllamacpp.Server(parameters)
    print(f"{_READY}{server.listening_address}", flush=True)
    sys.stdin.read()
    os._exit(0)  # the server would first finish what it is writing


if __name__ == "__main__":
    _serve(sys.argv[1], int(sys.argv[2]))
