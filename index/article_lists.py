"""JSON files that hold articles: one, a list, or one a line; which field is which can be said."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Self

from index.errors import UnreadableArticle
from index.headers import Header
from index.reading import decode

# Where nothing is said, the first of these that an object has is taken.
_USUAL_NAMES = {
    "text": ("text", "body", "content", "article", "article_body"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet", "site"),
    "published": ("published", "date", "published_at", "publication_date", "pub_date"),
}


@dataclass(frozen=True, slots=True)
class FieldMap:
    """Which fields of a JSON object hold an article's text, title, publisher and date; nested ones as "a.b"."""

    text: tuple[str, ...] = _USUAL_NAMES["text"]
    title: tuple[str, ...] = _USUAL_NAMES["title"]
    publisher: tuple[str, ...] = _USUAL_NAMES["publisher"]
    published: tuple[str, ...] = _USUAL_NAMES["published"]

    @classmethod
    def parse(cls, described: str) -> Self:
        """Return the map that a line such as "text=story.body, title=head" describes; the rest stays as usual.

        Raises ValueError, which names the fault.
        """
        given: dict[str, tuple[str, ...]] = {}
        for part in filter(None, (part.strip() for part in described.split(","))):
            name, equals, field = (piece.strip() for piece in part.partition("="))
            if not equals or not field or name not in _USUAL_NAMES:
                raise ValueError(f'"{part}" is not NAME=FIELD with NAME one of {", ".join(_USUAL_NAMES)}')
            given[name] = (field,)
        return cls(**given)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """One article of a file; `number` counts the file's objects from 1."""

    number: int
    text: str
    header: Header


def read_list(file: str, content: bytes, fields: FieldMap) -> tuple[list[ListedArticle], dict[str, str]]:
    """Return the articles of a .json or .jsonl file, and what could not be read as "file#number" -> reason.

    Raises UnreadableArticle when the file as a whole is no JSON or holds no article.
    """
    text = decode(content, file)
    objects = _lines(text) if file.lower().endswith(".jsonl") else _objects(file, text)
    articles: list[ListedArticle] = []
    faults: dict[str, str] = {}
    for number, found in objects:
        if isinstance(found, str):
            faults[f"{file}#{number}"] = found
        elif isinstance(article := _article(number, found, fields), str):
            faults[f"{file}#{number}"] = article
        else:
            articles.append(article)
    if not articles:
        reason = next(iter(faults.values()), "it holds no object.")
        raise UnreadableArticle(file, f"no article was found in it: {reason}")
    return articles, faults


def _lines(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate((line for line in text.split("\n") if line.strip()), 1):
        try:
            yield number, json.loads(line)
        except (ValueError, RecursionError) as error:
            yield number, f"it is not JSON ({error})."


def _objects(file: str, text: str) -> Iterator[tuple[int, object]]:
    try:
        found = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise UnreadableArticle(file, f"it is not JSON ({error}).") from None
    if isinstance(found, dict):
        lists = [value for value in found.values() if isinstance(value, list) and value and isinstance(value[0], dict)]
        found = lists[0] if len(lists) == 1 else [found]
    # A string would be taken for a fault.
    listed = found if isinstance(found, list) else [None]
    yield from ((number, None if isinstance(one, str) else one) for number, one in enumerate(listed, 1))


def _article(number: int, found: object, fields: FieldMap) -> ListedArticle | str:
    if not isinstance(found, Mapping):
        return "it is not a JSON object."
    text = _field(found, fields.text)
    if not isinstance(text, str) or not text.strip():
        return f"it has no text in any of the fields {', '.join(fields.text)}."
    if not text.isprintable() and any("\ud800" <= character <= "\udfff" for character in text):
        return "its text holds lone surrogates, which are no characters."
    header = Header(
        _string(_field(found, fields.title)),
        _string(_field(found, fields.publisher)),
        _date(_field(found, fields.published)),
    )
    return ListedArticle(number, text, header)


def _field(found: Mapping[str, object], names: tuple[str, ...]) -> object:
    for name in names:
        value: object = found
        for part in name.split("."):
            value = value.get(part) if isinstance(value, Mapping) else None
        if value not in (None, ""):
            return value
    return None


def _string(value: object) -> str | None:
    if isinstance(value, Mapping):  # {"source": {"id": ..., "name": ...}} is how news services put it
        value = value.get("name")
    return value.encode("utf-8", "replace").decode().strip() or None if isinstance(value, str) else None


def _date(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        return datetime.fromisoformat(value.strip()).date()
    except ValueError:
        return None
