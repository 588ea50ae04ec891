"""Statements made by program: what is called true stands in the evidence, what is called false was really changed."""

import random
import re
from collections.abc import Sequence

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from models.made_answers import stated
from models.made_claims import MAKERS, Claim, made_claims
from models.made_sentences import named
from models.made_words import NOT_SUPPORTED, past, reworded
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


class TestSlipsOfAnEditor:
    """What models/made_sentences.py makes: true in other words or another order, or a slip that changes the sense."""

    def test_an_active_sentence_is_told_as_a_passive_and_turned_round(self) -> None:
        found = labels("turned", "The council sold the old mill in 2019.")

        assert found["The old mill was sold by the council in 2019."] == "supported"
        assert found["The council was sold by the old mill in 2019."] == NOT_SUPPORTED
        assert found["The old mill sold the council in 2019."] == NOT_SUPPORTED

    def test_what_somebody_says_is_no_fact_but_his_words(self) -> None:
        found = labels("attributed", "Marta Lind claimed that the dam would hold.")

        assert found["The dam would hold."] == NOT_SUPPORTED
        assert found["According to Marta Lind, the dam would hold."] == "supported"

    def test_a_condition_is_lost_or_moved(self) -> None:
        found = labels("conditional", "If the rain stops, the bridge will open again.")

        assert found["The bridge will open again."] == NOT_SUPPORTED
        assert found["The bridge will open again if the rain stops."] == "supported"

    def test_cause_and_effect_change_places(self) -> None:
        found = labels("caused", "The bakery closed because the oven had cracked.")

        assert found["The oven had cracked because the bakery closed."] == NOT_SUPPORTED
        assert found["Because the oven had cracked, the bakery closed."] == "supported"

    def test_before_is_not_after(self) -> None:
        found = labels("caused", "The ferry sailed again after the storm had passed the island.")

        before = [label for claim, label in found.items() if re.search(r"\b(?:before|previously)\b", claim)]
        assert before == ["contradicted"] * len(before) != []

    @pytest.mark.parametrize(
        ("sentence", "slip"),
        [
            ("Some of the notes were burnt.", "All of the notes were burnt."),
            ("The fine is up to 400 crowns.", "The fine is 400 crowns."),
            ("A former manager was questioned.", "A manager was questioned."),
            ("The plant may have been hit.", "The plant was hit."),
            ("The tower will be opened on Friday.", "The tower was opened on Friday."),
            ("The club plans to sell the ground.", "The club sold the ground."),
        ],
    )
    def test_some_are_not_all_and_a_plan_is_not_done(self, sentence: str, slip: str) -> None:
        assert labels("widened", sentence).get(slip) == NOT_SUPPORTED

    def test_half_of_either_or_is_not_said(self) -> None:
        found = labels("halved", "Brandt or Lind opened the safe.")

        assert found["Brandt opened the safe."] == found["Lind opened the safe."] == NOT_SUPPORTED

    def test_a_likely_detail_of_another_sentence_is_not_said(self) -> None:
        found = labels("invented", "The mill was sold to a brewer.", ["The dam broke during the great storm of May."])

        assert found["The mill was sold to a brewer during the great storm of May."] == NOT_SUPPORTED

    def test_the_name_for_he_comes_from_the_sentence_before(self) -> None:
        made = list(named("Anselm Krug built the oven.", "He was a potter.", ["Ilse Brandt came."], random.Random(1)))

        assert ("Anselm Krug was a potter.", "Anselm Krug built the oven. He was a potter.", "supported") in made
        assert any(claim == "Ilse Brandt was a potter." and label == NOT_SUPPORTED for claim, _, label in made)

    def test_who_he_is_is_left_open_where_two_might_be_meant(self) -> None:
        assert not list(named("Anselm Krug met Ilse Brandt.", "He was a potter.", [], random.Random(1)))

    def test_words_of_one_meaning_are_exchanged_and_names_are_not(self) -> None:
        told = {reworded("The company bought Purchased Books Ltd.", random.Random(seed)) for seed in range(20)}

        assert "The firm purchased Purchased Books Ltd." in told
        assert all("Purchased Books Ltd." in one for one in told)


@pytest.mark.parametrize(
    ("base", "did"),
    [("send", "sent"), ("close", "closed"), ("carry", "carried"), ("play", "played"), ("open", "opened")],
)
def test_the_past_of_a_verb(base: str, did: str) -> None:
    assert past(base) == did


def test_when_and_what_are_told_with_the_answer_in_its_place() -> None:
    paragraph = "The mill was built in 1911 by Anselm Krug. Its owner is the town of Ravnsund."
    year, owner = paragraph.index("1911"), paragraph.index("the town")
    when = ParagraphQuestion("q1", "When was the mill built?", "d", paragraph, ((year, year + 4),))
    what = ParagraphQuestion("q2", "Who is the owner of the mill?", "d", paragraph, ((owner, len(paragraph) - 1),))

    told = {claim for one in (when, what) for claim, _, label in stated(one, random.Random(2)) if label == "supported"}

    assert told == {"The mill was built in 1911.", "The owner of the mill is the town of Ravnsund."}
