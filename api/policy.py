"""What a server allows: one frozen record that the whole application is made with."""

from dataclasses import dataclass, field

from api.keys import KeyRing


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may ask, how often, how much. The defaults are those of a server on one's own machine.

    `keys`: who holds one of them may use the API; without any, everyone may. `hosts`: the names that a request may
    address the server by, without ports; none stands for any. `figures`: an address in figures is let in besides, which
    no page can have taken for a name of its own. `cors_origins`: pages of which other origins may call the
    API, such as "https://example.org". `max_upload_bytes`: of one file. `rate_per_minute`: requests of one key, or of
    one address where there are no keys; 0 stands for any number. `concurrency`: questions and searches at work at once;
    `queue`: how many more may wait, each for `queue_seconds` at most. `uploads`: files that may be received or wait to
    be read. `address`: the one that others know the server by, ending with a slash, for links; without one it is that
    which each request names. `folders`: paths that no reply tells, each with what is said instead.
    """

    keys: KeyRing = field(default_factory=KeyRing)
    hosts: tuple[str, ...] = ()
    figures: bool = False
    cors_origins: tuple[str, ...] = ()
    max_upload_bytes: int = 20_000_000  # a long report as PDF; far more than any article
    rate_per_minute: int = 0
    concurrency: int = 4
    queue: int = 32
    queue_seconds: float = 20.0
    uploads: int = 8
    address: str | None = None
    folders: tuple[tuple[str, str], ...] = ()
