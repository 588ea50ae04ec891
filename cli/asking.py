"""`footnote ask` and `footnote chat`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict

from cli import remote
from cli.assemble import answering, open_index
from cli.settings import Settings
from cli.wording import escaped, no_index, printable
from index.errors import DataFolderError, DataFolderInUse
from index.ownership import Ownership
from index.records import Filters
from index.schema import CATALOGUE_FILE
from qa.account import colophon_of
from qa.errors import QuestionError
from qa.pointers import hints
from qa.questions import clean_question
from qa.records import Answer, Citation, Question, Turn, View

_MESSAGES_KEPT = 20  # of a conversation; a follow-up is understood from the last ones
_FAREWELLS = frozenset({"exit", "quit", "bye"})


def ask(settings: Settings, question: Question) -> Answer:
    """Answer one question from the index in the data folder, or have the server that owns it answer."""
    clean_question(question.text)  # a question that cannot be asked is refused before anything is opened
    with _desk(settings) as answer:
        return answer(question)


def chat(settings: Settings, lines: Iterable[str], filters: Filters, show: Callable[[Answer], None]) -> None:
    """Answer a conversation, a question a line, until one says good-bye; a question that cannot be asked is named."""
    history: list[Turn] = []
    with _desk(settings) as answer:
        for line in map(str.strip, lines):
            if line.lower() in _FAREWELLS:
                return
            if not line:
                continue
            try:
                said = answer(Question(line, tuple(history), filters))
            except QuestionError as error:
                print(printable(f"footnote: {error}"), file=sys.stderr)
                continue
            show(said)
            history += [Turn("user", line), Turn("assistant", said.answer)]
            del history[:-_MESSAGES_KEPT]


def typed_lines() -> Iterator[str]:
    """Yield what is typed at a terminal, line by line, or what standard input holds; Ctrl+C and Ctrl+D end it."""
    if not sys.stdin.isatty():
        yield from sys.stdin
        return
    print('Ask; "exit" ends it.', file=sys.stderr)
    while True:
        try:
            yield input("? ")
        except (EOFError, KeyboardInterrupt):
            print(file=sys.stderr)
            return


@contextmanager
def _desk(settings: Settings) -> Iterator[Callable[[Question], Answer]]:
    """Yield what answers: the index in the data folder, or the server that owns it."""
    spec = settings.llm_spec()
    if not (settings.data / CATALOGUE_FILE).exists():
        raise DataFolderError(no_index(settings.data))
    try:
        ownership = Ownership(settings.data)
    except DataFolderInUse as error:
        if not error.address:
            raise
        address = error.address
        print(f"asking the server at {address}, which owns {settings.data}", file=sys.stderr)
        yield lambda question: remote.ask(address, question, settings.own_key(), settings.patience())
        return
    with ownership:
        opened = open_index(settings.data, settings.source_reader(), settings.threads)
        try:
            articles, _ = opened.catalogue.counts()
            if not articles:
                raise DataFolderError(
                    f"The index in {settings.data} holds no article. Index a folder of them: footnote index FOLDER"
                )
            with answering(opened, spec) as answerer:
                yield answerer.answer
        finally:
            opened.close()


def print_json(answer: Answer, *, indent: int | None = 2) -> None:
    """Print the whole answer as JSON; without `indent`, on one line."""
    # Where a letter cannot be printed, JSON has an escape for it.
    plain = (sys.stdout.encoding or "").lower() not in {"utf-8", "utf8"}
    shown = json.dumps(asdict(answer), default=str, ensure_ascii=plain, indent=indent)
    print(escaped(shown), flush=True)


def print_answer(answer: Answer) -> None:
    """Print an answer with its footnotes."""
    if answer.fallback_reason:
        what = "did not finish" if answer.incomplete else "has no part in this answer"
        print(printable(f"the language model {what}: {answer.fallback_reason}"), file=sys.stderr)
    if answer.standalone_question != answer.question:
        print(printable(f"understood as: {answer.standalone_question}"), file=sys.stderr)
    if answer.short_answer:
        print(printable(answer.short_answer), end="\n\n")
    print(printable(answer.answer))
    for line in hints(answer):
        print(printable(f"\n{line}" if line.endswith(":") else line))
    for view in answer.views:
        print(printable(f"  {_view(view)}"))
    if told := colophon_of(answer):
        print(printable(f"({told})"))
    if answer.citations:
        print()
    for citation in answer.citations:
        print(printable(f"[{citation.number}] {_source(citation)}"))
        print(printable(f"    “{' '.join(citation.quote.split())}”"))
        if citation.shown:
            print(printable(f"    which reads: {' '.join(citation.shown.split())}"))
        for said in citation.days:
            print(printable(f"    {said.words}: {said.day.isoformat()}"))


def _view(view: View) -> str:
    """Return one line about a side: its words, whose they are, and in how many articles they stand."""
    # Of some of the articles only, a publisher or a date would pass for that of all.
    publishers = view.publishers if all(citation.publisher for citation in view.citations) else ()
    days = view.published if all(citation.published for citation in view.citations) else ()
    about = [f"according to {view.speaker}" if view.speaker else "", view.counted, ", ".join(publishers)]
    about.append(", ".join(day.isoformat() for day in days))
    markers = "".join(f"[{citation.number}]" for citation in view.citations)
    return f"“{' '.join(view.answer.split())}” {markers} " + " · ".join(part for part in about if part)


def _source(citation: Citation) -> str:
    about = [citation.title, citation.publisher, citation.published and citation.published.isoformat()]
    page = f"page {citation.page}, " if citation.page else ""
    where = f"{citation.file}, {page}characters {citation.start} to {citation.end}"
    return " · ".join([*(part for part in about if part), where])
