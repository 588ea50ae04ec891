"""The engine that asks a language model, statement by statement; nothing that it drafts is believed."""

import logging
import re
import secrets
from collections.abc import Callable, Iterator, Sequence

from index.records import Passage
from qa.errors import LLMFailure
from qa.llm_calls import LLMCaller, Reply
from qa.llms import MAX_ANSWER_TOKENS
from qa.prompts import STATEMENTS_SCHEMA, answer_messages, numbered
from qa.records import DraftStatement, LiveDraft
from qa.written import Written, WrittenStatements

log = logging.getLogger(__name__)

PASSAGES_SHOWN = 6  # the best; of the evaluation's questions, the answer is among them for nine in ten
_BYTES_PER_TOKEN = 3  # few enough for any tokenizer on English; German and Cyrillic take more bytes a token, not fewer
_TOKENS_BESIDE = 500  # what the prompt says besides the passages, the longest question included
# What models write when the passages don't answer. No article is quoted with these words.
_DECLINES = re.compile(
    r"^\W*not in the articles\b"
    r"|^(?:the|these|none of the|neither of the) (?:provided |given )?"
    r"(?:articles?|passages?|sources?|texts?|information)(?: provided| given)? "
    r"(?:do(?:es)?n[’']t|do(?:es)? not|did not|provides? no|gives? no|contains? no|mentions? no"
    r"|answers?|says? nothing)\b"
    r"|^(?:there is|i (?:have|found|find|see)) no (?:information|mention|answer)\b"
    r"|^i (?:do(?:n[’']t| not) know|can(?:no|[’'])t (?:find|answer|determine))\b",
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

    def draft(self, question: str, passages: Sequence[Passage], asked: str) -> LiveDraft:  # noqa: ARG002 - for a reader
        """Return a draft whose statements the model writes while they are taken.

        It is asked `question`, which stands alone: unlike the reader, it would not know what a follow-up means.
        """
        shown = self._fitting(passages[: self._passages_shown])
        draft = LiveDraft(iter(()))
        if shown:
            draft.statements = self._written(question, shown, draft)
        return draft

    def _fitting(self, passages: Sequence[Passage]) -> Sequence[Passage]:
        """Leave out the weakest passages until the rest has room in the model's context window."""
        room = (self._caller.model.context_window - MAX_ANSWER_TOKENS - _TOKENS_BESIDE) * _BYTES_PER_TOKEN
        sizes = [len(numbered(number, passage).encode()) for number, passage in enumerate(passages, 1)]
        while len(passages) > 1 and sum(sizes[: len(passages)]) > room:
            passages = passages[:-1]
        return passages

    def _written(self, question: str, shown: Sequence[Passage], draft: LiveDraft) -> Iterator[DraftStatement]:
        as_json = self._caller.takes_a_schema
        messages = answer_messages(question, shown, self._delimiter(), as_json=as_json)
        reply, written, said, count = Reply(draft.tokens), WrittenStatements(), "", 0
        try:
            for piece in self._caller.stream(messages, reply, STATEMENTS_SCHEMA if as_json else None):
                said += piece
                for one in written.feed(piece):
                    count += 1
                    yield from self._drafted(one, shown, draft)
        except LLMFailure as failure:
            draft.failure = str(failure)
            log.warning("the model %s: %s", self._caller.model.name, failure)
        for one in written.end(cut=draft.failure is not None):
            count += 1
            yield from self._drafted(one, shown, draft)
        draft.declined = draft.declined or _NO_STATEMENTS.fullmatch(said.strip()) is not None
        if not count and not draft.failure and not draft.declined:
            draft.failure = "it wrote nothing that can be read"
            log.warning("the model %s: %s", self._caller.model.name, draft.failure)

    def _drafted(self, written: Written, shown: Sequence[Passage], draft: LiveDraft) -> Iterator[DraftStatement]:
        if _DECLINES.match(written.text):
            draft.declined = True
            return
        cited = tuple(shown[number - 1] for number in written.passages if 0 < number <= len(shown))
        yield DraftStatement(written.text, cited=cited, quote=written.quote)
