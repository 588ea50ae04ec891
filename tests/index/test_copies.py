"""Near copies are articles of which the shorter stands, in good part, in the longer."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.copies import Sketch, contained, near_copies, sketch

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=30)

WORDS = [first + last for first in "ba ke li mo nu pa ri so tu ve".split() for last in "d f g k l m n r s t".split()]
texts = st.text(max_size=120) | st.lists(st.sampled_from(WORDS[:6]), max_size=60).map(" ".join)
sketches = texts.map(sketch)
FERRY = [215357632112856014, 5800409082172756836]


def made_up(seed: int, count: int) -> list[str]:
    """Return so many words, which another seed hardly gives in the same order."""
    return random.Random(seed).choices(WORDS, k=count)


def said(*parts: list[str]) -> Sketch:
    return sketch(" ".join(word for part in parts for word in part))


class TestSketches:
    @repeatable
    @given(made=sketches)
    def test_a_sketch_survives_its_bytes(self, made: Sketch) -> None:
        assert Sketch.from_bytes(made.to_bytes()) == made

    @repeatable
    @given(text=texts)
    def test_the_same_text_has_the_same_sketch(self, text: str) -> None:
        assert sketch(text) == sketch(text)

    def test_a_sketch_stays_the_same_from_one_version_to_the_next(self) -> None:
        # Those of articles that were indexed earlier are compared with new ones.
        assert sorted(sketch("The ferry sailed on Tuesday.").hashes) == FERRY

    @pytest.mark.parametrize(
        "other",
        [
            "the FERRY, sailed: on “Tuesday”!",
            "  The\nferry\tsailed   on Tuesday",
            "The ferry -- sailed on\r\n\r\nTuesday.",
        ],
    )
    def test_punctuation_case_and_layout_do_not_matter(self, other: str) -> None:
        assert sketch(other) == sketch("The ferry sailed on Tuesday.")

    def test_the_order_of_words_does(self) -> None:
        assert sketch("one two three four") != sketch("four three two one")

    @pytest.mark.parametrize("text", ["", " ", "…", "👍"])
    def test_a_text_without_words_has_no_runs(self, text: str) -> None:
        assert sketch(text).runs == 0

    def test_a_run_that_comes_again_counts_once(self) -> None:
        assert sketch("one two three four " * 50).runs == 4

    def test_a_short_text_is_one_run(self) -> None:
        assert sketch("Ferry sank.").runs == 1

    def test_a_long_text_is_kept_in_little_room(self) -> None:
        assert len(said(made_up(1, 20_000)).to_bytes()) < 2_000


class TestContained:
    @repeatable
    @given(one=sketches)
    def test_a_text_stands_in_itself(self, one: Sketch) -> None:
        assert contained(one, one) == (1.0 if one.runs else 0.0)

    @repeatable
    @given(one=sketches, other=sketches)
    def test_it_is_symmetric_and_a_share(self, one: Sketch, other: Sketch) -> None:
        assert 0 <= contained(one, other) == contained(other, one) <= 1

    def test_a_short_text_stands_in_a_long_one_that_holds_it(self) -> None:
        part = made_up(1, 300)

        assert contained(said(part), said(made_up(2, 900), part, made_up(3, 900))) == pytest.approx(1, abs=0.3)

    def test_of_two_halves_that_are_the_same_half_is(self) -> None:
        shared = made_up(1, 1_000)

        assert contained(said(shared, made_up(2, 1_000)), said(shared, made_up(3, 1_000))) == pytest.approx(
            0.5, abs=0.15
        )

    def test_texts_of_other_words_share_nothing(self) -> None:
        assert contained(said(made_up(1, 2_000)), said(made_up(2, 2_000))) < 0.05


class TestNearCopies:
    WIRE = made_up(1, 400)

    def grouped(self, *texts: list[str]) -> list[list[str]]:
        return near_copies({str(number): said(text) for number, text in enumerate(texts)})

    def test_the_same_text_twice_is_one_group(self) -> None:
        assert self.grouped(self.WIRE, self.WIRE) == [["0", "1"]]

    def test_a_wire_report_with_a_few_words_of_ones_own_is_a_copy(self) -> None:
        assert self.grouped(self.WIRE, [*made_up(2, 60), *self.WIRE, *made_up(3, 60)]) == [["0", "1"]]

    def test_a_shortened_report_is_a_copy(self) -> None:
        assert self.grouped(self.WIRE, self.WIRE[:120]) == [["0", "1"]]

    def test_a_report_of_which_a_few_words_were_changed_is_a_copy(self) -> None:
        changed = [word if number % 25 else "other" for number, word in enumerate(self.WIRE)]

        assert self.grouped(self.WIRE, changed) == [["0", "1"]]

    def test_an_article_that_quotes_a_paragraph_is_none(self) -> None:
        assert self.grouped(self.WIRE, [*made_up(2, 400), *self.WIRE[:60]]) == [["0"], ["1"]]

    def test_two_copies_of_a_third_are_one_group(self) -> None:
        both = self.grouped([*self.WIRE[:200], *made_up(2, 60)], [*self.WIRE[200:], *made_up(3, 60)], self.WIRE)

        assert [sorted(group) for group in both] == [["0", "1", "2"]]

    def test_articles_without_words_are_no_copies(self) -> None:
        assert self.grouped([], []) == [["0"], ["1"]]

    def test_none_are_no_groups(self) -> None:
        assert self.grouped() == []

    @repeatable
    @given(made=st.dictionaries(st.text(max_size=4), sketches, max_size=8))
    def test_every_key_is_in_one_group(self, made: dict[str, Sketch]) -> None:
        assert sorted(key for group in near_copies(made) for key in group) == sorted(made)

    @repeatable
    @given(made=st.dictionaries(st.text(max_size=4), sketches, max_size=6), data=st.data())
    def test_the_order_given_does_not_matter(self, made: dict[str, Sketch], data: st.DataObject) -> None:
        turned = dict(data.draw(st.permutations(list(made.items()))))

        assert {frozenset(group) for group in near_copies(turned)} == {frozenset(group) for group in near_copies(made)}
