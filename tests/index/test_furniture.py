"""Lines that tell of the article, its paper or its pages are furniture; a sentence of the story never is."""

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.furniture import furniture
from index.reading import text_article
from index.records import Mark

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=150)
STORY = (
    "The walrus lay on the slipway of Vellmouth until the tide came in, and the ramp stayed shut.",
    "“It is a patient animal,” said the harbour master, Ada Lind, who had not slept.",
)


def found(text: str, *, markdown: bool = False) -> list[tuple[str, str]]:
    return [(mark.label, text[mark.start : mark.end]) for mark in furniture(text, markdown=markdown)]


def in_a_story(line: str) -> str:
    return "\n\n".join(["Walrus keeps the slipway", STORY[0], STORY[1], line, *STORY])


def at_the_foot(line: str) -> str:
    return "\n\n".join(["Walrus keeps the slipway", *STORY, *STORY, line])


def at_the_head(line: str) -> str:
    return "\n\n".join(["Walrus keeps the slipway", line, *STORY])


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Copyright 2026 The Vellmouth Argus", "source"),
        ("Copyright (c) 2026 by Argus Press", "source"),
        ("Copyright 2026 laws will cost the port nine million.", None),
    ],
)
def test_a_sentence_on_the_law_of_copyright_is_no_notice(line: str, label: str | None):
    assert found(at_the_foot(line)) == ([(label, line)] if label else [])


class TestAboveTheStory:
    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("By Nell Ashdown", "byline"),
            ("By Nell Ashdown in Vellmouth", "byline"),
            ("[Nell Ashdown]", "byline"),
            ("Nell Ashdown, staff reporter", "byline"),
            ("From our correspondent and NWS", "byline"),
            ("By our own reporters", "byline"),
            ("**By Nell Ashdown, who writes our Wednesday comment**", "byline"),
            ("The Meridian, 8 November 2026", "dateline"),
            ("Published 10:32", "dateline"),
            ("Published 10.32", "dateline"),
            ("Updated 3 May", "dateline"),
            ("Published · Updated", "dateline"),
            ("published: 12 October", "dateline"),
            ("Extra edition · Monday, 28 September 2026", "dateline"),
        ],
    )
    def test_it_is_known(self, line: str, label: str):
        assert found(at_the_head(line)) == [(label, line)]

    def test_a_paper_alone_above_the_headline_is_its_masthead(self):
        text = "VELLMOUTH HERALD\nWalrus keeps the slipway\nNell Ashdown\n4 May 2026\n\n" + STORY[0]
        assert found(text) == [("masthead", "VELLMOUTH HERALD"), ("byline", "Nell Ashdown"), ("dateline", "4 May 2026")]

    @pytest.mark.parametrize("rule", ["---", "+++"])
    def test_front_matter_is_one_piece(self, rule: str):
        sign = ":" if rule == "---" else " ="
        front = f'{rule}\ntitle{sign} "Walrus"\nauthor{sign} "Nell Ashdown"\n{rule}'
        assert found(f"{front}\n\n{STORY[0]}\n", markdown=True) == [("front matter", front)]

    def test_front_matter_is_furniture_also_where_it_is_broken(self):
        front = "---\ntitle: 'unclosed\ndate: soon\n---"
        assert found(f"{front}\n\n{STORY[0]}\n", markdown=True) == [("front matter", front)]

    def test_a_text_between_two_rules_is_none(self):
        assert found(f"---\n{STORY[0]}\n---\n{STORY[1]}\n", markdown=True) == []

    def test_the_parts_of_the_paper_are_kickers(self):
        text = f"EXCLUSIVE | HEALTH\nNurse asks who owns the laundry\n4 May 2026\n\n{STORY}"
        assert found(text)[0] == ("kicker", "EXCLUSIVE | HEALTH")

    def test_a_part_of_the_paper_that_is_the_title_is_none(self):
        assert ("kicker", "Weather") not in found(f"Weather\n\n{STORY}")


@pytest.mark.parametrize(
    "line",
    [
        "Click here, says the leaflet, and lose 400 crowns to a stranger.",
        "Recommended: two pills a day, said the doctor, and no more than nine a week.",
        "More on the walrus was found in the archive, which nobody had opened.",
        "Follow us, said the keeper to the boys.",
    ],
)
def test_a_sentence_that_only_begins_like_furniture_is_text(line: str):
    assert furniture(f"The walrus came ashore on Monday.\n\n{line}\n\nIt left again.") == ()


class TestAmongTheParagraphs:
    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("Read also: Ring road works to start in March", "link"),
            ("READ MORE: Walrus seen off Tarn", "link"),
            ("Related: How heavy is a walrus?", "link"),
            ("Also Read", "link"),
            ("In this issue: Who feeds the walrus (p. 4). The tides of May (p. 9).", "contents"),
            ("In tomorrow's edition: What walruses eat. A page to cut out.", "blurb"),
            ("On Thursday in the Post: Ten films that you may sleep through.", "blurb"),
            ("Read in the Courier on Wednesday: Pensions, rents, loans. What you have to do", "blurb"),
            ("Sign up for HERALD MORNING, our free newsletter, and never miss a walrus again.", "blurb"),
            ("CLICK HERE TO GET THE HERALD APP", "blurb"),
            ("Follow us on Instagram.", "blurb"),
            ("Advertisement", "advertisement"),
            ("Share this article", "share"),
            ("Facebook | Twitter | WhatsApp | Email", "share"),
            ("Home > News > Environment", "navigation"),
            ("Home | News | Sport | Weather | Vellmouth", "navigation"),
            ("Skip to main content", "navigation"),
            ("Page 3 of 12", "running head"),
            ("- 3 -", "running head"),
            ("© 2026 Vellmouth Herald", "source"),
            ("This article was originally published on coastnews.example", "source"),
            ("With files from the Associated Press", "source"),
            ("Tags: walrus, tide", "tags"),
            ("Filed under: Nature", "tags"),
            ("You are receiving this email because you signed up.", "blurb"),
            ("Was this email forwarded to you?", "blurb"),
            ("View in browser | Unsubscribe | Manage preferences", "navigation"),
            ("- [Home](/) | [News](/n) | [Sport](/s)", "navigation"),
            ("Photo: Echo/Brill", "credit"),
            ("(Image credit: Nell Ashdown/NWS)", "credit"),
        ],
    )
    def test_it_is_known(self, line: str, label: str):
        assert found(in_a_story(line)) == [(label, line)]

    @pytest.mark.parametrize(
        ("line", "credit"),
        [
            ("A walrus waits. Photo: Echo/Brill", "Photo: Echo/Brill"),
            ("Photo: The walrus on the slipway at noon. (Herald/J. Mott)", "(Herald/J. Mott)"),
            ("| The walrus had come last week - NELL ASHDOWN/AFP |", "NELL ASHDOWN/AFP"),
            ("The walrus waits on May 4, 2026. Nell Ashdown | Coast Group via Getty Images",
             "Nell Ashdown | Coast Group via Getty Images"),
        ],
    )  # fmt: skip
    def test_of_a_caption_only_the_credit_is(self, line: str, credit: str):
        assert found(in_a_story(line)) == [("credit", credit)]

    def test_a_sentence_that_asks_for_readers_is_known_behind_others(self):
        text = in_a_story("HealthDesk is read by 30,000 people. Subscribe at healthdesk.example.")
        assert found(text) == [("blurb", "Subscribe at healthdesk.example.")]

    def test_a_list_of_links_goes_on_to_its_end(self):
        lines = [
            "Read more:",
            "- A night with the walrus, where one does the work of three",
            "- What the Ledger says (page 11)",
        ]
        assert found(at_the_foot("\n".join(lines))) == [("link", line) for line in lines]

    @pytest.mark.parametrize(("heading", "label"), [("MORE ON THIS STORY", "link"), ("TABLE OF CONTENTS", "contents")])
    def test_so_does_one_whose_heading_has_no_colon(self, heading: str, label: str):
        lines = [heading, "- A night with the walrus", "- What the Ledger says (page 11)"]
        assert found(at_the_foot("\n".join(lines))) == [(label, line) for line in lines]

    def test_what_stands_below_a_list_of_links_is_the_story(self):
        assert found(in_a_story("Related:")) == [("link", "Related:")]

    def test_numbers_of_pages_and_the_heads_beside_them_are_known(self):
        pages = "\n".join(f"{STORY[number % 2]}\n{number}\nHarbour Report 2026\n{STORY[0]}" for number in (1, 2, 3))
        assert found(pages) == [("running head", one) for n in (1, 2, 3) for one in (str(n), "Harbour Report 2026")]

    def test_years_above_paragraphs_are_no_pages(self):
        assert found("\n".join(f"{year}\n{STORY[0]}" for year in (2023, 2024, 2025))) == []


class TestBelowTheStory:
    @pytest.mark.parametrize("line", ["- ENDS -", "ENDS", "**ENDS**"])
    def test_the_end_of_a_press_release_is_known(self, line: str):
        assert "end" in [label for label, _ in found(f"{STORY}\n\n{line}\n\nNotes to editors\n\n{STORY}")]

    @pytest.mark.parametrize(
        ("line", "label"),
        [
            ("(KPA/lin/ts)", "credit"),
            ("KPA jr/he 0912", "credit"),
            ("Nell Ashdown", "byline"),
            ("Daily Herald, page 3. Published Tuesday 07:10.", "dateline"),
            ("(Reporting by Nell Ashdown; Editing by Piet Hoorn)", "byline"),
        ],
    )
    def test_it_is_known(self, line: str, label: str):
        assert found(at_the_foot(line)) == [(label, line)]


@pytest.mark.parametrize("place", ["VELLMOUTH, Thursday.", "PORT ANSA, 3 May 2026.", "Tarn/Vellmouth, May 3."])
def test_a_dateline_that_runs_into_the_story_is_known_where_a_stop_ends_it(place: str):
    assert found(f"{STORY[0]}\n\n{place} {STORY[1]}") == [("dateline", place)]


class TestASentenceOfTheStoryIsNone:
    @pytest.mark.parametrize(
        "line",
        [
            "By Tuesday, three boats had turned back.",
            "By the time the tide came in, nobody was there",
            "Published in 1911, the chart shows no slipway.",
            "Updated rules will come into force on 3 May.",
            "On Thursday in the harbour they saw the walrus: it slept.",
            "Read the letter aloud, the judge said.",
            "Sign up for the race by Friday, the club told its members.",
            "Share prices fell by three per cent.",
            "Home is where the walrus sleeps.",
            "In this issue the two sides are far apart.",
            "Contents of the container were lost.",
            "Photo: The walrus on the slipway at noon",
            "She told Reuters that she had seen it first.",
            "The poll was taken in May (of 1,000 people).",
            "Register to vote by Monday.",
            "Everton 0-1 Moor End: February 26, 2022",
            "Tuesday, 3 March",
            "More on that day than in the whole of April were counted.",
            "Subscribe to that view, and you will be alone, he said.",
            "Follow him on the river and you will see it.",
            "44",
            "Jobs.",
            "It came to Vellmouth on Thursday.",
            "Vellmouth, on Thursday, was empty.",
            "Topics: the tide, the ramp and the walrus. All three were dealt with.",
            "With files under her arm she left the office.",
            "Price: $16.99",
            "Correction: In Saturday's edition we wrote that the turbines would stand nine kilometres off. It is six.",
            "In last week's column I gave the year as 1986. It was 1988.",
        ],
    )
    def test_wherever_it_stands(self, line: str):
        assert found(in_a_story(line)) == []
        assert found(at_the_foot(line)) == []


@repeatable
@given(st.text(), st.booleans())
def test_marks_come_in_order_apart_and_without_blanks(text: str, markdown: bool):
    check(text, furniture(text, markdown=markdown))


@repeatable
@given(
    st.lists(
        st.sampled_from(
            "By Ada Lind|\n|\n\n|\r\n|Read also: |Photo: |(AFP)|12|13|14|Page 2|---\n|title: x\n|4 May 2026| - |Share|"
            "Home > |News > |The walrus slept.|Sign up for our newsletter.|Published 10:32|\f|- item|Contents\n".split(
                "|"
            )
        ),
        max_size=40,
    ).map("".join),
    st.booleans(),
)
def test_so_they_do_in_a_text_that_is_all_furniture(text: str, markdown: bool):
    check(text, furniture(text, markdown=markdown))


def check(text: str, marks: tuple[Mark, ...]) -> None:
    for mark in marks:
        assert 0 <= mark.start < mark.end <= len(text)
        assert text[mark.start : mark.end] == text[mark.start : mark.end].strip()
        assert mark.kind == "furniture"
    assert all(one.end <= other.start for one, other in pairwise(marks))


def test_what_a_document_marked_itself_is_not_marked_again():
    text = at_the_head("By Nell Ashdown")
    own = (Mark(0, len(text), "page", "1"), Mark(text.index("By"), text.index("By") + 15, "furniture", "byline"))
    assert furniture(text, beside=own) == ()


@pytest.mark.parametrize("markup", ["<!-- draft 3:\ncheck the price -->", '{{< figure src="a.jpg" >}}', "{% toc %}"])
def test_what_markdown_shows_to_no_reader_is_furniture(markup: str):
    text = f"{STORY}\n\n{markup}\n\n{STORY}"
    assert found(text, markdown=True) == [("markup", markup)]
    assert not [label for label, _ in found(text) if label == "markup"]


def test_a_markdown_file_has_both_furniture_and_cells():
    content = "# Walrus\n\nBy Nell Ashdown\n\n| Day | Fish |\n|---|---|\n| Monday | 12 |\n"
    article = text_article("a.md", content.encode())
    assert [(mark.kind, mark.label, content[mark.start : mark.end]) for mark in article.marks] == [
        ("furniture", "byline", "By Nell Ashdown"),
        ("furniture", "table head", "Day | Fish"),
        ("cell", "Day", "Monday"),
        ("cell", "Monday, Fish", "12"),
    ]
    assert article.author == "Nell Ashdown"


@pytest.mark.parametrize(
    "piece", ["By A", "Photo: A/", "a, ", "(", "sign up ", "12\n", "- ", "| ", "   ", "Share | ", "A. "]
)
def test_time_grows_with_the_length_of_a_text_no_faster(piece: str):
    seconds = []
    for size in (20_000, 80_000):
        begun = time.perf_counter()
        furniture((piece * size)[: size * 3])
        seconds.append(time.perf_counter() - begun)
    assert seconds[1] < 12 * seconds[0] + 0.5
