"""Room on the disk of a data folder: whether there is any, and a little that is kept so that reading never lacks it.

To open an index takes some room even where nothing is added: SQLite and Chroma put files beside theirs. On a full disk
a service would then not even start to answer from what it has. So a file of zeros is kept, and given up for that.
"""

import shutil
from pathlib import Path

_RESERVE = "reserve"  # its name in a data folder
_RESERVED = 4_000_000  # bytes; to open the index of 40,000 passages takes under 2,000,000
_FULL = 1_000_000  # bytes; with less left on it, a disk is full
_PLENTY = 50_000_000  # bytes; with less, no room is taken for a reserve


def is_full(folder: Path) -> bool:
    """Tell whether the disk of this folder, which must exist, has no room left."""
    try:
        return shutil.disk_usage(folder).free < _FULL
    except OSError:
        return False


def keep_reserve(folder: Path) -> None:
    """Keep room in this folder, where there is plenty."""
    path = folder / _RESERVE
    try:
        if not path.exists() and shutil.disk_usage(folder).free > _PLENTY:
            path.write_bytes(bytes(_RESERVED))
    except OSError:
        path.unlink(missing_ok=True)


def give_up_reserve(folder: Path) -> None:
    """Make room for what reading takes."""
    (folder / _RESERVE).unlink(missing_ok=True)
