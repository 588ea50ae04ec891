"""How one of our modules is run as a process of its own, with the same interpreter and the same packages."""

import os
import sys


def command(module: str, *arguments: object) -> list[str]:
    """Return what starts `python -m module` with these arguments, whatever folder this process is in."""
    return [sys.executable, "-P", "-m", module, *map(str, arguments)]


def environment() -> dict[str, str]:
    """Return this process's environment, in which its own packages are found."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
