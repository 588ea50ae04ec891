"""The vector store is examined at each start, and made anew from the catalogue when it is damaged."""

import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from index.schema import CATALOGUE_FILE
from index.upkeep import close_vectors, examine, switch_over
from index.vectors import VectorRecord, VectorStore
from tests.index.parts import BEFORE_MARKS, HashingEmbedder, OpenIndex, open_index

Opened = Callable[[], OpenIndex]


def vectors_folder(index: OpenIndex) -> Path:
    return index.data / str(index.catalogue.note("vectors_folder"))


def test_an_index_that_was_closed_well_is_opened_as_it_is(opened: Opened):
    index = opened()
    index.sync()
    folder = vectors_folder(index)
    assert vectors_folder(opened()) == folder


def test_missing_vectors_are_put_back_without_embedding(opened: Opened, hashing: HashingEmbedder):
    index = opened()
    index.sync()
    index.vectors.delete(index.catalogue.chunk_ids()[:2])
    hashing.embedded.clear()
    index = opened()
    index.assert_whole()
    assert hashing.embedded == []


class Overlooks:
    """A store whose searches find nothing."""

    def __init__(self, store: VectorStore) -> None:
        self._store = store

    def __getattr__(self, name: str) -> object:
        return getattr(self._store, name)

    def search(self, *_: object) -> list[tuple[str, float]]:
        return []


def test_vectors_that_searches_overlook_are_noticed(opened: Opened):
    index = opened()
    index.sync()
    assert "not found by a search" in str(examine(index.catalogue, Overlooks(index.vectors)))  # type: ignore[arg-type]


def test_what_a_sound_graph_overlooks_is_noted_and_no_reason_to_make_it_anew(opened: Opened):
    index = opened()
    index.sync()
    close_vectors(index.catalogue, Overlooks(index.vectors))  # type: ignore[arg-type]
    store = VectorStore(index.vectors.folder)
    assert examine(index.catalogue, Overlooks(store)) is None  # type: ignore[arg-type]
    store.close()


def test_left_over_vectors_are_removed(opened: Opened, articles: Path, tmp_path: Path):
    index = opened()
    index.sync()
    other = open_index(tmp_path / "other", articles)
    (articles / "more.txt").write_text("Words of another index.", encoding="utf-8")
    other.sync()
    extra = set(other.catalogue.chunk_ids()) - set(index.catalogue.chunk_ids())
    index.vectors.upsert([record for record in records_of(other) if record.chunk_id in extra])
    other.close()
    opened().assert_whole()


def records_of(index: OpenIndex) -> list[VectorRecord]:
    vectors = index.catalogue.vectors_of(index.catalogue.chunk_ids())
    return [VectorRecord(chunk_id, vector, None, None) for chunk_id, vector in vectors.items()]


def test_changed_vectors_are_noticed_and_made_anew(opened: Opened, hashing: HashingEmbedder):
    index = opened()
    index.sync()
    before = vectors_folder(index)
    first, second, *_ = records_of(index)
    index.vectors.upsert([replace(first, vector=second.vector)])
    assert "have changed" in str(examine(index.catalogue, index.vectors))
    hashing.embedded.clear()
    index = opened()
    index.assert_whole()
    assert vectors_folder(index) != before
    assert not before.exists()
    assert hashing.embedded == []


def test_a_missing_vector_folder_is_made_anew(opened: Opened):
    index = opened()
    index.sync()
    folder = vectors_folder(index)
    index.close()
    shutil.rmtree(folder)
    index = opened()
    index.assert_whole()
    assert "mayor.txt" in index.files_found("Odile Tarn")


def test_litter_of_a_rebuild_that_was_killed_is_removed(opened: Opened):
    index = opened()
    index.sync()
    litter = index.data / "vectors-99"
    litter.mkdir()
    opened().assert_whole()
    assert not litter.exists()


def test_a_new_index_takes_the_place_of_the_old_one_at_once(opened: Opened, articles: Path, tmp_path: Path):
    old = opened()
    old.sync()
    (articles / "mayor.txt").write_text("Mayor Odile Tarn stays.", encoding="utf-8")
    building = tmp_path / "data" / "rebuilding"
    new = open_index(building, articles)
    new.sync()
    close_vectors(new.catalogue, new.vectors)
    old.close()
    switch_over(new.catalogue, building, tmp_path / "data")
    index = opened()
    index.assert_whole()
    assert "stays" in index.indexed()["mayor.txt"]
    assert not building.exists()


DAMAGES: dict[str, Callable[[Path], object]] = {
    "deleted": Path.unlink,
    "emptied": lambda path: path.write_bytes(b""),
    "cut in half": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size // 2]),
    "zeroed": lambda path: path.write_bytes(b"\0" * path.stat().st_size),
}


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed index, large enough that Chroma has written every kind of file that it writes."""
    place = tmp_path_factory.mktemp("large")
    corpus = place / "articles"
    corpus.mkdir()
    for number in range(60):
        words = "\n".join(
            f"Topic{number} word{line} colour{number * line % 97} street{line % 13}." for line in range(50)
        )
        (corpus / f"{number:02}.txt").write_text(words, encoding="utf-8")
    index = open_index(place / "data", corpus)
    index.sync()
    index.close()
    return place


@pytest.mark.slow
@pytest.mark.parametrize("closed_well", [True, False], ids=["closed well", "killed"])
@pytest.mark.parametrize("damage", DAMAGES)
def test_every_damaged_file_of_chroma_is_found_and_mended_or_harmless(
    large: Path, tmp_path: Path, damage: str, closed_well: bool
):
    files = sorted(path.relative_to(large) for path in (large / "data").glob("vectors-*/**/*") if path.is_file())
    assert {"link_lists.bin", "data_level0.bin", "header.bin", "chroma.sqlite3"} <= {path.name for path in files}
    for position, file in enumerate(files):
        copy = tmp_path / f"copy{position}"
        shutil.copytree(large, copy)
        DAMAGES[damage](copy / file)
        if not closed_well:
            forget_how_it_was_closed(copy / "data" / CATALOGUE_FILE)
        embedder = HashingEmbedder()
        index = open_index(copy / "data", copy / "articles", embedder)
        index.assert_whole()
        passages = index.retriever.search("Topic41 word17 street4", top_k=3)
        assert passages[0].file == "41.txt", f"{file} {damage}"
        assert passages[0].dense_rank is not None, f"{file} {damage}"
        assert embedder.embedded == ["Topic41 word17 street4"], f"{file} {damage}"
        index.close()


def forget_how_it_was_closed(catalogue: Path) -> None:
    with sqlite3.connect(catalogue) as connection:
        connection.execute("UPDATE meta SET value = '' WHERE key = 'vectors_seal'")
    connection.close()


@pytest.mark.slow
def test_a_deleted_segment_folder_is_made_anew(large: Path, tmp_path: Path):
    copy = tmp_path / "copy"
    shutil.copytree(large, copy)
    for folder in copy.glob("data/vectors-*/*-*-*"):
        shutil.rmtree(folder)
    index = open_index(copy / "data", copy / "articles")
    index.assert_whole()
    index.close()


def test_a_catalogue_of_the_first_schema_is_migrated_and_embeds_nothing(tmp_path: Path, articles: Path):
    index = open_index(tmp_path / "data", articles)
    index.sync()
    index.close()
    _back_to_first_schema(tmp_path / "data" / CATALOGUE_FILE)
    embedder = HashingEmbedder()
    index = open_index(tmp_path / "data", articles, embedder)
    assert len(index.indexed()) == 3
    index.sync()
    assert embedder.embedded == []
    index.assert_whole()
    index.close()


def _back_to_first_schema(catalogue: Path) -> None:
    with sqlite3.connect(catalogue) as connection:
        connection.executescript(
            BEFORE_MARKS
            + """
            ALTER TABLE articles ADD COLUMN fingerprint TEXT NOT NULL DEFAULT '';
            UPDATE articles SET fingerprint = (SELECT fingerprint FROM sources WHERE sources.file = articles.file);
            ALTER TABLE articles DROP COLUMN sketch;
            DROP INDEX articles_by_source;
            DROP INDEX articles_by_publisher;
            DROP TABLE spellings;
            DELETE FROM meta WHERE key = 'generation';
            ALTER TABLE articles DROP COLUMN source;
            ALTER TABLE articles DROP COLUMN extractor;
            DROP TABLE sources;
            PRAGMA user_version = 1;
            """
        )
    connection.close()
