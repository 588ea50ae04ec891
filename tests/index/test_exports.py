"""Articles as databases of newspapers and wires hand them out: the record around a text feeds what is stated of it."""

from datetime import date

import pytest

from index.headers import Header
from index.reading import text_article

BODY = (
    "The reservoir above Dalby has fallen to a third of what it holds, the water board said on Thursday.\n\n"
    "“We have not seen this since 1976,” said Maud Ferrow, who runs the pumping station.\n"
)
DAY = date(2024, 3, 5)
WHOLE = Header("Reservoir falls to a third", "The Dalby Times", DAY, "Ada Lind")
EXPORTS = {
    "fields with names": (
        "Copyright 2024 The Dalby Times\nAll Rights Reserved\n"
        "Section: NEWS; Pg. 4\nLength: 612 words\nByline: Ada Lind\n"
        "Headline: Reservoir falls to a third\nDate: March 5, 2024\nBody\n\n",
        BODY,
        "\nLoad-Date: March 6, 2024\nLanguage: ENGLISH\n\nEnd of Document\n",
    ),
    "below a count": (
        "1 of 25 DOCUMENTS\n\nThe Dalby Times\n\n"
        "March 5, 2024 Tuesday\n\nReservoir falls to a third\n\nBYLINE: By ADA LIND\n\n"
        "SECTION: Section A; Column 1; National Desk; Pg. 12\n\nLENGTH: 612 words\n\nDATELINE: DALBY\n\n",
        BODY,
        "\nGRAPHIC: The dam at low water. (ODA KRANE)\n",
    ),
    "fields with codes": (
        "SE News\nHD\nReservoir falls to a third\nBY\nBy Ada Lind\nWC\n612 words\nPD\n5 March 2024\nET\n02:10\nSN\n"
        "The Dalby Times\nSC\nDALBYT\nPG\n4\nLP\n",
        BODY,
        "NS gwater : Water | gcat : Political/General News\nAN\nDocument DALBYT0020240305ek350001\n",
    ),
    "fields in a row": (
        "News\nReservoir falls to a third\nAda Lind\n612 words\n5 March 2024\nThe Dalby Times\nDALBYT\n4\nEnglish\n"
        "© 2024 Dalby Newspapers. All rights reserved.\n\n",
        BODY,
        "\nDocument DALBYT0020240305ek350001\n",
    ),
    "fields in a row, with an hour": (
        "Reservoir falls to a third\nBy Ada Lind\n612 words\n5 March 2024\n02:00 GMT\nThe Dalby Times\nDALBYT\nMain\n"
        "3\nEnglish\nCopyright 2024, Dalby Newspapers, All Rights Reserved\n\n",
        BODY,
        "",
    ),
    "a citation": (
        "Reservoir falls to a third\n"
        "Lind, Ada. The Dalby Times; Dalby (UK) [Dalby (UK)]05 Mar 2024: A4.\n\nFull text:\n\n",
        BODY,
        "\nCREDIT: ADA LIND\n",
    ),
}
# What is the title's, and no furniture.
TITLES = ("Reservoir falls to a third", "Headline: Reservoir falls to a third")


def unmarked(text: str) -> list[str]:
    covered = {at for mark in text_article("a.txt", text.encode()).marks for at in range(mark.start, mark.end)}
    shown = "".join(sign if at not in covered or sign == "\n" else "" for at, sign in enumerate(text))
    return [line for line in shown.split("\n") if line.strip()]


@pytest.mark.parametrize("name", EXPORTS)
def test_the_record_tells_title_paper_day_and_writer(name: str):
    article = text_article("a.txt", "".join(EXPORTS[name]).encode())
    assert Header(article.title, article.publisher, article.published, article.author) == WHOLE


@pytest.mark.parametrize("name", EXPORTS)
def test_the_record_is_furniture_and_the_story_is_not(name: str):
    left = [line for line in unmarked("".join(EXPORTS[name])) if line not in TITLES]
    assert left == [line for line in BODY.split("\n") if line]


def test_a_slug_is_no_title_and_the_signs_of_the_wire_are_not_in_names():
    text = f"^BC-Dalby-Reservoir,0412<\n^Reservoir falls to a third<\n^By ADA LIND=\n^Dalby Press Service=\n\n{BODY}"
    article = text_article("a.txt", text.encode())
    stated = Header(article.title, article.publisher, article.published, article.author)
    assert stated == Header("Reservoir falls to a third", "Dalby Press Service", None, "Ada Lind")


def test_a_slug_of_a_lead_is_none_and_a_headline_with_a_year_is_one():
    slugged = text_article(
        "a.txt", f"US-Dalby-Harbour, 2nd Ld\n\nReservoir falls to a third\nBy ADA LIND\n\n{BODY}".encode()
    )
    headed = text_article("a.txt", f"UK-Dalby Water Talks, 2024\n\n{BODY}".encode())
    assert (slugged.title, headed.title) == ("Reservoir falls to a third", "UK-Dalby Water Talks, 2024")


@pytest.mark.parametrize(
    "line",
    [
        "Length: the dam is 612 metres long and was built in 1911 by hand.",
        "TD Bank said on Tuesday that it would close three branches.",
        "AN hour later the square was empty.",
        "Subject: the reservoir, and who is to pay for it.",
        "Language: the harbour master spoke Danish.",
        "Body",
    ],
)
def test_without_a_record_lines_that_resemble_one_are_told(line: str):
    assert unmarked(f"Reservoir falls to a third\n\n{BODY}\n{line}\n\n{BODY}").count(line) == 1


def test_behind_the_text_a_line_of_the_story_begins_no_field():
    first, story, last = EXPORTS["fields with codes"]
    assert "AN hour later it rained." in unmarked(f"{first}{story}AN hour later it rained.\n{last}")


def test_a_headline_in_capitals_is_no_code():
    article = text_article("a.txt", f"HD televisions sell out before the final\n\n{BODY}".encode())
    assert (article.title, article.marks) == ("HD televisions sell out before the final", ())
