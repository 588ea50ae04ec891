"""What is left of an article in each format that newsrooms have: `python -m bench.formats [--articles 12]`.

Writes articles with headings, lists, powers and a table whose headings stand in two rows, has LibreOffice save them in
its formats (Debian's `libreoffice-writer`), and reads them as the index does. Prints by format: word recall and
precision, the sentences that lost words and so may say something else, the table's figures that know all that heads
them, milliseconds of the processor and megabytes of a process that reads them all.
"""

import argparse
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from email.message import EmailMessage
from pathlib import Path
from statistics import mean
from typing import NamedTuple

from rich.console import Console
from rich.table import Table

from bench.extraction import changed_sentences, overlap
from bench.page_writer import PEOPLE, Writer
from index.records import Mark
from index.sources import Root, SourceReader

_FILTERS = {  # of LibreOffice
    "docx": "docx:MS Word 2007 XML",
    "odt": "odt:writer8",
    "rtf": "rtf:Rich Text Format",
    "pdf": "pdf:writer_pdf_Export",
    "epub": "epub:EPUB",
}
_GROUPS = ("2025", "2026")
_KINDS = ("Child", "Adult")


class Story(NamedTuple):
    """An article: its page, its lines, its sentences, and by figure of its table what heads it."""

    html: str
    truth: list[str]
    sentences: list[str]
    headed: dict[str, tuple[str, ...]]


def story(chance: random.Random) -> Story:
    """Return an article with all that formats write differently."""
    write = Writer(chance)
    title = write.told(write.headline(), whole=False)
    by = write.told(f"By {chance.choice(PEOPLE)}", whole=False)
    parts = [f"<h1>{title}</h1><p>{by}</p>", _paragraph(write), _paragraph(write)]
    heading = write.told(f"What {write.name()} says", whole=False)
    items = "".join(f"<li>{write.told(write.sentence())}</li>" for _ in range(3))
    parts += [f"<h2>{heading}</h2>", _paragraph(write), f"<ul>{items}</ul>"]
    power = write.sentence().replace("people", "m of pipe")
    write.told(power.replace("m of pipe", "m² of pipe"))
    parts.append(f"<p>{power.replace('m of pipe', 'm<sup>2</sup> of pipe')}</p>")
    table, headed = _table(write)
    parts += [table, _paragraph(write)]
    page = f"<!doctype html><html><head><meta charset=utf-8><title>{title}</title></head><body>{''.join(parts)}</body>"
    return Story(f"{page}</html>", write.truth, write.sentences, headed)


def _paragraph(write: Writer) -> str:
    return "<p>" + " ".join(write.told(write.sentence()) for _ in range(3)) + "</p>"


def _table(write: Writer) -> tuple[str, dict[str, tuple[str, ...]]]:
    over = "".join(f"<th colspan=2>{group}</th>" for group in _GROUPS)
    kinds = "".join(f"<th>{kind}</th>" for kind in _KINDS * 2)
    rows: list[str] = []
    headed: dict[str, tuple[str, ...]] = {}
    figures = iter(write.chance.sample(range(1001, 9999), 12))
    for name in (write.name() for _ in range(3)):
        cells = []
        for group in _GROUPS:
            for kind in _KINDS:
                figure = str(next(figures))
                headed[figure] = (name, group, kind)
                cells.append(f"<td>{figure}</td>")
        rows.append(f"<tr><th>{name}</th>{''.join(cells)}</tr>")
    write.truth += ["Place", *_GROUPS, *_KINDS, *_KINDS]
    write.truth += [*dict.fromkeys(row[0] for row in headed.values()), *headed]
    head = f"<thead><tr><th rowspan=2>Place</th>{over}</tr><tr>{kinds}</tr></thead>"
    return f"<table border=1>{head}{''.join(rows)}</table>", headed


def written(stories: Sequence[Story], folder: Path) -> dict[str, list[Path]]:
    """Write each story in each format; return the files by format, in the order of the stories."""
    pages = []
    for number, one in enumerate(stories):
        pages.append(folder / f"story{number}.html")
        pages[-1].write_text(one.html, encoding="utf-8")
    files = {"html": pages}
    for suffix, to in _FILTERS.items():
        command = ["soffice", "--headless", "--convert-to", to, "--infilter=HTML (StarWriter)"]
        command += ["--outdir", str(folder), f"-env:UserInstallation=file://{folder}/profile", *map(str, pages)]
        subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - LibreOffice, with our own files
        files[suffix] = [page.with_suffix(f".{suffix}") for page in pages]
    files["eml"] = [_mailed(page) for page in pages]
    return files


def _mailed(page: Path) -> Path:
    mail = EmailMessage()
    mail["From"], mail["Subject"] = "Odile Tarn <tarn@tide.example>", "For tomorrow"
    mail.set_content(page.read_text(encoding="utf-8"), subtype="html")
    place = page.with_suffix(".eml")
    place.write_bytes(bytes(mail))
    return place


def read_apart(paths: Sequence[Path]) -> tuple[list[tuple[str, list[Mark]]], float, float]:
    """Return the texts and marks of files read in a process of its own, its milliseconds a file and its megabytes."""
    command = [sys.executable, "-m", "bench.formats", "--read", *map(str, paths)]
    done = subprocess.run(command, capture_output=True, check=True, text=True)  # noqa: S603 - this module
    texts, seconds, megabytes = json.loads(done.stdout)
    read = [(text, [Mark(*mark) for mark in marks]) for text, marks in texts]
    return read, 1000 * seconds / len(paths), megabytes


def _read(paths: Sequence[str]) -> None:
    reader = SourceReader()
    begun, texts = time.process_time(), []
    for path in map(Path, paths):
        articles, _ = reader.articles(reader.load(Root(path.parent), path.name))
        texts.append((articles[0].text, articles[0].marks))
    seconds = time.process_time() - begun
    print(json.dumps((texts, seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000)))


def headed_share(text: str, marks: Sequence[Mark], headed: dict[str, tuple[str, ...]]) -> float:
    """Return the share of a table's figures whose mark names all that heads them, and nothing else's name."""
    labels = {text[mark.start : mark.end]: mark.label for mark in marks if mark.kind == "cell"}
    right = sum(set(labels.get(figure, "").split(", ")) == set(heads) for figure, heads in headed.items())
    return right / len(headed)


def formats_table(stories: Sequence[Story], folder: Path) -> Table:
    """Return the figures of the stories by format."""
    table = Table("format", "recall", "precision", "sentences changed", "figures headed", "ms a file", "MB")
    for suffix, paths in written(stories, folder).items():
        texts, milliseconds, megabytes = read_apart(paths)
        shares = [overlap("\n".join(one.truth), text) for one, (text, _) in zip(stories, texts, strict=True)]
        changed = sum(
            len(changed_sentences(one.sentences, text)) for one, (text, _) in zip(stories, texts, strict=True)
        )
        heads = mean(headed_share(*found, one.headed) for one, found in zip(stories, texts, strict=True))
        means = [f"{mean(values):.3f}" for values in zip(*shares, strict=True)]
        table.add_row(suffix, *means, str(changed), f"{heads:.2f}", f"{milliseconds:.0f}", f"{megabytes:.0f}")
    return table


def main() -> None:
    """Read the command line, write the files and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=12)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--keep", type=Path, help="a folder in which the files stay")
    parser.add_argument("--read", nargs="+", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.read:
        _read(options.read)
        return
    chance = random.Random(options.seed)  # noqa: S311 - no secret
    stories = [story(chance) for _ in range(options.articles)]
    with tempfile.TemporaryDirectory() as place:
        folder = options.keep or Path(place)
        folder.mkdir(exist_ok=True)
        Console(width=120).print(formats_table(stories, folder))


if __name__ == "__main__":
    main()
