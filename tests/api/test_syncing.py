"""`POST /api/sync`: the index follows the folder, and questions are answered meanwhile."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.service import OnProgress, Parts
from index.errors import VectorStoreError
from index.records import SyncReport
from tests.api.replies import Serve, ask, cited_files, problem_of, wait_until_ready
from tests.doubles import HeldSync

QUESTION = "For how many days was the harbour closed by the storm?"


def test_a_sync_says_that_nothing_changed(service: TestClient):
    report = _sync(service)
    assert report["unchanged"] == 5
    assert report["added"] == report["replaced"] == report["removed"] == []


def test_a_new_file_is_reported_and_answers(service: TestClient, corpus: Path):
    (corpus / "mill.txt").write_text("The mill of Oster grinds barley with two stones.", encoding="utf-8")
    assert _sync(service)["added"] == ["mill.txt"]
    assert cited_files(ask(service, "What does the mill of Oster grind?")) == {"mill.txt"}


def test_a_changed_file_is_reported_and_answers_anew(service: TestClient, corpus: Path):
    _rewrite(corpus / "ferry.md", "nine days", "twelve days")
    assert _sync(service)["replaced"] == ["ferry.md"]
    assert "twelve days" in ask(service, QUESTION)["answer"]


def test_a_removed_file_is_reported_and_answers_no_more(service: TestClient, corpus: Path):
    (corpus / "ferry.md").unlink()
    assert _sync(service)["removed"] == ["ferry.md"]
    assert "ferry.md" not in cited_files(ask(service, QUESTION))


def test_a_file_that_cannot_be_read_is_named_with_the_reason(service: TestClient, corpus: Path):
    (corpus / "broken.txt").write_bytes(b"The mayor\xff\xfa resigned.")
    assert "UTF-8" in _sync(service)["unreadable"]["broken.txt"]


def test_beside_a_file_that_cannot_be_read_the_rest_is_indexed(service: TestClient, corpus: Path):
    (corpus / "broken.txt").write_bytes(b"The mayor\xff\xfa resigned.")
    (corpus / "mill.txt").write_text("The mill of Oster grinds barley with two stones.", encoding="utf-8")
    assert _sync(service)["added"] == ["mill.txt"]


def test_a_known_file_that_can_be_read_no_more_still_answers(service: TestClient, corpus: Path):
    (corpus / "ferry.md").write_bytes(b"\xff\xfe\xfa")
    _sync(service)
    assert cited_files(ask(service, QUESTION)) == {"ferry.md"}


def test_a_folder_that_is_gone_is_a_409_that_names_it(service: TestClient, corpus: Path):
    corpus.rename(corpus.with_name("elsewhere"))
    problem = problem_of(service.post("/api/sync"), 409)
    assert corpus.name in problem["detail"]


def test_a_folder_that_is_gone_costs_no_answer(service: TestClient, corpus: Path):
    corpus.rename(corpus.with_name("elsewhere"))
    service.post("/api/sync")
    assert cited_files(ask(service, QUESTION)) == {"ferry.md"}


def test_a_folder_that_is_empty_costs_no_answer(service: TestClient, corpus: Path):
    corpus.rename(corpus.with_name("elsewhere"))
    corpus.mkdir()
    service.post("/api/sync")
    assert cited_files(ask(service, QUESTION)) == {"ferry.md"}


def test_a_second_sync_at_the_same_time_is_a_409(held: "Held"):
    with held.syncing():
        problem = problem_of(held.client.post("/api/sync"), 409)
    assert problem["type"].endswith("sync-running")


def test_a_sync_after_the_other_is_done_goes_through(held: "Held"):
    with held.syncing():
        held.client.post("/api/sync")
    assert held.client.post("/api/sync").status_code == 200


def test_questions_are_answered_while_a_sync_runs(held: "Held"):
    with held.syncing():
        assert cited_files(ask(held.client, QUESTION)) == {"ferry.md"}


def test_the_service_stays_ready_while_a_sync_runs(held: "Held"):
    with held.syncing():
        assert held.client.get("/readyz").status_code == 200


def test_a_sync_that_broke_does_not_bar_the_next(serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path):
    parts, calls = open_parts(corpus), 0

    def breaks_at_the_second_call(on_progress: OnProgress) -> SyncReport:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise VectorStoreError("The disk is full.")
        return parts.sync(on_progress)

    client = serve(lambda: replace(parts, sync=breaks_at_the_second_call))
    wait_until_ready(client)
    problem_of(client.post("/api/sync"), 500)
    assert client.post("/api/sync").status_code == 200


def test_answers_during_syncs_are_always_those_of_one_state_of_the_articles(service: TestClient, corpus: Path):
    before = (corpus / "ferry.md").read_text(encoding="utf-8")
    # Longer and moved, so that an offset of one state never fits the other.
    after = before.replace("---\nThe ferry", "---\nA calm week began. The ferry").replace(
        "nine days", "twelve long days"
    )
    done = threading.Event()

    def keep_changing() -> None:
        try:
            for state in [after, before] * 3:
                (corpus / "ferry.md").write_text(state, encoding="utf-8")
                _sync(service)
        finally:
            done.set()

    changing = threading.Thread(target=keep_changing)
    changing.start()
    answers = []
    while not done.is_set():
        answers.append(ask(service, QUESTION, top_k=3))
    changing.join()
    assert answers
    for answer in answers:
        (citation,) = answer["citations"]
        assert any(state[citation["start"] : citation["end"]] == citation["quote"] for state in (before, after))


def test_questions_from_many_threads_get_the_same_answer(service: TestClient):
    answers: list[str] = []
    threads = [threading.Thread(target=lambda: answers.append(ask(service, QUESTION)["answer"])) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [answers[0]] * 8


def test_nothing_is_ever_written_to_the_folder_of_articles(service: TestClient, corpus: Path):
    before = _snapshot(corpus)
    _sync(service)
    ask(service, QUESTION)
    service.get("/api/articles")
    assert _snapshot(corpus) == before


@dataclass(frozen=True)
class Held:
    """A service whose syncs, the first one aside, wait at a gate."""

    client: TestClient
    sync: HeldSync

    @contextmanager
    def syncing(self) -> Iterator[None]:
        """While this is open, a sync is under way."""
        self.sync.begun.clear()
        self.sync.gate.clear()
        asked = threading.Thread(target=self.client.post, args=("/api/sync",))
        asked.start()
        assert self.sync.begun.wait(30)
        try:
            yield
        finally:
            self.sync.gate.set()
            asked.join()


@pytest.fixture(scope="module")
def held(
    serving: Serve,
    open_parts_in: Callable[[Path, Path], Parts],
    write_articles: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Held]:
    folder = tmp_path_factory.mktemp("held")
    parts = open_parts_in(write_articles(folder / "articles"), folder / "data")
    sync = HeldSync(parts.sync)
    sync.gate.set()
    with serving(lambda: replace(parts, sync=sync)) as client:
        wait_until_ready(client)
        yield Held(client, sync)


def _sync(client: TestClient) -> dict[str, Any]:
    reply = client.post("/api/sync")
    assert reply.status_code == 200, reply.text
    report: dict[str, Any] = reply.json()
    return report


def _rewrite(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")


def _snapshot(folder: Path) -> dict[str, tuple[object, ...]]:
    return {
        str(path): (path.stat().st_mtime_ns, path.stat().st_mode, path.read_bytes() if path.is_file() else None)
        for path in [folder, *folder.rglob("*")]
    }
