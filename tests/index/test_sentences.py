"""Sentences begin and end where a reader of the news would say, and no letter is lost between them."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading import read_article
from index.records import Mark, Span
from index.sentences import sentence_spans

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)
WORD_CHARACTER = re.compile(r"[^\W_]")

# Pieces that meet the splitter's rules, put together at random.
news_like = st.lists(
    st.sampled_from(
        [
            *["Mr. ", "U.S. ", "U.S.", "No. 10 ", "p.m. ", "J. ", "1.5 ", "Inc. ", "Oct. 5 ", "vs. ", "e.g. ", "(a) "],
            *["The ", "he ", "said ", "Harbour ", "“", "”", '"', "’", "‘", ".”", '."', "?” ", "! ", ". ", "... ", "… "],
            *[
                ". . . ",
                "\n",
                "\r\n",
                "\n\n",
                "| ",
                " |",
                " - ",
                "* ",
                "é",
                "e\u0301",
                "👨‍👩‍👧",
                "🇺🇦",
                "港。",
                "！",
                "שלום ",
                "٣ ",
            ],
            *["\ufeff", "\u00a0", "\u2028", "\x0c", "\x85", "_", ")", "]", "a" * 60, "https://a.b/c.d ", "a.b@c.de "],
        ]
    ),
    max_size=40,
).map("".join)
any_text = st.text() | news_like


def sentences(text: str) -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text)]


class TestAnyText:
    @repeatable
    @given(text=any_text)
    def test_every_letter_and_digit_is_in_exactly_one_sentence(self, text: str) -> None:
        spans = sentence_spans(text)

        for place, character in enumerate(text):
            assert not character.isalnum() or sum(start <= place < end for start, end in spans) == 1

    @repeatable
    @given(text=any_text)
    def test_sentences_come_in_order_and_apart(self, text: str) -> None:
        assert all(before.end <= after.start for before, after in pairwise(sentence_spans(text)))

    @repeatable
    @given(text=any_text)
    def test_sentences_lie_in_the_text(self, text: str) -> None:
        assert all(0 <= start < end <= len(text) for start, end in sentence_spans(text))

    @repeatable
    @given(text=any_text)
    def test_every_sentence_holds_a_letter_or_digit(self, text: str) -> None:
        assert all(WORD_CHARACTER.search(sentence) for sentence in sentences(text))

    @repeatable
    @given(text=any_text)
    def test_no_sentence_begins_or_ends_blank(self, text: str) -> None:
        assert all(sentence == sentence.strip() for sentence in sentences(text))

    @repeatable
    @given(text=any_text.filter(lambda text: len(text.splitlines()) < 2))
    def test_a_repeated_paragraph_has_the_same_sentences_twice(self, text: str) -> None:
        once = sentences(text)

        assert sentences(f"{text}\n{text}") == once * 2


# Each sentence on the left is what a reader would call one; joined by a space they must come apart again.
BOUNDARIES = {
    "plain": ["The ferry sailed.", "It was late."],
    "countries inside": ["He met U.S. officials in the U.K. on Monday.", "They left."],
    "a country at the end": ["She flew to the U.S.", "The trip took a day."],
    "a country before a contraction": ["She flew to the U.S.", "It’s far."],
    "a country before a dash": ["He said the U.S. — a member — would vote.", "It did."],
    "a country before a name": ["The U.S. Senate and the U.N. Security Council voted.", "They agreed."],
    "a prefixed country": ["Non-U.S. Citizens wait longer.", "They know."],
    "titles": ["Mr. Tarn met Mrs. Krug, Ms. Lind and Dr. Weil.", "They spoke."],
    "titles of office": ["Gov. Tarn, Sen. Lind, Rep. Krug and Gen. Rask came.", "Nobody else did."],
    "titles of several": ["Sens. Tarn and Lind met Reps. Krug and Rask.", "They spoke."],
    "titles in a row": ["Lt. Gov. Ada Lind saw Sgt. Maj. Bo Rask.", "They spoke."],
    "former titles": ["Ex-Gov. Tarn and then-Sen. Lind came.", "They spoke."],
    "initials": ["J. K. Lindberg, J.D. Tarn and George W. Krug wrote it.", "It sold well."],
    "a middle initial": ["Ada B. Lind won.", "Bo C. Rask lost."],
    "a name after it": ["It was written by Ada B. Lind.", "The book sold well."],
    "junior": ["Bo Rask Jr. spoke.", "His father, Bo Rask Sr., listened."],
    "saints and towns": ["They live in St. Ives and Ft. Quill.", "It rains there."],
    "companies inside": ["Quill Inc. said Lind Corp. and Rask Ltd. had paid.", "They had not."],
    "a company at the end": ["She works for Quill Inc.", "The company is old."],
    "brothers": ["Tarn Bros. Discovery sold it.", "It made a loss."],
    "numbers with a sign": ["He lives at No. 10 Mill Street.", "It is the No. 1 address."],
    "no as a word": ["She said no.", "Tarn agreed."],
    "no as a sentence": ["No.", "That’s wrong."],
    "money": ["It cost $1.5 billion, or £1.2bn.", "Nobody paid."],
    "decimal numbers": ["It rose by 3.14 percent to 2.72.", "Then it fell."],
    "a number at the end": ["That was in 1990.", "He won 6 of 7.", "Tarn lost."],
    "times": ["They met at 3.5 p.m. on Monday.", "It was late."],
    "a time before a day": ["They met at 3 p.m. Monday.", "It was late."],
    "a time before a zone": ["They met at 9:30 a.m. ET in Quillon.", "It was early."],
    "a time before another": ["They met at 3 p.m. (1500 GMT) in Quillon.", "It was late."],
    "a local time": ["They met at 3 p.m. Quillon time.", "It was late."],
    "a time at the end": ["The train left at 9 a.m.", "Police came at 10 p.m.", "Tarn was gone."],
    "months": ["It began on Jan. 5, 2024, and ended in Sept. 2025.", "All cheered."],
    "a month at the end": ["It began last Jan.", "Tarn saw it."],
    "words like abbreviations": ["He sat.", "They looked at the sun.", "She likes modern art.", "Tarn left."],
    "against": ["It was Tarn vs. Lind, as in Krug v. Rask.", "Lind won."],
    "and so on": ["They sell bread, cake etc. and tea.", "They close early."],
    "Latin": ["They sell drinks, e.g. Quill tea, i.e. hot water.", "They close early."],
    "a doctorate": ["She has a Ph.D. in ice.", "He has none."],
    "question and exclamation": ["Really?", "Yes!", "What?!", "Tarn left."],
    "dots that pause": ["Well ... he left.", "So … she did."],
    "dots that end": ["And then...", "Nothing came.", "She waited…", "Tarn left."],
    "dots with spaces": ["He left . . . and came back.", "She stayed."],
    "curly quotation": ["“The ferry sails.”", "He left the room."],
    "straight quotation": ['"The ferry sails."', "He left the room."],
    "single quotation": ["‘The ferry sails.’", "He left the room."],
    "quotation in a quotation": ["“Call it ‘the frost.’”", "He left the room."],
    "quotation of two sentences": ["“The ferry sails.", "It is late,” he said.", "She nodded."],
    "quotation at the end": ["He called it “a long winter.”", "She nodded."],
    "question, then who asked": ['"Really?" he asked.', '"Yes."'],
    "shout, then who shouted": ["“Stop!” she said.", "He did not."],
    "question, then a name": ["“Will it hold?” Tarn asked.", "Nobody knew."],
    "question, then a title and a name": ["“Will it hold?” U.S. Ambassador Ada Lind asked reporters.", "Nobody knew."],
    "last question, then a name": ["“Nobody knows.", "Will it hold?” Tarn asked.", "“Yes.”"],
    "question, then a sentence": ["“Will it hold?”", "He said nothing."],
    "question in a sentence, then a sentence": ["He asked: “Will it hold?”", "Tarn said it would."],
    "brackets": ["(The ferry sailed.)", "She stayed.", "[He left.]", "They met."],
    "addresses": ["See https://example.com/a.b?c=d.", "It is down."],
    "mail": ["Write to ada.lind@example.com.", "She answers."],
    "sites": ["It was on Example.com on Monday.", "The site www.example.com/a.html is old."],
    "files and versions": ["Version 2.0.1 of notes.txt is out.", "It is small."],
    "digits and signs that begin": ["He left.", "57 came.", "$3 was paid.", "€4 was not.", "— She stayed."],
    "percent and degrees": ["It fell to 5%.", "It was 3°.", "Tarn froze."],
    "an agency's mark": ["(NW) The ferry sailed.", "It was late."],
}  # fmt: skip


class TestNews:
    @pytest.mark.parametrize("expected", BOUNDARIES.values(), ids=BOUNDARIES.keys())
    def test_sentences_of_a_paragraph_come_apart(self, expected: list[str]) -> None:
        assert sentences(" ".join(expected)) == expected

    @pytest.mark.parametrize("expected", BOUNDARIES.values(), ids=BOUNDARIES.keys())
    def test_sentences_on_lines_of_their_own_come_apart(self, expected: list[str]) -> None:
        assert sentences("\r\n".join(expected)) == expected

    def test_a_headline_needs_no_full_stop(self) -> None:
        assert sentences("Harbour Reopens\nShips came in.") == ["Harbour Reopens", "Ships came in."]

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\n\n", "\u2028", "\u2029", "\x0c"])
    def test_every_kind_of_line_end_ends_a_sentence(self, newline: str) -> None:
        assert sentences(f"Harbour Reopens{newline}Ships came in.") == ["Harbour Reopens", "Ships came in."]

    def test_the_bars_of_a_caption_are_no_part_of_it(self) -> None:
        text = "Ships came in.\n| Ships wait. The harbour is closed - Ada Lind/Agency |\nNobody knew."

        assert sentences(text) == [
            "Ships came in.",
            "Ships wait.",
            "The harbour is closed - Ada Lind/Agency",
            "Nobody knew.",
        ]

    @pytest.mark.parametrize("mark", ["- ", "* ", "• ", "1. ", "2) ", "– "])
    def test_each_item_of_a_list_is_one(self, mark: str) -> None:
        text = f"{mark}The ferry sails\n{mark}The bridge is closed.\n{mark}Nobody knows"

        assert sentences(text) == [f"{mark}The ferry sails", f"{mark}The bridge is closed.", f"{mark}Nobody knows"]

    def test_chinese_and_japanese_need_no_space(self) -> None:
        assert sentences("他来了。他说：“你好！”我走了！") == ["他来了。", "他说：“你好！”", "我走了！"]

    def test_a_row_of_stars_is_no_sentence(self) -> None:
        assert sentences("Ships came in.\n* * *\nNobody knew.") == ["Ships came in.", "Nobody knew."]

    def test_a_stray_quotation_mark_is_no_sentence(self) -> None:
        assert sentences("Ships came in. “\nNobody knew.”") == ["Ships came in.", "Nobody knew.”"]

    def test_an_empty_text_has_none(self) -> None:
        assert sentence_spans("") == []

    def test_equal_sentences_have_places_of_their_own(self) -> None:
        assert sentence_spans("Yes. Yes. Yes.") == [Span(0, 4), Span(5, 9), Span(10, 14)]


HARD_WRAPPED = """\
Harbour Reopens

The harbour of Quillon opened again on Monday after nine days of
frost, Mayor Odile Tarn said, and the first of the forty ships that
had waited outside came in before noon. Captain Ilse Brandt called
it “a long night.”

Nobody had expected the thaw so soon, neither the pilots nor Mr.
Weil, the keeper of the lighthouse. A diplomat posted by the U.S.
government said the ice had been as thick as a house, and that he
would remember it.
"""


class TestHardWrappedText:
    @pytest.mark.parametrize("newline", ["\n", "\r\n"])
    def test_sentences_go_on_over_line_ends(self, newline: str) -> None:
        found = [" ".join(sentence.split()) for sentence in sentences(HARD_WRAPPED.replace("\n", newline))]

        assert found == [
            "Harbour Reopens",
            "The harbour of Quillon opened again on Monday after nine days of frost, Mayor Odile Tarn said, and the "
            "first of the forty ships that had waited outside came in before noon.",
            "Captain Ilse Brandt called it “a long night.”",
            "Nobody had expected the thaw so soon, neither the pilots nor Mr. Weil, the keeper of the lighthouse.",
            "A diplomat posted by the U.S. government said the ice had been as thick as a house, and that he would "
            "remember it.",
        ]

    def test_paragraphs_of_one_line_each_are_not_joined(self) -> None:
        lines = [f"The ferry number {number} sailed from the harbour on Monday at noon." for number in range(12)]

        assert sentences("\n".join(lines)) == lines

    def test_long_paragraphs_between_short_headlines_are_not_joined(self) -> None:
        long = "The harbour of Quillon opened again on Monday after nine days of frost, and ships came in before noon."

        assert sentences("\n".join(["A Town Thaws", long] * 4)) == ["A Town Thaws", long] * 4


def sentences_of(seeds: Path) -> list[str]:
    texts = [read_article(seeds, path.name).text for path in sorted(seeds.glob("*.txt"))]
    found = [sentence for text in texts for sentence in sentences(text)]
    assert len(found) > 100
    return found


class TestShippedArticles:
    def test_no_sentence_breaks_off_behind_an_abbreviation(self, seeds: Path) -> None:
        assert not [one for one in sentences_of(seeds) if re.search(r"\b(?:Mr|Mrs|U\.S|Sir)\.?$", one)]

    def test_no_two_sentences_are_joined(self, seeds: Path) -> None:
        assert not [one for one in sentences_of(seeds) if re.search(r"[a-z]{3}[.!?][”\"]? [A-Z“\"]", one)]


class TestCost:
    """A search over an endless run of marks must not start over at each of them."""

    @pytest.mark.parametrize(
        "text",
        [
            "." * 200_000 + "x",
            "?!" * 100_000 + "x",
            'a."' + '"' * 200_000 + "x",
            ". " * 100_000 + '."x',
            "…" * 200_000 + "x",
        ],
        ids=["dots", "marks", "quotation marks", "spaced dots", "ellipses"],
    )
    def test_an_endless_run_of_marks_is_one_sentence(self, text: str) -> None:
        # Tried again from every sign in it, a run of this length takes half an hour.
        assert len(sentence_spans(text)) == 1


def test_rows_of_one_length_are_no_lines_of_wrapped_text():
    row = "Maritime Museum {} | 120,500 visitors | 12.50 crowns | Olga Strand"
    text = "\n".join(row.format(number) for number in range(6))
    marks = [Mark(start, start + 17, "cell", "Museum") for start in range(0, len(text), len(row) - 1)]
    assert [text[slice(*one)] for one in sentence_spans(text, marks)] == text.split("\n")
