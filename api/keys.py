"""API keys, kept as hashes and compared in constant time."""

import hashlib
import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self


@dataclass(frozen=True, slots=True)
class KeyRing:
    """The SHA-256 digests of the keys that open the API; the keys themselves are not kept. None: it is open."""

    digests: tuple[bytes, ...] = ()

    @classmethod
    def of(cls, keys: Iterable[str]) -> Self:
        """Return the ring of these keys."""
        return cls(tuple(_digest(key) for key in keys))

    def owner(self, authorization: str | None) -> str | None:
        """Return a name for the key in an `Authorization: Bearer` header, which does not tell it; None: not ours."""
        scheme, _, key = (authorization or "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        sent = _digest(key.strip())
        # All are compared, and digests rather than keys: the time tells neither which one fits nor how much of it.
        fitting = [one for one in self.digests if hmac.compare_digest(one, sent)]
        return sent.hex()[:16] if fitting else None


def _digest(key: str) -> bytes:
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
