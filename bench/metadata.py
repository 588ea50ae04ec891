"""Are title, publisher and date read as the articles state them? `python -m bench.metadata FOLDER TRUTH.csv`.

TRUTH has a line for each article, with "file" (as Footnote names it), "title", "publisher" and "published"
(YYYY-MM-DD); an empty field says that the article doesn't state it. Printed is for each field how many are right,
missing (stated, but not read) and wrong (another is read, or one where none is stated), and each that is not right.
Capitals don't count: a masthead may be set in them.
"""

import argparse
import csv
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from index.records import Article
from index.sources import Root, SourceReader

FIELDS = ("title", "publisher", "published")


def articles_in(folder: Path) -> Iterator[Article]:
    """Yield every article in the folder that can be read."""
    root, reader = Root(folder), SourceReader()
    for file in root.files({}):
        articles, _ = reader.articles(reader.load(root, file))
        yield from articles


def verdict(stated: str, read: object) -> str:
    """Tell whether what was read is "right", "missing" or "wrong"."""
    found = " ".join(str(read).split()) if read is not None else ""
    if found.casefold() == " ".join(stated.split()).casefold():
        return "right"
    return "wrong" if found else "missing"


def main() -> None:
    """Read the command line and the folder, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("truth", type=Path)
    options = parser.parse_args()
    with options.truth.open(encoding="utf-8", newline="") as stream:
        truth = {row["file"]: row for row in csv.DictReader(stream)}
    counts: dict[str, Counter[str]] = {field: Counter() for field in FIELDS}
    for article in articles_in(options.folder):
        if stated := truth.pop(article.file, None):
            for field in FIELDS:
                read = getattr(article, field)
                counts[field][found := verdict(stated[field], read)] += 1
                if found != "right":
                    print(f"{found}: {field} of {article.file}: {read!r}, stated {stated[field]!r}")
    for field in FIELDS:
        print(f"{field:10}" + "".join(f"  {counts[field][kind]:4} {kind}" for kind in ("right", "missing", "wrong")))
    if truth:
        print(f"not found in the folder: {', '.join(truth)}")


if __name__ == "__main__":
    main()
