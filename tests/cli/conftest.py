"""The command `footnote` run in this process, and as a process of its own."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from api.service import Parts
from cli.main import run
from index.embedding import MiniLMEmbedder

COMMAND = Path(sys.executable).with_name("footnote")
_PATIENCE_SECONDS = 120
_SET_BY_A_DEVELOPER = ("FOOTNOTE_", "ORT_", "XDG_")


@dataclass(frozen=True)
class Finished:
    """How a command ended: its exit status and what it printed, line breaks within messages taken out."""

    status: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """Everything it printed, on one line, without the frames that some messages are put in."""
        return " ".join((self.out + " " + self.err).replace("│", " ").split())


Footnote = Callable[..., Finished]


@pytest.fixture
def footnote(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    embedder: MiniLMEmbedder,
) -> Footnote:
    """Runs the command in this process, in `tmp_path`, as the console script does: an error that nobody caught, and
    that a user would see as a traceback, fails the test.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cli.assemble.MiniLMEmbedder", lambda threads: embedder)  # loading it once is slow enough

    def run_command(*arguments: str | Path) -> Finished:
        monkeypatch.setattr(sys, "argv", ["footnote", *map(str, arguments)])
        capsys.readouterr()
        status = 0
        try:
            run()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else int(end.code is not None)
        printed = capsys.readouterr()
        return Finished(status, printed.out, printed.err)

    return run_command


@contextmanager
def start_process(folder: Path, *arguments: str | Path, **environment: str) -> Iterator["subprocess.Popen[str]"]:
    """Start the command as a process of its own, in `folder`, with a home folder of its own; it ends at last."""
    (folder / "home").mkdir(exist_ok=True)
    clean = {name: value for name, value in os.environ.items() if not name.startswith(_SET_BY_A_DEVELOPER)}
    process = subprocess.Popen(
        [COMMAND, *arguments],
        cwd=folder,
        env={**clean, "HOME": str(folder / "home"), "COLUMNS": "200", "FOOTNOTE_THREADS": "1", **environment},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def finish(process: "subprocess.Popen[str]") -> Finished:
    """Wait for the end of a process."""
    out, err = process.communicate(timeout=_PATIENCE_SECONDS)
    return Finished(process.returncode, out, err)


@pytest.fixture
def footnote_process(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Starts the command as a process of its own, in `tmp_path`; it ends with the test."""
    with ExitStack() as stack:
        yield lambda *arguments: stack.enter_context(start_process(tmp_path, *arguments))


@pytest.fixture
def footnote_alone(footnote_process: Callable[..., "subprocess.Popen[str]"]) -> Footnote:
    """Runs the command as a process of its own, to its end."""
    return lambda *arguments: finish(footnote_process(*arguments))


@pytest.fixture(scope="session")
def index_of_the_articles(
    tmp_path_factory: pytest.TempPathFactory,
    write_articles: Callable[[Path], Path],
    open_parts_in: Callable[[Path, Path], Parts],
) -> Path:
    """The data folder of an index of the made-up articles, for copying."""
    folder = tmp_path_factory.mktemp("indexed")
    parts = open_parts_in(write_articles(folder / "articles"), folder / "data")
    parts.sync(lambda _: None)
    parts.close()
    return folder / "data"


@pytest.fixture
def indexed(index_of_the_articles: Path, tmp_path: Path) -> Path:
    """The data folder of an index of `corpus`."""
    return shutil.copytree(index_of_the_articles, tmp_path / "data")


@pytest.fixture
def held(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[str]"]]:
    """Has another process hold a data folder, which may say that it serves an address, until the test ends."""
    holders: list[subprocess.Popen[str]] = []
    program = (
        "import sys, pathlib, index.ownership\n"
        "held = index.ownership.Ownership(pathlib.Path(sys.argv[1]), *sys.argv[2:])\n"
        "print('held', flush=True)\n"
        "sys.stdin.read()\n"
    )

    def hold(data: Path, *address: str) -> "subprocess.Popen[str]":
        holder = subprocess.Popen(
            [sys.executable, "-c", program, data, *address],
            cwd=tmp_path,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        holders.append(holder)
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        return holder

    yield hold
    for holder in holders:
        holder.kill()
        holder.communicate()
