"""A sync makes the index equal to the folder, and says what it did."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.errors import CorpusError, VectorStoreError
from index.records import SyncProgress
from index.sources import UPLOADS_PREFIX, Root
from tests.index.parts import HashingEmbedder, OpenIndex, open_index

Opened = Callable[[], OpenIndex]


def texts_of(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8") for path in folder.rglob("*.txt")}


def test_a_first_sync_adds_every_article(opened: Opened, articles: Path):
    index = opened()
    report = index.sync()
    assert report.added == ["bridge.txt", "harbour.txt", "mayor.txt"]
    assert index.indexed() == texts_of(articles)
    index.assert_whole()


def test_a_second_sync_changes_and_embeds_nothing(opened: Opened, hashing: HashingEmbedder):
    index = opened()
    index.sync()
    hashing.embedded.clear()
    report = index.sync()
    assert (report.unchanged, report.added, report.replaced, report.removed) == (3, [], [], [])
    assert hashing.embedded == []


def test_an_edited_article_is_replaced_and_only_its_new_words_are_embedded(
    opened: Opened, articles: Path, hashing: HashingEmbedder
):
    index = opened()
    index.sync()
    hashing.embedded.clear()
    (articles / "mayor.txt").write_text("Mayor Odile Tarn stays.", encoding="utf-8")
    assert index.sync().replaced == ["mayor.txt"]
    assert hashing.embedded == ["Mayor Odile Tarn stays."]
    index.assert_whole()


def test_what_an_article_no_longer_says_is_not_found(opened: Opened, articles: Path):
    index = opened()
    index.sync()
    (articles / "mayor.txt").write_text("Mayor Odile Tarn stays.", encoding="utf-8")
    index.sync()
    assert all("resigned" not in passage.chunk.text for passage in index.retriever.search("resigned Monday"))


def test_a_removed_article_is_removed(opened: Opened, articles: Path):
    index = opened()
    index.sync()
    (articles / "bridge.txt").unlink()
    assert index.sync().removed == ["bridge.txt"]
    assert index.indexed() == texts_of(articles)
    index.assert_whole()


def test_a_renamed_article_is_not_embedded_again(opened: Opened, articles: Path, hashing: HashingEmbedder):
    index = opened()
    index.sync()
    hashing.embedded.clear()
    (articles / "bridge.txt").rename(articles / "fallen bridge 🌉.txt")
    report = index.sync()
    assert (report.added, report.removed) == (["fallen bridge 🌉.txt"], ["bridge.txt"])
    assert hashing.embedded == []
    index.assert_whole()


def test_a_renamed_folder_is_not_embedded_again(tmp_path: Path, articles: Path, hashing: HashingEmbedder):
    (articles / "2025").mkdir()
    for path in articles.glob("*.txt"):
        path.rename(articles / "2025" / path.name)
    index = open_index(tmp_path / "data", articles, hashing)
    index.sync()
    hashing.embedded.clear()
    (articles / "2025").rename(articles / "2026")
    report = index.sync()
    assert len(report.added) == len(report.removed) == 3
    assert hashing.embedded == []
    index.assert_whole()
    index.close()


def test_two_files_of_the_same_text_are_two_articles_embedded_once(
    opened: Opened, articles: Path, hashing: HashingEmbedder
):
    shutil.copy(articles / "mayor.txt", articles / "copy.txt")
    index = opened()
    index.sync()
    assert len(hashing.embedded) == len(set(hashing.embedded))
    assert {"mayor.txt", "copy.txt"} <= index.files_found("Odile Tarn resigned")
    index.assert_whole()


def test_removing_one_of_two_copies_keeps_the_other(opened: Opened, articles: Path):
    shutil.copy(articles / "mayor.txt", articles / "copy.txt")
    index = opened()
    index.sync()
    (articles / "mayor.txt").unlink()
    index.sync()
    assert "copy.txt" in index.files_found("Odile Tarn resigned")
    index.assert_whole()


def test_an_article_that_repeats_itself_keeps_every_place(opened: Opened, articles: Path):
    (articles / "again.txt").write_text("The same words stand here once more.\n" * 30, encoding="utf-8")
    index = opened()
    index.sync()
    index.assert_whole()


def test_a_file_that_cannot_be_read_any_more_keeps_its_old_passages(opened: Opened, articles: Path):
    index = opened()
    index.sync()
    (articles / "mayor.txt").write_bytes(b"\x00\x01\x02")
    report = index.sync()
    assert list(report.unreadable) == ["mayor.txt"]
    assert "mayor.txt" in index.files_found("Odile Tarn resigned")


def test_a_folder_inside_that_cannot_be_opened_keeps_its_old_passages(
    opened: Opened, articles: Path, monkeypatch: pytest.MonkeyPatch
):
    (articles / "closed").mkdir()
    (articles / "bridge.txt").rename(articles / "closed" / "bridge.txt")
    index = opened()
    index.sync()
    real_scandir: Any = os.scandir

    def scandir(path: str | os.PathLike[str] = ".") -> Any:
        if Path(os.fspath(path)).name == "closed":
            raise PermissionError(13, "Permission denied", os.fspath(path))
        return real_scandir(os.fspath(path))

    monkeypatch.setattr(os, "scandir", scandir)
    report = index.sync()
    assert report.unreadable == {"closed/": "it cannot be read: Permission denied."}
    assert "closed/bridge.txt" in index.files_found("bridge fell Marwick")


def test_a_missing_folder_changes_nothing(opened: Opened, articles: Path, tmp_path: Path):
    index = opened()
    index.sync()
    articles.rename(tmp_path / "elsewhere")
    with pytest.raises(CorpusError, match="does not exist"):
        index.sync()
    assert len(index.indexed()) == 3


def test_uploads_are_a_second_root_under_a_name_of_their_own(opened: Opened, articles: Path, tmp_path: Path):
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / "mayor.txt").write_text("An uploaded word about the mayor.", encoding="utf-8")
    index = opened()
    index.synchroniser.sync([Root(articles), Root(uploads, UPLOADS_PREFIX, optional=True)])
    assert {"mayor.txt", "uploads://mayor.txt"} <= set(index.indexed())


def test_progress_ends_with_every_source_done(opened: Opened, articles: Path):
    seen: list[SyncProgress] = []
    opened().synchroniser.sync([Root(articles)], seen.append)
    assert (seen[-1].done, seen[-1].total) == (3, 3)


def test_nothing_is_written_to_the_folder_of_articles(opened: Opened, articles: Path):
    def look() -> dict[str, tuple[int, int]]:
        return {path.name: (path.stat().st_mtime_ns, path.stat().st_size) for path in articles.rglob("*")}

    before = look()
    opened().sync()
    assert look() == before


def test_a_file_with_an_older_time_is_read_again_when_its_words_changed(opened: Opened, articles: Path):
    index = opened()
    index.sync()
    path = articles / "mayor.txt"
    path.write_text("Mayor Odile Tarn is back.", encoding="utf-8")
    os.utime(path, (0, 0))  # a clock that went back
    assert index.sync().replaced == ["mayor.txt"]


STEPS = [
    ("catalogue.stage", "before"),
    ("catalogue.stage", "after"),
    ("vectors.upsert", "before"),
    ("vectors.upsert", "after"),
    ("catalogue.replace", "before"),
    ("catalogue.replace", "after"),
    ("vectors.delete", "before"),
    ("vectors.delete", "after"),
    ("catalogue.settled", "before"),
    ("catalogue.remove", "after"),
]


@pytest.mark.parametrize(("step", "when"), STEPS)
def test_a_sync_that_breaks_off_leaves_old_or_new_and_the_next_one_completes_it(
    tmp_path: Path, articles: Path, step: str, when: str
):
    data = tmp_path / "data"
    first = open_index(data, articles)
    first.sync()
    old = texts_of(articles)
    first.close()
    (articles / "mayor.txt").write_text("Mayor Odile Tarn stays after all.", encoding="utf-8")
    (articles / "bridge.txt").unlink()
    (articles / "new.txt").write_text("A lighthouse opened in Sarn.", encoding="utf-8")

    def break_off(call: str) -> None:
        if call == step:
            raise VectorStoreError("broken off here")

    def go_on(_call: str) -> None:
        pass

    before, after = (break_off, go_on) if when == "before" else (go_on, break_off)
    broken = open_index(data, articles, before=before, after=after)
    with pytest.raises(VectorStoreError, match="broken off here"):
        broken.sync()
    for file, text in broken.indexed().items():
        assert text in {old.get(file), texts_of(articles).get(file)}
    broken.close()

    again = open_index(data, articles)
    again.assert_whole()
    again.sync()
    assert again.indexed() == texts_of(articles)
    again.assert_whole()
    again.close()


def test_a_question_during_a_sync_sees_each_article_old_or_new_and_never_half(tmp_path: Path, articles: Path):
    path = articles / "mayor.txt"
    old = "Oldword one two three four five six seven eight nine ten. " * 4
    path.write_text(old, encoding="utf-8")
    seen: list[set[str]] = []
    index = open_index(tmp_path / "data", articles)
    index.sync()
    index.close()

    def look(_call: str) -> None:
        passages = [p for p in index.retriever.search("oldword newword", top_k=50) if p.file == "mayor.txt"]
        seen.append({p.chunk.text.split()[0] for p in passages if p.lexical_rank})

    path.write_text(old.replace("Oldword", "Newword"), encoding="utf-8")
    index = open_index(tmp_path / "data", articles, before=look, after=look)
    index.sync()
    index.close()
    assert {"Oldword"} in seen
    assert {"Newword"} in seen
    assert all(words in ({"Oldword"}, {"Newword"}) for words in seen)


def test_a_folder_that_held_articles_and_holds_none_is_refused(opened: Opened, articles: Path):
    index = opened()
    index.sync()
    for path in articles.iterdir():
        path.unlink()
    with pytest.raises(CorpusError, match="Is it the right folder"):
        index.sync()
    assert len(index.indexed()) == 3


def test_uploads_that_are_all_removed_are_removed(opened: Opened, articles: Path, tmp_path: Path):
    uploads = tmp_path / "uploads"
    uploads.mkdir()
    (uploads / "word.txt").write_text("An uploaded word.", encoding="utf-8")
    roots = [Root(articles), Root(uploads, UPLOADS_PREFIX, optional=True)]
    index = opened()
    index.synchroniser.sync(roots)
    (uploads / "word.txt").unlink()
    assert index.synchroniser.sync(roots).removed == ["uploads://word.txt"]
