"""One process owns a data folder: a second writer would lose vectors in Chroma without a word."""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout

from index.errors import DataFolderError, DataFolderInUse
from index.room import give_up_reserve, is_full

_LOCK = "lock"
_OWNER = "owner.json"


@dataclass(frozen=True, slots=True)
class Owner:
    """The process that holds a data folder; when it serves, `address` says where, and `corpus` which folder."""

    pid: int
    address: str | None = None
    corpus: str | None = None

    def __str__(self) -> str:
        return f"process {self.pid}" + (f", which serves {self.address}" if self.address else "")


class Ownership:
    """Holds the data folder `folder` from construction until `release`, or until the process ends, however it ends.

    Makes the folder when it is missing. Raises DataFolderInUse, naming the owner, when another process holds it, and
    DataFolderError when the folder cannot be made or written.
    """

    def __init__(self, folder: Path, address: str | None = None, corpus: Path | None = None) -> None:
        self.folder = folder
        self._lock = FileLock(folder / _LOCK)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self._lock.acquire(timeout=0)
            # Written beside the lock, not into it: a locked file cannot be read everywhere.
            if is_full(folder):
                give_up_reserve(folder)
            owner = Owner(os.getpid(), address, str(corpus.resolve()) if corpus else None)
            (folder / _OWNER).write_text(json.dumps(asdict(owner)), encoding="utf-8")
        except Timeout:
            holder = current_owner(folder)
            raise DataFolderInUse(
                f"The data folder {folder} is in use by {holder or 'another process'}. "
                "Stop it, or choose another folder with --data.",
                holder.address if holder else None,
                holder.corpus if holder else None,
            ) from None
        except OSError as error:
            raise DataFolderError(
                f"The data folder {folder} cannot be written: {error.strerror}. Choose another with --data."
            ) from error

    def release(self) -> None:
        """Let another process have the folder."""
        (self.folder / _OWNER).unlink(missing_ok=True)
        self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        self.release()


def current_owner(folder: Path) -> Owner | None:
    """Return what the owner of `folder` wrote about itself, or None when nothing readable is there."""
    try:
        owner = json.loads((folder / _OWNER).read_text(encoding="utf-8"))
        return Owner(int(owner["pid"]), owner["address"], owner["corpus"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
