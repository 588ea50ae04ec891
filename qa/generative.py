"""The engine that asks a language model, statement by statement; nothing that it drafts is believed."""

import logging
import re
import secrets
from collections.abc import Callable, Iterator, Sequence

from index.records import Passage
from qa.comparison import Side
from qa.errors import LLMFailure
from qa.llm_calls import LLMCaller, Reply
from qa.prompts import MAX_STATEMENTS, STATEMENTS_SCHEMA, answer_messages, numbered
from qa.records import DraftStatement, LiveDraft
from qa.written import Written, WrittenStatements

log = logging.getLogger(__name__)

PASSAGES_SHOWN = 6  # the best; of the evaluation's questions, the answer is among them for nine in ten
_ROOM = 1 / 3  # of the context window, for passages: what takes a small model long to read, it also confuses
_BYTES_PER_TOKEN = 3  # few enough for any tokenizer on English; other alphabets take more bytes a token, not fewer
# What models write when the passages don't answer. No article is quoted with these words.
# A model that has written so many times its different statements, quotes included, and more than this, won't end.
_REPEATS, _BEGINNING = 4, 2_000
_MATERIAL = (
    r"(?:the|these) (?:provided |given )?(?:articles?|passages?|sources?|texts?|information)(?: provided| given)?"
)
_DECLINES = re.compile(
    r"^\W*not in the articles\b"
    rf"|^(?:(?:i(?:[’']m| am) )?sorry,? (?:but )?|unfortunately,? |(?:based on|according to|from) {_MATERIAL},? )*"
    rf"(?:{_MATERIAL} (?:do(?:es)?n[’']t|do(?:es)? not|did not|provides? no|gives? no|contains? no|mentions? no"
    r"|answers?|says? nothing)\b"
    rf"|(?:none|neither) of {_MATERIAL}(?! that\b)"
    r"|(?:there is|i (?:have|found|find|see)) no (?:information|mention|answer)\b"
    r"|i (?:do(?:n[’']t| not) know|(?:can|could)(?: ?not|n?[’']t) (?:find|answer|determine))\b"
    r"|(?:it|this|that) (?:is|was)(?:n[’']t| not) (?:mentioned|stated|said|given|specified)\b"
    r"|(?:the|this|that|your) question can(?:not|[’']t) be answered\b)",
    re.IGNORECASE,
)
_NO_STATEMENTS = re.compile(r'(?:```(?:json)?)?\s*\{\s*"statements"\s*:\s*\[\s*\]\s*\}\s*(?:```)?')


def random_delimiter() -> str:
    """Return a line that no article can hold."""
    return f"=====[{secrets.token_hex(8)}]====="


class GenerativeEngine:
    """Has a model write short statements from the best passages, each with the passages that it cites."""

    name = "llm"

    def __init__(
        self, caller: LLMCaller, passages_shown: int = PASSAGES_SHOWN, delimiter: Callable[[], str] = random_delimiter
    ) -> None:
        self._caller = caller
        self._passages_shown = passages_shown
        self._delimiter = delimiter

    def draft(
        self,
        question: str,
        passages: Sequence[Passage],
        asked: str,  # noqa: ARG002 - for a reader
        sides: Sequence[Side] = (),
    ) -> LiveDraft:
        """Return a draft whose statements the model writes while they are taken.

        It is asked `question`, which stands alone: unlike the reader, it would not know what a follow-up means.
        """
        of_sides = [one.passage for side in sides for one in side.findings[:1]]
        shown = self._fitting([*dict.fromkeys([*of_sides, *passages])][: self._passages_shown], question)
        draft = LiveDraft(iter(()))
        if shown:
            differing = [shown.index(one) + 1 for one in of_sides if one in shown]
            draft.statements = self._written(question, shown, differing, draft)
        return draft

    def _fitting(self, passages: Sequence[Passage], question: str) -> Sequence[Passage]:
        """Leave out the weakest passages until the rest has room in the model's context window."""
        room = self._caller.model.context_window * _ROOM * _BYTES_PER_TOKEN
        sizes = [len(numbered(number, passage, question).encode()) for number, passage in enumerate(passages, 1)]
        while len(passages) > 1 and sum(sizes[: len(passages)]) > room:
            passages = passages[:-1]
        return passages

    def _written(
        self, question: str, shown: Sequence[Passage], differing: Sequence[int], draft: LiveDraft
    ) -> Iterator[DraftStatement]:
        as_json = self._caller.takes_a_schema
        messages = answer_messages(question, shown, self._delimiter(), as_json=as_json, differing=differing)
        reply, written, said = Reply(draft.tokens), WrittenStatements(), ""
        seen: dict[str, None] = {}
        try:
            for piece in self._caller.stream(messages, reply, STATEMENTS_SCHEMA if as_json else None):
                said += piece
                for one in written.feed(piece):
                    yield from self._drafted(one, shown, draft, seen)
                if len(seen) >= MAX_STATEMENTS:
                    return  # it was asked for no more
                if len(said) > _REPEATS * (1 + sum(map(len, seen))) + _BEGINNING:
                    raise LLMFailure("it goes on without an end")
        except LLMFailure as failure:
            draft.failure = str(failure)
            log.warning("the model %s: %s", self._caller.model.name, failure)
        for one in written.end(cut=draft.failure is not None):
            yield from self._drafted(one, shown, draft, seen)
        draft.declined = draft.declined or _NO_STATEMENTS.search(said) is not None
        if not seen and not draft.failure and not draft.declined:
            draft.failure = "it wrote nothing that can be read"
            log.warning("the model %s: %s", self._caller.model.name, draft.failure)

    def _drafted(
        self, written: Written, shown: Sequence[Passage], draft: LiveDraft, seen: dict[str, None]
    ) -> Iterator[DraftStatement]:
        """Yield the statement unless it was written before, or says that there is nothing to say."""
        if _DECLINES.match(written.text):
            draft.declined = True
        elif written.text not in seen:
            seen[written.text] = None
            cited = tuple(shown[number - 1] for number in written.passages if 0 < number <= len(shown))
            yield DraftStatement(written.text, cited=cited, quote=written.quote)
