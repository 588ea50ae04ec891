"""`footnote serve`."""

import ipaddress
import socket
import sys
from collections.abc import Iterator
from contextlib import closing, nullcontext
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from api.app import create_app
from api.connections import Connection
from api.keys import KeyRing
from api.logs import log_to_stderr
from api.policy import Policy
from api.service import Parts, Service
from cli.remembered import keep_to
from cli.settings import MAKE_A_KEY, Settings
from cli.watching import Watcher
from index.errors import IndexingError
from index.ownership import Ownership
from index.reading import article_files

_SHUTDOWN_SECONDS = 10  # how long running answers may take to finish; without a limit uvicorn waits for ever
_RATE_WITH_KEYS = 120  # requests a minute: two a second is more than a person asks, and one key starves no other
_LOOPBACK = ("localhost", "127.0.0.1", "::1")
_EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104 - it serves only those who hold a key there


def serve(settings: Settings, *, watch: bool = False, replace: bool = False) -> None:
    """Serve until interrupted. The port opens at once; questions are answered when the first sync is done.

    An index of another folder is refused, unless it is to be replaced.
    """
    next(article_files(settings.corpus), None)
    settings.llm_spec()  # a model that cannot be named so is refused before the port opens
    host = f"[{settings.host}]" if ":" in settings.host else settings.host  # an address of version 6
    address = f"http://{host}:{settings.port}"
    log_to_stderr(settings.log_level)
    failures: list[Exception] = []
    with closing(_listen(settings)) as listening, Ownership(settings.data, address, settings.corpus):
        keep_to(settings, replace=replace)
        server: uvicorn.Server

        def stop(error: Exception) -> None:
            failures.append(error)
            server.should_exit = True

        def open_parts() -> Parts:
            from cli.assemble import open_parts  # noqa: PLC0415 - its imports take seconds, and the port is open already

            return open_parts(settings.with_whole_paths())

        def tell(parts: Parts) -> None:
            articles, _ = parts.catalogue.counts()
            # Beside the log, whose lines are for programs.
            print(f"Footnote answers at {address} from {articles} article{'s' * (articles != 1)}", flush=True)

        service = Service(open_parts, on_failure=stop, on_ready=tell)
        server = make_server(service, settings)
        print(
            f"Footnote opens at {address} and reads the articles in {settings.corpus} first (Ctrl+C stops it)",
            file=sys.stderr,
        )
        with Watcher(settings.corpus, service.sync) if watch else nullcontext():
            server.run(sockets=[listening])
    if failures:
        raise failures[0]


def policy_of(settings: Settings) -> Policy:
    """Return what a server with these settings allows."""
    keys = KeyRing.of(key.get_secret_value() for key in settings.api_keys)
    rate = settings.rate_per_minute
    return Policy(
        keys=keys,
        # Another name than these is that of a page which had it resolve to this machine.
        hosts=_names_of(settings),
        figures=settings.host in _EVERYWHERE,
        cors_origins=settings.cors_origins,
        max_upload_bytes=int(settings.max_upload_mb * 1_000_000),
        rate_per_minute=rate if rate is not None else _RATE_WITH_KEYS if settings.api_keys else 0,
        concurrency=settings.concurrency,
        queue=settings.queue,
        queue_seconds=settings.queue_seconds,
        address=settings.address or None,
        folders=tuple((str(path), name) for path, name in _named_folders(settings)),
    )


def _named_folders(settings: Settings) -> Iterator[tuple[Path, str]]:
    """Yield the folders that this machine's owner alone knows, the inner first, with what others are told."""
    folders = [(settings.corpus.resolve(), "the folder of articles"), (settings.data.resolve(), "the data folder")]
    yield from sorted(folders, key=lambda one: -len(one[0].parts))


def _names_of(settings: Settings) -> tuple[str, ...]:
    """Return the names that this server goes by: this machine's, if all of it listens, and that of its address."""
    named = [*_LOOPBACK, settings.host.lower(), urlsplit(settings.address).hostname or ""]
    if settings.host in _EVERYWHERE:
        named += [socket.gethostname().lower(), socket.getfqdn().lower()]
    return tuple(dict.fromkeys(filter(None, named)))


def make_server(service: Service, settings: Settings) -> uvicorn.Server:
    """Return a server of `service` which, told to end, lets in nobody else and waits for running answers."""
    answer_seconds = settings.llm_seconds if settings.llm else 0
    config = uvicorn.Config(
        create_app(service, policy_of(settings)),
        log_config=None,  # its lines go where all others go
        log_level="warning",
        access_log=False,  # ours says more
        http=Connection,
        ws="none",
        # Only a proxy that is named may say for whom it asks; anybody else could say so of himself.
        proxy_headers=bool(settings.proxies),
        forwarded_allow_ips=list(settings.proxies),
        timeout_graceful_shutdown=int(answer_seconds) + _SHUTDOWN_SECONDS,
    )
    return _Server(config, service)


class _Server(uvicorn.Server):
    """Told to end, it waits for answers, but for no sync: it breaks one off, and whoever asked for it hears so."""

    def __init__(self, config: uvicorn.Config, service: Service) -> None:
        super().__init__(config)
        self._service = service

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self._service.break_off()
        await super().shutdown(sockets)


def _listen(settings: Settings) -> socket.socket:
    host, port = settings.host, settings.port
    try:
        family, _, _, _, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        if not settings.api_keys and not ipaddress.ip_address(place[0]).is_loopback:
            raise ServingError(
                f"At {host}, others could read the articles. Set FOOTNOTE_API_KEYS so that only those with a key can, "
                f"or listen on 127.0.0.1. {MAKE_A_KEY}"
            )
        listening = socket.socket(family)
        # A server that was just stopped leaves its port in a waiting state; this lets the next one have it.
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        # From here on callers are let in, and wait until the application runs.
        listening.listen(2048)
    except (OSError, UnicodeError) as error:  # a host name may not even be one
        reason = getattr(error, "strerror", None) or str(error)
        raise ServingError(f"Cannot listen on {host}:{port}: {reason}. Choose another with --port or --host.") from None
    return listening


class ServingError(IndexingError):
    """The address cannot be listened on, or must not be."""
