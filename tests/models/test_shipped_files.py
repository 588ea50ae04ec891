"""The model files in the repository are those that the model card describes, and small enough to live there."""

import hashlib
import json
import re
from pathlib import Path

import pytest

from index.onnx import load_session
from models import files

CARD = files.EMBEDDER.parent / "MODEL_CARD.md"
ROW = re.compile(r"\| `(?P<file>[^`]+)` \| (?P<bytes>[\d,]+) \| `(?P<sha256>[0-9a-f]{64})` \|")
SHIPPED = (files.EMBEDDER, files.TOKENIZER, files.JUDGE, files.JUDGE_WORDS, files.JUDGE_TOKENIZER)


def described() -> dict[str, tuple[int, str]]:
    """Return file -> the size and the hash that the model card states."""
    rows = ROW.finditer(CARD.read_text(encoding="utf-8"))
    return {row["file"]: (int(row["bytes"].replace(",", "")), row["sha256"]) for row in rows}


def test_the_card_describes_every_file() -> None:
    assert {path.name for path in SHIPPED} <= set(described())


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_size_is_what_the_card_says(path: Path) -> None:
    assert path.stat().st_size == described()[path.name][0]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.name)
def test_the_hash_is_what_the_card_says(path: Path) -> None:
    assert hashlib.sha256(path.read_bytes()).hexdigest() == described()[path.name][1]


def test_hosts_of_git_take_every_file_and_all_together_are_small() -> None:
    sizes = {path.name: path.stat().st_size for path in files.EMBEDDER.parent.iterdir()}

    assert [name for name, size in sizes.items() if size > 95_000_000] == []
    assert sum(sizes.values()) < 220_000_000


@pytest.mark.parametrize("setting", ["truncation", "padding"])
@pytest.mark.parametrize("path", [files.TOKENIZER, files.JUDGE_TOKENIZER], ids=lambda path: path.name)
def test_the_tokenizers_neither_cut_nor_pad(setting: str, path: Path) -> None:
    assert json.loads(path.read_text(encoding="utf-8"))[setting] is None


def test_the_model_has_the_inputs_that_the_card_names() -> None:
    inputs = load_session(files.EMBEDDER).get_inputs()

    assert {(one.name, one.type) for one in inputs} == {
        ("input_ids", "tensor(int64)"),
        ("attention_mask", "tensor(int64)"),
    }


def test_the_model_has_the_output_that_the_card_names() -> None:
    (output,) = load_session(files.EMBEDDER).get_outputs()

    assert (output.name, output.type, output.shape[1]) == ("sentence_embedding", "tensor(float)", files.EMBEDDER_WIDTH)


def test_the_judge_has_the_inputs_that_the_card_names() -> None:
    inputs = load_session(files.JUDGE).get_inputs()

    assert {(one.name, one.type) for one in inputs} == {
        ("input_ids", "tensor(int64)"),
        ("attention_mask", "tensor(int64)"),
        ("sides", "tensor(int64)"),
    }


def test_the_judge_has_the_outputs_that_the_card_names() -> None:
    outputs = load_session(files.JUDGE).get_outputs()

    assert {one.name for one in outputs} == {"spans", "answered", "verdicts"}
    assert {one.type for one in outputs} == {"tensor(float)"}


@pytest.mark.parametrize("phrase", ["Apache License, Version 2.0", "sentence-transformers", "Microsoft Corporation"])
def test_the_notice_names_authors_and_licence(phrase: str) -> None:
    assert phrase in (files.EMBEDDER.parent / "NOTICE").read_text(encoding="utf-8")
