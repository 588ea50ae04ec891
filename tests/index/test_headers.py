"""Title, publisher and date are what an article states above its body, and None where it states nothing."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.front_matter import read_front_matter
from index.furniture import furniture
from index.headers import Header, read_header
from index.reading import read_article

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)
BODY = (
    "The harbour of Quillon opened again on Monday after nine days of frost, the mayor said, and the first of the "
    "ships that had waited outside came in before noon.\nNobody had expected it so soon.\n"
)


def header(text: str) -> Header:
    return read_header(text, markdown=False)


def markdown_header(text: str) -> Header:
    return read_header(text, markdown=True)


class TestShippedArticles:
    @pytest.mark.parametrize(
        ("beginning", "expected"),
        [
            ("000", Header(None, "CaliToday", date(2025, 10, 22))),
            (
                "001",
                Header(
                    "Trump Calls Off Putin Talks After Diplomatic Chaos: 'No Point in a Wasted Meeting'",
                    None,
                    date(2025, 10, 22),
                ),
            ),
            ("002", Header(None, None, None)),
            (
                "003",
                Header(
                    "Washington cools contact with Moscow: no progress or date set for a Trump–Putin meeting",
                    None,
                    date(2025, 10, 21),
                ),
            ),
            ("004", Header(None, None, None)),
        ],
    )
    def test_what_they_state_is_read(self, seeds: Path, beginning: str, expected: Header) -> None:
        (path,) = seeds.glob(f"{beginning}_*.txt")

        article = read_article(seeds, path.name)

        assert Header(article.title, article.publisher, article.published) == expected


class TestTitle:
    @pytest.mark.parametrize(
        "title",
        [
            "Harbour Reopens After Nine Days",
            "harbour reopens",
            "Is the Frost Over?",
            "“We Pumped for Two Nights,” Says Captain",
            "Quillon: A Town Thaws",
            "57 Seals Counted on Faro",
            "港は再び開く",
            "By the sea, a town thaws",
            "A" * 200,
        ],
    )
    def test_a_line_above_the_body_is_one(self, title: str) -> None:
        assert header(f"{title}\n\n{BODY}").title == title

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\n\n"])
    def test_every_kind_of_line_end_ends_it(self, newline: str) -> None:
        assert header(f"Harbour Reopens{newline}{BODY}").title == "Harbour Reopens"

    def test_blanks_around_it_are_no_part_of_it(self) -> None:
        assert header(f"\n \t Harbour Reopens \n{BODY}").title == "Harbour Reopens"

    @pytest.mark.parametrize(
        "line",
        [
            "The harbour of Quillon opened again on Monday.",
            "“The harbour is open.”",
            "The harbour opened again, the mayor said …",
            "The mayor said this:",
            "A" * 201,
        ],
        ids=["a sentence", "a quotation", "an open end", "an announcement", "a paragraph"],
    )
    def test_the_first_sentence_is_none(self, line: str) -> None:
        assert header(f"{line}\n{BODY}").title is None

    def test_the_first_line_of_a_hard_wrapped_sentence_is_none(self) -> None:
        text = "The harbour of Quillon opened again on Monday after nine days of frost\nand ships came in.\n"

        assert header(text).title is None

    @pytest.mark.parametrize(
        "line",
        [
            "| Ships wait outside Quillon - Ada Lind/Agency |",
            "| Ships wait outside Quillon",
            "Photo: Ada Lind",
            "FILE PHOTO: Ships wait outside Quillon",
            "FILE - Ships wait outside Quillon on March 3, 2024",
            "Image credit: Ada Lind",
            "Photograph by Ada Lind",
        ],
    )
    def test_a_caption_is_none(self, line: str) -> None:
        assert header(f"{line}\n{BODY}").title is None

    @pytest.mark.parametrize("line", ["By Ada Lind", "by Ada Lind and Bo Rask", "BY ADA LIND", "Written by Ada Lind"])
    def test_a_byline_is_none(self, line: str) -> None:
        assert header(f"{line}\n{BODY}").title is None

    @pytest.mark.parametrize("line", ["March 5, 2024", "5 March 2024", "2024-03-05", "Updated 05.03.2024", "***", "12"])
    def test_a_date_or_a_counter_is_none(self, line: str) -> None:
        assert header(f"{line}\n{BODY}").title is None

    def test_an_address_is_none(self) -> None:
        assert header(f"https://example.com/harbour\n{BODY}").title is None

    def test_an_agency_dateline_is_none(self) -> None:
        assert header("QUILLON, March 5 (Newswire) - Ships came in again\nMore follows.\n").title is None

    def test_a_single_line_is_none(self) -> None:
        assert header("Harbour Reopens").title is None

    def test_headlike_lines_further_below_are_none(self) -> None:
        assert header(f"{BODY}\nA Town Thaws\n{BODY}").title is None


class TestStorageStamp:
    def test_it_is_cut_from_the_title(self) -> None:
        assert header(f" date 2024-03-09 Harbour Reopens\n\n{BODY}").title == "Harbour Reopens"

    def test_it_is_not_the_date_of_publication(self) -> None:
        assert header(f" date 2024-03-09 Harbour Reopens\n\n{BODY}").published is None

    def test_a_dateline_below_it_counts(self) -> None:
        text = f" date 2024-03-09 Harbour Reopens\n\nWorld | March 5, 2024, Tuesday // 09:00\n{BODY}"

        assert header(text).published == date(2024, 3, 5)

    @pytest.mark.parametrize(
        "line", ["date 2024-03-09", "date 2024-03-09 The harbour opened again.", "date 2024-03-09 By Ada Lind"]
    )
    def test_it_is_no_date_where_no_title_follows(self, line: str) -> None:
        found = header(f"{line}\n{BODY}")

        assert (found.title, found.published) == (None, None)


class TestDate:
    @pytest.mark.parametrize(
        "written",
        [
            "March 5, 2024",
            "March 5 2024",
            "Mar. 5, 2024",
            "MARCH 5, 2024",
            "March 5th, 2024",
            "5 March 2024",
            "5th March 2024",
            "05 Mar 2024",
            "2024-03-05",
            "2024/03/05",
            "2024-03-05T09:30:00Z",
            "- March 5, 2024",
            "Published: March 5, 2024",
            "Published March 5, 2024, 9:30 a.m.",
            "By Ada Lind | March 5, 2024",
            "World » QUILLON | March 5, 2024, Tuesday // 09:00",
            "Tuesday, 5 March 2024 09:30 GMT",
        ],
    )
    def test_a_dateline_is_read(self, written: str) -> None:
        assert header(f"Harbour Reopens\n{written}\n{BODY}").published == date(2024, 3, 5)

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("25/03/2024", date(2024, 3, 25)),
            ("03/25/2024", date(2024, 3, 25)),
            ("25.03.2024", date(2024, 3, 25)),
            ("04/04/2024", date(2024, 4, 4)),
            ("29/02/2024", date(2024, 2, 29)),
            ("03/04/2025", None),
            ("3.4.2025", None),
            ("Thursday, 3.4.2025", date(2025, 4, 3)),
            ("Tue 03/04/2025", date(2025, 3, 4)),
            ("Thurs 3/4/25", date(2025, 4, 3)),
            ("Monday, 03/04/2025", None),
            ("3/4/25", None),
            ("29/02/2023", None),
            ("31/31/2024", None),
        ],
    )
    def test_numbers_count_when_they_can_be_read_in_one_way_only(self, written: str, expected: date | None) -> None:
        assert header(f"Harbour Reopens\n{written}\n{BODY}").published == expected

    @pytest.mark.parametrize("written", ["February 30, 2024", "Smarch 5, 2024", "March 2024", "March 5", "2024-13-05"])
    def test_what_is_no_day_is_none(self, written: str) -> None:
        assert header(f"Harbour Reopens\n{written}\n{BODY}").published is None

    def test_two_dates_in_a_line_are_none(self) -> None:
        assert header(f"Harbour Reopens\nMarch 5, 2024 and March 6, 2024\n{BODY}").published is None

    def test_of_publication_and_update_the_first_counts(self) -> None:
        text = f"Harbour Reopens\nMarch 5, 2024, updated March 6, 2024\n{BODY}"
        assert header(text).published == date(2024, 3, 5)

    def test_the_same_date_twice_is_one(self) -> None:
        assert header(f"Harbour Reopens\nMarch 5, 2024 | 2024-03-05\n{BODY}").published == date(2024, 3, 5)

    def test_the_uppermost_dateline_counts(self) -> None:
        text = f"Harbour Reopens\nMarch 5, 2024\nUpdated: March 6, 2024\n{BODY}"

        assert header(text).published == date(2024, 3, 5)

    def test_it_may_stand_below_a_standfirst(self) -> None:
        text = f"Harbour Reopens\nThe first ships came in before noon.\nBy Ada Lind, March 5, 2024\n{BODY}"

        assert header(text).published == date(2024, 3, 5)

    @pytest.mark.parametrize(
        "body",
        [
            "The frost began on March 3, 2022.\nIt ended on March 5, 2022.\n",
            "“It began on March 3, 2022.”\n",
            "The frost that began on March 3, 2022 and lasted longer than anybody had\nexpected is over.\n",
            f"{BODY}It began on March 3, 2022.\nMarch 3, 2022\n",
            "It was cold.\nIt was dark.\nMarch 3, 2022\n",
            "By the time the frost ended on March 3, 2022, forty ships were waiting outside the harbour of Quillon, "
            "and more came\n",
        ],
    )
    def test_a_date_in_the_story_is_never_taken(self, body: str) -> None:
        assert header(f"Harbour Reopens\n{body}").published is None

    def test_a_date_in_a_story_without_a_title_is_never_taken(self) -> None:
        assert header("The frost began on March 3, 2022.\nIt ended on March 5, 2022.\n").published is None

    def test_a_date_in_the_title_is_never_taken(self) -> None:
        assert header(f"Frost of March 3, 2022, Remembered in Quillon Town\n{BODY}").published is None


class TestPublisher:
    def test_a_named_dateline_states_publisher_and_date(self) -> None:
        text = f"Harbour Herald (25/03/2024): {BODY}"

        assert header(text) == Header(None, "Harbour Herald", date(2024, 3, 25))

    def test_a_named_dateline_without_a_date_states_nothing(self) -> None:
        assert header(f"Harbour Herald (third edition): {BODY}") == Header()

    @pytest.mark.parametrize(
        ("dateline", "publisher"),
        [
            ("QUILLON, March 5 (Newswire) - ", "Newswire"),
            ("QUILLON (NW) — ", "NW"),
            ("NEW QUILLON, Vastland (Coast News) -- ", "Coast News"),
            ("ÅLESUND, Oct 21 (Newswire) – ", "Newswire"),
        ],
    )
    def test_an_agency_is_named_in_its_dateline(self, dateline: str, publisher: str) -> None:
        assert header(dateline + BODY).publisher == publisher

    def test_an_agency_dateline_below_the_title_counts(self) -> None:
        assert header("Harbour Reopens\nQUILLON, March 5 (Newswire) - Ships came in.\n").publisher == "Newswire"

    def test_the_date_of_an_agency_dateline_counts(self) -> None:
        assert header(f"Harbour Reopens\nQUILLON, March 5, 2024 (Newswire) - {BODY}").published == date(2024, 3, 5)

    @pytest.mark.parametrize(
        "line",
        [
            "The Northern Alliance (NA) — a union of nine harbours — met on Monday in Quillon to talk about frost. ",
            "Ada Lind (Harbour Party) - the mayor of the town - said on Monday that the ships could come in again. ",
        ],
    )
    def test_an_explanation_in_brackets_is_no_agency(self, line: str) -> None:
        assert header(line + BODY).publisher is None


class TestMarkdown:
    @pytest.mark.parametrize("heading", ["# Harbour Reopens", "## Harbour Reopens", "# Harbour Reopens #"])
    def test_a_heading_is_the_title(self, heading: str) -> None:
        assert markdown_header(f"{heading}\n\n{BODY}").title == "Harbour Reopens"

    def test_a_heading_may_end_in_a_full_stop(self) -> None:
        assert markdown_header(f"# The harbour is open.\n\n{BODY}").title == "The harbour is open."

    def test_a_picture_is_no_title(self) -> None:
        assert markdown_header(f"![Ships wait](ships.jpg)\n\n{BODY}").title is None

    def test_a_hash_in_plain_text_stays(self) -> None:
        assert header(f"# Harbour Reopens\n\n{BODY}").title == "# Harbour Reopens"

    def test_front_matter_states_all_three(self) -> None:
        text = f"---\ntitle: Harbour Reopens\npublisher: Harbour Herald\ndate: 2024-03-05\n---\n{BODY}"

        assert markdown_header(text) == Header("Harbour Reopens", "Harbour Herald", date(2024, 3, 5))

    def test_front_matter_in_plain_text_is_text(self) -> None:
        text = f"---\ntitle: Harbour Reopens\npublisher: Harbour Herald\n---\n{BODY}"

        assert header(text).publisher is None

    @pytest.mark.parametrize(
        "written",
        [
            "2024-03-05",
            "2024-03-05 09:30:00",
            "2024-03-05T09:30:00+02:00",
            "2024-03-05T23:30:00Z",
            '"March 5, 2024"',
            "5 March 2024",
            "'2024-03-05'",
        ],
    )
    def test_dates_and_times_are_read(self, written: str) -> None:
        assert markdown_header(f"---\ndate: {written}\n---\n{BODY}").published == date(2024, 3, 5)

    @pytest.mark.parametrize("written", ["", "null", "soon", "20240305", "[2024-03-05]", "03/04/2025", "true"])
    def test_what_is_no_date_is_none(self, written: str) -> None:
        assert markdown_header(f"---\ndate: {written}\n---\n{BODY}").published is None

    @pytest.mark.parametrize(("name", "value"), [("publisher", "Harbour Herald"), ("source", "Harbour Herald")])
    def test_the_publisher_has_two_names(self, name: str, value: str) -> None:
        assert markdown_header(f"---\n{name}: {value}\n---\n{BODY}").publisher == value

    def test_the_date_has_two_names(self) -> None:
        assert markdown_header(f"---\npublished: 2024-03-05\n---\n{BODY}").published == date(2024, 3, 5)

    def test_a_heading_fills_in_for_a_title_that_front_matter_lacks(self) -> None:
        text = f"---\ndate: 2024-03-05\n---\n\n# Harbour Reopens\n\n{BODY}"

        assert markdown_header(text) == Header("Harbour Reopens", None, date(2024, 3, 5))

    def test_front_matter_wins_over_a_heading(self) -> None:
        assert markdown_header(f"---\ntitle: Stated\n---\n# Shown\n\n{BODY}").title == "Stated"

    def test_windows_line_ends_are_fine(self) -> None:
        text = "---\r\ntitle: Harbour Reopens\r\ndate: 2024-03-05\r\n---\r\nShips came in.\r\n"

        assert markdown_header(text) == Header("Harbour Reopens", None, date(2024, 3, 5))

    def test_of_front_matter_with_a_fault_the_lines_that_have_none_are_read(self) -> None:
        fields = 'title: "It stays": the walrus\npublisher: Coastal Ledger\ndate: 2026-05-04\nauthor: "Nell Ashdown"\n'
        header = markdown_header(f"---\n{fields}---\nShips came in.\nMore.\n")
        title = '"It stays": the walrus'
        assert header == Header(title, "Coastal Ledger", date(2026, 5, 4), "Nell Ashdown")

    @pytest.mark.parametrize(
        "value",
        [
            "title: [unclosed",
            "title: 'unclosed",
            "- a list",
            "only words",
            "a: b: c",
            "\ttitle: tab",
            "!!python/object:os.system {}",
            "!!int ''",
            "!!timestamp soon",
            "!!bool perhaps",
            "date: 2024-13-45",
            "*missing",
            "[" * 1_000,
            "&a [*a]",
            "{? [1]: 2}",
        ],
        ids=lambda value: value[:20],
    )
    def test_broken_front_matter_states_nothing(self, value: str) -> None:
        assert markdown_header(f"---\n{value}\n---\nShips came in.\nMore.\n") == Header()

    def test_a_sentence_between_two_rules_is_no_front_matter(self) -> None:
        said = "The harbour master said on Friday: no ship before noon."
        for beginning in (f"---\n\n{said}\n\n---\n", f"---\n{said}\n---\n", "---\n\ntitle: Frost\n\n---\n"):
            assert read_front_matter(beginning + BODY) is None

    def test_nested_references_are_not_written_out(self) -> None:
        # Five levels of nine references each; twice as many would fill the memory, were the date written out as text.
        levels = ["a0: &a0 ['2024-03-05']"]
        levels += [f"a{n}: &a{n} [{','.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 6)]
        front = "\n".join([*levels, "date: *a5", "title: Harbour Reopens"])

        assert markdown_header(f"---\n{front}\n---\n{BODY}") == Header("Harbour Reopens", None, None)

    def test_a_text_between_two_rules_far_apart_is_no_front_matter(self) -> None:
        text = "---\ntitle: Harbour Reopens\n" + "note: words\n" * 5_000 + "---\n" + BODY

        assert markdown_header(text).title is None


class TestAnyText:
    @repeatable
    @given(text=st.text(), markdown=st.booleans())
    def test_it_never_raises(self, text: str, markdown: bool) -> None:
        assert isinstance(read_header(text, markdown=markdown), Header)

    @repeatable
    @given(
        text=st.lists(
            st.sampled_from(
                "---\n|title: |date: |2024-03-05|March|5,|2024|(|)|: |# |\n|\r\n|by |BY |[|{|&a |*a|!!int |'|\"|? |- |"
                "QUILLON|(NW)| - |. |date |31/02/2024|٣|²|word |\x00|\x85".split("|")
            ),
            max_size=30,
        ).map("".join),
        markdown=st.booleans(),
    )
    def test_it_never_raises_on_what_looks_like_a_header(self, text: str, markdown: bool) -> None:
        assert isinstance(read_header(text, markdown=markdown), Header)

    @repeatable
    @given(front=st.text(st.sampled_from("[]{}&*!?|>-:'\"%@`# ab1\n\t~,.é\x07"), max_size=40))
    def test_front_matter_of_signs_never_raises(self, front: str) -> None:
        assert isinstance(markdown_header(f"---\n{front}\n---\nWords.\n"), Header)

    @repeatable
    @given(text=st.text())
    def test_a_title_stands_in_the_text(self, text: str) -> None:
        title = header(text).title

        assert title is None or title in text


@pytest.mark.parametrize(
    "line",
    ["Opened: 3 May 1871", "Born 4 May 1933", "Died: 27 February 2025, Quillon.", "Reference: 25/1/2024"],
)
def test_a_day_of_the_story_is_not_that_of_publication(line: str):
    text = f"Pier of Quillon\n\n{line}\n\nThe pier was built on 23 piles, and stands no more.\n\nNobody came.\n"
    assert read_header(text, markdown=False).published is None
    assert furniture(text) == ()


@pytest.mark.parametrize(
    "beginning",
    [
        "PORT ELSA, Ore., Aug. 14, 2025 -- The city of Port Elsa will open\na fire station",
        "PORT ELSA, Aug. 14, 2025 /WireNow/ -- The city of Port Elsa will open a fire station",
        "PORT ELSA (14 August 2025) — The city of Port Elsa will open a fire station",
    ],
)
def test_a_dateline_runs_into_the_story_which_is_no_furniture(beginning: str):
    text = f"City opens fire station\n\n{beginning} on Saturday, said Odile Tarn.\n\nIt cost 7.8 million crowns.\n"
    assert read_header(text, markdown=False).published == date(2025, 8, 14)
    assert furniture(text) == ()


def test_a_reference_at_the_foot_names_neither_paper_nor_day():
    text = "Dam holds\n\nThe dam held all night.\n\nNobody slept, they said.\n\n1 The Post, 5 October 1965.\n"
    assert read_header(text, markdown=False).published is None
    assert furniture(text) == ()


def test_a_salutation_names_no_writer():
    assert read_header("The Harbour Board\nDear Ms Tarn\n9 June 2025\n\nNo.\n", markdown=False).author is None


def test_the_head_of_a_message_is_a_form():
    text = (
        "From: Odile Tarn <tarn@tide.example>\nTo: a@b.example\nSent: 4 March 2025 10:12\nSubject: Ice\n\nIt froze.\n"
    )
    assert header(text) == Header("Ice", None, date(2025, 3, 4), "Odile Tarn")


def test_whom_to_ask_about_a_release_is_no_title():
    text = "FOR IMMEDIATE RELEASE\nMedia contact: Odile Tarn, 555-0133\n\nCity opens fire station\n\nIt is red.\n"
    assert header(text).title == "City opens fire station"


def test_links_between_notes_are_names_and_an_address_is_no_paper():
    fields = 'title: Ice\nsource: https://tide.example/ice\nauthor:\n  - "[[Odile Tarn]]"'
    assert markdown_header(f"---\n{fields}\n---\nIt froze.\n") == Header("Ice", None, None, "Odile Tarn")
    assert markdown_header('---\nsite: "[[The Tide]]"\n---\nIt froze.\n').publisher == "The Tide"
