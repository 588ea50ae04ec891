"""`GET /healthz` and `GET /readyz`: the port answers at once, and says how far the first sync is."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from queue import SimpleQueue

import pytest
from fastapi.testclient import TestClient

from api.service import Parts, Service
from index.errors import CatalogueError, CorpusError, DiskFull, VectorStoreError
from index.records import Passage, SyncProgress, SyncReport
from tests.api.operating import until
from tests.api.replies import Serve, problem_of, readiness_until, wait_until_ready
from tests.doubles import EmptyIndex, HeldSync

NEED_THE_INDEX = [
    ("POST", "/api/ask", {"question": "Who built the oven?"}),
    ("POST", "/api/ask/stream", {"question": "Who built the oven?"}),
    ("POST", "/api/search", {"query": "oven"}),
    ("POST", "/api/sync", None),
    ("GET", "/api/articles", None),
    ("GET", "/api/articles/0000000000000000", None),
    ("DELETE", "/api/articles/0000000000000000", None),
    ("GET", "/api/publishers", None),
    ("GET", "/api/status", None),
]


@pytest.mark.parametrize("path", ["/healthz", "/", "/static/app.js", "/openapi.json"])
def test_what_needs_no_index_answers_before_the_first_sync(starting: TestClient, path: str):
    assert starting.get(path).status_code == 200


def test_it_is_not_ready_before_the_first_sync(starting: TestClient):
    problem_of(starting.get("/readyz"), 503)


def test_before_the_first_sync_the_progress_is_told(starting: TestClient):
    assert starting.get("/readyz").json()["progress"] == {"state": "indexing", "done": 2, "total": 5}


@pytest.mark.parametrize(("method", "path", "body"), NEED_THE_INDEX)
def test_what_needs_the_index_is_a_503_before_the_first_sync(
    starting: TestClient, method: str, path: str, body: object
):
    assert "2 of 5" in problem_of(starting.request(method, path, json=body), 503)["detail"]


def test_a_file_is_a_503_before_the_first_sync(starting: TestClient):
    problem_of(starting.post("/api/articles", files={"file": ("mill.txt", "The mill grinds barley.")}), 503)


@pytest.mark.parametrize(("method", "path", "body"), [*NEED_THE_INDEX, ("GET", "/readyz", None)])
def test_a_503_says_when_to_ask_again(starting: TestClient, method: str, path: str, body: object):
    assert int(starting.request(method, path, json=body).headers["retry-after"]) > 0


def test_it_is_ready_after_the_first_sync(client: TestClient):
    reply = client.get("/readyz")
    assert reply.status_code == 200
    assert reply.json()["status"] == "ready"


def test_ready_it_says_how_many_articles_there_are(client: TestClient):
    assert client.get("/readyz").json()["articles"] == 5


def test_it_is_ready_with_an_index_that_was_there_before(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path
):
    parts = open_parts(corpus)
    parts.sync(lambda _: None)
    client = serve(lambda: parts)
    wait_until_ready(client)
    assert client.get("/readyz").json()["articles"] == 5


def test_the_number_of_articles_is_known_while_the_first_of_them_are_read(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path
):
    # Enough to embed that it takes a moment, and not enough to be done in several steps.
    for number in range(6):
        text = " ".join(f"Witness {number} of the trial spoke for {hour} hours about the fire." for hour in range(12))
        (corpus / f"{number}.txt").write_text(text, encoding="utf-8")
    said = readiness_until(serve(lambda: open_parts(corpus)), "ready")
    assert 11 in {problem["progress"]["total"] for problem in said[:-1]}


def test_a_start_that_failed_says_why(failed: TestClient):
    problem = problem_of(failed.get("/readyz"), 503)
    assert "The catalogue is damaged. Remove it." in problem["detail"]
    assert problem["progress"]["state"] == "failed"


def test_a_start_that_failed_does_not_tell_anyone_to_wait(failed: TestClient):
    assert "moment" not in failed.get("/readyz").json()["detail"]


def test_after_a_start_that_failed_the_process_still_says_that_it_is_alive(failed: TestClient):
    assert failed.get("/healthz").status_code == 200


@pytest.mark.parametrize(("method", "path", "body"), NEED_THE_INDEX)
def test_after_a_start_that_failed_every_question_hears_why(failed: TestClient, method: str, path: str, body: object):
    problem = problem_of(failed.request(method, path, json=body), 503)
    assert "The catalogue is damaged. Remove it." in problem["detail"]


def test_a_first_sync_that_failed_says_why(serve: Serve, open_parts: Callable[[Path], Parts], tmp_path: Path):
    client = serve(lambda: open_parts(tmp_path / "missing"))
    assert "missing" in readiness_until(client, "failed")[-1]["detail"]


def test_the_owner_hears_of_a_start_that_failed():
    def open_nothing() -> Parts:
        raise CorpusError("The folder is gone.")

    heard: list[Exception] = []
    service = Service(open_nothing, on_failure=heard.append)
    service.start()
    service.stop()
    assert [str(error) for error in heard] == ["The folder is gone."]


def test_the_owner_hears_when_questions_are_answered(open_parts: Callable[[Path], Parts], corpus: Path):
    heard: SimpleQueue[int] = SimpleQueue()
    service = Service(lambda: open_parts(corpus), on_ready=lambda parts: heard.put(parts.catalogue.counts()[0]))
    service.start()
    assert heard.get(timeout=60) == 5
    service.stop()


def test_stopping_closes_the_parts_once(open_parts: Callable[[Path], Parts], corpus: Path):
    closed: list[str] = []
    service = Service(lambda: replace(open_parts(corpus), close=lambda: closed.append("closed")))
    service.start()
    service.stop()
    service.stop()
    assert closed == ["closed"]


def test_the_parts_are_not_closed_under_a_sync_that_uses_them(open_parts: Callable[[Path], Parts], corpus: Path):
    parts = open_parts(corpus)
    events: list[str] = []
    sync = HeldSync(parts.sync)
    service = Service(lambda: replace(parts, sync=sync, close=lambda: events.append("closed")))
    service.start()
    assert sync.begun.wait(30)
    stopping = threading.Thread(target=service.stop)
    stopping.start()
    stopping.join(0.2)
    events.append("let through")
    sync.gate.set()
    stopping.join()
    assert events == ["let through", "closed"]


@pytest.fixture(scope="module")
def starting(
    serving: Serve,
    open_parts_in: Callable[[Path, Path], Parts],
    write_articles: Callable[[Path], Path],
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[TestClient]:
    """A service that is stuck in its first sync, at two articles of five."""
    folder = tmp_path_factory.mktemp("starting")
    parts = open_parts_in(write_articles(folder / "articles"), folder / "data")
    sync = HeldSync(parts.sync, SyncProgress(2, 5, 2))
    with serving(lambda: replace(parts, sync=sync)) as client:
        assert sync.begun.wait(30)
        yield client
        sync.gate.set()


@pytest.fixture(scope="module")
def failed(serving: Serve) -> Iterator[TestClient]:
    """A service whose parts cannot be opened."""

    def open_nothing() -> Parts:
        raise CatalogueError("The catalogue is damaged. Remove it.")

    with serving(open_nothing) as client:
        readiness_until(client, "failed")
        yield client


class BreakingIndex(EmptyIndex):
    """An index whose searches fail while it is broken."""

    broken = True

    def search(self, query: str, **_: object) -> list[Passage]:
        """Find nothing, or fail."""
        if self.broken:
            raise VectorStoreError("The vectors are gone.")
        return []


def test_where_questions_cannot_be_answered_it_is_not_ready_until_they_can(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("api.service._LOOKED_AT_SECONDS", 0.0)
    parts, retriever = open_parts(corpus), BreakingIndex()
    client = serve(lambda: replace(parts, retriever=retriever))
    until(lambda: client.get("/readyz").json().get("detail") == "The vectors are gone.")
    problem_of(client.get("/readyz"), 503)
    assert client.get("/healthz").status_code == 200
    retriever.broken = False
    assert client.get("/readyz").status_code == 200


def test_on_a_full_disk_it_answers_from_what_was_indexed_before(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, tmp_path: Path
):
    before = open_parts(corpus)
    before.sync(lambda _: None)

    def full(_on_progress: object) -> SyncReport:
        raise DiskFull(tmp_path)

    client = serve(lambda: replace(before, sync=full))
    wait_until_ready(client)
    assert client.post("/api/ask", json={"question": "Who built the oven?"}).status_code == 200
    problem = problem_of(client.post("/api/articles", files={"file": ("a.txt", "The mill grinds barley.")}), 507)
    assert "is full. Make room there" in problem["detail"]


def test_on_a_full_disk_without_an_index_it_says_so(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, tmp_path: Path
):
    def full(_on_progress: object) -> SyncReport:
        raise DiskFull(tmp_path)

    client = serve(lambda: replace(open_parts(corpus), sync=full))
    assert "is full" in readiness_until(client, "failed")[-1]["detail"]
