"""The statements with their evidence: well-formed, of known kinds, and standing where they say."""

import json
import zlib
from collections import Counter
from pathlib import Path

import pytest

from eval.run import HERE

STATEMENTS = HERE / "statements"
SEEDS = Path(__file__).parents[2] / "seeds"
SUPPORTED = (
    *("paraphrase", "passive", "shortening", "summary", "number_form"),
    *("pronoun", "attribution", "inference", "answer", "negation"),
)
NOT_SUPPORTED = (
    *("role", "possessor", "title_cut", "attribution_as_fact", "hedge_dropped"),
    *("number", "date", "coordination", "denial", "cause"),
    *("neighbour_clause", "outside", "condition", "scope", "time"),
)
FILES = [("true", "supported", SUPPORTED, 30), ("false", "not_supported", NOT_SUPPORTED, 20)]


def pairs(name: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in (STATEMENTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def one_line(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize(("name", "label", "kinds", "of_each"), FILES)
def test_each_file_holds_300_pairs_of_one_label_and_all_its_kinds(
    name: str, label: str, kinds: tuple[str, ...], of_each: int
):
    found = pairs(name)
    assert Counter(pair["kind"] for pair in found) == dict.fromkeys(kinds, of_each)
    assert {pair["label"] for pair in found} == {label}
    assert [pair["id"] for pair in found] == [f"{name}-{number:03d}" for number in range(1, 301)]


@pytest.mark.parametrize("name", ["true", "false"])
def test_a_pair_is_one_statement_and_one_to_three_sentences(name: str):
    for pair in pairs(name):
        assert list(pair) == ["id", "statement", "evidence", "source", "label", "kind"], pair["id"]
        statement, evidence = pair["statement"], pair["evidence"]
        assert isinstance(statement, str)
        assert isinstance(evidence, list)
        assert 6 <= len(statement.split()) <= 40, pair["id"]
        assert 1 <= len(evidence) <= 3, pair["id"]
        texts = (statement, *evidence)
        assert all(isinstance(text, str) and text == one_line(text) != "" for text in texts), pair["id"]


def test_no_statement_stands_twice():
    statements = Counter(pair["statement"] for name in ("true", "false") for pair in pairs(name))
    assert [statement for statement, count in statements.items() if count > 1] == []


@pytest.mark.parametrize("name", ["true", "false"])
def test_evidence_stands_in_its_file(name: str):
    """Of the files that are in the repository; the newsroom's articles are not."""
    paths = [*SEEDS.glob("*.txt"), STATEMENTS / "invented.txt"]
    articles = {path.name: one_line(path.read_text(encoding="utf-8-sig")) for path in paths}
    checked = [pair for pair in pairs(name) if pair["source"] in articles]
    for pair in checked:
        evidence = pair["evidence"]
        assert isinstance(evidence, list)
        # One after another, as they stand in the article.
        assert " ".join(evidence) in articles[str(pair["source"])], pair["id"]
    assert len(checked) >= 60


def test_a_third_is_frozen():
    ids = [str(pair["id"]) for name in ("true", "false") for pair in pairs(name)]
    frozen = sum(zlib.crc32(id_.encode()) % 3 == 0 for id_ in ids)
    assert frozen / len(ids) == pytest.approx(1 / 3, abs=0.03)
