"""The cases that ship: they fit the articles, and what they accept is what they quote."""

from collections import Counter
from pathlib import Path

import pytest

from eval.case_files import load_cases
from eval.cases import KINDS, Case
from eval.metrics import answer_right
from eval.run import HERE
from tests.eval.perfect import PerfectAnswerer

SEEDS = Path(__file__).parents[2] / "seeds"


@pytest.fixture(scope="module")
def articles() -> dict[str, str]:
    return {path.name: path.read_bytes().decode("utf-8-sig") for path in sorted(SEEDS.glob("*.txt"))}


# The others are asked of other articles.
KINDS_OF_SEEDS = KINDS[: KINDS.index("how")] + KINDS[KINDS.index("false_premise") :]


@pytest.fixture(scope="module")
def cases(articles: dict[str, str]) -> tuple[Case, ...]:
    """Loading them is the test that every gold quote stands at one place of its file."""
    return load_cases(HERE / "cases", articles)


def test_there_are_two_hundred_cases_and_twelve_of_each_kind(cases: tuple[Case, ...]):
    counts = Counter(case.kind for case in cases)
    assert len(cases) >= 200
    assert {kind: counts[kind] for kind in KINDS_OF_SEEDS if counts[kind] < 12} == {}


def test_a_third_of_every_kind_is_frozen_and_none_of_it_a_must(cases: tuple[Case, ...]):
    for kind in KINDS_OF_SEEDS:
        of_kind = [case for case in cases if case.kind == kind]
        assert sum(case.frozen for case in of_kind) / len(of_kind) == pytest.approx(1 / 3, abs=0.12)
    assert not any(case.must for case in cases if case.frozen)


def test_some_open_cases_must_not_regress(cases: tuple[Case, ...]):
    assert any(case.must for case in cases)


def test_every_article_holds_the_gold_of_some_case(cases: tuple[Case, ...], articles: dict[str, str]):
    assert {file for case in cases for file in case.gold_files} == set(articles)


def test_no_two_cases_ask_the_same_thing(cases: tuple[Case, ...]):
    asked = Counter((case.question.text, case.question.history) for case in cases)
    assert [count for count in asked.values() if count > 1] == []


def test_the_words_that_a_case_cites_hold_an_answer_that_it_accepts(cases: tuple[Case, ...], articles: dict[str, str]):
    """A case whose own quotes would be judged wrong is wrong itself. The message counts; some cases are frozen."""
    answerer = PerfectAnswerer(cases, articles)
    wrong = Counter(case.kind for case in cases if case.answerable and not answer_right(case, answerer.quoting(case)))
    assert wrong == Counter()


def test_the_accepted_answer_of_every_case_is_accepted(cases: tuple[Case, ...], articles: dict[str, str]):
    answerer = PerfectAnswerer(cases, articles)
    wrong = Counter(
        case.kind for case in cases if case.answerable and not answer_right(case, answerer.answer(case.question))
    )
    assert wrong == Counter()
