"""`footnote eval`: what it runs, what it writes, and how it ends."""

import json
from pathlib import Path

import pytest

from eval.cases import KINDS
from eval.figures import MEASURE_NAMES
from tests.cli.conftest import Footnote

CASE = {
    "id": "one_source-001",
    "kind": "one_source",
    "question": "How many loaves of rye bread does the bakery on Mill Street sell a day?",
    "answers": ["400 loaves"],
    "citations": [{"file": "bakery.txt", "quote": "The bakery on Mill Street sells 400 loaves of rye bread a day."}],
}


@pytest.fixture
def cases(tmp_path: Path) -> Path:
    path = tmp_path / "cases.jsonl"
    path.write_text(json.dumps(CASE), encoding="utf-8")
    return path


def test_cases_of_ones_own_are_asked_of_a_corpus_of_ones_own(
    footnote: Footnote, corpus: Path, cases: Path, tmp_path: Path
):
    forms = {"--json": tmp_path / "e.json", "--junit": tmp_path / "e.xml", "--html": tmp_path / "e.html"}
    options = [part for option in forms.items() for part in option]
    ended = footnote("eval", "--corpus", corpus, "--cases", cases, *options)
    assert "Open cases: 1 of 1 passed" in ended.said
    assert all(path.stat().st_size > 0 for path in forms.values())


def test_a_suite_brings_articles_cases_gates_and_baseline(
    footnote: Footnote, corpus: Path, cases: Path, tmp_path: Path
):
    suite = tmp_path / "suite"
    (suite / "cases").mkdir(parents=True)
    corpus.rename(suite / "corpus")
    cases.rename(suite / "cases" / "one_source.jsonl")
    reported = f"measures = {[*MEASURE_NAMES]}\nkinds = {[*KINDS]}"
    (suite / "thresholds.toml").write_text(f"schema = 1\n[reported]\n{reported}\n", encoding="utf-8")

    made = footnote("eval", "--suite", suite, "--update-baseline")
    ended = footnote("eval", "--suite", suite)

    assert (made.status, ended.status) == (0, 0)
    assert "Open cases: 1 of 1 passed" in ended.said
    assert json.loads((suite / "baseline.json").read_text(encoding="utf-8"))["cases"]


def test_gates_without_data_block(footnote: Footnote, corpus: Path, cases: Path):
    ended = footnote("eval", "--corpus", corpus, "--cases", cases)
    assert ended.status == 1
    assert "BLOCKED by" in ended.said


BROKEN = {
    "an unknown engine": (["--engine", "oracle"], "engine oracle"),
    "an engine that is not configured": (["--engine", "llm"], "not configured"),
    "a missing corpus": (["--corpus", "nowhere"], "nowhere does not exist"),
    "missing cases": (["--cases", "nowhere.jsonl"], "nowhere.jsonl"),
    "a baseline of a part": (["--sample", "3", "--update-baseline"], "--update-baseline"),
    "a missing dataset": (["--dataset", "docs", "questions"], "docs"),
    "an unknown protocol": (["--protocol", "guess", "--dataset", "docs", "questions"], "protocol guess"),
}


@pytest.mark.parametrize("fault", BROKEN)
def test_a_broken_set_up_ends_with_two_and_words(footnote: Footnote, corpus: Path, cases: Path, fault: str):
    options, said = BROKEN[fault]
    given = ["--corpus", corpus, "--cases", cases] if "--update-baseline" not in options else []
    ended = footnote("eval", *given, *options)
    assert ended.status == 2
    assert said in ended.said


def test_an_empty_corpus_ends_with_two_and_words(footnote: Footnote, cases: Path, tmp_path: Path):
    (tmp_path / "empty").mkdir()
    ended = footnote("eval", "--corpus", tmp_path / "empty", "--cases", cases)
    assert ended.status == 2
    assert "holds no article" in ended.said


def test_a_case_whose_quote_is_not_in_its_file_is_named_with_its_line(footnote: Footnote, corpus: Path, tmp_path: Path):
    path = tmp_path / "wrong.jsonl"
    path.write_text(json.dumps(CASE | {"citations": [{"file": "bakery.txt", "quote": "It sells cakes."}]}))
    ended = footnote("eval", "--corpus", corpus, "--cases", path)
    assert ended.status == 2
    assert "wrong.jsonl:1" in ended.said


@pytest.mark.parametrize(("protocol", "figure"), [("multihop-rag", "hits_at_4"), ("squad", "answerable_f1")])
def test_a_public_dataset_is_measured_by_its_protocol(footnote: Footnote, tmp_path: Path, protocol: str, figure: str):
    text = "The ferry to Sundholm sailed again on Tuesday. A ticket costs 14 crowns."
    question = {"qid": "q", "question": "What does a ticket cost?", "answers": ["14 crowns"], "answerable": True}
    span = {"gold_spans": [{"doc_id": "d", "start": 47, "end": 72}]}
    (tmp_path / "docs.jsonl").write_text(json.dumps({"doc_id": "d", "text": text, "title": "The ferry"}))
    (tmp_path / "questions.jsonl").write_text(json.dumps(question | span))
    dataset = ["--dataset", tmp_path / "docs.jsonl", tmp_path / "questions.jsonl"]
    ended = footnote("eval", *dataset, "--protocol", protocol)
    assert ended.status == 0
    assert figure in ended.out
