"""`footnote ask`."""

from rich.console import Console
from rich.markup import escape

from cli.assemble import catalogue_file, make_answerer, open_index
from cli.settings import Settings
from index.errors import DataFolderError
from index.ownership import Ownership
from qa.questions import clean_question
from qa.records import Answer, Citation, Question


def ask(settings: Settings, question: str) -> Answer:
    """Answer one question from the index in the data folder."""
    clean_question(question)  # a question that cannot be asked is refused before anything is opened
    if not catalogue_file(settings.data).exists():
        raise DataFolderError(f"There is no index in {settings.data}. Make one: footnote index FOLDER")
    with Ownership(settings.data):
        opened = open_index(settings.data)
        try:
            return make_answerer(opened).answer(Question(question))
        finally:
            opened.close()


def print_answer(answer: Answer) -> None:
    """Print an answer with its footnotes."""
    console = Console(highlight=False, soft_wrap=True)
    console.print(escape(answer.answer))
    if answer.citations:
        console.print()
    for citation in answer.citations:
        console.print(f"[bold]{escape(f'[{citation.number}]')}[/] {escape(_source(citation))}")
        console.print(f"    “{escape(' '.join(citation.quote.split()))}”")


def _source(citation: Citation) -> str:
    about = [citation.title, citation.publisher, citation.published and citation.published.isoformat()]
    where = f"{citation.file}, characters {citation.start} to {citation.end}"
    return " · ".join([*(part for part in about if part), where])
