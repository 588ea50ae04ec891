"""The published formulas, by hand."""

import io
from dataclasses import replace

import pytest
from rich.console import Console

from eval.cases import GoldSpan
from eval.datasets import Dataset, DatasetQuestion, Document
from eval.public_protocols import multihop_rag, multihop_scores, print_dataset_report, squad, squad_scores
from index.records import Filters, Passage
from qa.records import Answer, Question, Statement
from tests.eval.specimens import answer_of, citation_of, passage_of, refusal

GOLD = (GoldSpan("a.txt", 10, 20), GoldSpan("b.txt", 10, 20))
HIT_A, HIT_B, MISS = passage_of("a.txt", 0, 30), passage_of("b.txt", 0, 30), passage_of("c.txt", 0, 30)
QUIET = Console(file=io.StringIO())
DOCUMENTS = {name: Document(name, "x" * 100, None, None, None) for name in ("a", "b")}


def question(name: str, *answers: str, gold: tuple[GoldSpan, ...] = (), answerable: bool = True) -> DatasetQuestion:
    return DatasetQuestion(name, name, answers, answerable, gold, None)


def test_a_hit_covers_the_whole_gold_span():
    exactly, short = passage_of("a.txt", 10, 20), passage_of("a.txt", 11, 30)
    assert multihop_scores([exactly], GOLD[:1])["hits_at_4"] == 1
    assert multihop_scores([short], GOLD[:1])["hits_at_4"] == 0


def test_one_gold_span_is_enough_for_a_hit_and_each_counts_as_evidence():
    scores = multihop_scores([MISS] * 4 + [HIT_A] + [MISS] * 10 + [HIT_B], GOLD)
    assert scores == {
        "hits_at_4": 0,
        "hits_at_10": 1,
        "mrr_at_10": pytest.approx(1 / 5),
        "all_evidence_at_10": 0.5,
        "all_evidence_at_20": 1,
        "all_evidence_at_50": 1,
    }


def test_a_first_hit_below_the_tenth_rank_has_no_reciprocal_rank():
    assert multihop_scores([MISS] * 10 + [HIT_A], GOLD)["mrr_at_10"] == 0
    assert multihop_scores([], GOLD)["mrr_at_10"] == 0


def test_a_gold_span_listed_twice_counts_once():
    assert multihop_scores([HIT_A], (GOLD[0], GOLD[0]))["all_evidence_at_10"] == 1


def test_multihop_rag_leaves_null_queries_out_and_asks_for_all_that_both_searches_found():
    class Retriever:
        def __init__(self) -> None:
            self.asked: list[tuple[str, int]] = []

        def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
            self.asked.append((query, top_k))
            return [HIT_A] if query == "found" else [MISS]

    gold = (GoldSpan("a", 10, 20),)
    questions = (question("found", gold=gold), question("lost", gold=gold), question("null", answerable=False))
    retriever = Retriever()
    report = multihop_rag(Dataset(DOCUMENTS, questions), retriever, {"a": "a.txt"}, console=QUIET, resamples=50)
    assert retriever.asked == [("found", 1_000), ("lost", 1_000)]
    assert (report.questions, report.left_out) == (2, 1)
    assert report.figures["hits_at_4"].value == report.figures["mrr_at_10"].value == 0.5
    assert report.figures["hits_at_4"].n == 2


class TestEachSearchAlone:
    """The figures called words_ and vectors_ come of each search's own ranks."""

    @staticmethod
    def figures(*passages: Passage) -> dict[str, float]:
        """What a retriever that finds these passages gets for a question whose evidence is in a.txt."""

        class Retriever:
            def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
                return list(passages)

        dataset = Dataset(DOCUMENTS, (question("asked", gold=(GoldSpan("a", 10, 20),)),))
        report = multihop_rag(dataset, Retriever(), {"a": "a.txt"}, console=QUIET, resamples=20)
        return {name: figure.value for name, figure in report.figures.items() if figure.value is not None}

    def test_each_follows_its_own_order(self):
        first, last = replace(MISS, lexical_rank=1, dense_rank=3), replace(MISS, lexical_rank=2, dense_rank=2)
        figures = self.figures(first, replace(HIT_A, lexical_rank=5, dense_rank=1), last)
        assert figures["mrr_at_10"] == pytest.approx(1 / 2)
        assert figures["words_mrr_at_10"] == pytest.approx(1 / 3)
        assert figures["vectors_mrr_at_10"] == 1

    def test_what_a_search_did_not_find_is_none_of_its_hits(self):
        figures = self.figures(replace(HIT_A, lexical_rank=None, dense_rank=1))
        assert (figures["words_hits_at_10"], figures["vectors_hits_at_10"]) == (0, 1)

    def test_a_search_that_found_nothing_scores_0(self):
        figures = self.figures(replace(HIT_A, lexical_rank=1, dense_rank=None))
        assert {value for name, value in figures.items() if name.startswith("vectors_")} == {0}

    def test_each_has_every_figure_of_both_joined(self):
        names = set(self.figures(HIT_A))
        joined = set(multihop_scores([HIT_A], GOLD))
        assert names == {prefix + name for prefix in ("", "words_", "vectors_") for name in joined}


@pytest.mark.parametrize(
    ("prediction", "answers", "exact", "f1"),
    [
        ("The France", ["France"], 1, 1),
        ("northern France", ["France", "in the north"], 0, 2 / 3),
        ("", ["France"], 0, 0),
        ("", [], 1, 1),
        ("France", [], 0, 0),
        ("10th and 11th centuries.", ["in the 10th and 11th centuries", "10th and 11th centuries"], 1, 1),
    ],
)
def test_squad_scores_follow_the_official_script(prediction: str, answers: list[str], exact: float, f1: float):
    scores = squad_scores(prediction, answers)
    assert scores["exact"] == exact
    assert scores["f1"] == pytest.approx(f1)


def test_squad_counts_answerable_and_unanswerable_questions_apart():
    class Answerer:
        def answer(self, question: Question) -> Answer:
            if question.text == "refused":
                return refusal()
            return answer_of(Statement("It was in France then.", (citation_of(),)), short="France")

    questions = (
        question("right", "France"),
        question("refused", "Spain"),
        question("invented", answerable=False),
    )
    report = squad(Dataset(DOCUMENTS, questions), Answerer(), console=QUIET, resamples=50)
    assert report.figures["exact"].value == pytest.approx(1 / 3)
    assert report.figures["answerable_exact"].value == 0.5
    assert report.figures["answerable_refused"].value == 0.5
    assert report.figures["unanswerable_f1"].value == 0
    assert (report.figures["answerable_f1"].n, report.figures["unanswerable_f1"].n) == (2, 1)


def test_a_dataset_report_prints_each_figure_with_its_interval():
    out = io.StringIO()
    gold = (GoldSpan("a", 10, 20),)

    class Retriever:
        def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]:
            return [HIT_A]

    dataset = Dataset(DOCUMENTS, (question("found", gold=gold),))
    report = multihop_rag(dataset, Retriever(), {"a": "a.txt"}, console=QUIET, resamples=20)
    print_dataset_report(report, Console(file=out, width=100))
    assert "hits_at_4" in out.getvalue()
    assert "1.00 [1.00, 1.00]" in out.getvalue()
