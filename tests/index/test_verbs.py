"""Forms of irregular verbs are told by a list; everything else is left to the stemmer."""

import pytest

from index.verbs import with_other_forms
from index.words import stems


@pytest.mark.parametrize(
    ("one", "other"),
    [("fall", "fell"), ("fell", "fallen"), ("bought", "buy"), ("dead", "died"), ("loss", "lost"), ("sales", "sold")],
)
def test_the_forms_of_a_verb_belong_together(one: str, other: str) -> None:
    assert set(stems(other)) <= with_other_forms(stems(one))


@pytest.mark.parametrize(("one", "other"), [("fall", "fail"), ("ferry", "fell"), ("bought", "brought")])
def test_others_do_not(one: str, other: str) -> None:
    assert set(stems(other)).isdisjoint(with_other_forms(stems(one)))


def test_other_words_stay_alone() -> None:
    assert with_other_forms(["harbour"]) == {"harbour"}
    assert with_other_forms([]) == set()
