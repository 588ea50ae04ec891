"""Words for a terminal."""

import unicodedata
from pathlib import Path

from index.records import SyncReport


def printable(text: str) -> str:
    """Return `text` without the characters with which an article or a file name could command the terminal."""
    return "".join(" " if unicodedata.category(one) in {"Cc", "Cs"} else one for one in text)


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
