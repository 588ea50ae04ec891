"""Words and their stems are those that lexical search keeps: FTS5 itself is asked."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.reading import article_files, read_article
from index.words import content_stems, content_words, stems, tokens

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=150)

Ask = Callable[[str], list[str]]

TOKENIZER = "porter unicode61 remove_diacritics 2"
SUFFIXES = (
    "s es sses ies ed eed ing y bly logy ational tional enci izer bli alli entli eli ousli ization ation ator alism "
    "iveness fulness ousness aliti iviti biliti icate ative alize iciti ical ful ness al ance ence er ic able ible ant "
    "ement ment ent ion ou ism ate iti ous ive ize e ll logi"
).split()
# Built like English words, so that the rules for their endings meet all kinds of stems.
english_like = st.tuples(
    st.text("aeiouybcdlstkvwxz", max_size=6), st.lists(st.sampled_from(SUFFIXES), max_size=3).map("".join)
).map("".join)
# Letters of the scripts that news come in; FTS5's tables are of 2012, and know no letter that is younger.
LETTERS = (
    [chr(code) for code in range(0x20, 0x250) if chr(code) not in "ǠǡȠȡ" and code < 0x1F6]
    + [chr(code) for code in range(0x3B1, 0x3CA)]
    + [chr(code) for code in range(0x400, 0x460)]
    + list("άΈΌϊΰéÉñÅøØßẞſŁłŒœşŞğİıąęŐőửẾǆαΣσς")
    + list("אבגשםًאبتةيآ港開日本ガかパ각한국क")
    + ["e\u0301", "o\u0308", "и\u0306", "a\u0323"]
)
any_words = st.lists(st.sampled_from(LETTERS), max_size=12).map("".join)


@pytest.fixture(scope="module")
def fts5() -> Iterator[Ask]:
    """Returns the stems of a text in order, as a word index with the catalogue's tokenizer stores them."""
    connection = sqlite3.connect(":memory:")
    connection.execute(f"CREATE VIRTUAL TABLE words USING fts5 (text, tokenize = '{TOKENIZER}')")
    connection.execute("CREATE VIRTUAL TABLE terms USING fts5vocab (words, instance)")

    def ask(text: str) -> list[str]:
        connection.execute("DELETE FROM words")
        connection.execute("INSERT INTO words VALUES (?)", (text,))
        return [term for (term,) in connection.execute("SELECT term FROM terms ORDER BY offset")]

    yield ask
    connection.close()


class TestStems:
    def test_those_of_the_shipped_articles_are_what_fts5_stores(self, seeds: Path, fts5: Ask) -> None:
        texts = [read_article(seeds, file).text for file in article_files(seeds)]

        assert [stems(text) for text in texts] == [fts5(text) for text in texts]

    @repeatable
    @given(word=english_like)
    def test_those_of_english_words_are_what_fts5_stores(self, fts5: Ask, word: str) -> None:
        assert stems(word) == fts5(word)

    @repeatable
    @given(words=any_words)
    def test_those_of_words_in_any_script_are_what_fts5_stores(self, fts5: Ask, words: str) -> None:
        assert stems(words) == fts5(words)

    @pytest.mark.parametrize(
        "words",
        [
            "US is as by a s ay sky yes eed feed agreed bled sing ring king us",
            "technology technologies apologies biology assembly assemblies possibly nobly ably",
            "trekking revved hopping falling hissing fizzed filing failing sized crying",
            "relational conditional rational vietnamization hopefulness sensibility adjustable",
            "adoption opinion probate rate cease controlling roll caresses ponies ties gas",
            "Zelenskyy Kyiv’s Erdoğan Łódź Šefčovič naïve Straße STRASSE ﬁnance Ⅷ ² ½",
            "йод Київ Україна ΑΘΗΝΑΣ Αθήνας مُحَمَّد שָׁלוֹם 東京都 서울 İstanbul ILICA",
            f"{'x' * 64} {'x' * 61}ing {'x' * 62}ing {'é' * 32}s 12-point U.S. O’Brien 3.14 a_b",
        ],
    )
    def test_chosen_words_are_stemmed_as_fts5_does(self, fts5: Ask, words: str) -> None:
        assert stems(words) == fts5(words)

    def test_a_stem_is_found_by_every_form_of_its_word(self) -> None:
        assert stems("missile Missiles MISSILES") == ["missil"] * 3

    def test_a_text_without_words_has_none(self) -> None:
        assert stems(" … “” 👍 \ud800 ") == []


class TestTokens:
    @pytest.mark.parametrize(
        ("text", "expected"),
        [
            ("The ferry sailed.", ["the", "ferry", "sailed"]),
            ("a 12-point plan", ["a", "12-point", "plan"]),
            ("U.S. officials", ["u.s", "officials"]),
            ("$1.5 billion, 40%", ["1.5", "billion", "40"]),
            ("Tarn’s ship, Lind's house", ["tarn", "ship", "lind", "house"]),
            ("TARN’S SHIP", ["tarn", "ship"]),
            ("the sailors’ boats", ["the", "sailors", "boats"]),
            ("O’Brien isn't here", ["o’brien", "isn't", "here"]),
            ("Trump–Putin non‑stop", ["trump–putin", "non‑stop"]),
            ("snake_case", ["snake", "case"]),
            ("“quoted” (bracketed)", ["quoted", "bracketed"]),
            ("👍 🇺🇦", []),
            ("", []),
        ],
    )
    def test_words_are_found(self, text: str, expected: list[str]) -> None:
        assert tokens(text) == expected

    @repeatable
    @given(text=st.text().filter(lambda text: "'" not in text and "’" not in text))
    def test_no_letter_is_lost(self, text: str) -> None:
        # Apart from possessive endings; lower case is looked up letter by letter, as it may depend on the neighbours.
        kept = [letter for token in tokens(text) for letter in token if letter.isalnum()]

        assert "".join(kept).casefold() == "".join(filter(str.isalnum, text.lower())).casefold()


class TestContentWords:
    def test_stop_words_are_left_out(self) -> None:
        assert content_words("What kind of missiles hit the plant?") == ["kind", "missiles", "hit", "plant"]

    def test_contractions_are_stop_words_with_either_apostrophe(self) -> None:
        assert content_words("Why isn't it, and why wasn’t it, open?") == ["open"]

    def test_each_word_is_kept_once(self) -> None:
        assert content_words("plan after plan after Plan") == ["plan"]

    def test_a_question_of_stop_words_keeps_them_all(self) -> None:
        assert content_words("Who was he?") == ["who", "was", "he"]

    def test_signs_alone_are_no_words(self) -> None:
        assert content_words("?!") == []

    @pytest.mark.parametrize("written", ["US", "us", "UK", "May", "Mali"])
    def test_the_names_of_countries_and_months_are_no_stop_words(self, written: str) -> None:
        assert content_words(f"What did {written} do?") == [written.lower()]

    @pytest.mark.parametrize("name", ["WHO", "IT", "ON"])
    def test_a_stop_word_in_capitals_is_a_name(self, name: str) -> None:
        assert content_words(f"What did the {name} say?") == [name.lower(), "say"]

    def test_in_a_question_in_capitals_stop_words_are_stop_words(self) -> None:
        assert content_words("WHO SAID IT?") == ["said"]

    def test_stems_of_content_words_come_once_and_in_order(self) -> None:
        assert content_stems("Which plans did they plan, and for which missiles?") == ["plan", "missil"]

    def test_both_parts_of_a_hyphenated_word_are_stems(self) -> None:
        assert content_stems("a 12-point plan") == ["12", "point", "plan"]
