"""Public datasets in the project's JSON-lines format, so that our figures stand beside published ones.

Two files, gzipped or plain: documents `{doc_id, text, title?, date?, source?}` and questions `{qid, question, answers,
answerable, gold_spans?}`; other keys are ignored. Offsets are code points into a document's text, end exclusive. What
is computed from them is in `eval.public_protocols`.
"""

import gzip
import json
import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from eval.cases import GoldSpan
from eval.errors import DatasetError

_FILE_NAME = re.compile(r"[\w][\w.\-]*")
_Line = TypeVar("_Line", bound="_Record")
_REMEDY = "See the head of eval/datasets.py for the format."


class _Record(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class _DocumentLine(_Record):
    doc_id: str
    text: str
    title: str | None = None
    date: str | None = None
    source: str | None = None


class _SpanLine(_Record):
    doc_id: str
    start: int
    end: int


class _QuestionLine(_Record):
    qid: str
    question: str
    answers: tuple[str, ...]
    answerable: bool
    gold_spans: tuple[_SpanLine, ...] = ()
    type: str | None = None


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a dataset; `date` is as the dataset writes it."""

    id: str
    text: str
    title: str | None
    date: str | None
    source: str | None


@dataclass(frozen=True, slots=True)
class DatasetQuestion:
    """One question. The `file` of a gold span is a document's id."""

    id: str
    text: str
    answers: tuple[str, ...]
    answerable: bool
    gold: tuple[GoldSpan, ...]
    type: str | None


@dataclass(frozen=True, slots=True)
class Dataset:
    """Documents by id, and the questions asked of them."""

    documents: Mapping[str, Document]
    questions: tuple[DatasetQuestion, ...]


def load_dataset(documents: Path, questions: Path, *, limit: int | None = None) -> Dataset:
    """Both files, checked against each other; `limit` keeps the first so many questions.

    Raises DatasetError with file, line and remedy.
    """
    by_id = {document.id: document for document in _documents(documents)}
    if not by_id:
        raise DatasetError(documents, "The file holds no document.", _REMEDY)
    asked = tuple(_questions(questions, by_id))[:limit]
    if not asked:
        raise DatasetError(questions, "The file holds no question.", _REMEDY)
    return Dataset(by_id, asked)


def write_articles(documents: Sequence[Document], folder: Path) -> dict[str, str]:
    """Write each document as an article file that states its title, source and date; returns file by document id.

    The files are JSON, so that an article's text is the document's to the letter and offsets into one are offsets into
    the other; articles in JSON are named by the file and their number in it. Raises DatasetError if one cannot be
    written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for document in documents:
            fields = {"title": document.title, "source": document.source, "date": document.date, "text": document.text}
            (folder / f"{document.id}.json").write_text(json.dumps(fields), encoding="utf-8")
    except OSError as error:
        what = f"The articles cannot be written: {error.strerror}."
        raise DatasetError(folder, what, "Name a folder that can be written.") from error
    return {document.id: f"{document.id}.json#1" for document in documents}


def _documents(path: Path) -> Iterator[Document]:
    seen: set[str] = set()
    for number, line in _lines(path):
        document = _parsed(_DocumentLine, line, path, number)
        if not _FILE_NAME.fullmatch(document.doc_id):
            raise DatasetError(path, "A doc_id cannot name a file.", "Use letters, digits, '-', '.', '_'.", line=number)
        if document.doc_id in seen:
            raise DatasetError(path, f"The doc_id {document.doc_id!r} is given twice.", "Rename one.", line=number)
        seen.add(document.doc_id)
        yield Document(document.doc_id, document.text, document.title, document.date, document.source)


def _questions(path: Path, documents: Mapping[str, Document]) -> Iterator[DatasetQuestion]:
    seen: set[str] = set()
    for number, line in _lines(path):
        question = _parsed(_QuestionLine, line, path, number)
        if question.qid in seen:
            raise DatasetError(path, f"The qid {question.qid!r} is given twice.", "Rename one.", line=number)
        seen.add(question.qid)
        for span in question.gold_spans:
            document = documents.get(span.doc_id)
            if document is None or not 0 <= span.start < span.end <= len(document.text):
                what = f"A gold span is outside its document: {span.doc_id} {span.start} to {span.end}."
                raise DatasetError(path, what, "Give the documents that belong to these questions.", line=number)
        gold = tuple(GoldSpan(span.doc_id, span.start, span.end) for span in question.gold_spans)
        answers = question.answers if question.answerable else ()
        yield DatasetQuestion(question.qid, question.question, answers, question.answerable, gold, question.type)


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        raw = path.read_bytes()
        text = (gzip.decompress(raw) if raw[:2] == b"\x1f\x8b" else raw).decode("utf-8-sig")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:  # gzip raises the first three
        raise DatasetError(path, "The file is missing or cannot be read.", "Name a JSON-lines file.") from error
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            yield number, line


def _parsed(schema: type[_Line], line: str, path: Path, number: int) -> _Line:
    try:
        json.loads(line)
        return schema.model_validate_json(line)
    except json.JSONDecodeError as error:
        raise DatasetError(path, f"The line is not JSON: {error.msg}.", _REMEDY, line=number) from error
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise DatasetError(path, f"The value of {key!r} does not fit: {first['msg']}.", _REMEDY, line=number) from error
