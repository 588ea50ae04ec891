"""What a server allows: one frozen record that the whole application is made with."""

from dataclasses import dataclass, field

from api.keys import KeyRing


@dataclass(frozen=True, slots=True)
class Policy:
    """Who may ask, how often, how much. The defaults are those of a server on one's own machine.

    `keys`: who holds one of them may use the API; without any, everyone may. `hosts`: the names that a request may
    address the server by, without ports; none stands for any. `cors_origins`: pages of which other origins may call the
    API, such as "https://example.org". `max_upload_bytes`: of one file. `rate_per_minute`: requests of one key, or of
    one address where there are no keys; 0 stands for any number. `concurrency`: questions at work at once; `queue`: how
    many more may wait, each for `queue_seconds` at most.
    """

    keys: KeyRing = field(default_factory=KeyRing)
    hosts: tuple[str, ...] = ()
    cors_origins: tuple[str, ...] = ()
    max_upload_bytes: int = 20_000_000  # a long report as PDF; far more than any article
    rate_per_minute: int = 0
    concurrency: int = 4
    queue: int = 32
    queue_seconds: float = 20.0
