"""How an article is to be shown follows from its text, which stays as it is."""

from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.looks import Look, looks, looks_around, shown_without
from index.markdown_signs import without_signs
from index.reading import text_article
from index.records import Article, Span
from index.sources import SourceFile, SourceReader


def article(text: str, file: str = "a.md") -> Article:
    return text_article(file, text.encode())


def seen(text: str) -> str:
    """The text without what is not shown."""
    return shown_without(text, 0, list(looks(article(text))))


def of_kind(text: str, kind: str) -> list[str]:
    return [text[look.start : look.end] for look in looks(article(text)) if look.kind == kind]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("The **old** bridge is *closed*.", "The old bridge is closed."),
        ("The __old__ bridge is _closed_.", "The old bridge is closed."),
        ("It is ***closed***.", "It is closed."),
        ("**It\nis** closed.", "It\nis closed."),
        ("See [the plan](https://example.org/a_(b) 'Plan') now.", "See the plan now."),
        ("See [*the* plan](</a b>).", "See the plan."),
        ("See <https://example.org>.", "See https://example.org."),
        ("![A crane](crane.png) at work", "A crane at work"),
        ("# The bridge", "The bridge"),
        ("## The bridge ##", "The bridge"),
        ("The bridge\n===", "The bridge\n"),
        ("> They said **no**.", "They said no."),
        ("- one\n* two", "one\ntwo"),
        ("Run `make *all*` here.", "Run make *all* here."),
        ("```sh\nmake *all*\n```\nDone.", "\nmake *all*\n\nDone."),
        (r"A \*star\*.", "A *star*."),
        ("[plan]: https://example.org\nThe plan.", "\nThe plan."),
    ],
)
def test_signs_are_not_shown(written: str, read: str):
    assert seen(written) == read


@pytest.mark.parametrize(
    "written",
    [
        "5 * 3 * 2 is 30.",
        "2*3*4 is 24.",
        "1_000_000 and file_name_here",
        "An *open star.",
        "[a note] and (another)",
        "- \n",
        "It cost 45[^3] million.",
        "#harbour was shared.",
        "-5 degrees",
        "~~Nine~~ ten ships",
        "1. First",
        "Sales <b>rose</b>.",
    ],
)
def test_what_is_no_sign_stays(written: str):
    assert seen(written) == written


def test_front_matter_is_left_alone():
    text = "---\ntitle: The *old* bridge\n---\nThe *old* bridge.\n"
    assert seen(text) == "---\ntitle: The *old* bridge\n---\nThe old bridge.\n"


def test_other_files_have_no_signs():
    assert looks(article("The **old** bridge", "a.txt")) == ()


def test_words_are_set_apart():
    text = "# Title\n\n> Said **she**.\n- *item* with `code`\n\n***\n"
    assert of_kind(text, "heading") == ["# Title"]
    assert of_kind(text, "quotation") == ["> Said **she**."]
    assert of_kind(text, "strong") == ["she"]
    assert of_kind(text, "item") == ["- *item* with `code`"]
    assert of_kind(text, "emphasis") == ["item"]
    assert of_kind(text, "code") == ["code"]
    assert of_kind(text, "rule") == ["***"]


def test_the_cells_of_a_row_make_up_its_line():
    text = "| Ticket | Single | |\n|---|---|---|\n| Child | | **7.40** |\nGrown 9\n"
    assert of_kind(text, "head") == ["| Ticket | Single | |"]
    assert of_kind(text, "row") == ["| Child | | **7.40** |"]
    cells = [look for look in looks(article(text)) if look.kind == "cell"]
    rows = ("| Ticket | Single | |", "| Child | | **7.40** |")
    assert "".join(text[one.start : one.end] for one in cells) == "".join(rows)
    assert [_within(text, one) for one in cells] == ["Ticket", "Single", "", "Child", "", "7.40"]


def _within(text: str, cell: Look) -> str:
    unseen = [look for look in looks(article(text)) if look.kind in ("sign", "edge")]
    return "".join(
        text[place] for place in range(cell.start, cell.end) if not any(one.start <= place < one.end for one in unseen)
    )


def test_rows_of_other_files_are_cells_too():
    source = SourceFile("fares.csv", b"Ticket,Single\nAdult,8.40\nChild,4.20\n")
    ((made,), _) = SourceReader().articles(source)
    assert [made.text[one.start : one.end] for one in looks(made) if one.kind in ("head", "row")] == [
        "Ticket | Single",
        "Adult | 8.40",
        "Child | 4.20",
    ]


def test_a_place_has_the_looks_of_its_paragraph():
    text = "One *star.\n\nThe **old\nbridge** is *shut*.\n\n```\n*a*\n\n*b*\n```\n"
    place = Span(text.index("bridge"), text.index("shut"))
    around = looks_around(article(text), place)
    assert around == [one for one in looks(article(text)) if one.start < place.end and place.start < one.end]
    assert looks_around(article(text), Span(text.index("*b*"), text.index("*b*") + 3)) == []


def test_what_is_cut_off_from_its_partner_is_no_sign_either():
    assert without_signs("nine days**") == "nine days"
    assert without_signs("the [port](https://example.org)") == "the port"
    assert without_signs("**") == "**"


@settings(max_examples=300, deadline=timedelta(seconds=5), derandomize=True)
@given(st.text("ab1 *_`[]()<>!\\#-|>\n\r.~", max_size=80))
def test_looks_are_in_order_within_lines_and_leave_every_letter_of_plain_words(text: str):
    if not text.strip():
        return
    found = looks(article(text))
    assert list(found) == sorted(found)
    for one in found:
        assert 0 <= one.start < one.end <= len(text)
        assert not {"\n", "\r"} & set(text[one.start : one.end])


@pytest.mark.parametrize("sign", ["*a ", "[", "[a](", "_", "![", "**", "<https://"])
def test_signs_without_partners_stay_however_many_there_are(sign: str):
    text = f"a {sign * (15_000 // len(sign))}"
    assert seen(text) == text
