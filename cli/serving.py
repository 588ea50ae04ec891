"""`footnote serve`."""

import logging
import socket
import sys
from contextlib import nullcontext

import uvicorn

from api.app import create_app
from api.service import Parts, Service
from cli.settings import Settings
from cli.watching import Watcher
from index.errors import IndexingError
from index.ownership import Ownership
from index.reading import article_files

_SHUTDOWN_SECONDS = 10  # how long running answers may take to finish; without a limit uvicorn waits for ever


def serve(settings: Settings, *, watch: bool = False) -> None:
    """Serve until interrupted. The port opens at once; questions are answered when the first sync is done."""
    next(article_files(settings.corpus), None)
    settings.llm_spec()  # a model that cannot be named so is refused before the port opens
    listening = _listen(settings.host, settings.port)
    host = f"[{settings.host}]" if ":" in settings.host else settings.host  # an address of version 6
    address = f"http://{host}:{settings.port}"
    logging.basicConfig(level=logging.INFO, format="%(levelname)s: %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)  # it tells of every request to a language model
    failures: list[Exception] = []
    with Ownership(settings.data, address, settings.corpus):
        server: uvicorn.Server

        def stop(error: Exception) -> None:
            failures.append(error)
            server.should_exit = True

        def open_parts() -> Parts:
            from cli.assemble import open_parts  # noqa: PLC0415 - its imports take seconds, and the port is open already

            return open_parts(settings)

        service = Service(open_parts, on_failure=stop)
        app = create_app(service)
        config = uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=_SHUTDOWN_SECONDS)
        server = uvicorn.Server(config)
        print(f"Footnote answers at {address} (Ctrl+C stops it)", file=sys.stderr)
        with Watcher(settings.corpus, service.sync) if watch else nullcontext():
            server.run(sockets=[listening])
    if failures:
        raise failures[0]


def _listen(host: str, port: int) -> socket.socket:
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        listening = socket.socket(family)
        # A server that was just stopped leaves its port in a waiting state; this lets the next one have it.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
        # From here on callers are let in, and wait until the application runs.
        listening.listen(2048)
    except (OSError, UnicodeError) as error:  # a host name may not even be one
        reason = getattr(error, "strerror", None) or str(error)
        raise ServingError(f"Cannot listen on {host}:{port}: {reason}. Choose another with --port or --host.") from None
    return listening


class ServingError(IndexingError):
    """The address cannot be listened on."""
