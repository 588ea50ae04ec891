"""What do the articles really say? `python -m bench.extraction [--pages 20] [--corpus FOLDER --truth FILE]`.

Writes web pages (`bench.written_pages`, `bench.site_pages`) and reads them. Prints by kind of page: word recall and
precision (mean and lowest), the sentences that lost words and so may say something else, and the milliseconds of the
processor that a page takes.

With a folder of articles and a file of what is true of them, {"FILE": {"title": ..., "publisher": ..., "published":
...}}, "FILE#2" for the second of a list, prints how many titles, publishers and dates are right, wrong and missing, and
names each that is not right; dates are ISO. What the truth gives as null should not be found.
"""

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.site_pages import site_pages
from bench.written_pages import WrittenPage, written_pages
from index.errors import UnreadableArticle
from index.sources import Root, SourceReader
from index.web_pages import extract_html

_WORD = re.compile(r"[^\W\u3040-\u9fff]+|[\u3040-\u9fff]")  # each Chinese character is a word
_SHARED = 0.5  # of a sentence's words in a line: the line is what became of it
_FIELDS = ("title", "publisher", "published")


class Measured(NamedTuple):
    """How one page was read; `changed` are sentences of which a part is there."""

    recall: float
    precision: float
    changed: list[str]
    seconds: float


def words(text: str) -> list[str]:
    """Return the words of a text in small letters."""
    return _WORD.findall(text.casefold())


def overlap(truth: str, found: str, neutral: str = "") -> tuple[float, float]:
    """Return the recall and the precision of the words of `found`, each counted as often as it occurs.

    Those of `neutral` are neither right nor wrong.
    """
    wanted, got = Counter(words(truth)), Counter(words(found))
    shared = (wanted & got).total()
    wrong = (got - wanted - Counter(words(neutral))).total()
    return shared / max(1, wanted.total()), shared / max(1, shared + wrong)


def changed_sentences(sentences: Iterable[str], found: str) -> list[str]:
    """Return the sentences that do not stand in `found` whole, though half of their words stand in one of its lines."""
    whole = f" {' '.join(words(found))} "
    lines = [set(words(line)) for line in found.splitlines()]
    changed = []
    for sentence in sentences:
        own = words(sentence)
        if f" {' '.join(own)} " not in whole and any(len(line & set(own)) > _SHARED * len(set(own)) for line in lines):
            changed.append(sentence)
    return changed


def measure(page: WrittenPage) -> Measured:
    """Read a page and compare it with its truth."""
    start = time.process_time()
    try:
        found = extract_html(f"{page.kind}.html", page.html.encode()).text
    except UnreadableArticle:
        found = ""
    seconds = time.process_time() - start
    shares = overlap("\n".join(page.truth), found, "\n".join(page.neutral))
    return Measured(*shares, changed_sentences(page.sentences, found), seconds)


def pages_table(pages: Iterable[WrittenPage]) -> Table:
    """Return the figures of the pages by kind."""
    figures: defaultdict[str, list[Measured]] = defaultdict(list)
    for page in pages:
        for kind in (page.kind, "all"):
            figures[kind].append(measure(page) if kind == page.kind else figures[page.kind][-1])
    table = Table("page", "recall", "lowest", "precision", "lowest", "sentences changed", "ms a page")
    for kind, found in sorted(figures.items(), key=lambda one: one[0] == "all"):
        recalls, precisions = [one.recall for one in found], [one.precision for one in found]
        table.add_row(
            kind,
            f"{sum(recalls) / len(found):.3f}",
            f"{min(recalls):.3f}",
            f"{sum(precisions) / len(found):.3f}",
            f"{min(precisions):.3f}",
            str(sum(len(one.changed) for one in found)),
            f"{1000 * sum(one.seconds for one in found) / len(found):.0f}",
        )
    return table


def stated_table(corpus: Path, truth: Mapping[str, Mapping[str, str | None]]) -> tuple[Table, list[str]]:
    """Return how many titles, publishers and dates of a folder's articles are right, and a line for each that isn't."""
    reader, root = SourceReader(), Root(corpus)
    counts: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    faults: list[str] = []
    for file in root.files({}):
        try:
            articles, _ = reader.articles(reader.load(root, file))
        except UnreadableArticle as error:
            faults.append(str(error))
            continue
        for article in articles:
            for name in _FIELDS if article.file in truth else ():
                wanted = truth[article.file].get(name)
                found = str(value) if (value := getattr(article, name)) else None
                verdict = "right" if found == wanted else "wrong" if found else "missing"
                counts[Path(file).suffix, name][verdict] += 1
                if verdict != "right":
                    faults.append(f"{article.file}: {name} is {found!r}, not {wanted!r}")
    table = Table("format", "field", "right", "wrong", "missing")
    for (suffix, name), found_counts in sorted(counts.items()):
        table.add_row(suffix, name, *(str(found_counts[verdict]) for verdict in ("right", "wrong", "missing")))
    return table, faults


def main() -> None:
    """Read the command line and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pages", type=int, default=20, help="of each kind")
    parser.add_argument("--sites", type=int, default=4, help="pages of each shape of a real site")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--changed", action="store_true", help="print the sentences that were changed")
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--truth", type=Path)
    options = parser.parse_args()
    console = Console()
    if options.pages:
        console.print(pages_table(written_pages(options.pages, options.seed)))
    if options.sites:
        console.print(pages_table(site_pages(options.sites, options.seed)))
    if options.changed:
        for page in written_pages(options.pages, options.seed):
            for sentence in measure(page).changed:
                print(f"{page.kind}: {sentence}")
    if options.corpus:
        truth = json.loads(options.truth.read_text(encoding="utf-8"))
        table, faults = stated_table(options.corpus, truth)
        console.print(table)
        print(*faults, sep="\n")


if __name__ == "__main__":
    main()
