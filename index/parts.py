"""The parts of a file that holds several articles: a book's chapters, a mailbox's messages and what is attached."""

from collections.abc import Callable
from typing import NamedTuple

from index.extraction import Extraction
from index.records import Article


class Unread(NamedTuple):
    """Why a part is no article."""

    reason: str


Part = Extraction | Article | Unread
# How a file in a file is read, by its name: into articles, and what of it could not be read as name -> reason.
ReadAttachment = Callable[[str, bytes], tuple[list[Article], dict[str, str]]]
