"""`footnote mcp`: the tools over standard input and output, for programs on this machine."""

import signal
import sys
from typing import Any

import anyio
from anyio import to_thread
from mcp.server.stdio import stdio_server
from mcp.types import CallToolResult

from api.mcp_server import Tools, create_server, failure
from api.service import Parts
from cli import remote
from cli.settings import Settings
from cli.wording import no_index
from index.errors import DataFolderError, DataFolderInUse, IndexingError
from index.ownership import Ownership
from index.records import Passage
from qa.errors import AnsweringError
from qa.records import Answer, Question


def serve(settings: Settings) -> None:
    """Serve the tools until standard input ends."""
    settings.llm_spec()  # a model that cannot be named so is refused before a client connects
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # else Ctrl+C waits for a last line of input
    anyio.run(_serve, settings)


async def _serve(settings: Settings) -> None:
    desk = _Desk(settings)
    server = create_server(desk.call)
    try:
        async with stdio_server() as (received, sent):
            await server.run(received, sent, server.create_initialization_options())
    finally:
        desk.close()


class _Desk:
    """Passes calls on to the server that owns the data folder, or, when there is none, opens the folder itself.

    Which it is, is found out by the first call, as a client starts this long before it asks. From then on an opened
    folder stays open; a server may be stopped and started again.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._opening = anyio.Lock()
        self._ownership: Ownership | None = None
        self._parts: Parts | None = None

    async def call(self, name: str, arguments: dict[str, Any]) -> CallToolResult:
        """Return what the tool gives, or that and why it failed."""
        try:
            async with self._opening:
                address = None if self._parts else await self._open()
            if address is None:
                # Where the page is as soon as somebody starts it.
                page = f"http://{self._settings.host}:{self._settings.port}/"
                return await Tools(self._opened, self._answer, self._search).call(name, arguments, page)
            key = self._settings.own_key()
            given = await to_thread.run_sync(remote.call_tool, address, name, arguments, key, self._settings.patience())
            return CallToolResult.model_validate(given)
        except (IndexingError, AnsweringError) as error:
            return failure(str(error))

    def close(self) -> None:
        """Let go of what was opened."""
        if self._parts:
            self._parts.close()
        if self._ownership:
            self._ownership.release()

    async def _open(self) -> str | None:
        """Open the folder, or return the address of the server that owns it."""
        if not self._settings.data.exists():  # owning it would make it
            raise DataFolderError(no_index(self._settings.data))
        try:
            ownership = Ownership(self._settings.data)
        except DataFolderInUse as error:
            if not error.address:
                raise
            return error.address
        try:
            self._parts = await to_thread.run_sync(_open_parts, self._settings)
        except BaseException:  # who mends what is wrong needs the folder
            ownership.release()
            raise
        self._ownership = ownership
        print(f"Footnote's tools read {self._settings.data}", file=sys.stderr)
        return None

    def _opened(self) -> Parts:
        assert self._parts is not None
        return self._parts

    async def _search(self, query: str, top_k: int) -> list[Passage]:
        return await to_thread.run_sync(lambda: self._opened().retriever.search(query, top_k=top_k))

    async def _answer(self, question: Question) -> Answer:
        return await to_thread.run_sync(self._opened().answerer.answer, question)


def _open_parts(settings: Settings) -> Parts:
    # Their imports take seconds, and a client does not wait long for the start.
    from cli.assemble import open_parts  # noqa: PLC0415
    from index.schema import CATALOGUE_FILE  # noqa: PLC0415

    if not (settings.data / CATALOGUE_FILE).exists():
        raise DataFolderError(no_index(settings.data))
    return open_parts(settings)
