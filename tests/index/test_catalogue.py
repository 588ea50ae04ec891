"""The catalogue: whole transactions, one state for a reader, clear words about a file that cannot be used."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from index.catalogue import CATALOGUE_FILE, Catalogue
from index.errors import CatalogueError
from index.records import Filters
from index.schema import SCHEMA_VERSION
from tests.index.parts import OpenIndex

Opened = Callable[[], OpenIndex]


def test_a_catalogue_of_a_newer_schema_is_refused_with_the_remedy(tmp_path: Path):
    path = tmp_path / CATALOGUE_FILE
    Catalogue(path, "m").close()
    with sqlite3.connect(path) as connection:
        connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION + 1}")
    connection.close()
    with pytest.raises(CatalogueError, match=r"newer Footnote.*footnote index --rebuild"):
        Catalogue(path, "m")


def test_a_catalogue_of_another_embedding_model_is_refused_with_the_remedy(tmp_path: Path):
    Catalogue(tmp_path / CATALOGUE_FILE, "one").close()
    with pytest.raises(CatalogueError, match=r"the model one.*uses two.*footnote index --rebuild"):
        Catalogue(tmp_path / CATALOGUE_FILE, "two")


def test_a_file_that_is_no_catalogue_is_refused_with_the_remedy(tmp_path: Path):
    path = tmp_path / CATALOGUE_FILE
    path.write_bytes(b"no database at all, but long enough to look at" * 100)
    with pytest.raises(CatalogueError, match=r"damaged.*footnote index --rebuild"):
        Catalogue(path, "m")


def test_a_full_disk_is_named(opened: Opened, articles: Path):
    index = opened()
    index.sync()
    database = index.catalogue._database
    pages = database.rows("PRAGMA page_count")[0][0]
    database.rows(f"PRAGMA max_page_count = {pages}")
    (articles / "long.txt").write_text("Many words that need room. " * 5_000, encoding="utf-8")
    with pytest.raises(CatalogueError, match="Make room on the disk"):
        index.sync()
    assert len(index.indexed()) == 3
    index = opened()
    assert index.sync().added == ["long.txt"]
    index.assert_whole()


def test_a_reader_keeps_its_state_while_another_thread_writes(opened: Opened):
    index = opened()
    index.sync()
    with index.catalogue.reading():
        before = index.catalogue.counts()
        writer = threading.Thread(target=index.catalogue.remove, args=(["mayor.txt"],))
        writer.start()
        writer.join()
        assert index.catalogue.counts() == before
    assert index.catalogue.counts() != before


def test_a_broken_transaction_leaves_nothing_behind(opened: Opened):
    index = opened()
    index.sync()
    before = index.catalogue.counts()
    summary, _ = index.catalogue.articles()[0]
    article = index.catalogue.article(summary.id)
    assert article is not None
    with pytest.raises(CatalogueError):
        index.catalogue.replace("other.txt", "fingerprint", [(article, []), (article, [])])
    assert index.catalogue.counts() == before
    assert "other.txt" not in index.catalogue.fingerprints()


def test_words_are_found_by_stem_and_without_accents(opened: Opened, articles: Path):
    (articles / "cafe.txt").write_text("The cafés are closing.", encoding="utf-8")
    index = opened()
    index.sync()
    for word in ("cafe", "CAFÉ", "closed"):
        hits = index.catalogue.search_words([word], 10)
        assert len(index.catalogue.passages([hit.chunk_id for hit in hits])) == 1


@pytest.mark.parametrize("word", ['"', "a AND b", "col:x", "(", "*", "NEAR(", "'; DROP TABLE chunks; --", "\U0001f600"])
def test_a_word_is_never_read_as_a_query(opened: Opened, word: str):
    index = opened()
    index.sync()
    index.catalogue.search_words([word], 10)
    assert index.catalogue.counts()[0] == 3


def test_filters_on_dates_are_inclusive_and_leave_out_articles_without_one(opened: Opened, articles: Path):
    for day in (20, 21, 22):
        (articles / f"{day}.md").write_text(f"---\ndate: 2025-10-{day}\n---\nThe comet was seen.", encoding="utf-8")
    (articles / "undated.txt").write_text("The comet was seen.", encoding="utf-8")
    index = opened()
    index.sync()
    filters = Filters(published_from=date(2025, 10, 21), published_to=date(2025, 10, 22))
    hits = index.catalogue.search_words(["comet"], 10, filters)
    found = index.catalogue.passages([hit.chunk_id for hit in hits])
    assert {passage.file for passage in found.values()} == {"21.md", "22.md"}
