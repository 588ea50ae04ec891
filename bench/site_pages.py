"""Pages in the shapes of real sites (`bench/pages`), filled with stories by program.

A page's file is its HTML. What a reader takes from it stands in [[ ]], what is neither gained nor lost in {{ }}.
[[2]] is two sentences of the story, [[h]] a headline, [[words]] these words; ((2)), ((h)) and ((t3)) are sentences, a
headline and three links to other stories, which are none of this one; ((r)) repeats a sentence of it. [-h-] is its
headline once more.
"""

import html
import random
import re
from collections.abc import Iterator
from pathlib import Path

from bench.page_writer import Writer
from bench.written_pages import WrittenPage

_FOLDER = Path(__file__).parent / "pages"
_MARKED = re.compile(r"\[\[(.+?)\]\]|\(\((t?)(\d+|h|r)\)\)|\{\{(.+?)\}\}", re.DOTALL)
_AGAIN = re.compile(r"\[-(.+?)-\]")
_TAG = re.compile(r"<[^<>]*>")


def site_pages(number: int, seed: int = 7) -> Iterator[WrittenPage]:
    """Yield `number` pages of each shape; the same for the same seed."""
    for path in sorted(_FOLDER.glob("*.html")):
        written = path.read_text(encoding="utf-8")
        for at in range(number):
            yield filled(path.stem.replace("_", " "), written, Writer(random.Random(f"{seed} {path.stem} {at}")))


def filled(kind: str, written: str, write: Writer) -> WrittenPage:
    """Return a page with its gaps filled by the writer."""
    neutral: list[str] = []
    headlines: list[str] = []

    def fill(match: re.Match[str]) -> str:
        told, links, other, either = match.groups()
        if told == "h":
            headlines.append(write.told(write.headline(), whole=False))
            return headlines[-1]
        if told:
            return _told(told, write)
        if either:
            said = _MARKED.sub(fill, either)
            neutral.append(_said(said))
            return said
        if links:
            return write.teasers(int(other))
        if other == "r":
            return write.sentences[len(write.sentences) // 2]
        return write.headline() if other == "h" else " ".join(write.sentence() for _ in range(int(other)))

    page = _MARKED.sub(fill, written)
    headline = headlines[0] if headlines else "Ice"
    page = _AGAIN.sub(lambda match: headline if match[1] == "h" else match[1], page)
    return WrittenPage(kind, page, write.truth, write.sentences, neutral)


def _told(told: str, write: Writer) -> str:
    if told.isdecimal() and len(told) == 1:
        return write.paragraph(int(told))
    said = _said(told)
    write.told(said, whole=len(said.split()) > 8)
    return told


def _said(written: str) -> str:
    return html.unescape(_TAG.sub("", written))
