"""Read a whole vector store in a process of its own: `python -m index.probe FOLDER`.

Chroma loads damaged files without a word and may then crash the process that asks (a data file cut in half did,
chromadb 1.5.9). So a store that was not closed well is read here first, where a crash costs nothing.
"""

import subprocess
import sys
from pathlib import Path

from index.errors import VectorStoreError
from index.vectors import VectorStore

_BATCH = 1_000
_SEARCHES = 100


def survives_reading(folder: Path) -> bool:
    """Tell whether every vector in `folder` can be read, and searched for, by a process that lives to tell."""
    done = subprocess.run(  # noqa: S603 - this program, and a folder that we made
        [sys.executable, "-m", "index.probe", str(folder)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=False,
    )
    return done.returncode == 0


def _read_everything(folder: Path) -> None:
    store = VectorStore(folder)
    ids = sorted(store.ids())
    for first in range(0, len(ids), _BATCH):
        if len(store.vectors(ids[first : first + _BATCH])) != len(ids[first : first + _BATCH]):
            raise VectorStoreError("some vectors are listed but not there")
    for vector in store.vectors(ids[:: max(1, len(ids) // _SEARCHES)]).values():
        store.search(vector, 1)
    store.close()


if __name__ == "__main__":
    _read_everything(Path(sys.argv[1]))
