"""`footnote ask`."""

import sys

from cli import remote
from cli.assemble import answering, open_index
from cli.settings import Settings
from cli.wording import no_index, printable
from index.catalogue import CATALOGUE_FILE
from index.errors import DataFolderError, DataFolderInUse
from index.ownership import Ownership
from qa.account import colophon_of
from qa.pointers import hints
from qa.questions import clean_question
from qa.records import Answer, Citation, Question, View


def ask(settings: Settings, question: str) -> Answer:
    """Answer one question from the index in the data folder, or have the server that owns it answer."""
    clean_question(question)  # a question that cannot be asked is refused before anything is opened
    spec = settings.llm_spec()
    if not (settings.data / CATALOGUE_FILE).exists():
        raise DataFolderError(no_index(settings.data))
    try:
        ownership = Ownership(settings.data)
    except DataFolderInUse as error:
        if not error.address:
            raise
        print(f"asking the server at {error.address}, which owns {settings.data}", file=sys.stderr)
        return remote.ask(error.address, question, settings.own_key(), settings.patience())
    with ownership:
        opened = open_index(settings.data, settings.source_reader(), settings.threads)
        try:
            with answering(opened, spec) as answerer:
                return answerer.answer(Question(question))
        finally:
            opened.close()


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
