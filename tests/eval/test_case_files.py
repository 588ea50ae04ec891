"""Case files: what is read, and what is refused with file, line and remedy."""

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.case_files import load_cases
from eval.cases import GoldSpan, by_kind, sample_by_kind
from eval.errors import CaseError
from index.records import Filters
from qa.records import Turn
from tests.eval.conftest import Newsroom
from tests.eval.specimens import ARTICLE

ARTICLES = {"a.txt": ARTICLE, "b.txt": "Nine boats waited. Then it rained, and it rained.", "c.txt": "no no no"}
QUOTE = {"file": "a.txt", "quote": "closed on Monday"}
Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes lines (records or raw text) to a case file and returns its path."""

    def writing(*lines: dict[str, Any] | str, name: str = "cases/who.jsonl") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        texts = (line if isinstance(line, str) else json.dumps(line) for line in lines)
        path.write_text("\n".join(texts), encoding="utf-8")
        return path

    return writing


def line_of(**changes: Any) -> dict[str, Any]:
    line = {"id": "who-1", "kind": "who", "question": "Who?", "answers": ["Ada Brand"], "citations": [QUOTE]}
    return {key: value for key, value in (line | changes).items() if value is not None}


def error_of(path: Path) -> str:
    with pytest.raises(CaseError) as caught:
        load_cases(path, ARTICLES)
    return str(caught.value)


def test_a_case_is_read_with_everything_it_says(write: Write):
    line = line_of(
        patterns=["ada\\b"],
        history=[{"role": "user", "content": "What closed?"}],
        filters={"published_from": "2025-10-01", "publishers": ["Novinite"]},
        must=True,
        note="A plain one.",
    )
    (case,) = load_cases(write(line, ""), ARTICLES)
    assert (case.id, case.kind, case.must, case.frozen, case.note) == ("who-1", "who", True, False, "A plain one.")
    assert case.question.history == (Turn("user", "What closed?"),)
    assert case.question.filters == Filters(date(2025, 10, 1), None, ("Novinite",))
    assert case.spans == case.gold == (GoldSpan("a.txt", 21, 37),)
    assert case.accepted.patterns[0].search("by ADA")


def test_a_folder_is_read_with_its_frozen_cases(write: Write):
    write(line_of())
    write(line_of(id="who-2"), name="cases/frozen/who.jsonl")
    folder = write(line_of(id="where-1", kind="where"), name="cases/where.jsonl").parent
    assert [(case.id, case.frozen) for case in load_cases(folder, ARTICLES)] == [
        ("where-1", False),
        ("who-1", False),
        ("who-2", True),
    ]


def test_a_frozen_file_named_by_itself_stays_frozen(write: Write):
    (case,) = load_cases(write(line_of(), name="frozen/who.jsonl"), ARTICLES)
    assert case.frozen


def test_an_unanswerable_case_has_no_gold(write: Write):
    (case,) = load_cases(write(line_of(kind="near_miss", answers=[])), ARTICLES)
    assert not case.answerable
    assert case.gold == ()


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"anwers": ["x"]}, "A key is not known: 'anwers'. Did you mean 'answers'?"),
        ({"colour": "red"}, "A key is not known: 'colour'. Known keys: id, kind, question"),
        ({"citations": [QUOTE | {"page": 3}]}, "A key is not known: 'citations.0.page'"),
        ({"question": None}, "The key 'question' is missing. Add it."),
        ({"kind": "whom"}, "The kind is not known: 'whom'. Known kinds: one_source, several_sources"),
        ({"answers": "Ada"}, "The value of 'answers' does not fit"),
        ({"must": "yes"}, "The value of 'must' does not fit"),
        ({"filters": {"published_from": "last week"}}, "The value of 'filters.published_from' does not fit"),
        ({"id": " "}, "The id or the question is blank"),
        ({"question": "?"}, "The id or the question is blank"),
        ({"answers": ["The"]}, "An accepted answer has no words ('The')"),
        ({"kind": "list", "all_of": [["x"], []]}, "A list in 'all_of' is empty"),
        ({"patterns": ["(ada"]}, "A pattern is not a regular expression ('(ada'"),
        ({"patterns": ["(ada)?"]}, "A pattern matches an empty answer ('(ada)?')"),
        ({"answers": []}, "Nothing is accepted as an answer"),
        ({"citations": []}, "No citation is given"),
        ({"kind": "far"}, "A case of kind far accepts an answer"),
        ({"kind": "follow_up"}, "A follow_up needs the conversation before it"),
        ({"kind": "list"}, "A list needs 'all_of'"),
        ({"kind": "several_sources"}, "A case of several_sources cites one article"),
        ({"kind": "disagreement"}, "A disagreement needs two views or more"),
        ({"views": [{"answers": ["x"], "citations": [QUOTE]}]}, "A case of kind who has views"),
        ({"citations": [{"file": "d.txt", "quote": "x"}]}, "names a file that is not an article ('d.txt')"),
        ({"citations": [{"file": "a.txt", "quote": "closed on Tuesday"}]}, "A quote does not stand in its file"),
        ({"citations": [{"file": "a.txt", "quote": '"Nobody was hurt'}]}, "A quote does not stand in its file"),
        ({"citations": [{"file": "b.txt", "quote": "it rained"}]}, "A quote stands at more than one place"),
        ({"citations": [{"file": "c.txt", "quote": "no no"}]}, "A quote stands at more than one place"),
        ({"citations": [{"file": "b.txt", "quote": "."}]}, "A quote has no words"),
    ],
    ids=lambda value: "" if isinstance(value, dict) else str(value)[:45],
)
def test_a_faulty_case_is_refused_with_its_file_and_line(changes: dict[str, Any], what: str, write: Write):
    path = write(line_of(id="who-0"), line_of(**changes))
    message = error_of(path)
    assert message.startswith(f"{path}:2: ")
    assert what in message


def test_every_refusal_says_what_to_do(write: Write):
    with pytest.raises(CaseError) as caught:
        load_cases(write(line_of(citations=[{"file": "a.txt", "quote": "closed on Tuesday"}])), ARTICLES)
    assert caught.value.remedy == "Copy the words from the file exactly: quotation marks, dashes and spaces included."
    assert caught.value.exit_code == 2


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        ("{'id': 1}", "The line is not JSON"),
        ('{"id": "x"', "The line is not JSON"),
        ('{"id": "x", "id": "y"}', "A key is given twice ('id')"),
        ("[]", "The value of 'the line' does not fit"),
        ("[" * 100_000, "The line"),
    ],
    ids=["single quotes", "cut off", "key twice", "not an object", "nested without end"],
)
def test_a_line_that_is_not_one_json_object_is_refused(raw: str, what: str, write: Write):
    message = error_of(write(raw))
    assert "who.jsonl:1: " in message
    assert what in message


def test_an_id_used_twice_is_refused_across_files_and_names_both_places(write: Write):
    first = write(line_of(), name="cases/a.jsonl")
    second = write(line_of(), name="cases/frozen/a.jsonl")
    message = error_of(first.parent)
    assert message.startswith(f"{second}:1: The id is already used at {first}:1.")


def test_a_set_without_cases_is_refused(tmp_path: Path, write: Write):
    assert "There is no such file or folder" in error_of(tmp_path / "nowhere")
    (tmp_path / "empty").mkdir()
    assert "holds no .jsonl file" in error_of(tmp_path / "empty")
    assert "holds no case" in error_of(write("", ""))


def test_a_file_that_is_not_utf8_is_refused(tmp_path: Path):
    path = tmp_path / "cases.jsonl"
    path.write_bytes('{"id": "Zürich"}'.encode("latin-1"))
    assert "it is not UTF-8" in error_of(path)


@pytest.mark.parametrize(
    "changes",
    [
        {"secret-key": 1},
        {"kind": "secret-kind"},
        {"answers": ["The"], "id": "secret-id"},
        {"patterns": ["(secret"]},
        {"citations": [{"file": "secret.txt", "quote": "secret"}]},
        {"citations": [{"file": "a.txt", "quote": "secret quote"}]},
        {"answers": "secret answer"},
    ],
    ids=["key", "kind", "id", "pattern", "file", "quote", "answer"],
)
def test_an_error_in_a_frozen_case_names_its_place_and_none_of_its_words(changes: dict[str, Any], write: Write):
    message = error_of(write(line_of(**changes), name="frozen/who.jsonl"))
    assert "who.jsonl:1: " in message
    assert "secret" not in message


def test_an_edited_case_has_another_digest_and_a_new_note_does_not(write: Write):
    def digest(**changes: Any) -> str:
        (case,) = load_cases(write(line_of(**changes)), ARTICLES)
        return case.digest

    assert digest() == digest(note="Look.", must=True)
    assert len({digest(), digest(question="Who else?"), digest(answers=["Brand"]), digest(kind="where")}) == 4


def test_a_sample_is_even_over_the_kinds_and_the_same_each_time(newsroom: Newsroom):
    sample = sample_by_kind(newsroom.cases, 40)
    counts = {kind: len(group) for kind, group in by_kind(sample).items()}
    assert len(sample) == 40
    assert set(counts) == set(by_kind(newsroom.cases))
    assert set(counts.values()) == {2, 3}
    assert sample == sample_by_kind(tuple(reversed(newsroom.cases)), 40)[::-1]
    assert sample_by_kind(newsroom.cases, 10_000) == newsroom.cases
