"""Statements made by program: what is called true stands in the evidence, what is called false was really changed."""

import random
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.made_claims import MAKERS, NOT_SUPPORTED, Claim, made_claims, stated
from models.reader_data import ParagraphQuestion

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)
OVEN = "The old oven of Ravnsund was built in 1911 by a potter named Anselm Krug."
LEDGER = "Marta Lind was questioned by Odile Brandt on Monday, after 12 months of silence."
PARAGRAPH = f"{OVEN} {LEDGER} It will not be lit again before the summer, which the council regrets, said the mayor."


def made(kind: str, sentence: str, others: Sequence[str] = ()) -> set[tuple[str, str, str]]:
    """Return all that a maker makes of a sentence, over many draws."""
    maker, _ = MAKERS[kind]
    return {one for seed in range(60) for one in maker(sentence, others, random.Random(seed))}


def labels(kind: str, sentence: str, others: Sequence[str] = ()) -> dict[str, str]:
    return {claim: label for claim, _, label in made(kind, sentence, others)}


class TestTwists:
    def test_a_passive_is_told_rightly_and_turned_round(self) -> None:
        assert labels("roles", LEDGER) == {
            "Odile Brandt questioned Marta Lind.": "supported",
            "Marta Lind questioned Odile Brandt.": "contradicted",
            "Odile Brandt was questioned by Marta Lind.": "contradicted",
        }

    def test_two_names_change_places(self) -> None:
        found = labels("roles", "The mayor said that Anselm Krug had met Ilse Brandt.")

        assert found == {"The mayor said that Ilse Brandt had met Anselm Krug.": NOT_SUPPORTED}

    @pytest.mark.parametrize("sentence", ["There Krug and Brandt met.", "He lives in Mill Street, Ravnsund."])
    def test_what_is_the_same_either_way_is_left_alone(self, sentence: str) -> None:
        assert made("roles", sentence) == set()

    def test_a_denial_is_put_in(self) -> None:
        assert {claim for claim, _, _ in made("denied", OVEN)} == {
            OVEN,
            OVEN.replace("was", "was not"),
            OVEN.replace("was", "was never"),
        }

    def test_a_denial_is_taken_out(self) -> None:
        found = labels("denied", "It will not be lit again.")

        assert found == {"It will be lit again.": "contradicted", "It will not be lit again.": "supported"}

    def test_somebodys_lawyer_is_not_that_person(self) -> None:
        sentence = "Anselm Krug was arrested on Monday."
        found = made("possessed", sentence)

        assert all((label == "supported") == (claim == evidence) for claim, evidence, label in found)
        assert any(evidence.startswith("Anselm Krug's ") and claim == sentence for claim, evidence, _ in found)

    def test_a_number_becomes_another(self) -> None:
        assert all(
            label == "contradicted" and claim != evidence and "1911" not in claim
            for claim, evidence, label in made("altered", "The oven was built in 1911 by a potter.")
        )

    def test_a_rumour_is_no_fact_but_what_is_confirmed_is(self) -> None:
        found = made("reported", OVEN)

        assert {label for _, evidence, label in found if "rumours" in evidence} == {NOT_SUPPORTED}
        assert {label for _, evidence, label in found if "ministry confirmed" in evidence} == {"supported"}


class TestTrueOnes:
    def test_what_can_be_left_out_is(self) -> None:
        sentence = "The oven (a famous one) was lit 3 times, which the council regrets, said the mayor."

        assert ("The oven was lit three times said the mayor.", sentence, "supported") in made("shortened", sentence)

    def test_a_question_with_its_answer_is_true_and_with_another_name_not(self) -> None:
        start = PARAGRAPH.index("Marta Lind")
        question = ParagraphQuestion("q", "Who was questioned by Brandt?", "d", PARAGRAPH, ((start, start + 10),))
        found = {one[0]: one[2] for seed in range(30) for one in stated(question, random.Random(seed))}

        assert found.pop("Marta Lind was questioned by Brandt.") == "supported"
        assert set(found.values()) == {NOT_SUPPORTED}

    def test_how_many_are_told_with_another_number_falsely(self) -> None:
        start = PARAGRAPH.index("12")
        question = ParagraphQuestion("q", "How many months were silent?", "d", PARAGRAPH, ((start, start + 2),))
        found = {one[0]: one[2] for seed in range(30) for one in stated(question, random.Random(seed))}

        assert found.pop("12 months were silent.") == "supported"
        assert set(found.values()) == {"contradicted"}


def of_a_paragraph(seed: int) -> list[Claim]:
    question = ParagraphQuestion("q", "Who keeps the tables?", "d", PARAGRAPH, ())
    return list(made_claims([question], random.Random(seed)))


class TestClaims:
    def test_what_is_changed_stands_in_neither_place_as_it_was(self) -> None:
        claims = [one for seed in range(60) for one in of_a_paragraph(seed)]

        assert {one.kind for one in claims} > {"altered", "roles", "denied", "reported", "shortened"}
        assert all(one.statement not in one.evidence for one in claims if one.kind in {"altered", "roles"})

    def test_the_same_draw_makes_the_same_claims(self) -> None:
        assert of_a_paragraph(3) == of_a_paragraph(3)

    @repeatable
    @given(st.sampled_from(sorted(MAKERS)), st.text(max_size=120), st.integers(0, 5))
    def test_any_text_may_come(self, kind: str, text: str, seed: int) -> None:
        maker, _ = MAKERS[kind]

        assert all(claim and evidence for claim, evidence, _ in maker(text, [OVEN], random.Random(seed)))
