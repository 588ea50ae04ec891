"""Is the gold among the passages? Evaluators of one ranking; scores are 0 to 1."""

from collections.abc import Callable, Sequence

from eval.cases import Case, GoldSpan
from eval.citation_metrics import overlaps
from eval.records import RetrievalScores
from index.records import Passage

DEPTHS = (1, 3, 5, 10)
DEPTH = max(DEPTHS)


def meets(passage: Passage, gold: GoldSpan) -> bool:
    """Does the passage hold at least half of the gold span, or the span half of the passage?"""
    return passage.file == gold.file and overlaps(passage.chunk.start, passage.chunk.end, gold)


def recall(passages: Sequence[Passage], gold: Sequence[GoldSpan]) -> float:
    """Recall = gold spans met by some passage / gold spans (Manning, Raghavan & Schütze 2008, chapter 8)."""
    return sum(any(meets(passage, span) for passage in passages) for span in gold) / len(gold)


def reciprocal_rank(passages: Sequence[Passage], gold: Sequence[GoldSpan]) -> float:
    """1 / rank of the first passage that meets any gold span, 0 if none does (Voorhees 1999)."""
    ranks = (rank for rank, passage in enumerate(passages, 1) if any(meets(passage, span) for span in gold))
    return 1 / next(ranks, float("inf"))


def retrieval_scores(case: Case, passages: Sequence[Passage]) -> RetrievalScores | None:
    """Every measure of one ranking, best first, read to DEPTH. None for a case without gold.

    `dense_recall` and `lexical_recall` count only passages that this search itself ranked within DEPTH: each must
    hold up alone, or one could break unnoticed behind the other.
    """
    gold = case.gold
    if not gold:
        return None
    read = tuple(passages)[:DEPTH]

    def found_by(rank: Callable[[Passage], int | None]) -> float:
        return recall([passage for passage in read if (rank(passage) or DEPTH + 1) <= DEPTH], gold)

    return RetrievalScores(
        recall_at={depth: recall(read[:depth], gold) for depth in DEPTHS},
        reciprocal_rank=reciprocal_rank(read, gold),
        dense_recall=found_by(lambda passage: passage.dense_rank),
        lexical_recall=found_by(lambda passage: passage.lexical_rank),
        by_file={file: recall(read, [span for span in gold if span.file == file]) for file in sorted(case.gold_files)},
    )
