"""`footnote index`."""

import sys
from pathlib import Path

from cli import remote
from cli.assemble import open_index, rebuild_index
from cli.progress import sync_progress
from cli.remembered import keep_to
from cli.settings import Settings
from cli.wording import left_out, summary
from index.errors import DataFolderInUse
from index.ownership import Ownership
from index.reading import article_files
from index.records import SyncReport


def index(settings: Settings, *, rebuild: bool = False, replace: bool = False) -> None:
    """Make the index in the data folder equal to the corpus, and print what changed.

    An index of another folder is refused, unless it is to be rebuilt or replaced. When a server owns the data folder
    and serves the same corpus, it is asked to do it.
    """
    next(article_files(settings.corpus), None)  # a folder that cannot be used is refused before anything is made
    try:
        ownership = Ownership(settings.data)
    except DataFolderInUse as error:
        if rebuild or not error.address or error.corpus != str(settings.corpus.resolve()):
            raise
        print(f"asking the server at {error.address}, which owns {settings.data}", file=sys.stderr)
        _print_report(settings.corpus, remote.sync(error.address, settings.own_key()))
        return
    with ownership, sync_progress() as show:
        keep_to(settings, replace=replace or rebuild)
        if rebuild:
            report = rebuild_index(settings, show)
        else:
            opened = open_index(settings.data, settings.source_reader(), settings.threads)
            try:
                report = opened.synchroniser.sync(settings.roots(), show)
            finally:
                opened.close()
    _print_report(settings.corpus, report)


def _print_report(corpus: Path, report: SyncReport) -> None:
    print(f"{corpus}: {summary(report)}")
    for line in left_out(report):
        print(line, file=sys.stderr)
