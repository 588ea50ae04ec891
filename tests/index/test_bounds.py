"""Files that ask much of their reader cost time and memory that grow as they do, and no more."""

import builtins
import time

import pytest

from bench.hostile_shapes import SHAPES
from index.errors import UnreadableArticle
from index.extraction import naming
from index.records import Article
from index.sources import SourceFile, SourceReader

SECONDS = 20  # of the processor: some ten times what is needed


def articles(name: str, size: int) -> list[Article]:
    """Return what is read of a file in one of the bench's shapes."""
    suffix, _, make = SHAPES[name]
    return SourceReader().articles(SourceFile(f"a{suffix}", make(size)))[0]


class TestLabels:
    @pytest.mark.parametrize("name", ["headings of a row", "headings of columns", "Word, headings of columns"])
    def test_a_cell_is_headed_by_few(self, name: str):
        (article,) = articles(name, 60)
        labels = [mark.label for mark in article.marks if mark.kind == "cell"]
        assert labels
        assert max(label.count(",") for label in labels) < 20

    def test_what_says_twice_who_wrote_a_line_marks_it_once(self):
        (article,) = articles("lines in nested bylines", 50)
        assert len(article.marks) <= 51


class TestSeconds:
    @pytest.mark.parametrize(
        ("name", "size"),
        [
            ("times in a paragraph", 20_000),
            ("lines under long names", 5_000),
            ("hidden in hidden", 20_000),
            ("tables around a text", 5_000),
            ("raised in raised", 20_000),
            ("writers by their names in the graph", 20_000),
            ("mail, quotes", 10_000),
            ("Word, raised", 4_000),
            ("OpenDocument, blanks", 20_000),
            ("Markdown, aliases", 30),
        ],
    )
    def test_they_grow_as_the_file_does(self, name: str, size: int):
        start = time.process_time()
        assert articles(name, size)
        assert time.process_time() - start < SECONDS


class TestReasons:
    def test_a_library_that_is_missing_is_no_fault_of_the_file(self, monkeypatch: pytest.MonkeyPatch):
        def refuse(name: str, *_: object, **__: object) -> object:
            raise ModuleNotFoundError(f"No module named {name!r}")

        monkeypatch.setattr(builtins, "__import__", refuse)
        with pytest.raises(UnreadableArticle) as caught, naming("a.html", "a web page", "lxml"):
            __import__("json")
        monkeypatch.undo()
        assert caught.value.reason == "a part of Footnote is missing (No module named 'json'). Install it again."

    @pytest.mark.parametrize("name", ["nested divisions", "nested links"])
    def test_tags_nested_by_the_ten_thousand_are_refused(self, name: str):
        with pytest.raises(UnreadableArticle, match="nested too deeply"):
            articles(name, 100_000)


def test_an_earlier_message_behind_outlook_s_heading_is_marked_to_its_end():
    body = "<p>We sail on Friday.</p><div id='divRplyFwdMsg'>From: Jan</div><div>When will it sail?</div>"
    mail = (
        f"Subject: Ice\nFrom: a@b.example\nContent-Type: text/html; charset=utf-8\n\n<html><body>{body}</body></html>"
    )
    (article,), _ = SourceReader().articles(SourceFile("a.eml", mail.encode()))
    quoted = [article.text[one.start : one.end] for one in article.marks if one.label == "quoted"]
    assert quoted == ["From: Jan", "When will it sail?"]
    assert "We sail on Friday." in article.text


def test_a_message_written_as_a_page_is_read_whole():
    said = "<div>Yes.</div><div>See you at the quay.<br>Best, Odile</div><p>Odile Tarn<br>Harbour master</p>"
    mail = f"Subject: Ice\nFrom: a@b.example\nContent-Type: text/html\n\n<html><body>{said}</body></html>"
    (article,), _ = SourceReader().articles(SourceFile("a.eml", mail.encode()))
    assert article.text.splitlines()[3:] == [
        "Yes.",
        "See you at the quay.",
        "Best, Odile",
        "Odile Tarn",
        "Harbour master",
    ]


def test_quotes_within_quotes_are_marked_once():
    nested = "<blockquote type=cite><p>Ice came.</p>" * 5
    mail = f"Subject: Ice\nFrom: a@b.example\nContent-Type: text/html\n\n<p>So it was, they said.</p>{nested}"
    (article,), _ = SourceReader().articles(SourceFile("a.eml", mail.encode()))
    assert [one.label for one in article.marks].count("quoted") == 5
