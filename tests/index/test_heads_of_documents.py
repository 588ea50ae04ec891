"""Heads that other programs and offices write: Pandoc's block, minutes, chapters; durations; what a mail passes on."""

from datetime import date

import pytest

from index.front_matter import read_front_matter
from index.headers import Header
from index.mail_text import plain_body
from index.reading import text_article
from index.web_pages import extract_html, extract_whole

DAY = date(2024, 3, 5)
STORY = "The reservoir above Dalby has fallen to a third of what it holds, the water board said on Thursday.\n"


def stated(text: str, name: str = "a.md") -> Header:
    article = text_article(name, text.encode())
    return Header(article.title, article.publisher, article.published, article.author)


@pytest.mark.parametrize("name", ["a.md", "a.txt"])
@pytest.mark.parametrize(
    ("block", "expected"),
    [
        ("% Low water\n% Ada Lind\n% 5 March 2024\n", Header("Low water", None, DAY, "Ada Lind")),
        ("% Low water\n% Ada Lind; Tom Nobbs\n", Header("Low water", None, None, "Ada Lind, Tom Nobbs")),
        ("% Low water\n  in Dalby\n%\n% March 5, 2024\n", Header("Low water in Dalby", None, DAY)),
    ],
)
def test_the_block_above_a_text_for_pandoc_states_title_writers_and_day(name: str, block: str, expected: Header):
    assert stated(f"{block}\n{STORY}", name) == expected
    article = text_article(name, f"{block}\n{STORY}".encode())
    assert [(mark.label, mark.start, mark.end) for mark in article.marks] == [("front matter", 0, len(block) - 1)]


@pytest.mark.parametrize(
    "text", ["% of households without water doubled\n\n", "% Low water\n\n", "% Low\n% of all\nx\n"]
)
def test_signs_of_per_cent_are_no_block(text: str):
    assert read_front_matter(text + STORY) is None


@pytest.mark.parametrize(
    ("head", "title"),
    [
        (
            "DALBY TOWN COUNCIL\n\nMinutes of the meeting held on 5 March 2024 in the Town Hall\n",
            "Minutes of the meeting held on 5 March 2024 in the Town Hall",
        ),
        (
            "# Dalby Town Council\n\n## Minutes of the ordinary meeting, 5 March 2024\n",
            "Minutes of the ordinary meeting, 5 March 2024",
        ),
    ],
)
def test_minutes_are_called_so_below_who_met(head: str, title: str):
    assert stated(f"{head}\nPresent: Ada Lind (chair), Tom Nobbs\n\n{STORY}") == Header(title, None, DAY)


def test_a_headline_on_minutes_is_of_another_day():
    assert stated(f"Minutes of 5 March 1912 found in a mill\n\n{STORY}").published is None


def test_a_club_below_the_title_wrote_nothing():
    head = "Minutes of the Annual General Meeting\nFenwick Rowing Club\n5 March 2024\n"
    assert stated(f"{head}\n{STORY}") == Header("Minutes of the Annual General Meeting", None, DAY)


def test_a_council_alone_may_be_a_title():
    assert stated(f"Dalby Town Council\n\nIt met for an hour.\n\n{STORY}").title == "Dalby Town Council"


def chapter(body: str, window: str = "Low Water") -> str | None:
    page = f"<html><head><title>{window}</title></head><body>{body}<p>{STORY}</p></body></html>"
    return extract_whole("a.epub", page.encode(), "//script").header.title


@pytest.mark.parametrize(
    ("body", "window", "title"),
    [
        ("<h2>The dry spring</h2>", "Low Water", "The dry spring"),
        ("<h2>2</h2><h2>The pumping station</h2>", "", "2 The pumping station"),
        ("<h3>Chapter three<br/>The mill</h3>", "chapter-003", "Chapter three The mill"),
        ("<h2>April</h2><h3>May</h3>", "", "April"),
        ("<h2>The mill</h2>", "3. The mill", "3. The mill"),
        ("<h1>The dry spring</h1><h2>April</h2>", "Low Water", "The dry spring"),
        ("<p>It was dry.</p><h2>May</h2>", "Low Water", "Low Water"),
    ],
)
def test_a_chapter_is_called_by_the_heading_above_it(body: str, window: str, title: str):
    assert chapter(body, window) == title


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ('<div class="time">Prep Time: 20 mins</div>', None),
        ('<p>Cook Time: <time datetime="PT1H">1 hr</time></p>', None),
        ('<div class="time">3 hours ago</div>', "dateline"),
        ('<div class="meta">5 March 2024 · 6 min read</div>', "dateline"),
    ],
)
def test_how_long_something_takes_is_no_dateline(line: str, label: str | None):
    page = f"<html><body><article><h1>Barley soup</h1>{line}<p>{STORY}</p><p>{STORY}</p></article></body></html>"
    marks = extract_html("a.html", page.encode()).marks
    assert [mark.label for mark in marks] == ([label] if label else [])


def test_breaks_part_the_lines_of_a_preformatted_text():
    song = "<pre>The water went<br>and the bells<br>of Dalby</pre>"
    page = f"<html><body><article><p>{STORY}</p>{song}</article></body></html>"
    assert extract_html("a.html", page.encode()).text.endswith("\nThe water went\nand the bells\nof Dalby")


class TestWhatAMailPassesOn:
    def test_it_stands_without_its_signs_of_quotation(self):
        text = "See below.\n\n---------- Forwarded message ---------\n> From: Maud\n>\n> The dam is low.\n>> Is it?\n"
        body = plain_body(text)
        assert body.text.endswith("---------\nFrom: Maud\n\nThe dam is low.\n> Is it?")
        assert body.marks == ()

    def test_what_a_mail_answers_keeps_them(self):
        body = plain_body("No.\n\n> The dam is low.\n")
        assert (body.text, [mark.label for mark in body.marks]) == ("No.\n\n> The dam is low.", ["quoted"])

    @pytest.mark.parametrize("line", [">5 metres", "> 5 metres"])
    def test_a_sign_before_a_figure_is_one_of_comparison(self, line: str):
        assert plain_body(f"Forwarded:\n{line}\n", is_forward=True).text == f"Forwarded:\n{line}"
