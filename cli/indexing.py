"""`footnote index`."""

import sys

from cli.assemble import open_index
from cli.progress import sync_progress
from cli.settings import Settings
from index.ownership import Ownership
from index.reading import article_files
from index.records import SyncReport


def index(settings: Settings) -> None:
    """Make the index in the data folder equal to the corpus, and print what changed."""
    next(article_files(settings.corpus), None)  # a folder that cannot be used is refused before anything is made
    with Ownership(settings.data):
        opened = open_index(settings.data)
        try:
            with sync_progress() as show:
                report = opened.synchroniser.sync(settings.corpus, show)
            articles, chunks = opened.catalogue.counts()
        finally:
            opened.close()
    for line in summary(report):
        print(line)
    for file, reason in report.unreadable.items():
        print(f"left out {file}: {reason}", file=sys.stderr)
    if not articles:
        print(f"{settings.corpus} holds no article (.txt or .md) that can be read.", file=sys.stderr)
    print(f"{articles} articles, {chunks} passages in {settings.data}")


def summary(report: SyncReport) -> list[str]:
    """Return what a sync did, in words, a line for each kind of change that there was."""
    counts = {
        "added": len(report.added),
        "replaced": len(report.replaced),
        "removed": len(report.removed),
        "unchanged": report.unchanged,
        "left out": len(report.unreadable),
    }
    return [", ".join(f"{count} {what}" for what, count in counts.items() if count) or "nothing to index"]
