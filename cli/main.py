"""The command `footnote`. Heavy modules are imported when a command needs them, so that `--help` is instant."""

import sys
from datetime import datetime
from functools import partial
from importlib.metadata import version
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, Any

import typer
from pydantic import ValidationError

from cli.settings import Settings
from cli.wording import printable
from eval.errors import EvaluationError
from index.errors import IndexingError, TooLittleMemory
from index.formats import NOT_READ, READ
from index.memory import is_want_of_memory
from index.records import Filters
from qa.errors import AnsweringError
from qa.records import Question

app = typer.Typer(
    help="Ask a folder of articles; every answer stands on exact words in them.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

Data = Annotated[
    str | None,
    typer.Option("--data", help="Where the index lives. [FOOTNOTE_DATA, else .footnote]", show_default=False),
]
Corpus = Annotated[
    str | None,
    typer.Option(
        "--corpus",
        help="The folder of articles. [FOOTNOTE_CORPUS, else the index's own, else seeds]",
        show_default=False,
    ),
]

Replace = Annotated[
    bool, typer.Option("--replace", help="Let this folder's articles take the place of another's in the index.")
]
Publishers = Annotated[
    list[str] | None,
    typer.Option("--publisher", help="Only articles of this publisher; may be repeated.", show_default=False),
]
_DAY = ["%Y-%m-%d"]
From = Annotated[
    datetime | None,
    typer.Option("--from", formats=_DAY, help="Only articles published on this day or later.", show_default=False),
]
To = Annotated[
    datetime | None,
    typer.Option("--to", formats=_DAY, help="Only articles published on this day or before.", show_default=False),
]


def _print_version(is_wanted: bool) -> None:
    if is_wanted:
        print(f"footnote {version('footnote-qa')}")
        raise typer.Exit


@app.callback()
def _of_all_commands(
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version and exit.", callback=_print_version, is_eager=True)
    ] = False,
) -> None:
    """Ask a folder of articles; every answer stands on exact words in them."""


@app.command(
    help=f"Index a folder of articles, or bring its index up to date. Read are {READ}; not read are {NOT_READ}."
)
def index(
    folder: Annotated[
        str | None,
        typer.Argument(
            help="The folder of articles. [FOOTNOTE_CORPUS, else the index's own, else seeds]", show_default=False
        ),
    ] = None,
    data: Data = None,
    rebuild: Annotated[bool, typer.Option("--rebuild", help="Make the index anew, whatever is there.")] = False,
    replace: Replace = False,
) -> None:
    """Index a folder of articles, or bring its index up to date."""
    from cli import indexing  # noqa: PLC0415 - see the module's docstring

    indexing.index(_with_its_corpus(corpus=folder, data=data), rebuild=rebuild, replace=replace)


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="What you want to know.")],
    data: Data = None,
    publishers: Publishers = None,
    published_from: From = None,
    published_to: To = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the whole answer as JSON.")] = False,
) -> None:
    """Answer a question from the indexed articles."""
    from cli import asking  # noqa: PLC0415 - see the module's docstring

    filters = _filters(publishers, published_from, published_to)
    answer = asking.ask(_settings(data=data), Question(question, filters=filters))
    (asking.print_json if as_json else asking.print_answer)(answer)


@app.command()
def chat(
    data: Data = None,
    publishers: Publishers = None,
    published_from: From = None,
    published_to: To = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print each answer as a line of JSON.")] = False,
) -> None:
    """Answer one question after another, a line each; "And why?" is understood from what was said before."""
    from cli import asking  # noqa: PLC0415 - see the module's docstring

    show = partial(asking.print_json, indent=None) if as_json else asking.print_answer
    filters = _filters(publishers, published_from, published_to)
    asking.chat(_settings(data=data), asking.typed_lines(), filters, show)


@app.command()
def serve(
    corpus: Corpus = None,
    data: Data = None,
    host: Annotated[
        str | None,
        typer.Option(
            help="The address to listen on. One that others reach needs API keys. [FOOTNOTE_HOST, else 127.0.0.1]",
            show_default=False,
        ),
    ] = None,
    port: Annotated[
        int | None, typer.Option(help="The port to listen on. [FOOTNOTE_PORT, else 8000]", show_default=False)
    ] = None,
    watch: Annotated[bool, typer.Option("--watch", help="Sync whenever a file in the folder changes.")] = False,
    replace: Replace = False,
) -> None:
    """Index the articles, then answer questions over HTTP and on a page."""
    from cli import serving  # noqa: PLC0415 - see the module's docstring

    settings = _with_its_corpus(corpus=corpus, data=data, host=host, port=port)
    serving.serve(settings, watch=watch, replace=replace)


@app.command()
def doctor(corpus: Corpus = None, data: Data = None) -> None:
    """Look at the models, the folders and the index; say what is wrong and what to do."""
    from cli import doctor as examination  # noqa: PLC0415 - see the module's docstring

    if not examination.examine(_with_its_corpus(corpus=corpus, data=data)):
        raise typer.Exit(1)


@app.command()
def mcp(data: Data = None) -> None:
    """Serve the tools search, fetch and ask to a program on this machine (Model Context Protocol, stdio)."""
    from cli import mcp as tools  # noqa: PLC0415 - see the module's docstring

    tools.serve(_settings(data=data))


@app.command("eval")
def evaluate(
    corpus: Corpus = None,
    cases: Annotated[Path | None, typer.Option(help="The cases. [else those that come with Footnote]")] = None,
    suite: Annotated[
        Path | None,
        typer.Option(
            help="A folder with corpus/, cases/, thresholds.toml and baseline.json, instead of the shipped ones."
        ),
    ] = None,
    engine: Annotated[str, typer.Option(help="The engine that answers: auto, extractive or llm.")] = "auto",
    sample: Annotated[int | None, typer.Option(min=1, help="Take that many cases, evenly by kind.")] = None,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write all figures here.")] = None,
    junit: Annotated[Path | None, typer.Option(help="Write JUnit XML here.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the report here, one self-contained page.")] = None,
    update_baseline: Annotated[
        bool, typer.Option("--update-baseline", help="Make this run what later ones are compared with.")
    ] = False,
    dataset: Annotated[
        tuple[Path, Path] | None, typer.Option(help="A public dataset instead of cases: DOCUMENTS QUESTIONS.")
    ] = None,
    protocol: Annotated[str, typer.Option(help="How a dataset is measured: multihop-rag or squad.")] = "multihop-rag",
    limit: Annotated[int | None, typer.Option(min=1, help="Only the first so many questions of a dataset.")] = None,
) -> None:
    """Check answers against known facts: exit 1 when a gate is missed, 2 when the set-up is broken."""
    from cli import evaluation  # noqa: PLC0415 - see the module's docstring

    if dataset:
        raise typer.Exit(evaluation.evaluate_dataset(*dataset, protocol, limit, _settings().threads))
    forms = evaluation.Forms(json_file, junit, html)
    wanted = evaluation.Wanted(cases, suite, engine, sample, update_baseline, own_corpus=corpus is not None)
    plan = evaluation.make_plan(wanted)
    settings = _settings(corpus=corpus or (suite / "corpus" if suite else None))
    raise typer.Exit(evaluation.evaluate_cases(settings, plan, forms))


def _settings(**options: Any) -> Settings:  # noqa: ANN401 - each option has its own type, checked by Settings
    given = {name: value for name, value in options.items() if value is not None}
    try:
        return Settings(**given)
    except ValidationError as error:
        faults = "; ".join(f"{fault['loc'][0]}: {fault['msg']}" for fault in error.errors())
        raise typer.BadParameter(f"{faults} (from an option or from FOOTNOTE_* in the environment)") from None


def _with_its_corpus(**options: Any) -> Settings:  # noqa: ANN401 - as above
    from cli.remembered import with_its_corpus  # noqa: PLC0415 - see the module's docstring

    return with_its_corpus(_settings(**options))


def _filters(publishers: list[str] | None, first: datetime | None, last: datetime | None) -> Filters:
    return Filters(first and first.date(), last and last.date(), tuple(publishers or ()))


def run() -> None:
    """Run the command; our errors become one line and exit status 1, without a traceback."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):  # a terminal without some letters shows their numbers
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
    except EvaluationError as error:
        print(printable(f"footnote: {error}"), file=sys.stderr)
        sys.exit(2)
    except (IndexingError, AnsweringError) as error:
        print(printable(f"footnote: {error}"), file=sys.stderr)
        # An evaluation that cannot begin is a broken set-up, not a missed gate.
        sys.exit(2 if sys.argv[1:2] == ["eval"] else 1)
    except (MemoryError, ImportError) as error:  # a library that finds no room is not imported
        if not is_want_of_memory(error):
            raise
        print(f"footnote: {TooLittleMemory()}", file=sys.stderr)
        sys.exit(1)
