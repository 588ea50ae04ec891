"""Is the gold among the passages: on hand-made rankings."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from eval.cases import GoldSpan
from eval.records import RetrievalScores
from eval.retrieval_metrics import DEPTH, DEPTHS, reciprocal_rank, retrieval_scores
from index.records import Passage
from tests.eval.specimens import case_of, passage_of

GOLD = (GoldSpan("a.txt", 100, 120), GoldSpan("b.txt", 100, 120))
CASE = case_of(spans=GOLD)
HIT_A, HIT_B = passage_of("a.txt", 80, 200), passage_of("b.txt", 80, 200)
MISS = passage_of("a.txt", 500, 600)


def scores_of(*passages: Passage) -> RetrievalScores:
    scores = retrieval_scores(CASE, passages)
    assert scores is not None
    return scores


def test_recall_is_the_share_of_gold_met_within_the_depth():
    scores = scores_of(MISS, HIT_A, MISS, HIT_B)
    assert scores.recall_at == {1: 0.0, 3: 0.5, 5: 1.0, 10: 1.0}


def test_the_reciprocal_rank_is_that_of_the_first_hit():
    assert scores_of(MISS, MISS, HIT_B).reciprocal_rank == pytest.approx(1 / 3)
    assert scores_of(MISS).reciprocal_rank == 0
    assert not scores_of(MISS).holds_gold


def test_nothing_below_the_greatest_depth_counts():
    scores = scores_of(*[MISS] * DEPTH, HIT_A)
    assert scores.recall_at[DEPTH] == 0
    assert scores.reciprocal_rank == 0


def test_the_same_place_in_another_article_is_no_hit():
    assert reciprocal_rank([passage_of("c.txt", 80, 200)], GOLD) == 0


def test_each_search_is_credited_with_what_it_ranked_itself():
    scores = scores_of(
        passage_of("a.txt", 80, 200, dense_rank=3, lexical_rank=None),
        passage_of("b.txt", 80, 200, dense_rank=DEPTH + 1, lexical_rank=2),
    )
    assert (scores.dense_recall, scores.lexical_recall) == (0.5, 0.5)
    assert scores.recall_at[10] == 1


def test_recall_is_kept_by_article():
    assert scores_of(HIT_B, MISS).by_file == {"a.txt": 0.0, "b.txt": 1.0}


def test_a_case_that_the_articles_do_not_answer_has_no_retrieval_score():
    assert retrieval_scores(case_of("near_miss"), [HIT_A]) is None


@settings(deadline=None)
@given(st.lists(st.sampled_from([HIT_A, HIT_B, MISS]), max_size=15))
def test_recall_never_falls_with_depth_and_stays_within_bounds(passages):
    recall_at = scores_of(*passages).recall_at
    values = [recall_at[depth] for depth in DEPTHS]
    assert values == sorted(values)
    assert all(0 <= value <= 1 for value in values)
