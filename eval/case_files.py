"""Case files -> checked cases. Whatever is wrong is named with its file, its line and a remedy.

A frozen case's words never leave this module, not even in an error: there, the message names the place and the fault.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.cases import KINDS, UNANSWERABLE, Accepted, Case, GoldSpan, GoldView, Kind
from eval.errors import CaseError
from eval.text_matching import words
from index.records import Filters
from qa.records import Question, Turn

FROZEN_FOLDER = "frozen"


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class _CitationLine(_Strict):
    file: str
    quote: str


class _ViewLine(_Strict):
    answers: tuple[str, ...]
    citations: tuple[_CitationLine, ...]


class _TurnLine(_Strict):
    role: Literal["user", "assistant"]
    content: str


class _FiltersLine(_Strict):
    published_from: date | None = None
    published_to: date | None = None
    publishers: tuple[str, ...] = ()


class _CaseLine(_Strict):
    """A case as it stands in its file: these keys and no others."""

    id: str
    kind: Kind
    question: str
    answers: tuple[str, ...] = ()
    patterns: tuple[str, ...] = ()
    all_of: tuple[tuple[str, ...], ...] = ()
    citations: tuple[_CitationLine, ...] = ()
    views: tuple[_ViewLine, ...] = ()
    history: tuple[_TurnLine, ...] = ()
    filters: _FiltersLine = _FiltersLine()
    must: bool = False
    note: str | None = None


@dataclass(frozen=True, slots=True)
class _Place:
    """A line of a case file. `secret` is whether its words may be shown."""

    path: Path
    line: int
    secret: bool

    def error(self, what: str, remedy: str, *, detail: str = "") -> CaseError:
        """`detail` repeats words of the case and is left out where those are secret."""
        shown = f"{what} {detail}" if detail and not self.secret else what
        return CaseError(self.path, f"{shown.rstrip()}.", remedy, line=self.line)


def load_cases(path: Path, articles: Mapping[str, str]) -> tuple[Case, ...]:
    """Every case of a folder (its `frozen` folder included) or of one file, in the order of files and lines.

    `articles` maps an article's file, as citations name it, to its text. Raises CaseError at the first fault.
    """
    cases: list[Case] = []
    first_seen: dict[str, _Place] = {}
    for file in _case_files(path):
        before = len(cases)
        for place, line in _lines(file):
            case = _checked(_parsed(line, place), place, articles)
            if earlier := first_seen.get(case.id):
                where = f"{earlier.path}:{earlier.line}"
                raise place.error(f"The id is already used at {where}", "Give this case an id of its own.")
            first_seen[case.id] = place
            cases.append(case)
        if len(cases) == before:
            raise CaseError(file, "The file holds no case.", "Write one case per line, or remove the file.")
    return tuple(cases)


def _case_files(path: Path) -> list[Path]:
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise CaseError(path, "There is no such file or folder.", "Name a .jsonl file or a folder of them.")
    files = sorted(path.glob("*.jsonl")) + sorted((path / FROZEN_FOLDER).glob("*.jsonl"))
    if not files:
        raise CaseError(path, "The folder holds no .jsonl file.", "Put at least one file of cases into it.")
    return files


def _lines(file: Path) -> Iterable[tuple[_Place, str]]:
    try:
        text = file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise CaseError(file, f"The file cannot be read: {reason}.", "Save it as UTF-8 text.") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield _Place(file, number, file.parent.name == FROZEN_FOLDER), line


def _parsed(line: str, place: _Place) -> _CaseLine:
    def refuse_twins(pairs: list[tuple[str, object]]) -> dict[str, object]:
        keys = [key for key, _ in pairs]
        if twin := next((key for key in keys if keys.count(key) > 1), None):
            raise place.error("A key is given twice", "Keep one of them.", detail=f"({twin!r})")
        return dict(pairs)

    try:
        json.loads(line, object_pairs_hook=refuse_twins)
    except json.JSONDecodeError as error:
        what = f"The line is not JSON: {error.msg} at column {error.colno}"
        raise place.error(what, "Write one complete JSON object per line.") from error
    except RecursionError as error:
        raise place.error(
            "The line is nested too deeply", "Write a case as described in eval/cases/README.md."
        ) from error
    try:
        return _CaseLine.model_validate_json(line)
    except ValidationError as error:
        raise _schema_error(error, place) from None  # pydantic's own message would repeat the case's words


def _schema_error(error: ValidationError, place: _Place) -> CaseError:
    first = error.errors(include_url=False, include_input=True)[0]
    loc = [str(part) for part in first["loc"]]
    key = ".".join(loc) or "the line"
    if first["type"] == "extra_forbidden":
        near = get_close_matches(loc[-1], _CaseLine.model_fields, n=1)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Known keys: {', '.join(_CaseLine.model_fields)}."
        return place.error("A key is not known:", remedy, detail=repr(key))
    if first["type"] == "missing":
        return place.error(f"The key {key!r} is missing", "Add it.")
    if loc == ["kind"]:
        remedy = f"Known kinds: {', '.join(KINDS)}."
        return place.error("The kind is not known:", remedy, detail=repr(first["input"]))
    return place.error(f"The value of {key!r} does not fit: {first['msg']}", "Correct it.")


def _checked(line: _CaseLine, place: _Place, articles: Mapping[str, str]) -> Case:
    if not line.id.strip() or not words(line.question):
        raise place.error("The id or the question is blank", "Fill it in.")
    _check_accepted(line, place)
    _check_kind(line, place)
    turns = tuple(Turn(turn.role, turn.content) for turn in line.history)
    filters = Filters(line.filters.published_from, line.filters.published_to, line.filters.publishers)
    asked = line.model_dump_json(exclude={"must", "note"}, exclude_defaults=True)
    return Case(
        id=line.id,
        kind=line.kind,
        question=Question(line.question, history=turns, filters=filters),
        accepted=Accepted(line.answers, _patterns(line.patterns, place), line.all_of),
        spans=_located(line.citations, place, articles),
        views=tuple(GoldView(view.answers, _located(view.citations, place, articles)) for view in line.views),
        must=line.must,
        frozen=place.secret,
        note=line.note,
        digest=hashlib.sha256(asked.encode()).hexdigest()[:16],
    )


def _check_accepted(line: _CaseLine, place: _Place) -> None:
    viewed = [answer for view in line.views for answer in view.answers]
    alternatives = [answer for inner in line.all_of for answer in inner]
    for answer in [*line.answers, *viewed, *alternatives]:
        if not words(answer):
            remedy = "Write an answer with at least one word that counts; articles and punctuation do not."
            raise place.error("An accepted answer has no words", remedy, detail=f"({answer!r})")
    if any(not inner for inner in line.all_of):
        raise place.error("A list in 'all_of' is empty", "Name at least one alternative, or remove the list.")


def _patterns(patterns: Sequence[str], place: _Place) -> tuple[re.Pattern[str], ...]:
    compiled: list[re.Pattern[str]] = []
    for pattern in patterns:
        try:
            compiled.append(re.compile(pattern, re.IGNORECASE))
        except re.error as error:
            what = "A pattern is not a regular expression"
            raise place.error(what, "Correct it.", detail=f"({pattern!r}: {error})") from None
        if compiled[-1].search(""):
            remedy = "Make it require at least one character, or every answer would be right."
            raise place.error("A pattern matches an empty answer", remedy, detail=f"({pattern!r})")
    return tuple(compiled)


def _check_kind(line: _CaseLine, place: _Place) -> None:
    """What each kind requires and forbids."""
    accepts = bool(line.answers or line.patterns or line.all_of)
    if line.kind in UNANSWERABLE:
        if accepts or line.views:
            what = f"A case of kind {line.kind} accepts an answer, but the articles give none"
            raise place.error(what, "Leave 'answers', 'patterns', 'all_of' and 'views' empty, or change the kind.")
        return
    if line.kind == "disagreement":
        if len(line.views) < 2 or not all(view.answers and view.citations for view in line.views):
            what = "A disagreement needs two views or more, each with answers and citations"
            raise place.error(what, "Say what each side says and where.")
        return
    if line.views:
        raise place.error(f"A case of kind {line.kind} has views", "Remove them, or make the kind disagreement.")
    if not accepts:
        raise place.error("Nothing is accepted as an answer", "Give 'answers', 'patterns' or 'all_of'.")
    if not line.citations:
        raise place.error("No citation is given", "Quote the words of an article that hold the answer.")
    if line.kind == "follow_up" and not line.history:
        raise place.error("A follow_up needs the conversation before it", "Give 'history', or change the kind.")
    if line.kind == "list" and not line.all_of:
        raise place.error("A list needs 'all_of'", "Give one inner list of alternatives for each item.")
    if line.kind == "several_sources" and len({citation.file for citation in line.citations}) < 2:
        raise place.error("A case of several_sources cites one article", "Cite a second one, or change the kind.")


def _located(citations: Sequence[_CitationLine], place: _Place, articles: Mapping[str, str]) -> tuple[GoldSpan, ...]:
    """The one place of each quote in its file."""
    spans: list[GoldSpan] = []
    for citation in citations:
        shown = f"({citation.quote!r} in {citation.file!r})"
        text = articles.get(citation.file)
        if text is None:
            remedy = f"The articles are: {', '.join(sorted(articles))}."
            raise place.error("A citation names a file that is not an article", remedy, detail=f"({citation.file!r})")
        if not words(citation.quote):
            raise place.error("A quote has no words", "Quote the words that hold the answer.", detail=shown)
        start = text.find(citation.quote)
        if start < 0:
            remedy = "Copy the words from the file exactly: quotation marks, dashes and spaces included."
            raise place.error("A quote does not stand in its file", remedy, detail=shown)
        if text.find(citation.quote, start + 1) >= 0:
            raise place.error("A quote stands at more than one place", "Quote more words around it.", detail=shown)
        spans.append(GoldSpan(citation.file, start, start + len(citation.quote)))
    return tuple(spans)
