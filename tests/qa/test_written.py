"""What models write, in whatever form and however cut into pieces, is read as statements with their passages."""

import json
import time
from collections.abc import Iterable, Sequence
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qa.written import Written, WrittenStatements

repeatable = settings(derandomize=True, deadline=None, database=None)

# Of what models write, what is hard to cut.
_FRAGMENTS = (
    "Krug came",
    "Moore left",
    "and",
    "Source 1",
    "Passage",
    "According to Passage 2, ",
    "U.S.",
    "Mr.",
    "Inc.",
    "No.",
    "3.5",
    " ",
    "  ",
    "\n",
    "\n\n",
    ".",
    "!",
    "?",
    "...",
    "…",
    ". ",
    "[1]",
    " [1, 2]",
    "[1-3]",
    "[^1]",
    "【1】",
    "【1†source】",
    "【",
    "(1)",
    "(Source 1)",
    "[",
    "]",
    "”",
    '"',
    "- ",
    "1. ",
    "**",
    "`",
    "```",
    "```json",
    "{",
    "}",
    '{"',
    '{"statement": "Krug came.", "passages": [1], "quote": "Krug"}',
    '{"statements": [',
    "\\",
    "7",
)
_TEXTS = st.one_of(st.lists(st.sampled_from(_FRAGMENTS), max_size=25).map("".join), st.text(max_size=200))
_OBJECT = {"statement": "Krug came.", "passages": [1], "quote": "Krug came"}


def read_pieces(pieces: Iterable[str], *, cut: bool = False) -> list[Written]:
    statements = WrittenStatements()
    return [*(one for piece in pieces for one in statements.feed(piece)), *statements.end(cut=cut)]


def read(text: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(one.text, one.passages) for one in read_pieces([text])]


def as_json(*statements: object) -> str:
    return json.dumps({"statements": statements})


class TestMarkers:
    @pytest.mark.parametrize(
        ("marker", "passages"),
        [
            ("[2]", (2,)),
            ("[1][2]", (1, 2)),
            ("[1] [2]", (1, 2)),
            ("[1, 2]", (1, 2)),
            ("[1,2,4]", (1, 2, 4)),
            ("[1; 2]", (1, 2)),
            ("[1 and 2]", (1, 2)),
            ("[1-3]", (1, 2, 3)),
            ("[1–3]", (1, 2, 3)),
            ("[^1]", (1,)),
            ("[^1][^2]", (1, 2)),
            ("【1】", (1,)),
            ("【1†source】", (1,)),
            ("【1†source】【2†source】", (1, 2)),
            ("(1)", (1,)),
            ("(1, 2)", (1, 2)),
            ("(Source 1)", (1,)),
            ("(source: 2)", (2,)),
            ("(Sources 1, 2)", (1, 2)),
            ("[Passage 2]", (2,)),
            ("[Source: 2]", (2,)),
            ("Source 1", (1,)),
            ("Passages 1 and 2", (1, 2)),
        ],
    )
    @pytest.mark.parametrize("written", ["Krug came. {}", "Krug came.{}", "Krug came {}.", "Krug came {}"])
    def test_one_at_the_end_is_a_citation_and_no_word(
        self, written: str, marker: str, passages: tuple[int, ...]
    ) -> None:
        ((text, cited),) = read(written.format(marker))

        assert (text.rstrip("."), sorted(cited)) == ("Krug came", sorted(passages))

    @pytest.mark.parametrize(
        "text",
        [
            "According to Passage 2, Krug came.",
            "According to passage 2, krug came.",
            "According to [2], Krug came.",
            "As stated in [2], Krug came.",
            "In Passage 2, Krug came.",
            "From Passage 2: Krug came.",
            "Per source 2, Krug came.",
            "Passage 2: Krug came.",
            "Passage 2 says that Krug came.",
            "The passage 2 states that Krug came.",
            "The passage from [2] states that Krug came.",
            "[2] Krug came.",
            "[2]: Krug came.",
            "【2】Krug came.",
        ],
    )
    def test_one_that_introduces_a_sentence_is_a_citation(self, text: str) -> None:
        ((said, passages),) = read(text)

        assert (said.lower(), passages) == ("krug came.", (2,))

    def test_those_inside_a_sentence_are_citations(self) -> None:
        assert read("Krug [1] came and Moore [2] left.") == [("Krug came and Moore left.", (1, 2))]

    @pytest.mark.parametrize("stop", ".!?…")
    def test_those_behind_a_stop_belong_to_the_sentence_before(self, stop: str) -> None:
        assert read(f"Krug came{stop} [1] Moore left. [2]") == [(f"Krug came{stop}", (1,)), ("Moore left.", (2,))]

    def test_those_before_a_stop_belong_to_the_sentence(self) -> None:
        assert read("Krug came [1]. Moore left [2].") == [("Krug came.", (1,)), ("Moore left.", (2,))]

    def test_those_behind_an_abbreviation_end_the_sentence(self) -> None:
        assert read("Krug left the U.S. [1] Moore came. [2]") == [("Krug left the U.S.", (1,)), ("Moore came.", (2,))]

    def test_those_behind_a_closing_quotation_mark_belong_to_the_sentence(self) -> None:
        assert read("“We came,” said Krug. “We left.” [1] Moore stayed. [2]") == [
            ("“We came,” said Krug.", ()),
            ("“We left.”", (1,)),
            ("Moore stayed.", (2,)),
        ]

    def test_a_passage_cited_twice_is_cited_once(self) -> None:
        assert read("Krug [1] came. [1]") == [("Krug came.", (1,))]

    def test_markers_alone_are_no_statement(self) -> None:
        assert read("[1] [2]\n[3]") == []

    def test_an_endless_range_stays_short(self) -> None:
        ((_, passages),) = read("Krug came. [1-999]")

        assert len(passages) <= 100


class TestNoMarkers:
    @pytest.mark.parametrize(
        "text",
        [
            "Krug came (2022).",
            "Krug came in 1987.",
            "In 1987, Krug came.",
            "Krug cited Article 5.",
            "Krug said he “were [sic] late”.",
            "Krug wrote Passage to India.",
            "Krug paid [about] 14 crowns.",
            "Krug is a resource 2 towns share.",
            "Krug came, according to Moore.",
            "Section 1 applies.",
            "Krug won 3-1.",
        ],
    )
    def test_words_that_look_like_one_stay(self, text: str) -> None:
        assert read(text) == [(text, ())]

    def test_a_number_in_brackets_inside_a_sentence_stays(self) -> None:
        assert read("Moore (2) left. [1]") == [("Moore (2) left.", (1,))]


class TestSentences:
    @pytest.mark.parametrize(
        "sentence",
        [
            "Mr. Krug came.",
            "Mrs. Moore and Dr. Krug came.",
            "The U.S. Navy came.",
            "J. R. Krug came.",
            "Krug came on Oct. 5.",
            "Krug lives at No. 10 now.",
            "It rose by 3.5 percent.",
            "The fare is $3.50 now.",
            "Krug came at 3 p.m. on Monday.",
            "St. Olave burned.",
            "Krug Inc. paid.",
            "Krug paid fees, e.g. for a room.",
            "Krug came... and left.",
            "“Will it hold?” asked Krug.",
        ],
    )
    def test_a_stop_inside_one_ends_nothing(self, sentence: str) -> None:
        assert read(f"{sentence} [1] Moore left. [2]") == [(sentence, (1,)), ("Moore left.", (2,))]

    @pytest.mark.parametrize(
        "text",
        [
            "Krug came. [1]\nMoore left. [2]",
            "Krug came. [1]\n\nMoore left. [2]\n",
            "Krug came. [1]\r\nMoore left. [2]",
            "- Krug came. [1]\n- Moore left. [2]",
            "* Krug came. [1]\n* Moore left. [2]",
            "• Krug came. [1]\n• Moore left. [2]",
            "1. Krug came. [1]\n2. Moore left. [2]",
            "1) Krug came. [1]\n2) Moore left. [2]",
            "**Krug** came. [1]\n__Moore__ left. [2]",
            "- **Krug came.** [1]\n- **Moore left.** [2]",
            "`Krug came.` [1] Moore left. [2]",
            "**Krug came.** [1] **Moore left.** [2]",
            "```\nKrug came. [1]\nMoore left. [2]\n```",
        ],
    )
    def test_lists_and_emphasis_leave_the_words_alone(self, text: str) -> None:
        assert read(text) == [("Krug came.", (1,)), ("Moore left.", (2,))]

    def test_a_line_without_a_stop_is_one(self) -> None:
        assert read("Krug came [1]\nMoore left [2]") == [("Krug came", (1,)), ("Moore left", (2,))]

    @pytest.mark.parametrize("text", ["", " \n ", "...", "[1]", "**", "—", "```\n```"])
    def test_signs_are_none(self, text: str) -> None:
        assert read(text) == []

    @pytest.mark.parametrize("unseen", ["\u200b", "\u202e", "\u2066", "\U000e0041", "\x07", "\ud83d", "\ufeff"])
    def test_characters_that_nobody_sees_are_left_out(self, unseen: str) -> None:
        assert read(f"{unseen}Krug{unseen} came. [1]") == [("Krug came.", (1,))]


class TestJSON:
    def test_each_object_is_a_statement(self) -> None:
        written = as_json(_OBJECT, {"statement": "Moore left.", "passages": [2, 3], "quote": "left"})

        assert read_pieces([written]) == [
            Written("Krug came.", (1,), "Krug came"),
            Written("Moore left.", (2, 3), "left"),
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "```json\n{}\n```",
            "```\n{}\n```\n",
            "\n\n  {}",
            "\ufeff{}",
            "{}\n\nThat is all that the passages say.",
            "{}{}",
        ],
    )
    def test_what_stands_around_it_does_not_matter(self, text: str) -> None:
        written = text.replace("{}", as_json(_OBJECT))

        assert set(read_pieces([written])) == {Written("Krug came.", (1,), "Krug came")}

    @pytest.mark.parametrize("before", ["Here is the JSON:\n", "Sure! ", "json\n", "Sure. ```json\n"])
    def test_it_is_read_behind_words_too(self, before: str) -> None:
        assert read_pieces([before + as_json(_OBJECT)])[-1] == Written("Krug came.", (1,), "Krug came")

    @pytest.mark.parametrize("before", ["", "Here is the JSON:\n", "Sure! "])
    def test_none_of_it_is_taken_for_a_sentence(self, before: str) -> None:
        assert "{" not in str(read(before + as_json(_OBJECT)))

    def test_an_array_at_the_top_is_read(self) -> None:
        assert read(json.dumps([_OBJECT])) == [("Krug came.", (1,))]

    def test_an_object_alone_is_read(self) -> None:
        assert read(json.dumps(_OBJECT)) == [("Krug came.", (1,))]

    def test_quotation_marks_and_brackets_in_a_string_are_words(self) -> None:
        said = 'Krug "came" {on} [Monday} \\ in\\"deed.'

        assert read(as_json({"statement": said, "passages": [1]})) == [(said, (1,))]

    def test_escaped_letters_are_letters(self) -> None:
        assert read('{"statement": "K\\u00f6rug \\u201ccame\\u201d.", "passages": [1]}') == [("Körug “came”.", (1,))]

    def test_half_an_escaped_emoji_is_left_out(self) -> None:
        assert read('{"statement": "Krug \\ud83dcame.", "passages": [1]}') == [("Krug came.", (1,))]

    @pytest.mark.parametrize(
        "passages", ['["1", "2"]', '["[1]", "Passage 2"]', '"1, 2"', "[1, 2, 2]", "[1, 2, null, true, 2.5, [9]]"]
    )
    def test_numbers_are_read_in_whatever_form(self, passages: str) -> None:
        assert read(f'{{"statement": "Krug came.", "passages": {passages}}}') == [("Krug came.", (1, 2))]

    def test_a_number_alone_is_read(self) -> None:
        assert read('{"statement": "Krug came.", "passages": 2}') == [("Krug came.", (2,))]

    def test_markers_in_the_statement_count_too(self) -> None:
        assert read(as_json({"statement": "Krug came. [2]", "passages": [1]})) == [("Krug came.", (1, 2))]

    @pytest.mark.parametrize(
        "written",
        [
            '{"statement": "Krug came."}',
            '{"statement": "Krug came.", "passages": null, "quote": null}',
            '{"statement": "Krug came.", "passages": {}, "quote": ["Krug"]}'.replace("{}", "[]"),
        ],
    )
    def test_without_passages_and_quote_it_is_still_a_statement(self, written: str) -> None:
        assert read_pieces([written]) == [Written("Krug came.", (), "")]

    @pytest.mark.parametrize(
        "written", ['{"statements": []}', '{"statement": null}', '{"statement": 7}', '{"answer": "Krug came."}', "{}"]
    )
    def test_an_object_without_a_statement_is_none(self, written: str) -> None:
        assert read(written) == []

    @pytest.mark.parametrize(
        "written",
        [
            '{"statements": [{"statement": "Krug came.", "passages": [1],},]}',
            '{"statements": [{"statement": "Krug came.", "passages": [1,]}]}',
            '{"statements": [{"statement": "Krug came.", "passages": [1]} {"statement": "Moo',
            '{"statements": [{"statement": "Krug came.", "passages": [1]}',
        ],
    )
    def test_small_faults_are_forgiven(self, written: str) -> None:
        assert read(written) == [("Krug came.", (1,))]

    @pytest.mark.parametrize("length", range(1, len(json.dumps(_OBJECT))))
    def test_an_object_without_its_end_is_no_statement(self, length: int) -> None:
        assert read('{"statements": [' + json.dumps(_OBJECT)[:length]) == []

    def test_a_number_without_end_is_no_fault(self) -> None:
        ((said, _),) = read(f'{{"statement": "Krug came.", "passages": [{"9" * 5_000}]}}')

        assert said == "Krug came."

    def test_nesting_without_end_is_no_fault(self) -> None:
        assert read('{"a": ' + "[" * 20_000 + '"' + "]" * 20_000 + "}") == []


class TestStreaming:
    @repeatable
    @given(_TEXTS, st.booleans())
    @example("Krug came. " + "【1†source】" * 9 + " Moore left.", False)
    @example("Krug came." + " " * 99 + "[1] Moore left.", False)
    @example("Krug " + "often " * 400 + "came. Moore left.", False)
    def test_character_by_character_the_same_is_read(self, text: str, cut: bool) -> None:
        assert read_pieces(text, cut=cut) == read_pieces([text], cut=cut)

    @repeatable
    @given(_TEXTS, st.lists(st.integers(0, 300), max_size=6))
    def test_however_it_is_cut_the_same_is_read(self, text: str, places: list[int]) -> None:
        cuts = [0, *sorted(min(place, len(text)) for place in places), len(text)]
        pieces = [text[start:end] for start, end in pairwise(cuts)]

        assert read_pieces(pieces) == read_pieces([text])

    @repeatable
    @given(_TEXTS, _TEXTS)
    def test_what_has_been_given_back_stays_whatever_follows(self, begun: str, rest: str) -> None:
        statements = WrittenStatements()

        given_back = statements.feed(begun)

        assert read_pieces([begun + rest])[: len(given_back)] == given_back

    @repeatable
    @given(_TEXTS)
    def test_what_is_cut_loses_at_most_its_last_statement(self, text: str) -> None:
        complete, cut = read_pieces([text]), read_pieces([text], cut=True)

        assert complete[: len(cut)] == cut
        assert len(complete) - len(cut) <= 1

    @pytest.mark.parametrize("form", ["Krug came. [1] Moore le", "Krug came [1]\nMoore le", "1. Krug came. [1]\n2. Mo"])
    def test_a_statement_whose_end_is_missing_is_none_where_it_was_cut(self, form: str) -> None:
        assert [one.text.rstrip(".") for one in read_pieces([form], cut=True)] == ["Krug came"]

    def test_a_last_statement_without_a_stop_is_one_where_nothing_was_cut(self) -> None:
        assert read("Krug came. [1] Moore left [2]") == [("Krug came.", (1,)), ("Moore left", (2,))]

    def test_a_statement_is_given_back_before_the_next_is_complete(self) -> None:
        statements = WrittenStatements()

        assert [one.text for one in statements.feed("Krug came. [1] Moore left the island of Sundholm for a town")] == [
            "Krug came."
        ]

    def test_an_object_is_given_back_when_its_bracket_closes(self) -> None:
        assert WrittenStatements().feed('{"statements": [' + json.dumps(_OBJECT)) == [
            Written("Krug came.", (1,), "Krug came")
        ]

    @repeatable
    @given(st.text(st.sampled_from('{}[]",:\\ \n1.aé【†】()^`*-“”'), max_size=200))
    def test_no_text_is_a_fault(self, text: str) -> None:
        assert all(isinstance(one, Written) for one in read_pieces([text]))


class TestTime:
    @pytest.mark.parametrize(
        "run",
        [" ", ".", "...", "[", "]", "1", "[1", "[1]", " [1]", "(1)", "【1", "【", "[1,", "1, ", '"', ".'", ". ", "a. "],
    )
    @pytest.mark.parametrize("before", ["Krug came", '{"statement": "', '{"statement": "Krug came.", "quote": "'])
    def test_of_a_long_run_it_is_linear(self, before: str, run: str) -> None:
        assert _seconds([_long(before, run, 32_000)]) < 10 * max(0.005, _seconds([_long(before, run, 8_000)]))

    @pytest.mark.parametrize("run", ["Source 1, ", "\n", "\t", "\n ", "- ", "**", "`", "{", '{"', "\\", "a", "and "])
    def test_of_words_and_signs_without_end_it_is_linear(self, run: str) -> None:
        assert _seconds([_long("", run, 32_000)]) < 10 * max(0.005, _seconds([_long("", run, 8_000)]))

    @pytest.mark.parametrize("run", [" ", "[1]", "1", "a", "Krug came. [1] ", '{"statement": "Krug came."} '])
    def test_piece_by_piece_it_is_linear(self, run: str) -> None:
        assert _seconds(_long("", run, 16_000)) < 10 * max(0.005, _seconds(_long("", run, 4_000)))

    def test_a_statement_of_markers_takes_no_time(self) -> None:
        assert _seconds(['{"statement": "' + "[1]" * 10_000 + ' Krug", "passages": []}']) < 2


def _long(before: str, run: str, length: int) -> str:
    return before + (run * length)[:length]


def _seconds(pieces: Sequence[str]) -> float:
    """Return the processor time that reading takes, the least of three."""
    took = []
    for _ in range(3):
        begun = time.process_time()
        read_pieces(pieces)
        took.append(time.process_time() - begun)
    return min(took)
