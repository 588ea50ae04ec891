"""Front matter: the fields above a Markdown text, between rules, in YAML (`---`) or TOML (`+++`)."""

import re
import tomllib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVar

import yaml

from index.days import only_date
from index.records import Span

_LONGEST = 20_000  # characters; what reaches further is a text between two rules
# A blank line behind the first rule parts two sections of a text.
_YAML = re.compile(r"---[ \t]*\r?\n(?![ \t]*\r?\n)(.*?)\r?\n(?:---|\.\.\.)[ \t]*(?:\r?\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\r?\n(.*?)\r?\n\+\+\+[ \t]*(?:\r?\n|$)", re.DOTALL)
# A line of fields, also of such as cannot be read: a key, an item of a list, a comment, or what belongs to one of them.
_FIELD = re.compile(r"[\"'-]?[\w.-]{1,40}(?: [\w.-]{1,40})?[\"']?\s*[:=](?:\s|$)|\s+\S|-\s|#|[\]})]|$")
_MOST_KEY_WORDS = 2  # "The mayor said on Monday: no vote before June." between two rules is a sentence
_ON_ONE_LINE = re.compile(r"(?P<name>\w+)\s*[:=]\s+(?P<value>[^\s&*!|>{\[].*?)\s*")
# "% Title", "% Writers; more", "% day", as Pandoc has it: at least two of them, the title perhaps on several lines.
_PANDOC = re.compile(
    r"%[ \t]+(?P<title>(?=[^\W_a-z])[^\r\n]+(?:\r?\n[ \t]+\S[^\r\n]*){0,3})\r?\n"
    r"%(?P<writers>[^\r\n]*)\r?\n(?:%(?P<day>[^\r\n]*)(?:\r?\n|$))?(?=[ \t]*(?:\r?\n|$))"
)
_TITLE = ("title", "headline")
_PUBLISHER = ("publisher", "source", "publication", "newspaper", "outlet", "site_name", "site")
_PUBLISHED = ("date", "published", "published_at", "publishDate", "pubDate", "datePublished", "date_published")
_AUTHOR = ("author", "authors", "byline", "by", "creator", "writer")
_NOTE = re.compile(r"\[\[(?:[^\[\]|]{1,200}\|)?(?P<shown>[^\[\]|]{1,200})\]\]")  # "[[Ada Lind]]", a link between notes
_Read = TypeVar("_Read")


class FrontMatter(NamedTuple):
    """Where it stands, and what it states."""

    span: Span
    title: str | None = None
    publisher: str | None = None
    published: date | None = None
    author: str | None = None


def read_front_matter(text: str) -> FrontMatter | None:
    """Return the front matter at the beginning of `text`, of broken fields those of one line; None if none."""
    start = text[:_LONGEST]
    if block := _PANDOC.match(start):
        return _of_a_block(block)
    match = _YAML.match(start) or _TOML.match(start)
    if not match:
        return None
    span = Span(0, match.end())
    fields = _toml(match[1]) if match[0].startswith("+") else _yaml(match[1])
    if fields is None:
        lines = match[1].splitlines()
        if not (any(line.strip() for line in lines) and all(map(_FIELD.match, lines))):
            return None
        fields = _plain(lines)
    for inner in ("params", "extra"):  # where makers of sites keep fields of their own
        if isinstance(more := fields.get(inner), dict):
            fields = {**more, **fields}
    return FrontMatter(
        span,
        _first(fields, _TITLE, _string),
        _first(fields, _PUBLISHER, _no_address),
        _first(fields, _PUBLISHED, _day),
        _first(fields, _AUTHOR, _named),
    )


def _of_a_block(block: re.Match[str]) -> FrontMatter:
    writers = [one.strip() for one in block["writers"].split(";")]
    day = only_date(block["day"] or "")
    return FrontMatter(
        Span(0, block.end()), " ".join(block["title"].split()), None, day, ", ".join(filter(None, writers)) or None
    )


def _first(fields: dict[str, object], names: tuple[str, ...], read: Callable[[object], _Read | None]) -> _Read | None:
    return next((value for name in names if (value := read(fields.get(name))) is not None), None)


class _Loader(yaml.SafeLoader):
    """Merges no mappings: a few lines of references to such can stand for more than a memory holds."""

    def flatten_mapping(self, node: yaml.MappingNode) -> None:
        node.value = [(key, value) for key, value in node.value if key.tag != "tag:yaml.org,2002:merge"]


def _yaml(written: str) -> dict[str, object] | None:
    try:
        fields = yaml.load(written, _Loader)  # noqa: S506 - it is a safe loader
    except (yaml.YAMLError, AttributeError, LookupError, RecursionError, ValueError):  # what PyYAML's parts may raise
        return None
    if not isinstance(fields, dict) or any(len(str(name).split()) > _MOST_KEY_WORDS for name in fields):
        return None
    return {str(name): value for name, value in fields.items()}


def _toml(written: str) -> dict[str, object] | None:
    try:
        return tomllib.loads(written.replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None


def _plain(lines: Sequence[str]) -> dict[str, object]:
    """Return the fields that stand on one line each, of what a fault elsewhere keeps from being read."""
    found = filter(None, map(_ON_ONE_LINE.fullmatch, lines))
    return {match["name"]: _unquoted(match["value"]) for match in found if _is_closed(match["value"])}


def _is_closed(value: str) -> bool:
    """Tell whether a quotation that a value begins with ends in it."""
    return value[0] not in "\"'" or value.count(value[0]) % 2 == 0


def _unquoted(value: str) -> str:
    """Return a value without quotes around it, where none stand in it."""
    inner = value[1:-1]
    return inner if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'" and value[0] not in inner else value


def _day(value: object) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    return only_date(value) if isinstance(value, str) else None


def _named(value: object) -> str | None:
    """Return a name, or those of a short list joined."""
    if isinstance(value, list) and 0 < len(value) <= 10:
        return ", ".join(filter(None, map(_name_of, value))) or None
    return _name_of(value)


def _no_address(value: object) -> str | None:
    name = _named(value)
    return name if name and "://" not in name else None


def _name_of(value: object) -> str | None:
    """Return a name, or the one among a name's own fields."""
    return _string(value.get("name") if isinstance(value, dict) else value)


def _string(value: object) -> str | None:
    if not isinstance(value, str):
        return None
    # YAML writes a character beyond U+FFFF as two halves, each escaped; a half alone is no character.
    whole = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace").strip()
    linked = _NOTE.fullmatch(whole)
    return (linked["shown"] if linked else whole) or None
