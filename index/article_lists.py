"""Articles whose parts stand in named fields: JSON files of one or many."""

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from html import unescape
from typing import NamedTuple, Self, TypeVar

from index.errors import UnreadableArticle
from index.headers import Header, read_header
from index.person_names import in_order, is_nobody
from index.reading import decode

# Where nothing is said, the first of these that an object has is taken.
_USUAL_NAMES = {
    "text": ("text", "body", "content", "article", "article_body", "articleBody", "full_text", "maintext"),
    "title": ("title", "headline"),
    "publisher": ("publisher", "source", "outlet", "site", "site_name", "publication"),
    "published": (
        *("published", "date", "published_at", "publication_date", "pub_date", "date_published", "date_publish"),
        *("publishedAt", "datePublished", "pubDate", "webPublicationDate"),
    ),
}
_WRITER_NAMES = ("author", "authors", "byline", "creator", "writer")
_MOST_WRITERS, _LONGEST_WRITER = 10, 100  # characters; longer ones tell about the writer
_BY = re.compile(r"^by:?\s+", re.IGNORECASE)
MAX_OBJECTS = 200_000  # of one file; lists of the largest size that is read hold some 40,000 articles
_DEEPEST_LIST = 4  # objects around the list, as in {"response": {"docs": [...]}}
_YEARS = range(1600, 2101)  # the first newspaper is of 1605; other years are slips, or what a program puts for "none"
# Neither can be stored: a null character ends a string in C, and half of a surrogate pair is no character.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z]{2,8}\d{0,2});", re.IGNORECASE)
_TAG = re.compile(r"</?(?:em|strong|i|b|span|a|br|sub|sup)\b[^<>]{0,300}>", re.IGNORECASE)
_MARKED_UP = re.compile(r"</(?:p|div|li|h[1-6]|blockquote|figure|td)>|<br ?/?>|<p>", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?!\d)")
_Found = TypeVar("_Found")


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
            name, _, field = (piece.strip() for piece in part.partition("="))
            if not field or name not in _USUAL_NAMES:
                raise ValueError(f'"{part}" is not NAME=FIELD with NAME one of {", ".join(_USUAL_NAMES)}')
            if name in given:
                raise ValueError(f'"{name}" is given twice')
            given[name] = (field,)
        return cls(**given)


@dataclass(frozen=True, slots=True)
class ListedArticle:
    """One article of a file; `number` counts the file's objects from 1."""

    number: int
    text: str
    header: Header


class _Fault(NamedTuple):
    """Why an object or a line is no article."""

    reason: str


def read_list(file: str, content: bytes, fields: FieldMap) -> tuple[list[ListedArticle], dict[str, str]]:
    """Return the articles of a .json or .jsonl file, and what could not be read as "file#number" -> reason.

    Raises UnreadableArticle when the file as a whole is no JSON or holds no article.
    """
    articles: list[ListedArticle] = []
    faults: dict[str, str] = {}
    for number, found in enumerate(_objects(file, decode(content, file), fields), 1):
        if number > MAX_OBJECTS:
            raise UnreadableArticle(file, f"it holds over {MAX_OBJECTS:,} objects. Split it.")
        article = found if isinstance(found, _Fault) else _article(number, found, fields)
        if isinstance(article, _Fault):
            faults[f"{file}#{number}"] = article.reason
        else:
            articles.append(article)
    if not articles:
        raise UnreadableArticle(file, f"it holds no article: {next(iter(faults.values()), 'its list is empty.')}")
    return articles, faults


def is_marked_up(text: str) -> bool:
    """Tell whether a text is written as web pages are: programs that make sites export it so."""
    return bool(_MARKED_UP.search(text))


def _objects(file: str, text: str, fields: FieldMap) -> Iterable[object]:
    if file.lower().endswith(".jsonl"):
        return _lines(text)
    try:
        found = json.loads(text)
    except RecursionError:
        raise UnreadableArticle(file, "its JSON is nested too deeply to be a list of articles.") from None
    except ValueError as error:
        # More JSON on a later line: one object a line, under the wrong suffix.
        if isinstance(error, json.JSONDecodeError) and error.msg == "Extra data" and error.lineno > 1:
            return _lines(text)
        raise UnreadableArticle(file, f"it is not JSON ({error}). Export it again.") from None
    if isinstance(found, dict) and _text_of(found, fields) is None:
        return _listed(file, found, fields)
    return found if isinstance(found, list) else [found]


def _lines(text: str) -> Iterator[object]:
    # Only line feeds part objects: the other line ends of Unicode may stand inside a JSON string.
    for line in text.split("\n"):
        if line.strip():
            try:
                yield json.loads(line)
            except (ValueError, RecursionError) as error:
                yield _Fault(f"it is not JSON ({error}).")


def _listed(file: str, found: dict[str, object], fields: FieldMap) -> list[object]:
    """Return the one list of articles in an object, or the articles that are its values, or the object itself."""
    lists = dict(_lists_in(found, fields, _DEEPEST_LIST))
    if len(lists) > 1:
        raise UnreadableArticle(file, f"it holds several lists of articles ({', '.join(lists)}). Make a file of each.")
    keyed = [value for value in found.values() if _text_of(value, fields) is not None]
    return next(iter(lists.values()), None) or keyed or [found]


def _lists_in(found: dict[str, object], fields: FieldMap, depth: int) -> Iterator[tuple[str, list[object]]]:
    for name, value in found.items():
        if isinstance(value, list) and any(_text_of(one, fields) is not None for one in value):
            yield name, value
        elif isinstance(value, dict) and depth:
            yield from ((f"{name}.{inner}", listed) for inner, listed in _lists_in(value, fields, depth - 1))


def _article(number: int, found: object, fields: FieldMap) -> ListedArticle | _Fault:
    if not isinstance(found, dict):
        return _Fault("it is not a JSON object.")
    text = _text_of(found, fields)
    if text is None:
        return _Fault(f"it has no text in {' or '.join(fields.text)}. Say in the JSON fields setting which holds it.")
    if _UNSTORABLE.search(text):
        return _Fault("its text holds null characters or halves of characters. Export it again as UTF-8.")
    header = Header(
        _first(found, fields.title, stated_name),
        _first(found, fields.publisher, stated_name),
        _first(found, fields.published, stated_date),
        _first(found, _WRITER_NAMES, stated_writers),
    )
    return ListedArticle(number, text, header)


def _text_of(found: object, fields: FieldMap) -> str | None:
    return _first(found, fields.text, lambda value: value if isinstance(value, str) and value.strip() else None)


def _first(found: object, paths: Iterable[str], read: Callable[[object], _Found | None]) -> _Found | None:
    return next((value for path in paths if (value := read(_field(found, path))) is not None), None)


def _field(found: object, path: str) -> object:
    if isinstance(found, dict) and path in found:  # a flattened table has the dots in its names
        return found[path]
    for part in path.split("."):
        found = found.get(part) if isinstance(found, dict) else None
    return found


def stated_name(value: object) -> str | None:
    """Return a title or a publisher as one line; None when `value` names nothing."""
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, dict):  # {"source": {"id": ..., "name": ...}} is how news services put it
        value = value.get("name")
    if isinstance(value, int) and not isinstance(value, bool):  # a title such as 1984
        value = str(value)
    if not isinstance(value, str):
        return None
    return " ".join(_UNSTORABLE.sub(" ", _unescaped(value)).split()) or None


def _unescaped(name: str) -> str:
    """Return a name without the signs of web pages: "Library &#8217;to close&#8217;", "<em>Tide</em> rises"."""
    return unescape(_TAG.sub("", name)) if _ENTITY.search(name) or _TAG.search(name) else name


def stated_writers(value: object, *, is_catalogued: bool = False) -> str | None:
    """Return who wrote an article, several joined by commas; None when `value` names nobody, or an address."""
    written = [stated_name(one) for one in (value if isinstance(value, list) else [value])]
    named = [
        in_order(_BY.sub("", one), is_catalogued=is_catalogued)
        for one in written
        if one and "://" not in one and "@" not in one
    ]
    named = [one for one in dict.fromkeys(named) if one and len(one) <= _LONGEST_WRITER and not is_nobody(one)]
    are_users = all(one.isdecimal() for one in named)  # whom the site knows by numbers
    return ", ".join(named) if 0 < len(named) <= _MOST_WRITERS and not are_users else None


def stated_date(value: object) -> date | None:
    """Return the day that `value` states, as it is written, whatever its time zone; None when that is not certain.

    Dates come as ISO 8601, with the month's name, as a number of ten (seconds) or thirteen digits (milliseconds), and
    with all in figures where only one reading makes sense.
    """
    if isinstance(value, float) and math.isfinite(value):
        value = int(value)
    text = str(value).strip() if isinstance(value, str | int) and not isinstance(value, bool) else ""
    try:
        if text.isdecimal():
            found = _date_of_digits(text)
        elif match := _YEAR_FIRST.match(text):
            found = date(int(match[1]), int(match[3]), int(match[4]))
        else:
            found = read_header(text, markdown=False).published if "\n" not in text else None
    except ValueError:
        return None
    return found if found and found.year in _YEARS else None


def _date_of_digits(digits: str) -> date | None:
    if len(digits) == 8:
        return date.fromisoformat(digits)
    scale = {10: 1, 13: 1000}.get(len(digits))
    return datetime.fromtimestamp(int(digits) // scale, UTC).date() if scale else None
