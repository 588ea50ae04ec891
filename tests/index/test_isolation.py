"""Files are read by another process, within limits: one that breaks them is named, and costs no other file."""

import json
import os
import signal
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from index.errors import UnreadableArticle
from index.isolation import IsolatedReader, Limits
from index.reading_process import packed, unpacked
from index.records import Article, Mark
from index.sources import Root, SourceFile, SourceReader

NEWSROOM = Path(__file__).parents[2] / "eval" / "newsroom" / "corpus"
PLAIN = SourceFile("plain.txt", b"Harbour opens\n\nThe harbour of Lindal opened on Monday.\n")
MANY = b"\n".join(json.dumps({"text": f"Number {n}. " + "The ferry left. " * 300}).encode() for n in range(1_000))


@pytest.fixture
def reader() -> Iterator[IsolatedReader]:
    made = IsolatedReader()
    yield made
    made.close()


def test_it_reads_what_a_reader_in_this_process_reads(reader: IsolatedReader):
    root, plain = Root(NEWSROOM), SourceReader()
    files = [file for file in root.files({}) if file.startswith(("business/", "health/"))]
    assert {Path(file).suffix for file in files} == {".txt", ".md", ".html", ".docx", ".pdf", ".jsonl"}
    for file in files:
        source = plain.load(root, file)
        assert reader.articles(source) == plain.articles(source)


def test_an_article_survives_the_way():
    marks = (Mark(0, 4, "cell", "x"), Mark(5, 6, "furniture", "byline"))
    article = Article("0123", "a.json#1", "Ø", None, date(2026, 3, 1), "half a \ud800", "f00", "lib 1", marks, "A. B.")
    assert unpacked(json.loads(json.dumps(packed(article))), "f00") == article


def test_what_cannot_be_read_says_why(reader: IsolatedReader):
    with pytest.raises(UnreadableArticle, match="empty") as caught:
        reader.articles(SourceFile("a.docx", b""))
    assert caught.value.file == "a.docx"


def test_a_file_that_takes_too_long_is_named_and_the_next_one_read():
    reader = IsolatedReader(limits=Limits(seconds=1, seconds_for_a_megabyte=0))
    with pytest.raises(UnreadableArticle, match=r"more than 1 seconds of work to read\. Split it"):
        reader.articles(SourceFile("many.jsonl", MANY))
    assert reader.articles(PLAIN)[0][0].title == "Harbour opens"
    reader.close()


def test_a_file_that_fills_the_memory_is_named_and_the_next_one_read():
    reader = IsolatedReader(limits=Limits(megabytes=700))
    with pytest.raises(UnreadableArticle, match="fills its 700 MB of memory"):
        reader.articles(SourceFile("large.jsonl", b'{"text": "' + b"word " * 40_000_000 + b'"}\n'))
    assert reader.articles(PLAIN)[0][0].title == "Harbour opens"
    reader.close()


def test_one_process_reads_file_after_file_and_another_one_when_it_is_gone(reader: IsolatedReader):
    reader.articles(PLAIN)
    (first,) = reader.processes
    reader.articles(PLAIN)
    assert reader.processes == (first,)
    os.kill(first, signal.SIGKILL)
    assert reader.articles(PLAIN)[0]
    assert reader.processes != (first,)


def test_a_large_file_s_memory_is_given_back(reader: IsolatedReader):
    articles, _ = reader.articles(SourceFile("large.jsonl", b'{"text": "' + b"word " * 1_100_000 + b'"}\n'))
    assert len(articles[0].text) == 5_500_000
    assert reader.processes == ()


def test_closed_leaves_no_process(reader: IsolatedReader):
    reader.articles(PLAIN)
    (process,) = reader.processes
    reader.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
