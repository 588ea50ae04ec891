"""What can go wrong in answering. That the articles don't say is an Answer, never an error.

AnsweringError
├── QuestionError            the question cannot be asked as it is
├── EngineNotConfigured      the engine asked for is not set up
├── LLMNotUsable             the model named cannot be used: a fault of the set-up
└── LLMFailure               the model was asked and failed; the next engine answers
"""


class AnsweringError(Exception):
    """The root of answering's errors; `str(error)` is fit for a user."""


class QuestionError(AnsweringError):
    """The question is empty, too long, or has no words."""


class EngineNotConfigured(AnsweringError):
    """The engine that the question names is not configured."""


class LLMNotUsable(AnsweringError):
    """The language model that was named cannot be used as it is set up."""


class LLMFailure(AnsweringError):
    """The language model failed; `str(error)` says how, in words that hold no key and no article.

    `passing` tells whether asking again may help, `retry_after` in how many seconds the server says that it will,
    `status` is that of its HTTP response, where it gave one.
    """

    def __init__(
        self, reason: str, *, passing: bool = False, retry_after: float | None = None, status: int | None = None
    ) -> None:
        super().__init__(reason)
        self.passing = passing
        self.status = status
        self.retry_after = retry_after
