"""Words for a terminal."""

import re
import unicodedata
from pathlib import Path

from index.records import SyncReport

# What turns the order of the letters around it, so that a terminal shows other words than those of a text.
_TURNING = "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_COMMANDING = re.compile(f"[{_TURNING}\u2028\u2029\x7f-\x9f]")


def printable(text: str) -> str:
    """Return `text` without the characters with which an article or a file name could command the terminal.

    Those that would show it in another order are shown as what they are, as in JSON.
    """
    plain = "".join(" " if unicodedata.category(one) in {"Cc", "Cs"} else one for one in text)
    return escaped(plain)


def escaped(text: str) -> str:
    """Return `text` with JSON's escapes for what could command the terminal and stands in JSON as it is."""
    return _COMMANDING.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def no_index(data: Path) -> str:
    """Return what to say of a data folder without an index, and the remedy."""
    return f"There is no index in {data}. Make one: footnote index FOLDER"


def left_out(report: SyncReport) -> list[str]:
    """Return a line for each thing that a sync could not read."""
    return [printable(f"left out {file}: {reason}") for file, reason in report.unreadable.items()]


def summary(report: SyncReport) -> str:
    """Return what a sync did, in words."""
    counts = {
        "added": len(report.added),
        "replaced": len(report.replaced),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "left out": len(report.unreadable),
    }
    changes = ", ".join(f"{count} {what}" for what, count in counts.items() if count)
    return f"{changes} ({report.embedded} passages embedded)" if changes else "no article was found"
