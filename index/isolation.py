"""Sources are read by another process: what a file does to its reader costs no other file, and no question.

The readers of formats are other people's libraries, native code among them: a made-up file can crash them, fill the
memory or keep them busy for hours, and while they work in one process with the questions, those wait. So a process of
its own reads one file after the other (`index.reading_process`), within limits. When it ends over one, that file is
named and the next one gets a new process.
"""

import json
import signal
import subprocess
import threading
from dataclasses import asdict, dataclass
from typing import Any

from index.article_lists import FieldMap
from index.errors import UnreadableArticle
from index.own_process import command, environment
from index.reading_process import unpacked
from index.records import Article
from index.sources import SourceFile, SourceReader

_MAX_WAITED = 5  # times as long as a file may take the processor is waited for it: a busy machine is no fault of it
_LARGE = 5_000_000  # bytes of a file, after which a process ends: only so is its memory given back
_MOST_IDLE = 2  # processes that wait for the next file; they end by themselves after a while


@dataclass(frozen=True, slots=True)
class Limits:
    """What the reading of one file may take: seconds of the processor, more for each megabyte of it, and memory.

    The slowest ordinary ones, lists of articles, take some 1.2 seconds for each megabyte; 180 of them fill 1,000 MB.
    """

    seconds: int = 100
    seconds_for_a_megabyte: int = 5
    megabytes: int = 4_000

    def seconds_for(self, size: int) -> int:
        """Return the seconds for a file of `size` bytes."""
        return self.seconds + self.seconds_for_a_megabyte * size // 1_000_000


class IsolatedReader(SourceReader):
    """Reads as `SourceReader` does, each file within `limits`; `close` ends what waits for the next file."""

    def __init__(self, fields: FieldMap = FieldMap(), limits: Limits = Limits()) -> None:
        super().__init__(fields)
        self._limits = limits
        self._idle: list[_Process] = []
        self._lock = threading.Lock()

    def articles(self, source: SourceFile) -> tuple[list[Article], dict[str, str]]:
        """See `SourceReader`. A file that takes more than the limits, or ends its reader, is unreadable, too."""
        seconds = self._limits.seconds_for(len(source.content))
        request = {"file": source.file, "size": len(source.content), "seconds": seconds, "fields": asdict(self._fields)}
        process = self._taken()
        if (reply := self._read_by(process, request, source.content)) is None and process.has_read:
            process = _Process(self._limits.megabytes)  # the last one may have ended before it was given the file
            reply = self._read_by(process, request, source.content)
        if reply is None:
            raise UnreadableArticle(source.file, self._why(process, seconds))
        if "unreadable" in reply:
            raise UnreadableArticle(*reply["unreadable"])
        return [unpacked(one, source.sha256) for one in reply["articles"]], reply["faults"]

    def _read_by(self, process: "_Process", request: dict[str, Any], content: bytes) -> dict[str, Any] | None:
        reply = None
        try:
            reply = process.read(request, content, _MAX_WAITED * request["seconds"])
        finally:
            if reply is None or len(content) > _LARGE:
                process.close()
            else:
                self._keep(process)
        return reply

    @property
    def processes(self) -> tuple[int, ...]:
        """The numbers of the processes that wait for the next file."""
        with self._lock:
            return tuple(process.number for process in self._idle)

    def close(self) -> None:
        """End the processes that wait for the next file."""
        with self._lock:
            idle, self._idle = self._idle, []
        for process in idle:
            process.close()

    def _taken(self) -> "_Process":
        with self._lock:
            while self._idle:
                if (process := self._idle.pop()).waits:
                    return process
                process.close()
        return _Process(self._limits.megabytes)

    def _keep(self, process: "_Process") -> None:
        with self._lock:
            if len(self._idle) < _MOST_IDLE:
                self._idle.append(process)
                return
        process.close()

    def _why(self, process: "_Process", seconds: int) -> str:
        if process.late:
            late = f"it was not read within {_MAX_WAITED * seconds} seconds"
            return f"{late}. Split it, or index again when the machine is less busy."
        if process.code == -getattr(signal, "SIGXCPU", 0):
            return f"it takes more than {seconds} seconds of work to read. Split it."
        return f"it ends the program that reads it, or fills its {self._limits.megabytes:,} MB of memory. Split it."


class _Process:
    """A process that reads files, one after the other."""

    def __init__(self, megabytes: int) -> None:
        self.late = self.has_read = False
        self._process = subprocess.Popen(  # noqa: S603 - our own module
            command("index.reading_process", megabytes),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
        )

    @property
    def waits(self) -> bool:
        """Whether it may still be given a file."""
        return self._process.poll() is None

    @property
    def number(self) -> int:
        """The system's number of it."""
        return self._process.pid

    @property
    def code(self) -> int | None:
        """How it ended, as `subprocess` tells it."""
        return self._process.returncode

    def read(self, request: dict[str, Any], content: bytes, wait: float) -> dict[str, Any] | None:
        """Return what it makes of a file, None where it ended over it, or was ended after `wait` seconds."""
        timer = threading.Timer(wait, self._end)
        timer.daemon = True
        timer.start()
        try:
            return self._answer(request, content)
        except OSError:  # it is gone
            return None
        finally:
            timer.cancel()

    def _answer(self, request: dict[str, Any], content: bytes) -> dict[str, Any] | None:
        given, taken = self._process.stdin, self._process.stdout
        if given is None or taken is None:
            return None
        given.write(json.dumps(request).encode() + b"\n")
        given.write(content)
        given.flush()
        line = taken.readline()
        if not line.endswith(b"\n"):
            return None
        self.has_read = True
        return dict(json.loads(line))

    def _end(self) -> None:
        self.late = True
        self._process.kill()

    def close(self) -> None:
        """End it, and wait for its end."""
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:  # what was written last went nowhere
                    continue
        self._process.kill()
        self._process.wait()
