"""The engine that asks a language model, statement by statement; nothing that it drafts is believed.

A small model and a strong one are shown different things (`qa.excerpts`), and only a strong one is believed when it
says that the articles don't answer: a small one says so of many questions that they do.
"""

import logging
import re
import secrets
from collections.abc import Callable, Iterator, Sequence

from index.records import Passage
from qa.comparison import Side
from qa.errors import LLMFailure
from qa.excerpts import BearingSentences, Chooser, WholePassages
from qa.llm_calls import LLMCaller, Reply
from qa.llm_spec import Size
from qa.prompts import MAX_STATEMENTS, STATEMENTS_SCHEMA, answer_messages, numbered
from qa.reader import Reader
from qa.records import DraftStatement, Excerpt, LiveDraft
from qa.stretches import WordStatistics
from qa.thinking import Tables, Thoughts
from qa.written import Written, WrittenStatements

log = logging.getLogger(__name__)

TOKENS_OF_A_SMALL_MODEL = 450  # of evidence: two cores read some 55 in a second
_LETTERS_PER_TOKEN = 4  # of English, about
_KEPT_FREE = 1_600  # tokens of the context window, for instructions, question and answer
_BYTES_PER_TOKEN = 3  # few enough for any tokenizer on English; other alphabets take more bytes a token, not fewer
# A model that has written so many times its different statements, quotes included, and more than this, won't end.
_REPEATS, _BEGINNING = 4, 2_000
# What models write when the passages don't answer. No article is quoted with these words.
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
# "This is stated in passage [1]." behind a statement says only where it is from.
_ONLY_WHERE = re.compile(
    r"^(?:this|this information|that|it|the (?:information|answer|statement|fact)) "
    r"(?:is|was|comes|can be|has been) (?:also )?(?:(?:stated|found|mentioned|reported|given|taken|provided) )?"
    r"(?:in|from|by)\b[^.]{0,30}\b(?:passages?|sources?)\b[^.]{0,90}\.?$",
    re.IGNORECASE,
)
FOUND_NOTHING = "it found no answer"  # says one that is not believed
_NO_STATEMENTS = re.compile(r'(?:```(?:json)?)?\s*\{\s*"statements"\s*:\s*\[\s*\]\s*\}\s*(?:```)?')


def random_delimiter() -> str:
    """Return a line that no article can hold."""
    return f"=====[{secrets.token_hex(8)}]====="


class GenerativeEngine:
    """Has a model write statements from excerpts of the passages, each with the excerpts that it cites."""

    name = "llm"

    def __init__(
        self,
        caller: LLMCaller,
        chooser: Chooser | None = None,
        most_tokens: int | None = None,
        delimiter: Callable[[], str] = random_delimiter,
        *,
        is_believed: bool = True,
    ) -> None:
        """Show the model what `chooser` chooses, whole passages unless one is given, and of it `most_tokens`.

        `is_believed` tells whether a model that says that the articles don't answer ends the question.
        """
        self._caller = caller
        self._chooser = chooser or WholePassages()
        self._most_tokens = most_tokens
        self._delimiter = delimiter
        self._is_believed = is_believed

    @classmethod
    def for_size(cls, size: Size, caller: LLMCaller, reader: Reader, statistics: WordStatistics) -> "GenerativeEngine":
        """Return the engine as it suits a model of this size."""
        if size == "large":
            return cls(caller)
        return cls(caller, BearingSentences(reader, statistics), TOKENS_OF_A_SMALL_MODEL, is_believed=False)

    def draft(self, question: str, passages: Sequence[Passage], asked: str, sides: Sequence[Side] = ()) -> LiveDraft:
        """Return a draft whose statements the model writes while they are taken.

        It is asked `question`, which stands alone: unlike the reader, it would not know what a follow-up means.
        """
        shown = self._fitting(self._chooser.chosen(question, passages, asked, sides))
        draft = LiveDraft(iter(()))
        if shown:
            differing = [place for side in sides if (place := _number_of(side, shown))]
            draft.statements = self._written(question, shown, differing, draft)
        return draft

    def _fitting(self, excerpts: Sequence[Excerpt]) -> Sequence[Excerpt]:
        """Return the excerpts for which there is room, the best first; the best itself always."""
        room = (self._caller.model.context_window - _KEPT_FREE) * _BYTES_PER_TOKEN
        if self._most_tokens is not None:
            room = min(room, self._most_tokens * _LETTERS_PER_TOKEN)
        fitting = list(excerpts[:1])
        for one in excerpts[1:]:
            fitting.append(one)
            if sum(len(numbered(number, shown).encode()) for number, shown in enumerate(fitting, 1)) > room:
                return fitting[:-1]
        return fitting

    def _written(
        self, question: str, shown: Sequence[Excerpt], differing: Sequence[int], draft: LiveDraft
    ) -> Iterator[DraftStatement]:
        as_json = self._caller.takes_a_schema
        messages = answer_messages(question, shown, self._delimiter(), as_json=as_json, differing=differing)
        reply, written, said = Reply(draft.tokens), WrittenStatements(), ""
        thoughts, tables = Thoughts(), Tables()
        seen: dict[str, None] = {}
        try:
            for piece in self._caller.stream(messages, reply, STATEMENTS_SCHEMA if as_json else None):
                heard = tables.feed(thoughts.feed(piece))
                said += heard
                for one in written.feed(heard):
                    yield from self._drafted(one, question, shown, draft, seen)
                if len(seen) >= MAX_STATEMENTS:
                    return  # it was asked for no more
                if len(said) > _REPEATS * (1 + sum(map(len, seen))) + _BEGINNING:
                    raise LLMFailure("it goes on without an end")
        except LLMFailure as failure:
            draft.failure = str(failure)
            log.warning("the model %s: %s", self._caller.model.name, failure)
        rest = written.feed(tables.feed(thoughts.end()) + tables.end()) if draft.failure is None else []
        for one in [*rest, *written.end(cut=draft.failure is not None)]:
            yield from self._drafted(one, question, shown, draft, seen)
        draft.declined = draft.declined or _NO_STATEMENTS.search(said) is not None
        if not seen and not draft.failure and not draft.declined:
            draft.failure = "it wrote nothing that can be read"
            log.warning("the model %s: %s", self._caller.model.name, draft.failure)
        if draft.declined and not self._is_believed:
            draft.declined, draft.failure = False, draft.failure or (None if seen else FOUND_NOTHING)

    def _drafted(
        self, written: Written, question: str, shown: Sequence[Excerpt], draft: LiveDraft, seen: dict[str, None]
    ) -> Iterator[DraftStatement]:
        """Yield the statement unless it was written before, is the question, or says that there is nothing to say."""
        if _DECLINES.match(written.text):
            draft.declined = True
        elif written.text not in seen and not (_asks(written.text, question) or _ONLY_WHERE.match(written.text)):
            seen[written.text] = None
            cited = tuple(shown[number - 1] for number in written.passages if 0 < number <= len(shown))
            yield DraftStatement(written.text, excerpts=cited, quote=written.quote)


def _asks(text: str, question: str) -> bool:
    """Tell whether a model repeats the question, with or without a word before it."""
    bare = text.casefold().rstrip(" ?.")
    return bare.endswith(question.casefold().strip(" ?.")) and len(bare) < 2 * len(question)


def _number_of(side: Side, shown: Sequence[Excerpt]) -> int:
    """Return the number of the excerpt with a side's surest sentence, 0 where none has it."""
    surest = side.findings[0]
    return next(
        (n for n, one in enumerate(shown, 1) if one.passage == surest.passage and surest.sentence in one.sentences), 0
    )
