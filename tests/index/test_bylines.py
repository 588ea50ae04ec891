"""Bylines of makers of sites and of papers: who wrote, in order of the name, with an office below; nobody is nobody."""

import pytest

from index.article_lists import stated_writers
from index.reading import text_article

BODY = (
    "The reservoir above Dalby has fallen to a third of what it holds, the water board said on Thursday.\n\n"
    "“We have not seen this since 1976,” said Maud Ferrow, who runs the pumping station.\n"
)


def marked(head: str, foot: str = "") -> tuple[str | None, list[str]]:
    text = f"Reservoir falls to a third\n{head}\n{BODY}\n{foot}"
    article = text_article("a.txt", text.encode())
    return article.author, [text[mark.start : mark.end] for mark in article.marks]


@pytest.mark.parametrize(
    "office", ["Business reporter, DBC News", "DBC News, Dalby", "Environment Correspondent", "Dalby Press Service"]
)
def test_the_office_below_a_byline_is_furniture(office: str):
    assert marked(f"By Ada Lind\n{office}\n") == ("Ada Lind", ["By Ada Lind", office])


@pytest.mark.parametrize(
    "line", ["Low water", "The Dam", "Dalby, Fenwick and Holt", "The editor of the paper resigned."]
)
def test_another_line_below_a_byline_is_told(line: str):
    assert marked(f"By Ada Lind\n{line}\n") == ("Ada Lind", ["By Ada Lind"])


def test_a_name_alone_above_an_office_is_a_byline():
    lines = ["Ada Lind", "Shipping correspondent", "Reporting from Fenwick"]
    assert marked("\n".join(lines) + "\n") == ("Ada Lind", lines)


def test_a_name_alone_above_a_sentence_is_told():
    assert marked("Ada Lind\nThe correspondent of the paper has left.\n") == (None, [])


def test_a_byline_at_the_foot_names_the_writer():
    assert marked("", "Posted by Ada Lind at 10:32 AM") == ("Ada Lind", ["Posted by Ada Lind at 10:32 AM"])


def test_a_family_name_in_capitals_before_the_other_is_put_in_order():
    assert marked("By LIND, Ada\n") == ("Ada Lind", ["By LIND, Ada"])


@pytest.mark.parametrize(
    ("written", "writers"),
    [
        ("LIND, Ada", "Ada Lind"),
        ("LIND, Ada; NOBBS, Tom", "Ada Lind, Tom Nobbs"),
        ("Lind, Ada M.", "Ada M. Lind"),
        ("Ada Lind, Tom Nobbs", "Ada Lind, Tom Nobbs"),
        ("Lind, Nobbs", "Lind, Nobbs"),
        ("Super User", None),
        ("admin", None),
        ("Administrator", None),
        ("Ada Admin", "Ada Admin"),
    ],
)
def test_stated_writers_are_persons_as_they_are_called(written: str, writers: str | None):
    assert stated_writers(written) == writers


@pytest.mark.parametrize("line", ["Posted by Administrator on 5 March 2024", "by admin | Mar 5, 2024", "By Super User"])
def test_a_byline_of_nobody_is_furniture_and_names_nobody(line: str):
    assert marked(f"{line}\n") == (None, [line])
