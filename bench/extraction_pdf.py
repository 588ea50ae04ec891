"""What is left of a text that was printed to PDF: `python -m bench.extraction_pdf [--seeds seeds] [--only TEXT]`.

Prints by extractor, origin and shape: the share of the words that are found (recall), of those found that were written
(precision), of pairs of neighbours that still are (order), of sentences found whole; then seconds and megabytes.
"""

import argparse
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.written_pdfs import Written, paragraphs, write_all


class Score(NamedTuple):
    """Shares, from 0 to 1."""

    recall: float
    precision: float
    order: float
    sentences: float


def score(text: str, written: Written) -> Score:
    """Compare an extraction with what was written."""
    text = re.sub("[’‘]", "'", re.sub("[“”]|''", '"', re.sub("[–—]", "-", text)))  # as LaTeX and others set them
    found, stated = _words(text), _words(" ".join((*written.lines, *written.apart)))
    common = (Counter(found) & Counter(stated)).total()
    pairs = [pair for line in (*written.lines, *written.apart) for pair in pairwise(_words(line))]
    kept = (Counter(pairwise(found)) & Counter(pairs)).total()
    plain = " ".join(text.split())
    sentences = [one for line in written.lines for one in re.split(r"(?<=[.!?]) (?=[A-Z])", line)]
    whole = sum(one in plain for one in sentences)
    return Score(common / len(stated), common / max(1, len(found)), kept / len(pairs), whole / len(sentences))


def _words(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold())


def by_us(path: Path) -> str:
    """Return what Footnote reads."""
    from index.pdf import extract_pdf  # noqa: PLC0415

    return extract_pdf(path.name, path.read_bytes()).text


def by_pypdf(path: Path) -> str:
    """Return what pypdf reads."""
    from pypdf import PdfReader  # noqa: PLC0415

    return "\n".join(page.extract_text() for page in PdfReader(path).pages)


def by_pypdfium2(path: Path) -> str:
    """Return what PDFium itself takes for the text."""
    from pypdfium2 import PdfDocument  # noqa: PLC0415

    return "\n".join(page.get_textpage().get_text_range() for page in PdfDocument(path))


def by_pdfminer(path: Path) -> str:
    """Return what pdfminer.six reads."""
    from pdfminer.high_level import extract_text  # noqa: PLC0415

    return extract_text(path)


EXTRACTORS: dict[str, Callable[[Path], str]] = {
    "footnote": by_us,
    "pypdfium2": by_pypdfium2,
    "pypdf": by_pypdf,
    "pdfminer.six": by_pdfminer,
}


def read_apart(name: str, paths: Sequence[Path]) -> tuple[list[str], float, float]:
    """Return the texts that an extractor finds in a process of its own, its seconds and megabytes."""
    command = [sys.executable, "-m", "bench.extraction_pdf", "--read", name, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - this module
    texts, seconds, megabytes = json.loads(done.stdout)
    return texts, seconds, megabytes


def _read(name: str, paths: Iterable[str]) -> None:
    begun = time.perf_counter()
    texts = [EXTRACTORS[name](Path(path)) for path in paths]
    seconds = time.perf_counter() - begun
    memory = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    print(json.dumps((texts, seconds, memory / 1000)))


def report(written: Sequence[Written]) -> None:
    """Print the figures of each extractor by origin and by shape."""
    costs = Table("extractor", "s a file", "MB", title=f"{len(written)} files")
    tables = {key: Table(key, "extractor", *Score._fields) for key in ("origin", "shape")}
    rows: dict[tuple[str, str, str], list[Score]] = defaultdict(list)
    for name in EXTRACTORS:
        texts, seconds, megabytes = read_apart(name, [one.path for one in written])
        costs.add_row(name, f"{seconds / len(written):.3f}", f"{megabytes:.0f}")
        for text, one in zip(texts, written, strict=True):
            found = score(text, one)
            for key, value in (("origin", one.origin), ("shape", one.shape), ("origin", "all")):
                rows[key, value, name].append(found)
    for (key, value, name), scores in sorted(rows.items()):
        tables[key].add_row(value, name, *(f"{mean(values):.3f}" for values in zip(*scores, strict=True)))
    console = Console()
    for table in (*tables.values(), costs):
        console.print(table)


def main() -> None:
    """Read the command line, write the PDFs and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=Path, default=Path("seeds"), help="the folder whose articles are printed")
    parser.add_argument("--only", default="", help="only PDFs whose name holds this")
    parser.add_argument("--keep", type=Path, help="a folder in which the PDFs stay")
    parser.add_argument("--read", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        _read(options.read[0], options.read[1:])
        return
    with tempfile.TemporaryDirectory() as place:
        folder = options.keep or Path(place)
        folder.mkdir(exist_ok=True)
        report([one for one in write_all(paragraphs(options.seeds, 60), folder) if options.only in one.path.name])


if __name__ == "__main__":
    main()
