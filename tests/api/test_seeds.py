"""A question about the shipped articles; its wording, and only here, is theirs."""

from collections.abc import Callable
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from api.service import Parts
from tests.api.replies import Serve, ask, wait_until_ready

QUESTION = "What kind of missiles hit the Bryansk plant?"
FILE = "000_0dc4f64b2f70c8d3.txt"


@pytest.fixture
def seeded(serve: Serve, open_parts: Callable[[Path], Parts], seeds: Path) -> TestClient:
    client = serve(lambda: open_parts(seeds))
    wait_until_ready(client)
    return client


def test_the_missile_question_is_answered_with_the_exact_sentence_of_its_file(seeded: TestClient, seeds: Path):
    (citation,) = ask(seeded, QUESTION)["citations"]
    text = (seeds / FILE).read_bytes().decode("utf-8").removeprefix("\ufeff")
    assert citation["file"] == FILE
    assert citation["quote"] == (
        "On Tuesday night, it was revealed that Ukrainian forces had used British-made Storm Shadow missiles to strike "
        "the Bryansk Chemical plant in Russia."
    )
    assert text[citation["start"] : citation["end"]] == citation["quote"]
