"""How build, memory and the speed of a search grow: `python -m bench.growth DOCS QUESTIONS --times 1 16 160`.

DOCS and QUESTIONS are .jsonl.gz files: documents with "text" and, where known, "title", "source" and "date", and
questions with "question". For each factor the index holds the documents and altered copies of them, so many in all. In
a copy, half of the capitalised words end in letters of that copy, so that the vocabulary grows too, and one word in
twenty is missing. Its passages are not embedded: each has the vector of the passage that it was made from, a little
displaced. All else is written as a sync does it. Each build and each round of questions is a process of its own;
`--keep FOLDER` keeps what was built, and uses it again when it is there. Reads /proc, so Linux only.

The first half of the questions warms up, the second is measured, one after the other, through HybridRetriever.search.
"write" is the whole build less splitting and embedding the documents, of which "catalogue" and "Chroma" are the seconds
inside either; "open" includes the examination of the vectors. Memory is what the process that answers keeps resident:
before it opens anything, after the questions, and at its peak.
Times of a search are p50 / p95 in ms: of embedding the question, VectorStore.search, LexicalSearch.search and the
whole. "Cold" is the first half, before which no word had been read (the system may have the files in its cache). "FTS5"
is SQLite's own ranking of the same questions in the same run, in turn before and behind ours: one MATCH of the content
words joined by OR, the 50 best by bm25.
"""

import argparse
import gzip
import hashlib
import json
import random
import re
import shutil
import sqlite3
import tempfile
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import BrokenExecutor, ProcessPoolExecutor
from dataclasses import replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import numpy as np
from rich.console import Console
from rich.table import Column, Table

from bench.sync import megabytes
from cli.assemble import Index, open_index
from index.embedding import Vectors
from index.lexical import LexicalSearch
from index.postings import PostingLists
from index.reading import article_id
from index.records import Article, Chunk, Span
from index.retriever import HybridRetriever
from index.schema import CATALOGUE_FILE
from index.sources import SourceReader
from index.splitting import SPLITTER_VERSION, Splitter
from index.sync import embedded_text, vector_key
from index.upkeep import settle
from index.vectors import VectorRecord
from index.words import content_words
from models.files import EMBEDDER_NAME

_GROUP = 256  # chunks written together, as in index.sync
_DISPLACED, _DROPPED = 0.25, 0.05  # the length of what is added to a copy's vectors; the share of its words left out
_LETTERS = "bcfghjklmnpqrtvwxz"  # none that the stemmer would take off again
_WORD = re.compile(r"\s?([^\W\d_])[^\W\d_]*(?:['’][^\W\d_]+)*")  # with the blank before it, and its first letter

Alter = Callable[[str], str]
Figures = dict[str, str]  # as they are printed, by what they tell
Split = tuple[Article, list[Chunk]]
Placed = tuple[Article, list[Chunk], Vectors]  # an article, its chunks and the rows of their vectors


def watched(owner: object, method: str) -> list[float]:
    """Return a list to which every call of this method of this object will add the seconds it took."""
    seconds: list[float] = []
    called: Callable[..., object] = getattr(owner, method)

    def timed(*arguments: object, **named: object) -> object:
        begun = time.perf_counter()
        result = called(*arguments, **named)
        seconds.append(time.perf_counter() - begun)
        return result

    setattr(owner, method, timed)
    return seconds


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a .jsonl.gz file."""
    with gzip.open(path, "rt", encoding="utf-8") as stream:
        yield from map(json.loads, stream)


def originals(docs: Path, splitter: Splitter) -> Iterator[Split]:
    """Yield each document as an article with its chunks."""
    for number, line in enumerate(lines(docs)):
        file = f"0000/{number:06}"
        published = date.fromisoformat(line["date"][:10]) if line.get("date") else None
        sha256 = hashlib.sha256(line["text"].encode()).hexdigest()
        title, publisher = line.get("title") or None, line.get("source") or None
        article = Article(article_id(file), file, title, publisher, published, line["text"], sha256)
        yield article, splitter.split(article)


def alteration(copy: int) -> Alter:
    """Return what alters texts in the way of copy number `copy`: always the same, if asked in the same order."""
    suffix = "".join(_LETTERS[digit % len(_LETTERS)] for digit in divmod(copy, len(_LETTERS)))
    chance = random.Random(copy)  # noqa: S311 - no secret

    def word(match: re.Match[str]) -> str:
        if chance.random() < _DROPPED:
            return ""
        chosen = match[1].isupper() and zlib.crc32(f"{copy} {match[0].strip()}".encode()) & 1
        return match[0] + suffix if chosen else match[0]

    return lambda text: _WORD.sub(word, text).strip() or text


def altered(article: Article, chunks: Sequence[Chunk], copy: int, alter: Alter) -> Split:
    """Return a copy of an article, sentence by sentence, so that each chunk is that of the original, altered."""
    file = f"{copy:04}{article.file[4:]}"
    identity = article_id(file)
    parts: list[str] = []
    spans: list[list[Span]] = []
    length = place = 0
    for chunk in chunks:
        spans.append([])
        for start, end in chunk.sentences:
            sentence = alter(article.text[start:end])
            begun = length + start - place
            parts += [article.text[place:start], sentence]
            place, length = end, begun + len(sentence)
            spans[-1].append(Span(begun, length))
    text = "".join([*parts, article.text[place:]])
    title = alter(article.title) if article.title else None
    made = []
    for chunk, own in zip(chunks, spans, strict=True):
        start, end = own[0].start, own[-1].end
        chunk_id = hashlib.sha256(f"{identity}\n{chunk.id}".encode()).hexdigest()[:24]
        made.append(Chunk(chunk_id, identity, chunk.ordinal, start, end, text[start:end], tuple(own)))
    return replace(article, id=identity, file=file, title=title, text=text), made


def copies(documents: Sequence[Split], vectors: Vectors, times: int) -> Iterator[Placed]:
    """Yield the documents, then their copies, each with its vectors."""
    for copy in range(times):
        rows = vectors
        if copy:
            noise = np.random.default_rng(copy).standard_normal(vectors.shape, dtype=np.float32)
            rows = vectors + noise * np.float32(_DISPLACED / np.sqrt(vectors.shape[1]))
            rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        alter, first = alteration(copy), 0
        for article, chunks in documents:
            own = rows[first : (first := first + len(chunks))]
            yield *(altered(article, chunks, copy, alter) if copy else (article, chunks)), own


def build(options: argparse.Namespace, place: Path, times: int) -> Figures:
    """Write the index into `place`; embed the documents' passages where that was not yet done for another factor."""
    index = open_index(place, SourceReader())
    documents = list(originals(options.docs, Splitter(index.embedder.count_tokens)))
    vectors_file = place.with_suffix(".npy")
    if not vectors_file.is_file():
        texts = [embedded_text(article, chunk) for article, chunks in documents for chunk in chunks]
        np.save(vectors_file, index.embedder.embed(texts))
    vectors: Vectors = np.load(vectors_file)
    in_catalogue = [watched(index.catalogue, one) for one in ("stage", "cached_vectors", "replace", "unsettled")]
    in_chroma = watched(index.vectors, "upsert")
    begun = time.perf_counter()
    group: list[Placed] = []
    for placed in copies(documents, vectors, times):
        group.append(placed)
        if sum(len(chunks) for _, chunks, _ in group) >= _GROUP:
            put_in_place(group, index)
            group = []
    put_in_place(group, index)
    figures = {"write, s": f"{time.perf_counter() - begun:,.1f}"}
    figures |= {"  catalogue": f"{sum(map(sum, in_catalogue)):,.1f}", "  Chroma": f"{sum(in_chroma):,.1f}"}
    counts = dict(zip(("articles", "passages"), (f"{count:,}" for count in index.catalogue.counts()), strict=True))
    index.close()
    return counts | figures


def put_in_place(group: Sequence[Placed], index: Index) -> None:
    """Write a group of sources in the order of Synchroniser."""
    keyed = [[(one, vector_key(EMBEDDER_NAME, embedded_text(a, one))) for one in chunks] for a, chunks, _ in group]
    rows = [
        (article, chunk, key, vector)
        for (article, _, vectors), chunks in zip(group, keyed, strict=True)
        for (chunk, key), vector in zip(chunks, vectors, strict=True)
    ]
    for first in range(0, len(rows), _GROUP):
        part = rows[first : first + _GROUP]
        index.catalogue.stage({key: vector for *_, key, vector in part}, [chunk.id for _, chunk, *_ in part])
        cached = index.catalogue.cached_vectors({key for *_, key, _ in part})
        index.vectors.upsert([VectorRecord(one.id, cached[key], a.publisher, a.published) for a, one, key, _ in part])
    for (article, *_), chunks in zip(group, keyed, strict=True):
        index.catalogue.replace(article.file, article.sha256, [(article, chunks)])
    settle(index.catalogue, index.vectors, index.catalogue.unsettled())


class OwnRanking:
    """FTS5's ranking of the passages in a catalogue."""

    def __init__(self, path: Path) -> None:
        self._connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)

    def search(self, question: str) -> list[tuple[int]]:
        """Return the rows of the best passages."""
        match = " OR ".join(f'"{word}"' for word in content_words(question))
        # By "rank", which is bm25 unless told otherwise, and quicker than to name the function.
        query = "SELECT rowid FROM chunk_words WHERE chunk_words MATCH ? ORDER BY rank LIMIT 50"
        return self._connection.execute(query, (match,)).fetchall()


def ask(options: argparse.Namespace, place: Path) -> Figures:
    """Ask the questions of the index in `place`."""
    asked = [line["question"] for line, _ in zip(lines(options.questions), range(options.queries), strict=False)]
    before, begun = memory()[0], time.perf_counter()
    index = open_index(place, SourceReader())
    figures = {"open, s": f"{time.perf_counter() - begun:,.1f}"}
    words = LexicalSearch(index.catalogue, PostingLists(index.catalogue))
    peer = OwnRanking(place / CATALOGUE_FILE)
    retriever = HybridRetriever(index.catalogue, index.vectors, index.embedder, words, top_k=10)
    stages = {"embed": watched(index.embedder, "embed")}
    owners = {"dense": index.vectors, "words": words, "whole": retriever, "FTS5": peer}
    stages |= {stage: watched(owner, "search") for stage, owner in owners.items()}
    for number, question in enumerate(asked):
        first, second = (retriever, peer) if number % 2 else (peer, retriever)
        first.search(question)
        second.search(question)
    figures["memory, MB: before / after / peak"] = " / ".join(f"{size:,.0f}" for size in (before, *memory()))
    for stage, seconds in stages.items():
        for when, part in zip(("cold, ms", "ms"), np.array_split(seconds, 2), strict=True):
            p50, p95 = np.percentile(part, (50, 95)) * 1000
            figures[f"{stage}, {when}"] = f"{p50:,.1f} / {p95:,.1f}"
    index.close()
    return figures


def memory() -> tuple[float, float]:
    """Return this process's resident memory now and at its peak, in MB."""
    status = Path("/proc/self/status").read_text(encoding="utf-8")
    now, peak = (int(re.findall(rf"{name}:\s+(\d+) kB", status)[0]) * 1024 / 1e6 for name in ("VmRSS", "VmHWM"))
    return now, peak


def measure(options: argparse.Namespace, folder: Path, times: int) -> Figures:
    """Build, unless that was done, and ask."""
    key = hashlib.sha256(f"{EMBEDDER_NAME} {SPLITTER_VERSION}".encode() + options.docs.read_bytes()).hexdigest()[:12]
    place = folder / f"{key}.x{times}"
    built = place / "build.json"
    if not built.is_file():
        shutil.rmtree(place, ignore_errors=True)  # what a process that was killed left
        place.mkdir()
        built.write_text(json.dumps(in_a_process(build, options, place, times)), encoding="utf-8")
    figures: Figures = json.loads(built.read_text(encoding="utf-8")) | in_a_process(ask, options, place)
    figures["catalogue, MB"] = f"{megabytes(place / CATALOGUE_FILE):,.1f}"
    figures["Chroma, MB"] = f"{sum(map(megabytes, place.glob('vectors-*'))):,.1f}"
    if not options.keep:
        shutil.rmtree(place)
    return figures


def in_a_process(stage: Callable[..., Figures], *arguments: object) -> Figures:
    """Call `stage` in a process of its own, so that its memory is its own. Raises BrokenExecutor if that dies."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(stage, *arguments).result()


def report(found: dict[int, Figures]) -> None:
    """Print a column for each factor."""
    table = Table("documents, times", *(Column(str(times), justify="right") for times in found), title="Growth")
    for name in next(iter(found.values()), {}):
        table.add_row(name, *(figures[name] for figures in found.values()))
    Console().print(table)


def main() -> None:
    """Read the command line and run, in a folder that is removed afterwards unless one is given."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("docs", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 16, 160])
    parser.add_argument("--queries", type=int, default=100)
    parser.add_argument("--keep", type=Path, metavar="FOLDER")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        found: dict[int, Figures] = {}
        for times in options.times:
            try:
                found[times] = measure(options, folder, times)
            except BrokenExecutor:
                print(f"{times} times: the process died, of too little memory perhaps")
            report(found)


if __name__ == "__main__":
    main()
