"""The offline engine: the reader reads the most promising stretches of the passages and points at what answers.

Retrieved broadly, read closely: the reader ranks, and the articles answer in their own words.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from index.embedding import TextEmbedder
from index.records import Passage
from qa.answer_types import asks_whether
from qa.bylines import asks_for_the_writer, furniture_asked_for
from qa.comparison import Side
from qa.deciding import BearingByMeaning, Decision, decided, replied
from qa.findings import Finding, findings
from qa.groups import COMPANION_SHARE, grouped, pooled, told_best
from qa.judge import Verifier
from qa.lists import Lists
from qa.opinions import Opinions
from qa.parts import parts_of
from qa.question_kinds import Wanted, asks_for_latest, wanted
from qa.quotations import named_before, quoting, with_the_quotation
from qa.reader import Reader
from qa.reckoning import reckoned
from qa.records import Draft, DraftStatement, Support, as_statements
from qa.rows import is_row
from qa.second_reading import nearest_stretches
from qa.stretches import STRETCHES_READ, Stretch, WordStatistics, part_weights, stretches_to_read, word_weights
from qa.summaries import Summaries, as_of
from qa.table_answers import Tables, Told
from qa.topics import without_topic
from qa.updates import updated

# At .4 the open cases lose 2 right answers and gain 5 refusals, but the frozen ones lose 7 and gain 1 (of 175).
ANSWER_THRESHOLD = 0.345
SURE_AT_ONCE = 0.45  # of the first reading's best answer, with which nothing more is read
LATEST_SHARE = 0.6  # of the surest answer's confidence, which that of a newer article needs
# How far behind the first sentence a list is followed, and how surely each must answer by itself. Chosen on the open
# cases of both suites: of six lists told in part, three become whole, and two answers get a sentence too many.
SENTENCES_OF_A_LIST, LEAST_LISTED = 3, 0.2
LEAST_OF_A_TOPIC = 0.45  # of what is found without the names of an article's title
MAX_STATEMENTS, MAX_LISTED, SENTENCES_OF_A_SIDE = 3, 6, 2
# A plural behind "which" or "what", as far as what follows shows it to be one: "which potter owns it?" has none.
_ASKS_FOR_A_LIST = re.compile(
    r"\b(?:which|what)\s+(?:\w+\s+){0,2}(?!does\b|is\b|was\b|has\b|this\b)\w{2,}[^\Wsu]s"
    r"(?=,|\s+(?:are|were|do|did|have|had|will|would|can|could|should|that|of)\b)"
    r"|\bwhich\s+(?!does\b|is\b|was\b|has\b|this\b)\w{2,}[^\Wsu]s\b(?!\s+(?:is|was|it|him|her|them)\b)"
    r"|\b(?:what|who|which)\s+(?:are|were)\s+(?:all\s+)?the\s+\w+s\b|\blist\b|\bname\s+(?:the|all)\b",
    re.IGNORECASE,
)


class ExtractiveEngine:
    """Answers with whole sentences of the passages, and the words in them that the reader points at."""

    name = "extractive"

    def __init__(
        self,
        reader: Reader,
        statistics: WordStatistics,
        threshold: float = ANSWER_THRESHOLD,
        stretches_read: int = STRETCHES_READ,
        verifier: Verifier | None = None,
        summaries: Summaries | None = None,
        embedder: TextEmbedder | None = None,
        tables: Tables | None = None,
        lists: Lists | None = None,
        opinions: Opinions | None = None,
    ) -> None:
        """With a `verifier`, questions that want yes or no get it; with `summaries`, those for an account get one.

        With an `embedder`, what comes nearest in meaning is read, too, where the first reading leaves doubt. With
        `tables`, what a table tells is told from it, and a reading that it rules out is no answer; with `lists`, a list
        of an article is told whole; with `opinions`, what a writer says as his own is told to be his.
        """
        self._opinions = opinions
        self._tables = tables
        self._lists = lists
        self._summaries = summaries
        self._embedder = embedder
        self._reader = reader
        self._verifier = verifier
        self._statistics = statistics
        self._threshold = threshold
        self._stretches_read = stretches_read

    def draft(self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()) -> Draft:
        """Return the sentences that answer, of every side where articles differ, or a draft without statements.

        Stretches are chosen by `question`, which stands alone; what the reader is asked is `asked`: of a
        follow-up joined with the question before it, a reader answers the one before.
        """
        parts = parts_of(asked)
        wish = wanted(asked) if len(parts) == 1 else Wanted("fact")
        if self._summaries and wish.kind == "summary":
            return self._summaries.draft(wish, passages, question)
        draft = self._read(question, passages, parts, sides)
        if self._summaries and wish.kind == "statements" and not sides:
            return self._summaries.said(wish, draft, passages, question)
        return draft

    def _read(self, question: str, passages: Sequence[Passage], parts: Sequence[str], sides: Sequence[Side]) -> Draft:
        if sides:
            shown = [one for side in sides for one in side.findings[:SENTENCES_OF_A_SIDE]]
            return Draft(_statements(shown, len(shown)), max(one.confidence for one in shown), sides[0].answer)
        if len(parts) > 1:
            drafts = [
                self._of_one(self._sought(part, part, passages, part_weights(question, part, self._statistics)))
                for part in parts
            ]
            return _together(parts, drafts)
        return self._of_one(self._sought(question, parts[0], passages, word_weights(question, self._statistics)))

    def _sought(
        self, question: str, asked: str, passages: Sequence[Passage], weights: Mapping[str, float]
    ) -> "_Sought":
        return _Sought(question, asked, passages, weights, self._stretches_read, self._embedder)

    def _of_one(self, sought: "_Sought") -> Draft:
        """Answer a question that asks for one thing, from the stretches that its words promise."""
        asked, passages = sought.asked, sought.passages
        told = self._tables.told(asked, passages) if self._tables else Told()
        if told.draft:
            return told.draft
        if asks_whether(asked) and (decision := self._decided(sought)):
            said = decision.finding
            return Draft(_statements([said], 1), said.confidence, decision.answer)
        quoted = quoting(asked, passages)
        found = findings(asked, quoted, self._reader) if quoted else self._read_twice(sought)
        found = [one for one in found if not told.rules_out(one.article_id, one.span)]
        if asks_for_the_writer(asked):
            found = [one for one in found if one.sentence not in one.passage.chunk.told()]
        if result := reckoned(asked, found):
            return result
        draft = self._chosen(asked, grouped(found), passages)
        return replace(draft, statements=with_the_quotation(draft.statements, quoted)) if quoted else draft

    def _decided(self, sought: "_Sought") -> Decision | None:
        """Return yes or no by the stretches, or else by what comes nearest in meaning."""
        if self._verifier is None:
            return None
        bears = BearingByMeaning(sought.asked, self._reader, self._embedder)
        if reply := replied(sought.stretches, bears.likeness):
            return reply
        first = decided(sought.asked, sought.stretches, self._verifier, bears)
        return first or decided(sought.asked, sought.nearest, self._verifier, bears)

    def _read_twice(self, sought: "_Sought") -> list[Finding]:
        """Return what is found in the stretches, and where that leaves doubt, in what comes nearest in meaning."""
        found = findings(sought.asked, sought.stretches, self._reader)
        if self._embedder and _surest(found) < SURE_AT_ONCE:
            wider = [*sought.stretches, *sought.nearest]
            found = findings(sought.asked, wider, self._reader)
            if _surest(found) < self._threshold:
                found = self._of_its_topic(sought.asked, wider) or found
        return found

    def _of_its_topic(self, asked: str, stretches: Sequence[Stretch]) -> list[Finding]:
        """Return what is found for a question without the names that the articles' titles hold, if that is sure."""
        titled = without_topic(asked, [one.passage for one in stretches])
        if titled is None or asks_for_latest(asked):  # the newest article may have another title
            return []
        text, about = titled
        found = findings(text, [one for one in stretches if one.passage in about], self._reader)
        return found if _surest(found) >= LEAST_OF_A_TOPIC else []

    def _chosen(self, asked: str, groups: Sequence[Sequence[Finding]], passages: Sequence[Passage]) -> Draft:
        """Return the surest answer, and what belongs beside it: its other sentences, a list's rest, older news."""
        best = told_best(max(groups, key=pooled, default=()))
        sure = round(pooled(best), 4) if best else 0.0
        if sure < SURE_AT_ONCE and self._lists and (listed := self._lists.by_words(asked, passages)):
            return listed
        if sure < SURE_AT_ONCE and self._opinions and (own := self._opinions.by_their_writer(asked, passages)):
            return own
        if sure < self._threshold or not best:
            return Draft((), sure)
        if self._lists and (block := self._lists.around(asked, best[0])):
            return Draft(block.statements(), sure)
        lists = _ASKS_FOR_A_LIST.search(asked) is not None
        if not lists and asks_for_latest(asked) and (latest := self._latest(groups, sure)):
            return latest
        found = [one for group in groups for one in group]
        if not lists and (changed := updated(asked, best, sure, found, passages, self._reader)):
            return changed
        if named := named_before(asked, best[0]):
            return Draft(_statements([named, best[0]], MAX_STATEMENTS), sure, named.alone)
        least = best[0].confidence * COMPANION_SHARE
        answering = [one for one in (self._listed(groups, best) if lists else best) if one.confidence >= least]
        if lists:
            answering += self._going_on(asked, best[0])
        statements = _statements(answering, MAX_LISTED if lists else MAX_STATEMENTS)
        whole = asks_whether(asked) or (lists and len(statements) > 1)  # then no words of one sentence are the answer
        return Draft(statements, sure, None if whole else best[0].short_answer(asked))

    def _going_on(self, asked: str, first: Finding) -> list[Finding]:
        """Return what behind a list's first sentence answers as well, read by itself: lists go on over sentences."""
        chunk = first.passage.chunk
        told = chunk.told()
        if first.sentence not in told or is_row(chunk, first.sentence):
            return []
        place = told.index(first.sentence) + 1
        behind = [Stretch(first.passage, (one,), 0.0) for one in told[place : place + SENTENCES_OF_A_LIST]]
        found = {one.sentence: one for one in reversed(findings(asked, behind, self._reader))}
        return [one for place in sorted(found) if (one := found[place]).confidence >= LEAST_LISTED]

    def _latest(self, groups: Sequence[Sequence[Finding]], sure: float) -> Draft | None:
        """Return the answer of the newest article that answers surely enough, and what older ones say behind it.

        None where they have no dates.
        """
        least = max(self._threshold, LATEST_SHARE * sure)
        best: dict[str, tuple[float, Finding]] = {}
        for group in groups:
            for one in group:
                known = best.get(one.article_id)
                if (
                    one.passage.published
                    and pooled(group) >= least
                    and (not known or one.confidence > known[1].confidence)
                ):
                    best[one.article_id] = pooled(group), one
        told = sorted(best.values(), key=lambda each: (-_day(each[1]), -each[0], each[1].article_id))
        if not told:
            return None
        sure_of_it, newest = told[0]
        statements = _statements([one for _, one in told], MAX_STATEMENTS)
        days = [one.supports[0].passage.published for one in statements]
        return Draft(statements, round(sure_of_it, 4), newest.alone, as_of(days))

    def _listed(self, groups: Sequence[Sequence[Finding]], best: Sequence[Finding]) -> list[Finding]:
        """The best answer and every other that would stand on its own."""
        others = [one for group in groups if group is not best and pooled(group) >= self._threshold for one in group]
        return [*best, *others]


@dataclass(frozen=True)
class _Sought:
    """A question for one thing: `question` stands alone, `asked` is what a reader is asked, `weights` its words'."""

    question: str
    asked: str
    passages: Sequence[Passage]
    weights: Mapping[str, float]
    stretches_read: int
    embedder: TextEmbedder | None

    @cached_property
    def stretches(self) -> list[Stretch]:
        """What its words promise."""
        return stretches_to_read(self.passages, self.weights, self.stretches_read, furniture_asked_for(self.asked))

    @cached_property
    def nearest(self) -> list[Stretch]:
        """What comes nearest in meaning beside that, none without an embedder."""
        if self.embedder is None:
            return []
        return nearest_stretches(self.question, self.passages, self.weights, self.embedder, self.stretches)


def _surest(found: Sequence[Finding]) -> float:
    return max(map(pooled, grouped(found)), default=0.0)


def _together(parts: Sequence[str], drafts: Sequence[Draft]) -> Draft:
    """Return the answers to all parts as one draft, as sure as the least sure of them."""
    answered = [one for one in drafts if one.statements]
    if not answered:
        return Draft((), max(one.confidence for one in drafts))
    statements = as_statements(support for one in answered for made in one.statements for support in made.supports)
    open_parts = tuple(part for part, one in zip(parts, drafts, strict=True) if not one.statements)
    return Draft(statements, min(one.confidence for one in answered), unanswered=open_parts)


def _day(finding: Finding) -> int:
    """Return the day of a finding's article as a number that grows; 0 where it has none."""
    return finding.passage.published.toordinal() if finding.passage.published else 0


def _statements(found: Sequence[Finding], most: int) -> tuple[DraftStatement, ...]:
    """Return at most `most` sentences, each distinct wording once with all articles that use it."""
    return as_statements(Support(one.passage, one.sentence) for one in found)[:most]
