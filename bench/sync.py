"""Seconds and megabytes of syncing a large folder: `python -m bench.sync DOCS.jsonl.gz`.

DOCS holds one JSON object a line with "text" and, where known, "title", "source" and "date"; each becomes a file.
"""

import argparse
import gzip
import json
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from cli.assemble import Index, open_index
from index.schema import CATALOGUE_FILE
from index.sources import Root, SourceReader


def write_corpus(docs: Path, folder: Path) -> int:
    """Write each document of `docs` to a file of its own under `folder/articles`, and return how many there were."""
    (folder / "articles").mkdir(parents=True)
    with gzip.open(docs, "rt", encoding="utf-8") as lines:
        for count, line in enumerate(lines, 1):
            doc = json.loads(line)
            lines_of_header = ["---", *(f"{key}: {json.dumps(doc[field])}" for key, field in _HEADER if doc.get(field))]
            text = "\n".join([*lines_of_header, "---", doc["text"]])
            (folder / "articles" / f"{count:05}.md").write_text(text, encoding="utf-8")
    return count


_HEADER = (("title", "title"), ("publisher", "source"), ("date", "date"))


@contextmanager
def timed(what: str) -> Iterator[None]:
    """Print how long the block took."""
    begun = time.perf_counter()
    yield
    print(f"{what:<44}{time.perf_counter() - begun:9.2f} s", flush=True)


def megabytes(path: Path) -> float:
    """Return the size of a file, or of all files in a folder, in MB."""
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1e6


def run(docs: Path, place: Path) -> None:
    """Print the figures, in the order in which a user would meet them."""
    corpus, data = place / "corpus", place / "data"
    data.mkdir()
    print(f"{write_corpus(docs, corpus)} articles, {megabytes(corpus):.1f} MB")

    def again(what: str, prepare: Callable[[], object] = lambda: None) -> None:
        prepare()
        with _opened(data) as index, timed(what):
            report = index.synchroniser.sync([Root(corpus)])
        print(f"{'':<44}{report.embedded:9} passages embedded")

    again("first sync")
    again("no-op sync")
    first = sorted((corpus / "articles").glob("*.md"))[0]
    again("one edited article", lambda: first.write_text(first.read_text() + "\nOne more sentence.", encoding="utf-8"))
    again("folder renamed", lambda: (corpus / "articles").rename(corpus / "stories"))
    for folder in data.glob("vectors-*"):
        shutil.rmtree(folder)
    with timed("vectors rebuilt from the catalogue (open)"):
        index = open_index(data, SourceReader())
    articles, chunks = index.catalogue.counts()
    index.close()
    with timed("opened again, closed well"):
        open_index(data, SourceReader()).close()
    print(f"{articles} articles, {chunks} passages")
    print(f"{'catalogue':<44}{megabytes(data / CATALOGUE_FILE):9.1f} MB")
    print(f"{'Chroma':<44}{sum(megabytes(folder) for folder in data.glob('vectors-*')):9.1f} MB")


@contextmanager
def _opened(data: Path) -> Iterator[Index]:
    index = open_index(data, SourceReader())
    try:
        yield index
    finally:
        index.close()


def main() -> None:
    """Read the one argument and run in a folder that is removed afterwards."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("docs", type=Path)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        run(arguments.docs, Path(place))


if __name__ == "__main__":
    main()
