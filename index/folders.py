"""The files in a folder: found, and opened so that nothing outside of it is read and nothing is waited for.

Between the finding and the opening, whoever may write there can put a link or a pipe in a file's place. So what is
opened is what is looked at: step by step from the folder itself, through no link.
"""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

MAX_DEPTH = 100  # folders within folders; below it, paths become too long for a system anyway
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_NO_WAITING = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)  # a pipe is opened at once, and found out
_FOLDER = getattr(os, "O_DIRECTORY", 0)
_BYTES = getattr(os, "O_BINARY", 0)  # on Windows alone

OnClosed = Callable[[str, str], None]


def files_below(root: Path, suffixes: frozenset[str], on_closed: OnClosed) -> Iterator[str]:
    """Yield the relative paths of the files under `root` with these suffixes, in no order, with forward slashes.

    `on_closed` hears of each folder that is not looked into, with a slash behind it, and why.
    """
    waiting = [("", 0)]
    while waiting:
        folder, depth = waiting.pop()
        if depth > MAX_DEPTH:
            on_closed(folder, f"it lies {depth} folders deep; {MAX_DEPTH} are looked into. Move it up.")
            continue
        try:
            with os.scandir(root / folder) as listed:
                entries = [entry for entry in listed if not entry.name.startswith(".")]
        except OSError as error:
            on_closed(folder, f"it cannot be read: {error.strerror}.")
            continue
        for entry in entries:
            if _is_folder(entry):  # no link to one, so a loop of links cannot trap this
                waiting.append((f"{folder}{entry.name}/", depth + 1))
            elif Path(entry.name).suffix.lower() in suffixes and _is_inside(root / folder / entry.name, root):
                yield f"{folder}{entry.name}"


def _is_folder(entry: "os.DirEntry[str]") -> bool:
    try:
        return entry.is_dir(follow_symlinks=False)
    except OSError:
        return False


def _is_inside(path: Path, root: Path) -> bool:
    """Tell whether `path` is a file, or leads to one, under `root`; also when only reading it can tell."""
    try:
        # Path.resolve raises an error of its own for a link that leads to itself.
        if path.is_symlink() and not Path(os.path.realpath(path)).is_relative_to(root):
            return False
        return stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return True


def open_within(root: Path, file: str) -> int:
    """Return a descriptor of the file at this path under `root`, open for reading; the caller closes it.

    A link is followed where it leads to a file under `root`. Raises OSError for what lies elsewhere or is no file.
    """
    top = os.path.realpath(root)
    place = Path(os.path.realpath(Path(top, file)))
    if not place.is_relative_to(top):
        raise OSError(errno.EPERM, "it leads out of the folder")
    opened = _opened(top, place.relative_to(top).parts)
    kind = os.fstat(opened).st_mode
    if not stat.S_ISREG(kind):
        os.close(opened)
        raise (
            OSError(errno.EISDIR, os.strerror(errno.EISDIR))
            if stat.S_ISDIR(kind)
            else OSError(errno.EPERM, "it is a pipe or a device")
        )
    return opened


def _opened(top: str, parts: tuple[str, ...]) -> int:
    flags = os.O_RDONLY | _BYTES | _NO_LINK | _NO_WAITING
    if os.open not in os.supports_dir_fd:  # Windows, where making a link takes a right that few have
        return os.open(Path(top, *parts), flags)
    opened = os.open(top, os.O_RDONLY | _FOLDER)
    for number, part in enumerate(parts, 1):
        inside = opened
        try:
            opened = os.open(part, flags | (_FOLDER if number < len(parts) else 0), dir_fd=inside)
        finally:
            os.close(inside)
    return opened
