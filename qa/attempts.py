"""What an engine drafts is held to the articles, statement by statement, and what holds is kept."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from index.records import Passage
from index.words import content_stems
from qa.answer_types import asks_whether
from qa.citations import CitationLedger
from qa.clauses import clauses
from qa.grounding import is_word_for_word
from qa.protocols import Grounder, Judgement
from qa.records import Basis, Draft, DraftStatement, LiveDraft, Statement, Support
from qa.vetoes import veto

LEFT_OPEN = "To a part of this the articles have no answer:"
LEAST_CONFIDENCE = 0.3  # of a statement of an engine without a confidence of its own
_STAND_INS_READ = 6  # sentences that a statement cites: one that cites everything is not read on and on
# Why a statement is left out. Of its words, which no article supports, none is told.
UNSUPPORTED = "no article says so"
DETAIL = "it holds a number, date, name or quotation that the articles lack"
BESIDE = "it does not answer the question"


@dataclass(slots=True)
class Attempt:
    """What an engine has come to: `statements` hold, `dropped` counts the others by reason.

    `quotes` are those drafts of an engine that quotes that hold, `unheld` a writer's that don't; `answers` tells
    whether a statement itself answers, by the judgement, rather than explaining what does.
    """

    ledger: CitationLedger
    engine: str
    statements: list[Statement] = field(default_factory=list)
    quotes: list[DraftStatement] = field(default_factory=list)
    unheld: list[DraftStatement] = field(default_factory=list)
    answers: bool = False
    dropped: Counter[str] = field(default_factory=Counter)
    confidence: float = 0.0
    short_answer: str | None = None
    note: str | None = None
    failed: bool = False
    declined: bool = False
    fallback_reason: str | None = None
    tokens: dict[str, int] = field(default_factory=dict)

    def end(self, draft: Draft | LiveDraft) -> None:
        """Note how a draft ended, whose last statement has been taken."""
        if isinstance(draft, Draft):
            self.confidence, self.short_answer, self.note = draft.confidence, draft.short_answer, draft.note
            if draft.unanswered:
                self.note = f"{LEFT_OPEN} {' '.join(draft.unanswered)}"
            return
        self.failed, self.declined = draft.failure is not None, draft.declined
        self.fallback_reason = draft.failure
        self.tokens = draft.tokens
        if self.dropped and not (self.statements or self.failed or self.declined):
            wrote = f"the engine {self.engine} wrote (statements: {self.dropped.total()})"
            self.fallback_reason = f"nothing holds of what {wrote}"

    def gives_way_to(self, other: "Attempt") -> "Attempt":
        """Return the other, which tells of this one why it was needed and what it cost."""
        other.dropped += self.dropped
        other.fallback_reason = self.fallback_reason or other.fallback_reason
        other.tokens = other.tokens or self.tokens
        return other


class Checker:
    """Holds what is drafted for one question to the passages that were found for it."""

    def __init__(
        self,
        grounder: Grounder,
        judgement: Judgement,
        question: str,
        passages: Sequence[Passage],
        stand_ins: Judgement | None = None,
    ) -> None:
        """`stand_ins` tells whether a sentence answers that a failing statement cites; without it, none stands in."""
        self._grounder = grounder
        self._judgement = judgement
        self._question = question
        self._passages = passages
        self._stand_ins = stand_ins

    def check(
        self, drafted: DraftStatement, attempt: Attempt, sure: float | None, answered: Attempt | None = None
    ) -> list[Statement]:
        """Return what of a statement holds, with the citations that support it, and put it into the attempt.

        `sure` is the engine's own confidence. Of one without, a statement must itself answer, by the judgement, or be
        of the articles in which the judge has found an answer (`answered`), and explain it.
        """
        if sure is not None:
            made = self._released(drafted.text, self._held(drafted, attempt), attempt, sure)
            if made is None:
                attempt.dropped[UNSUPPORTED] += 1
                return []
            attempt.quotes.append(drafted)
            return [made]
        parts = self._parts(drafted, attempt)
        if not parts:
            attempt.dropped[self._reason(drafted.text)] += 1
            attempt.unheld.append(drafted)
            return []
        released = []
        for text, supports in parts:
            confidence = self._judgement.confidence(self._question, text, supports)
            attempt.answers |= confidence >= LEAST_CONFIDENCE
            if answered and self._explains(text, supports, answered):
                confidence = max(confidence, answered.confidence)
            elif confidence < LEAST_CONFIDENCE:
                continue
            if made := self._released(text, supports, attempt, confidence):
                released.append(made)
        if not released:
            attempt.dropped[BESIDE] += 1
        return released

    def in_its_place(self, drafted: DraftStatement, attempt: Attempt) -> list[Statement]:
        """Return the sentence that stands in for what failed: the best of those that it cites, where that answers."""
        if self._stand_ins is None:
            return []
        said = {(one.article_id, one.start, one.end) for made in attempt.statements for one in made.citations}
        cited = [one for excerpt in drafted.excerpts for one in excerpt.supports][:_STAND_INS_READ]
        new = [one for one in cited if (one.passage.chunk.article_id, *one.span) not in said]
        read = [(self._stand_ins.confidence(self._question, one.wording, [one]), one) for one in new]
        sure, best = max(read, key=lambda one: one[0], default=(0.0, None))
        if best is None or sure < LEAST_CONFIDENCE:
            return []
        made = self._released(best.wording, [best], attempt, sure)
        attempt.answers |= made is not None
        return [made] if made else []

    def _parts(self, drafted: DraftStatement, attempt: Attempt) -> list[tuple[str, tuple[Support, ...]]]:
        """Return the whole where all that it joins holds, else the parts that do."""
        joined = clauses(drafted.text)
        whole = self._held(drafted, attempt)
        if len(joined) == 1 or is_word_for_word(drafted.text, whole):
            return [(drafted.text, whole)] if whole else []
        parts = [(text, self._held(DraftStatement(text, (), drafted.excerpts), attempt)) for text in joined]
        held = [(text, supports) for text, supports in parts if supports]
        if len(held) == len(parts):
            return [(drafted.text, tuple(dict.fromkeys(one for _, supports in held for one in supports)))]
        for text, supports in parts if held else ():
            if not supports:
                attempt.dropped[self._reason(text)] += 1
        return held

    def _held(self, drafted: DraftStatement, attempt: Attempt) -> tuple[Support, ...]:
        found = self._grounder.supports(drafted, self._passages)
        return tuple(one for one in found if attempt.ledger.quote(one) is not None)

    def _explains(self, text: str, supports: Sequence[Support], answered: Attempt) -> bool:
        """Tell whether a statement is of the articles that answer, and says more than the question does.

        Another article may be about something else, or have been written to be repeated.
        """
        answering = {citation.article_id for made in answered.statements for citation in made.citations}
        more = asks_whether(self._question) or not set(content_stems(text)) <= set(content_stems(self._question))
        return more and all(one.passage.chunk.article_id in answering for one in supports)

    def _released(
        self, text: str, supports: Sequence[Support], attempt: Attempt, confidence: float
    ) -> Statement | None:
        # Only what holds gets a number, so that numbers count from 1 without gaps.
        citations = dict.fromkeys(citation for one in supports if (citation := attempt.ledger.locate(one)))
        if not citations:
            return None
        attempt.confidence = max(attempt.confidence, confidence)
        basis: Basis = "quoted" if is_word_for_word(text, supports) else "verified"
        made = Statement(text, tuple(citations), basis)
        attempt.statements.append(made)
        return made

    def _reason(self, text: str) -> str:
        everything = " ".join(one.chunk.text for one in self._passages)
        return UNSUPPORTED if veto(text, everything) is None else DETAIL
