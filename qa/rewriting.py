"""A model rewrites a follow-up; what it adds of its own is not believed."""

import logging
from collections.abc import Callable

from index.words import content_words
from qa.compression import denials
from qa.errors import LLMFailure
from qa.followups import StandaloneQuestion, points_back, stand_alone
from qa.generative import random_delimiter
from qa.llm_calls import LLMCaller, Reply
from qa.prompts import stand_alone_messages
from qa.questions import MAX_CHARACTERS, one_line
from qa.records import Turn
from qa.same_answer import answer_key

log = logging.getLogger(__name__)

_TURNS_READ = 6
_SECONDS = 10.0  # the answer must still have its time
_FEW_WORDS = 3  # content words of a question that may lean on what was said before without a word that shows it
_SPARE_CHARACTERS = 300  # by which a rewrite may be longer than the question


class LLMRewriter:
    """Makes a follow-up stand alone with a model's help, or without it where the model fails or adds something."""

    def __init__(self, caller: LLMCaller, delimiter: Callable[[], str] = random_delimiter) -> None:
        self._caller = caller
        self._delimiter = delimiter

    def __call__(self, question: str, history: tuple[Turn, ...]) -> StandaloneQuestion:
        """Return the question as it can be understood without `history`, which is not trusted."""
        made = stand_alone(question, history)
        if not history or not (points_back(question) or len(content_words(question)) <= _FEW_WORDS):
            return made
        if made.to_read == made.text != question:  # what it leaves out is known for sure
            return made
        recent = history[-_TURNS_READ:]
        messages = stand_alone_messages(question, recent, self._delimiter())
        try:
            rewritten = one_line("".join(self._caller.stream(messages, Reply(), within=_SECONDS))).strip("\"' ")
        except LLMFailure as failure:
            log.warning("the model %s rewrote no question: %s", self._caller.model.name, failure)
            return made
        if not _adds_nothing(rewritten, question, recent):
            return made
        return StandaloneQuestion(rewritten, rewritten)


def _adds_nothing(rewritten: str, question: str, history: tuple[Turn, ...]) -> bool:
    """Tell whether a rewrite asks what the question asks, in words of the question and the conversation alone."""
    if not rewritten or len(rewritten) > min(MAX_CHARACTERS, len(question) + _SPARE_CHARACTERS):
        return False
    made, asked = answer_key(rewritten), answer_key(question)
    said = asked.union(*(answer_key(turn.content[:MAX_CHARACTERS]) for turn in history))
    return made <= said and asked <= made and denials(rewritten) == denials(question)
