"""The catalogue: whole transactions, one state for a reader, clear words about a file that cannot be used."""

import sqlite3
import threading
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from index.catalogue import Catalogue
from index.copies import sketch
from index.errors import CatalogueError, DiskFull
from index.records import Filters
from index.schema import CATALOGUE_FILE, SCHEMA_VERSION
from tests.index.parts import BEFORE_MARKS, OpenIndex, lexical_search, put

Opened = Callable[[], OpenIndex]


def files_of(index: OpenIndex, rows: npt.NDArray[np.int64]) -> set[str]:
    """Return the files of the articles of these rows."""
    ids = index.catalogue.chunk_ids_of(rows.tolist()).values()
    return {passage.file for passage in index.catalogue.passages(set(ids)).values()}


def files_with(index: OpenIndex, word: str) -> set[str]:
    """Return the files of the articles that hold a word."""
    return files_of(index, index.catalogue.rows_with(word))


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
    with pytest.raises(DiskFull, match="Make room there"):
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
        assert files_with(index, word) == {"cafe.txt"}


@pytest.mark.parametrize("word", ['"', "a AND b", "col:x", "(", "*", "NEAR(", "'; DROP TABLE chunks; --", "\U0001f600"])
def test_a_word_is_never_read_as_a_query(opened: Opened, word: str):
    index = opened()
    index.sync()
    assert files_with(index, word) == set()
    assert index.catalogue.counts()[0] == 3


def test_the_words_of_a_phrase_must_stand_together(opened: Opened, articles: Path):
    (articles / "plan.txt").write_text("A 30-year plan.", encoding="utf-8")
    (articles / "years.txt").write_text("In a year of plans, 30 failed.", encoding="utf-8")
    index = opened()
    index.sync()
    assert files_with(index, "30-year") == {"plan.txt"}


def test_words_of_title_and_publisher_are_found(opened: Opened, articles: Path):
    (articles / "comet.md").write_text("---\ntitle: Halley\npublisher: Herald\n---\nIt came.", encoding="utf-8")
    index = opened()
    index.sync()
    assert files_with(index, "halley") == files_with(index, "herald") == {"comet.md"}


def test_an_occurrence_is_the_row_of_its_chunk_in_order(opened: Opened, articles: Path):
    (articles / "0.txt").write_text("The comet was seen.", encoding="utf-8")
    (articles / "1.txt").write_text("A comet is no other comet.", encoding="utf-8")
    index = opened()
    index.sync()
    found = index.catalogue.occurrences("comet")
    assert found.tolist() == sorted(found.tolist())
    assert sorted(np.unique(found, return_counts=True)[1]) == [1, 2]
    assert set(found) == set(index.catalogue.rows_with("comet"))


def test_a_word_that_stands_nowhere_has_no_rows(opened: Opened):
    index = opened()
    index.sync()
    assert (len(index.catalogue.occurrences("comet")), len(index.catalogue.rows_with("comet"))) == (0, 0)


def test_filters_on_dates_are_inclusive_and_leave_out_articles_without_one(opened: Opened, articles: Path):
    for day in (20, 21, 22):
        (articles / f"{day}.md").write_text(f"---\ndate: 2025-10-{day}\n---\nThe comet was seen.", encoding="utf-8")
    (articles / "undated.txt").write_text("The comet was seen.", encoding="utf-8")
    index = opened()
    index.sync()
    filters = Filters(published_from=date(2025, 10, 21), published_to=date(2025, 10, 22))
    assert files_of(index, index.catalogue.rows_within(filters)) == {"21.md", "22.md"}


def test_a_filter_that_lets_nothing_through_leaves_no_row(opened: Opened):
    index = opened()
    index.sync()
    assert len(index.catalogue.rows_within(Filters(publishers=("Nobody",)))) == 0


def test_no_filter_leaves_every_row(opened: Opened):
    index = opened()
    index.sync()
    assert files_of(index, index.catalogue.rows_within(Filters())) == set(index.indexed())


def test_an_origin_is_the_publisher_and_the_date_of_the_article(opened: Opened, articles: Path):
    (articles / "comet.md").write_text("---\npublisher: Herald\ndate: 2025-10-20\n---\nA comet.", encoding="utf-8")
    index = opened()
    index.sync()
    ids = index.catalogue.chunk_ids()
    files = {chunk_id: passage.file for chunk_id, passage in index.catalogue.passages(ids).items()}
    origins = {files[chunk_id]: origin for chunk_id, origin in index.catalogue.origins([*ids, "unknown"]).items()}
    nothing = (None, None)
    assert origins == {
        "comet.md": ("Herald", date(2025, 10, 20)),
        "harbour.txt": nothing,
        "bridge.txt": nothing,
        "mayor.txt": nothing,
    }


def test_publishers_come_once_and_sorted(opened: Opened, articles: Path):
    for number, publisher in enumerate(("Herald", "Gazette", "Herald")):
        (articles / f"{number}.md").write_text(f"---\npublisher: {publisher}\n---\nA comet.", encoding="utf-8")
    index = opened()
    index.sync()
    assert index.catalogue.publishers() == ["Gazette", "Herald"]


class TestGeneration:
    """The number that tells whether what was read of the words still holds."""

    def test_a_sync_that_changes_an_article_raises_it(self, opened: Opened, articles: Path):
        index = opened()
        index.sync()
        before = index.catalogue.generation()
        (articles / "mayor.txt").write_text("The mayor came back.", encoding="utf-8")
        index.sync()
        assert index.catalogue.generation() > before

    def test_a_sync_that_removes_an_article_raises_it(self, opened: Opened, articles: Path):
        index = opened()
        index.sync()
        before = index.catalogue.generation()
        (articles / "mayor.txt").unlink()
        index.sync()
        assert index.catalogue.generation() > before

    def test_a_sync_without_changes_leaves_it(self, opened: Opened):
        index = opened()
        index.sync()
        before = index.catalogue.generation()
        index.sync()
        assert index.catalogue.generation() == before

    def test_it_outlives_the_process(self, opened: Opened):
        index = opened()
        index.sync()
        before = index.catalogue.generation()
        assert opened().catalogue.generation() == before

    def test_a_reader_sees_that_of_its_state(self, opened: Opened):
        index = opened()
        index.sync()
        with index.catalogue.reading():
            before = index.catalogue.generation()
            writer = threading.Thread(target=index.catalogue.remove, args=(["mayor.txt"],))
            writer.start()
            writer.join()
            assert index.catalogue.generation() == before
        assert index.catalogue.generation() > before


class TestASecondSchema:
    """A catalogue from before spellings were kept is filled with those of its words when it is opened."""

    @pytest.fixture
    def older(self, opened: Opened, tmp_path: Path) -> OpenIndex:
        index = opened()
        index.sync()
        index.close()
        back_to_second_schema(tmp_path / "data" / CATALOGUE_FILE)
        return opened()

    def test_its_words_have_spellings(self, older: OpenIndex):
        assert older.catalogue.stems_that_share_half_of("quilon") == ["quillon"]

    def test_its_words_are_heard(self, older: OpenIndex):
        assert older.catalogue.stems_that_sound_like("quilon") == ["quillon"]

    def test_it_has_a_generation(self, older: OpenIndex):
        assert older.catalogue.generation() > 0

    def test_its_articles_stay(self, older: OpenIndex):
        assert set(older.indexed()) == {"harbour.txt", "bridge.txt", "mayor.txt"}
        older.assert_whole()

    def test_its_names_are_found_in_other_spellings(self, older: OpenIndex):
        assert [hit.score for hit in lexical_search(older.catalogue).search("Quilon", 10)] == [1.0]

    def test_a_migration_that_was_cut_short_is_ended_by_the_next_opening(self, opened: Opened, tmp_path: Path):
        index = opened()
        index.sync()
        index.close()
        with sqlite3.connect(tmp_path / "data" / CATALOGUE_FILE) as connection:
            connection.executescript("DELETE FROM spellings; DELETE FROM meta WHERE key = 'generation'")
        connection.close()
        assert opened().catalogue.stems_that_sound_like("quilon") == ["quillon"]


def back_to_second_schema(catalogue: Path) -> None:
    with sqlite3.connect(catalogue) as connection:
        connection.executescript(
            BEFORE_MARKS
            + """
            ALTER TABLE articles DROP COLUMN sketch;
            DROP TABLE spellings;
            DROP INDEX articles_by_publisher;
            DELETE FROM meta WHERE key = 'generation';
            PRAGMA user_version = 2;
            """
        )
    connection.close()


class TestSketches:
    """What near copies are known by is kept with each article, and made anew for those that were indexed before."""

    @pytest.fixture
    def index(self, opened: Opened) -> OpenIndex:
        index = opened()
        index.sync()
        return index

    def test_each_article_has_the_sketch_of_its_text(self, index: OpenIndex):
        texts = {summary.id: index.indexed()[summary.file] for summary, _ in index.catalogue.articles()}
        assert index.catalogue.sketches(texts) == {key: sketch(text) for key, text in texts.items()}

    def test_it_is_kept_and_not_made_when_asked_for(self, index: OpenIndex):
        rows = index.catalogue._database.rows("SELECT text, sketch FROM articles")
        assert [stored for _, stored in rows] == [sketch(text).to_bytes() for text, _ in rows]

    def test_only_those_asked_for_are_given(self, index: OpenIndex):
        one = index.catalogue.articles()[0][0].id
        assert set(index.catalogue.sketches([one])) == {one}

    def test_articles_that_are_not_there_are_left_out(self, index: OpenIndex):
        assert index.catalogue.sketches(["nothing"]) == {}
        assert index.catalogue.sketches([]) == {}

    def test_an_article_that_changes_has_another(self, opened: Opened, index: OpenIndex, articles: Path):
        (articles / "mayor.txt").write_text("A new mayor came.", encoding="utf-8")
        index.sync()
        changed = next(one.id for one, _ in index.catalogue.articles() if one.file == "mayor.txt")
        assert index.catalogue.sketches([changed]) == {changed: sketch("A new mayor came.")}

    def test_articles_of_an_older_schema_have_one_too(self, opened: Opened, index: OpenIndex, tmp_path: Path):
        before = index.catalogue.sketches([one.id for one, _ in index.catalogue.articles()])
        index.close()
        back_to_second_schema(tmp_path / "data" / CATALOGUE_FILE)
        older = opened()
        assert older.catalogue._database.rows("SELECT DISTINCT sketch FROM articles") == [(None,)]
        assert older.catalogue.sketches(before) == before

    def test_an_article_without_words_has_an_empty_one(self, tmp_path: Path):
        catalogue = Catalogue(tmp_path / CATALOGUE_FILE, "m")
        catalogue.stage({"key": np.zeros(1, np.float32)}, [])
        put(catalogue, "mute", "…")
        assert catalogue.sketches(["mute"]) == {"mute": sketch("")}
        catalogue.close()
