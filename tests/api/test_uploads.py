"""`POST /api/articles` and `DELETE /api/articles/{id}`: files of people's own, beside a corpus that nobody touches."""

import hashlib
import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from api.app import create_app
from api.policy import Policy
from api.service import OnProgress, Parts, Service
from index.errors import VectorStoreError
from index.records import SyncReport
from tests.api.operating import until
from tests.api.replies import Serve, ask, cited_files, problem_of, wait_until_ready
from tests.doubles import HeldSync

MILL = "The mill of Oster grinds barley with two stones."
MILL_QUESTION = "What does the mill of Oster grind?"
LIST = json.dumps(
    [{"title": "Dog", "text": "The dog of Varde barks."}, {"text": "The cat of Varde sleeps."}, {"no": 1}]
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Where uploads are kept."""
    return tmp_path / "data" / "uploads"


def test_a_file_that_was_added_answers(service: TestClient):
    _add(service, "mill.txt", MILL)
    assert cited_files(ask(service, MILL_QUESTION)) == {"uploads://mill.txt"}


def test_a_file_that_was_added_is_told_with_its_articles(service: TestClient):
    added = _add(service, "mill.md", f"---\ntitle: Two stones\npublisher: Mill Post\ndate: 2024-03-07\n---\n{MILL}\n")
    (article,) = added["articles"]
    assert added["file"] == article["file"] == "uploads://mill.md"
    assert [article["title"], article["publisher"], article["published"]] == ["Two stones", "Mill Post", "2024-03-07"]


def test_a_file_that_was_added_is_listed_as_an_upload(service: TestClient):
    _add(service, "mill.txt", MILL)
    listed = {article["file"]: article["upload"] for article in service.get("/api/articles").json()["articles"]}
    assert [file for file, upload in listed.items() if upload] == ["uploads://mill.txt"]


def test_a_file_is_kept_byte_for_byte(service: TestClient, folder: Path):
    _add(service, "mill.txt", "\ufeff" + MILL + "\r\n")
    assert (folder / "mill.txt").read_bytes() == ("\ufeff" + MILL + "\r\n").encode()


def test_a_file_that_was_added_is_there_after_a_restart(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path
):
    first = open_parts(corpus)
    before = serve(lambda: first)
    wait_until_ready(before)
    _add(before, "mill.txt", MILL)
    before.__exit__()
    after = serve(lambda: open_parts(corpus))
    wait_until_ready(after)
    assert cited_files(ask(after, MILL_QUESTION)) == {"uploads://mill.txt"}


def test_a_list_of_articles_is_added_with_the_reason_for_what_was_left_out(service: TestClient):
    added = _add(service, "pets.json", LIST)
    assert [article["file"] for article in added["articles"]] == ["uploads://pets.json#1", "uploads://pets.json#2"]
    assert list(added["left_out"]) == ["uploads://pets.json#3"]


@pytest.mark.parametrize("name", ["mill.txt", "MILL.txt"])
def test_the_same_file_again_changes_nothing(service: TestClient, name: str):
    first = _add(service, "mill.txt", MILL)
    again = _post(service, name, MILL)
    assert again.status_code == 200
    assert again.json() == first


@pytest.mark.parametrize("name", ["mill.txt", "MILL.txt", "Mill.TXT"])
def test_another_text_under_a_name_that_is_taken_is_a_409(service: TestClient, name: str):
    _add(service, "mill.txt", MILL)
    problem = problem_of(_post(service, name, "The mill of Oster burnt down."), 409)
    assert problem["type"].endswith(":upload-exists")
    assert "mill.txt" in problem["detail"]


def test_a_name_that_is_taken_keeps_its_first_text(service: TestClient):
    _add(service, "mill.txt", MILL)
    _post(service, "mill.txt", "The mill of Oster burnt down.")
    assert "barley" in ask(service, MILL_QUESTION)["answer"]


def test_two_ways_to_write_an_accent_are_one_name(service: TestClient):
    _add(service, "caf\u00e9.txt", MILL)
    problem_of(_post(service, "cafe\u0301.txt", "The mill of Oster burnt down."), 409)


def test_a_file_with_the_name_of_one_in_the_corpus_is_another(service: TestClient, corpus: Path):
    before = (corpus / "bakery.txt").read_bytes()
    _add(service, "bakery.txt", MILL)
    assert (corpus / "bakery.txt").read_bytes() == before
    assert cited_files(ask(service, "Who built the oven of the bakery?")) == {"bakery.txt"}


@pytest.mark.parametrize(
    "name",
    [
        "../mill.txt",
        "../../etc/mill.txt",
        "/etc/mill.txt",
        "towns/mill.txt",
        "..\\mill.txt",
        "C:mill.txt",
        "mill.txt:stream.txt",
        "..",
        ".",
        ".mill.txt",
        "..txt",
        "mill\x01.txt",
        "mill\x7f.txt",
        "mill\u2028.txt",
        "mill\u202etxt.txt",
        "con.txt",
        "NUL.txt",
        "com1.tar.txt",
        "lpt9.md",
        "what?.txt",
        "a<b>.txt",
        "x" * 300 + ".txt",
        "x" * 120 + "🦭" * 30 + ".txt",
        "mill",
        "mill.exe",
        "mill.txt.gz",
        "mill.txt ",
        "mill.txt.",
        "mill.json#1",
    ],
    ids=lambda name: ascii(name)[:30],
)
def test_a_name_that_is_unsafe_or_of_no_kind_is_a_422_and_nothing_is_kept(
    refusing: TestClient, refusing_folder: Path, name: str
):
    problem = problem_of(_post(refusing, name, MILL), 422)
    assert problem["type"].endswith(":unusable-name")
    assert _all_files(refusing_folder) == []


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("mill.txt", b"", "empty"),
        ("mill.txt", b" \r\n\t ", "empty"),
        ("mill.txt", b"The mill \xff\xfa", "UTF-8"),
        ("mill.txt", b"\x00\x01\x02\x03" * 40, "binary"),
        ("mill.pdf", b"%PDF-1.7 but no more", "PDF"),
        ("mill.pdf", MILL.encode(), "PDF"),
        ("mill.docx", b"PK\x03\x04 but no more", "Word"),
        ("mill.json", b"[{", "JSON"),
        ("mill.json", b"[]", "mill.json"),
        ("mill.html", b"<html><script>fetch('/mill')</script></html>", "article"),
    ],
    ids=["empty", "blank", "other encoding", "binary", "broken PDF", "text as PDF", "broken Word", "broken JSON",
         "empty list", "page of scripts"],
)  # fmt: skip
def test_what_cannot_be_read_is_a_422_with_the_reason_and_nothing_is_kept(
    refusing: TestClient, refusing_folder: Path, name: str, content: bytes, reason: str
):
    problem = problem_of(_post(refusing, name, content), 422)
    assert problem["type"].endswith(":unreadable-article")
    assert reason in problem["detail"]
    assert name in problem["detail"]
    assert _all_files(refusing_folder) == []


def test_what_is_refused_can_be_mended_and_added_under_the_same_name(service: TestClient):
    _post(service, "mill.txt", b"")
    assert _add(service, "mill.txt", MILL)["file"] == "uploads://mill.txt"


def test_a_file_over_the_limit_is_a_413_and_nothing_is_kept(
    open_parts: Callable[[Path], Parts], corpus: Path, folder: Path
):
    service = Service(lambda: open_parts(corpus))
    with TestClient(create_app(service, Policy(max_upload_bytes=1_000))) as client:
        wait_until_ready(client)
        # Within what the form itself may add to a file, so that only its own size can tell.
        problem = problem_of(_post(client, "mill.txt", "m" * 1_001), 413)
        assert "mill.txt" in problem["detail"]
        assert _all_files(folder) == []
        assert _post(client, "mill.txt", "m" * 1_000).status_code == 201


def test_a_file_that_is_longer_than_an_article_may_be_is_refused_with_the_reason_and_not_kept(
    open_parts: Callable[[Path], Parts], corpus: Path, folder: Path
):
    service = Service(lambda: open_parts(corpus))
    with TestClient(create_app(service, Policy(max_upload_bytes=30_000_000))) as client:
        wait_until_ready(client)
        problem = problem_of(_post(client, "mill.txt", "mill " * 4_100_000), 422)
    assert "Split it" in problem["detail"]
    assert _all_files(folder) == []


def test_where_no_file_can_be_written_it_is_a_507_that_names_the_folder(service: TestClient, folder: Path):
    folder.write_text("a file where the folder should be", encoding="utf-8")
    assert str(folder) in problem_of(_post(service, "mill.txt", MILL), 507)["detail"]


def test_a_body_without_a_file_is_a_422_that_says_what_to_send(client: TestClient):
    problem = problem_of(client.post("/api/articles", files={"other": ("mill.txt", MILL)}), 422)
    assert "`file`" in problem["detail"]


def test_a_text_in_the_place_of_the_file_is_a_422_that_says_what_to_send(client: TestClient):
    reply = client.post("/api/articles", data={"file": MILL}, files={"other": ("mill.txt", MILL)})
    assert "`file`" in problem_of(reply, 422)["detail"]


def test_a_body_that_is_no_form_is_a_415_that_names_the_right_type(client: TestClient):
    assert "multipart/form-data" in problem_of(client.post("/api/articles", json={"file": MILL}), 415)["detail"]


def test_a_form_that_is_cut_off_is_a_400(client: TestClient):
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="mill.txt"'
    headers = {"content-type": "multipart/form-data"}
    problem_of(client.post("/api/articles", content=body, headers=headers), 400)


def test_when_the_index_cannot_take_a_file_it_is_not_kept(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, folder: Path
):
    client = _service_whose_next_sync_breaks(serve, open_parts(corpus))
    problem_of(_post(client, "mill.txt", MILL), 500)
    assert _all_files(folder) == []
    client.post("/api/sync")
    assert "uploads://mill.txt" not in cited_files(ask(client, MILL_QUESTION))


def test_when_the_corpus_is_gone_a_file_is_refused_and_not_kept(service: TestClient, corpus: Path, folder: Path):
    corpus.rename(corpus.with_name("elsewhere"))
    problem_of(_post(service, "mill.txt", MILL), 409)
    assert _all_files(folder) == []


def test_a_file_that_comes_while_a_sync_runs_is_added_after_it(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path
):
    parts = open_parts(corpus)
    sync = HeldSync(parts.sync)
    sync.gate.set()
    client = serve(lambda: replace(parts, sync=sync))
    wait_until_ready(client)
    sync.begun.clear()
    sync.gate.clear()
    syncing = threading.Thread(target=client.post, args=("/api/sync",))
    syncing.start()
    assert sync.begun.wait(30)
    threading.Timer(0.1, sync.gate.set).start()
    assert _post(client, "mill.txt", MILL).status_code == 201
    syncing.join()


def test_files_that_come_together_are_all_added(service: TestClient):
    statuses: list[int] = []
    threads = [
        threading.Thread(target=lambda n=n: statuses.append(_post(service, f"{n}.txt", f"{MILL} {n}").status_code))
        for n in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert statuses == [201] * 8
    assert service.get("/api/status").json()["articles"] == 5 + 8


def test_nothing_is_ever_written_to_the_corpus(service: TestClient, corpus: Path):
    before = {path: (path.stat().st_mtime_ns, _hash(path)) for path in [corpus, *corpus.rglob("*")]}
    added = _add(service, "mill.txt", MILL)
    service.delete(f"/api/articles/{added['articles'][0]['id']}")
    _post(service, "../bakery.txt", MILL)
    assert {path: (path.stat().st_mtime_ns, _hash(path)) for path in [corpus, *corpus.rglob("*")]} == before


def test_an_upload_that_was_removed_answers_no_more(service: TestClient):
    added = _add(service, "mill.txt", MILL)
    assert _remove(service, added["articles"][0]["id"]) == ["uploads://mill.txt"]
    assert "uploads://mill.txt" not in cited_files(ask(service, MILL_QUESTION))


def test_an_upload_that_was_removed_leaves_no_file(service: TestClient, folder: Path):
    _remove(service, _add(service, "mill.txt", MILL)["articles"][0]["id"])
    assert _all_files(folder) == []


def test_a_removed_name_can_be_used_again(service: TestClient):
    _remove(service, _add(service, "mill.txt", MILL)["articles"][0]["id"])
    assert _post(service, "mill.txt", "The mill of Oster burnt down.").status_code == 201


def test_with_one_article_of_a_list_all_of_them_go_and_are_named(service: TestClient, folder: Path):
    added = _add(service, "pets.json", LIST)
    assert _remove(service, added["articles"][1]["id"]) == ["uploads://pets.json#1", "uploads://pets.json#2"]
    assert _all_files(folder) == []


def test_to_remove_one_upload_leaves_those_with_like_names(service: TestClient):
    _add(service, "mill.txt", MILL)
    _add(service, "mill.txt.md", MILL + " It is old.")
    hashed = _add(service, "mill#1.txt", MILL + " It is wet.")
    assert _remove(service, hashed["articles"][0]["id"]) == ["uploads://mill#1.txt"]
    assert {"uploads://mill.txt", "uploads://mill.txt.md"} <= _listed(service)


def test_an_article_of_the_corpus_cannot_be_removed(service: TestClient, corpus: Path):
    (bakery,) = [one for one in service.get("/api/articles").json()["articles"] if one["file"] == "bakery.txt"]
    problem = problem_of(service.delete(f"/api/articles/{bakery['id']}"), 409)
    assert problem["type"].endswith(":not-an-upload")
    assert (corpus / "bakery.txt").exists()
    assert "bakery.txt" in _listed(service)


@pytest.mark.parametrize("article_id", ["0000000000000000", "%2e%2e", "%00", "%ff"])
def test_to_remove_what_is_not_there_is_a_404(client: TestClient, article_id: str):
    assert problem_of(client.delete(f"/api/articles/{article_id}"), 404)["type"].endswith(":unknown-article")


def test_to_remove_an_upload_twice_is_a_404(service: TestClient):
    article_id = _add(service, "mill.txt", MILL)["articles"][0]["id"]
    _remove(service, article_id)
    problem_of(service.delete(f"/api/articles/{article_id}"), 404)


def test_an_upload_whose_file_somebody_deleted_can_still_be_removed(service: TestClient, folder: Path):
    article_id = _add(service, "mill.txt", MILL)["articles"][0]["id"]
    (folder / "mill.txt").unlink()
    assert _remove(service, article_id) == ["uploads://mill.txt"]


def test_when_the_index_cannot_let_go_of_an_upload_it_stays(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, folder: Path
):
    parts = open_parts(corpus)
    folder.mkdir(parents=True)
    (folder / "mill.txt").write_text(MILL, encoding="utf-8")
    client = _service_whose_next_sync_breaks(serve, parts)
    (mill,) = [one for one in client.get("/api/articles").json()["articles"] if one["upload"]]
    problem_of(client.delete(f"/api/articles/{mill['id']}"), 500)
    assert _all_files(folder) == ["mill.txt"]


def test_what_a_killed_process_left_half_written_is_swept_away_and_never_read(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, folder: Path
):
    folder.mkdir(parents=True)
    (folder / ".mill.txt.part").write_text(MILL, encoding="utf-8")
    (folder / ".inn.txt.removed").write_text(MILL, encoding="utf-8")
    client = serve(lambda: open_parts(corpus))
    wait_until_ready(client)
    assert _all_files(folder) == []
    assert client.get("/api/status").json()["articles"] == 5


def test_what_was_being_added_when_its_process_ended_is_taken_out_and_named(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, folder: Path, caplog: pytest.LogCaptureFixture
):
    folder.mkdir(parents=True)
    (folder / "mill.txt").write_text(MILL, encoding="utf-8")
    (folder / ".mill.txt.pending").touch()
    (folder / "inn.txt").write_text(MILL, encoding="utf-8")
    client = serve(lambda: open_parts(corpus))
    wait_until_ready(client)
    assert _all_files(folder) == ["inn.txt"]
    assert "left out mill.txt" in caplog.text
    assert "uploads://mill.txt" not in _listed(client)


def test_a_file_that_is_being_added_is_marked_until_it_is(
    serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path, folder: Path
):
    parts = open_parts(corpus)
    seen: list[list[str]] = []

    def sync(on_progress: OnProgress) -> SyncReport:
        seen.append(_all_files(folder))
        return parts.sync(on_progress)

    client = serve(lambda: replace(parts, sync=sync))
    wait_until_ready(client)
    _add(client, "mill.txt", MILL)
    assert list(map(set, seen)) == [set(), {".mill.txt.pending", "mill.txt"}]
    assert _all_files(folder) == ["mill.txt"]


def test_more_files_at_once_than_are_set_are_refused_before_they_are_received(
    open_parts: Callable[[Path], Parts], corpus: Path
):
    parts = open_parts(corpus)
    sync = HeldSync(parts.sync)
    sync.gate.set()
    with TestClient(create_app(Service(lambda: replace(parts, sync=sync)), Policy(uploads=2))) as client:
        wait_until_ready(client)
        sync.begun.clear()
        sync.gate.clear()
        with ThreadPoolExecutor() as threads:
            taken = [threads.submit(_post, client, f"mill{number}.txt", MILL) for number in range(2)]
            assert sync.begun.wait(30)
            until(lambda: _post(client, "mill.exe", MILL).status_code == 503)
            sync.gate.set()
            assert [reply.result().status_code for reply in taken] == [201, 201]
        assert _post(client, "mill3.txt", MILL).status_code == 201


def test_without_uploads_a_file_is_a_403(serve: Serve, open_parts: Callable[[Path], Parts], corpus: Path):
    parts = replace(open_parts(corpus), uploads=None)
    client = serve(lambda: parts)
    wait_until_ready(client)
    assert client.get("/api/status").json()["uploads"] is False
    assert problem_of(_post(client, "mill.txt", MILL), 403)["type"].endswith(":uploads-off")


@pytest.fixture(scope="module")
def refusing_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where `refusing` keeps uploads."""
    return tmp_path_factory.mktemp("refusing") / "data" / "uploads"


@pytest.fixture(scope="module")
def refusing(
    serving: Serve,
    open_parts_in: Callable[[Path, Path], Parts],
    write_articles: Callable[[Path], Path],
    refusing_folder: Path,
) -> Any:
    """A service to which nothing is ever added."""
    data = refusing_folder.parent
    with serving(lambda: open_parts_in(write_articles(data.parent / "articles"), data)) as client:
        wait_until_ready(client)
        yield client


def _service_whose_next_sync_breaks(serve: Serve, parts: Parts) -> TestClient:
    calls = 0

    def breaks_at_the_second_call(on_progress: OnProgress) -> SyncReport:
        nonlocal calls
        calls += 1
        if calls == 2:
            raise VectorStoreError("The disk is full.")
        return parts.sync(on_progress)

    client = serve(lambda: replace(parts, sync=breaks_at_the_second_call))
    wait_until_ready(client)
    return client


def _post(client: TestClient, name: str, content: str | bytes) -> Any:
    """Send a file in a form that is written here: clients clean names before they send them."""
    content = content.encode() if isinstance(content, str) else content
    disposition = f'Content-Disposition: form-data; name="file"; filename="{name}"'.encode()
    body = b"--edge\r\n" + disposition + b"\r\n\r\n" + content + b"\r\n--edge--\r\n"
    return client.post(
        "/api/articles", content=body, headers={"content-type": "multipart/form-data; boundary=edge; charset=utf-8"}
    )


def _add(client: TestClient, name: str, content: str | bytes) -> dict[str, Any]:
    reply = _post(client, name, content)
    assert reply.status_code == 201, reply.text
    added: dict[str, Any] = reply.json()
    return added


def _remove(client: TestClient, article_id: str) -> list[str]:
    reply = client.delete(f"/api/articles/{article_id}")
    assert reply.status_code == 200, reply.text
    removed: list[str] = reply.json()["removed"]
    return removed


def _listed(client: TestClient) -> set[str]:
    return {article["file"] for article in client.get("/api/articles").json()["articles"]}


def _all_files(folder: Path) -> list[str]:
    """Return all that is in the folder, and whatever a traversal may have put beside it."""
    inside = [path.name for path in folder.glob("*")] + [path.name for path in folder.glob(".*")]
    return sorted(inside + [path.name for path in folder.parents[1].glob("*mill*")])


def _hash(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else ""
