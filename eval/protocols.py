"""What the evaluation asks of the system under test: two methods, passed in by whoever assembles the parts."""

from typing import Protocol

from index.records import Filters, Passage
from qa.records import Answer, Question


class Answerer(Protocol):
    """Answers a question from the articles."""

    def answer(self, question: Question) -> Answer: ...


class Retriever(Protocol):
    """Finds the passages nearest to a query, best first, at most `top_k` of them."""

    def search(self, query: str, *, top_k: int, filters: Filters) -> list[Passage]: ...
