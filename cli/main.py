"""The command `footnote`. Heavy modules are imported when a command needs them, so that `--help` is instant."""

import json
import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from cli.settings import Settings
from index.errors import IndexingError
from qa.errors import AnsweringError

app = typer.Typer(
    help="Ask a folder of articles; every answer stands on exact words in them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    Path | None,
    typer.Option("--data", help="Where the index lives. [FOOTNOTE_DATA, else .footnote]", show_default=False),
]
Corpus = Annotated[
    Path | None,
    typer.Option("--corpus", help="The folder of articles. [FOOTNOTE_CORPUS, else seeds]", show_default=False),
]


@app.command()
def index(
    folder: Annotated[
        Path | None, typer.Argument(help="The folder of articles. [FOOTNOTE_CORPUS, else seeds]", show_default=False)
    ] = None,
    data: Data = None,
) -> None:
    """Index a folder of articles, or bring its index up to date."""
    from cli import indexing  # noqa: PLC0415 - see the module's docstring

    indexing.index(_settings(corpus=folder, data=data))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    data: Data = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
) -> None:
    """Answer a question from the indexed articles."""
    from cli import asking  # noqa: PLC0415 - see the module's docstring

    answer = asking.ask(_settings(data=data), question)
    if as_json:
        print(json.dumps(asdict(answer), default=str, ensure_ascii=False, indent=2))
    else:
        asking.print_answer(answer)


@app.command()
def serve(
    corpus: Corpus = None,
    data: Data = None,
    host: Annotated[
        str | None, typer.Option(help="The address to listen on. [FOOTNOTE_HOST, else 127.0.0.1]", show_default=False)
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The port to listen on. [FOOTNOTE_PORT, else 8000]", show_default=False)
    ] = None,
) -> None:
    """Index the articles, then answer questions over HTTP and on a page."""
    from cli import serving  # noqa: PLC0415 - see the module's docstring

    serving.serve(_settings(corpus=corpus, data=data, host=host, port=port))


@app.command()
def doctor(corpus: Corpus = None, data: Data = None) -> None:
    """Look at the models, the folders and the index; say what is wrong and what to do."""
    from cli import doctor as examination  # noqa: PLC0415 - see the module's docstring

    if not examination.examine(_settings(corpus=corpus, data=data)):
        raise typer.Exit(1)


def _settings(**options: Any) -> Settings:  # noqa: ANN401 - each option has its own type, checked by Settings
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors())
        raise typer.BadParameter(f"{faults} (from an option or from FOOTNOTE_* in the environment)") from None


def run() -> None:
    """Run the command; our errors become one line and exit status 1, without a traceback."""
    try:
        app()
    except (IndexingError, AnsweringError) as error:
        print(f"footnote: {error}", file=sys.stderr)
        sys.exit(1)
