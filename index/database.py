"""One SQLite file: its connections, its transactions and its schema. The only module that knows sqlite3.

Writes come from one thread at a time and commit whole; each thread reads through a connection of its own, and never
waits for a writer (SQLite's write-ahead log).
"""

import sqlite3
import threading
import weakref
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import CatalogueError, DataFolderError, DiskFull
from index.room import is_full
from index.schema import MIGRATIONS, SCHEMA_VERSION

_IN_ONE_QUERY = 500  # SQLite allows 32,766 variables; smaller lists keep its statement cache useful
# KiB that a connection keeps of the file; SQLite's default is 2,000. A search among 127,360 passages looks up hundreds
# of rows here and there; with this much, the upper levels of the trees stay and that takes a third of the time.
_PAGE_CACHE = 16_000

Row = tuple[Any, ...]


class Writer:
    """What a transaction offers."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def do(self, statement: str, parameters: Sequence[object] = ()) -> None:
        """Run one statement."""
        self._connection.execute(statement, parameters)

    def do_each(self, statement: str, rows: Iterable[Sequence[object]]) -> None:
        """Run one statement for each row of parameters."""
        self._connection.executemany(statement, rows)


class _ThreadConnection:
    """A thread's connection; it is closed when the thread ends, whose locals are then the last to let go of it."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def __del__(self) -> None:
        self.connection.close()


class Database:
    """Opens or makes the file `path` and brings an older schema up to date.

    Raises CatalogueError when the file is damaged or of a newer schema, as every method does when SQLite fails, and
    DiskFull where no room is left.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._local = threading.local()
        self._connections: weakref.WeakSet[_ThreadConnection] = weakref.WeakSet()
        self._connections_lock = threading.Lock()
        self._write_lock = threading.RLock()
        try:
            with self._translated():
                # Stays open: the last connection to be closed takes files away which the next one needs room for.
                self._kept = _ThreadConnection(sqlite3.connect(path, isolation_level=None, check_same_thread=False))
                self._connections.add(self._kept)
                self._kept.connection.execute("PRAGMA journal_mode = WAL")
                self._kept.connection.execute("SELECT count(*) FROM sqlite_schema")
            self._migrate()
        except (CatalogueError, DataFolderError):
            self.close()
            raise

    def close(self) -> None:
        """Close every thread's connection."""
        with self._connections_lock:
            for held in self._connections:
                held.connection.close()
            self._connections.clear()
        self._local = threading.local()

    def rows(self, query: str, parameters: Sequence[object] = ()) -> list[Row]:
        """Return all rows of a query."""
        with self._translated():
            return self._connection().execute(query, parameters).fetchall()

    def rows_in(self, query: str, values: Collection[object]) -> Iterator[Row]:
        """Yield the rows of `query`, which holds `IN (?)`, over any number of values."""
        listed = list(values)
        for first in range(0, len(listed), _IN_ONE_QUERY):
            part = listed[first : first + _IN_ONE_QUERY]
            yield from self.rows(query.replace("(?)", f"({','.join('?' * len(part))})"), part)

    @contextmanager
    def writing(self) -> Iterator[Writer]:
        """One transaction: everything done with the writer it yields happens, or nothing does."""
        with self._write_lock, self._translated():
            connection = self._connection()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield Writer(connection)
                connection.execute("COMMIT")
            finally:
                if connection.in_transaction:
                    connection.execute("ROLLBACK")

    @contextmanager
    def reading(self) -> Iterator[None]:
        """Hold one state of the file: all that this thread reads inside belongs together. May be nested."""
        with self._translated():
            connection = self._connection()
            if connection.in_transaction:
                yield
                return
            connection.execute("BEGIN")
            try:
                yield
            finally:
                connection.execute("ROLLBACK")

    def _migrate(self) -> None:
        (version,) = self.rows("PRAGMA user_version")[0]
        if version > SCHEMA_VERSION:
            raise CatalogueError(
                f"{self._path} was written by a newer Footnote (schema {version}; this one knows {SCHEMA_VERSION}). "
                "Use that version, or make the index anew: footnote index --rebuild"
            )
        for number in range(version, SCHEMA_VERSION):
            with self.writing() as writer:
                for statement in MIGRATIONS[number]:
                    writer.do(statement)
                writer.do(f"PRAGMA user_version = {number + 1}")

    def _connection(self) -> sqlite3.Connection:
        held: _ThreadConnection | None = getattr(self._local, "held", None)
        if held is None:
            # Threads share no connection; only `close` touches one from another thread.
            connection = sqlite3.connect(self._path, isolation_level=None, timeout=30, check_same_thread=False)
            connection.execute("PRAGMA foreign_keys = ON")
            connection.execute("PRAGMA synchronous = FULL")
            connection.execute(f"PRAGMA cache_size = -{_PAGE_CACHE}")
            self._local.held = held = _ThreadConnection(connection)
            with self._connections_lock:
                self._connections.add(held)
        return held.connection

    @contextmanager
    def _translated(self) -> Iterator[None]:
        """Turn SQLite's errors into ours."""
        try:
            yield
        except (sqlite3.DatabaseError, sqlite3.Warning) as error:
            code = getattr(error, "sqlite_errorcode", 0)
            if code == sqlite3.SQLITE_FULL or (code & 0xFF == sqlite3.SQLITE_IOERR and is_full(self._path.parent)):
                raise DiskFull(self._path.parent) from error
            raise CatalogueError(f"The catalogue {self._path} cannot be used: {error}. {_remedy(error)}") from error


def _remedy(error: Exception) -> str:
    code = getattr(error, "sqlite_errorcode", None)
    if code in {sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM}:
        return "Make the data folder writable, or choose another with --data."
    if code in {sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB}:
        return "It is damaged; make it anew from the articles: footnote index --rebuild"
    return "`footnote doctor` tells more."
