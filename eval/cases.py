"""The cases: what is asked, what is accepted, and which words of which articles it rests on.

A case is one line of JSON in `eval/cases/*.jsonl` (open) or `eval/cases/frozen/*.jsonl` (frozen: counted, never shown).
This module holds a checked case; `eval.case_files` reads and checks the lines.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, get_args

from qa.records import Question

Kind = Literal[
    "one_source",
    "several_sources",
    "who",
    "when",
    "where",
    "how_many",
    "list",
    "cause",
    "quotation",
    "paraphrase",
    "name_variant",
    "disagreement",
    "agreement",
    "follow_up",
    "how",
    "yes_no",
    "summary",
    "comparison",
    "two_part",
    "latest",
    "arithmetic",
    "table",
    "opinion_or_fact",
    "false_premise",
    "near_miss",
    "far",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
UNANSWERABLE: frozenset[Kind] = frozenset({"false_premise", "near_miss", "far"})


@dataclass(frozen=True, slots=True)
class GoldSpan:
    """Words of an article on which a right answer rests: `articles[file][start:end]`, code points, end exclusive."""

    file: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Accepted:
    """What counts as a right answer: any of `answers` or `patterns`; with `all_of`, one of each inner list."""

    answers: tuple[str, ...] = ()
    patterns: tuple[re.Pattern[str], ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class GoldView:
    """One side where articles disagree: what it says, and the words in which it says so."""

    answers: tuple[str, ...]
    spans: tuple[GoldSpan, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """One checked case. `digest` changes when what is asked or accepted changes: an edited case is a new one."""

    id: str
    kind: Kind
    question: Question
    accepted: Accepted
    spans: tuple[GoldSpan, ...]
    views: tuple[GoldView, ...]
    must: bool
    frozen: bool
    note: str | None
    digest: str

    @property
    def answerable(self) -> bool:
        """Do the articles say it? If not, refusing is right."""
        return self.kind not in UNANSWERABLE

    @property
    def gold(self) -> tuple[GoldSpan, ...]:
        """Every span that a right answer may rest on; none for a case that the articles don't answer."""
        spans = self.spans + tuple(span for view in self.views for span in view.spans)
        return tuple(dict.fromkeys(spans)) if self.answerable else ()

    @property
    def gold_files(self) -> frozenset[str]:
        """The articles that hold the gold spans."""
        return frozenset(span.file for span in self.gold)


def by_kind(cases: Sequence[Case]) -> Mapping[Kind, tuple[Case, ...]]:
    """The cases of each kind that has any, kinds in their fixed order."""
    groups = {kind: tuple(case for case in cases if case.kind == kind) for kind in KINDS}
    return {kind: group for kind, group in groups.items() if group}


def sample_by_kind(cases: Sequence[Case], size: int) -> tuple[Case, ...]:
    """At most `size` cases, even over the kinds and the same each time: in turn, each kind's next by digest."""
    queues = [sorted(group, key=lambda case: case.digest) for group in by_kind(cases).values()]
    turns = max((len(queue) for queue in queues), default=0)
    in_turn = [queue[turn] for turn in range(turns) for queue in queues if turn < len(queue)]
    drawn = {case.id for case in in_turn[:size]}
    return tuple(case for case in cases if case.id in drawn)
