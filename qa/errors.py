"""What can go wrong in answering. That the articles don't say is an Answer, never an error.

AnsweringError
├── QuestionError            the question cannot be asked as it is
└── EngineNotConfigured      the engine asked for is not set up
"""


class AnsweringError(Exception):
    """The root of answering's errors; `str(error)` is fit for a user."""


class QuestionError(AnsweringError):
    """The question is empty, too long, or has no words."""


class EngineNotConfigured(AnsweringError):
    """The engine that the question names is not configured."""
