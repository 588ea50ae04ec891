"""Each file of a folder is read by what its suffix says, into articles with names, ids and the file's hash."""

import hashlib
import json
from datetime import date
from pathlib import Path

import pytest

from index.article_lists import FieldMap
from index.errors import CorpusError, UnreadableArticle
from index.reading import article_id
from index.records import Article
from index.sources import ALL_SUFFIXES, UPLOADS_PREFIX, Root, SourceFile, SourceReader
from tests.index.documents import drawn, pdf

PAGE = b"<html><body><article><h1>The ferry sails</h1><p>The ferry sailed again on Tuesday.</p></article></body></html>"


def write(folder: Path, file: str, content: bytes = b"Some words.") -> None:
    (folder / file).parent.mkdir(parents=True, exist_ok=True)
    (folder / file).write_bytes(content)


def read(file: str, content: bytes, fields: str = "") -> tuple[list[Article], dict[str, str]]:
    return SourceReader(FieldMap.parse(fields)).articles(SourceFile(file, content))


def refusal(file: str, content: bytes) -> UnreadableArticle:
    with pytest.raises(UnreadableArticle) as caught:
        read(file, content)
    return caught.value


class TestRoot:
    def test_its_files_of_known_suffixes_are_sorted(self, tmp_path: Path):
        for file in (
            "b/x.PDF",
            "a.docx",
            "c.jsonl",
            "d.exe",
            "e.md",
            "f.html",
            "g.json",
            "h.htm",
            "i.txt",
            "noext",
            "j.doc",
        ):
            write(tmp_path, file)
        known = ["a.docx", "b/x.PDF", "c.jsonl", "e.md", "f.html", "g.json", "h.htm", "i.txt"]
        assert list(Root(tmp_path).files({})) == known

    def test_the_prefix_stands_before_each_name(self, tmp_path: Path):
        write(tmp_path, "in/a.txt")
        assert list(Root(tmp_path, UPLOADS_PREFIX).files({})) == ["uploads://in/a.txt"]

    def test_a_missing_folder_is_refused(self, tmp_path: Path):
        with pytest.raises(CorpusError, match="does not exist"):
            list(Root(tmp_path / "none").files({}))

    def test_an_optional_one_may_be_missing(self, tmp_path: Path):
        assert list(Root(tmp_path / "none", optional=True).files({})) == []

    def test_a_closed_folder_is_named_with_the_prefix_and_a_slash(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        def closed_files(folder, suffixes, on_closed):  # whoever runs as root can look into any folder
            on_closed("secret/", "it cannot be read.")
            return iter(())

        monkeypatch.setattr("index.sources.article_files", closed_files)
        closed: dict[str, str] = {}
        list(Root(tmp_path, UPLOADS_PREFIX).files(closed))
        assert closed == {"uploads://secret/": "it cannot be read."}

    def test_the_frames_that_a_browser_saved_with_a_page_are_left_out(self, tmp_path: Path):
        for file in ("n/Story.html", "n/Story_files/ad.html", "n/Story_files/deep/ad.htm", "n/Story_files/report.pdf"):
            write(tmp_path, file)
        assert list(Root(tmp_path).files({})) == ["n/Story.html", "n/Story_files/report.pdf"]

    @pytest.mark.parametrize("file", ["Other_files/a.html", "_files/a.html", "Story/a.html", "Story_files.html"])
    def test_pages_in_other_folders_are_not(self, tmp_path: Path, file: str):
        write(tmp_path, "Story.html")
        write(tmp_path, file)
        assert file in list(Root(tmp_path).files({}))


class TestLoad:
    def test_it_gives_the_bytes_and_their_hash(self, tmp_path: Path):
        write(tmp_path, "a b/ä.txt", b"Words.")
        source = SourceReader().load(Root(tmp_path), "a b/ä.txt")
        assert (source.content, source.sha256) == (b"Words.", hashlib.sha256(b"Words.").hexdigest())

    def test_the_prefix_is_no_part_of_the_path(self, tmp_path: Path):
        write(tmp_path, "in/a.txt", b"Words.")
        source = SourceReader().load(Root(tmp_path, UPLOADS_PREFIX), "uploads://in/a.txt")
        assert (source.file, source.content) == ("uploads://in/a.txt", b"Words.")

    def test_a_file_that_vanished_is_named(self, tmp_path: Path):
        with pytest.raises(UnreadableArticle, match=r"^a\.txt: it vanished"):
            SourceReader().load(Root(tmp_path), "a.txt")

    def test_a_file_of_many_articles_may_be_larger_than_one_of_one(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ):
        monkeypatch.setattr("index.sources.MAX_BYTES", 5)
        monkeypatch.setattr("index.sources.MAX_LIST_BYTES", 50)
        write(tmp_path, "a.json", b'{"text": "Words."}')
        write(tmp_path, "a.html", b'{"text": "Words."}')
        assert SourceReader().load(Root(tmp_path), "a.json").content
        with pytest.raises(UnreadableArticle, match="Split it"):
            SourceReader().load(Root(tmp_path), "a.html")


class TestArticles:
    def test_a_text_file_is_one_article(self):
        [article], faults = read("in/a.txt", b"A title\n\nThe council met on Monday.")
        assert (article.file, article.id, article.text) == (
            "in/a.txt",
            article_id("in/a.txt"),
            "A title\n\nThe council met on Monday.",
        )
        assert faults == {}

    def test_a_page_is_one_article_with_what_read_it(self):
        [article], _ = read("in/a.HTML", PAGE)
        assert (article.title, article.text) == (
            "The ferry sails",
            "The ferry sails\nThe ferry sailed again on Tuesday.",
        )
        assert (article.extractor or "").startswith("trafilatura ")

    def test_the_hash_is_that_of_the_file(self):
        [article], _ = read("a.htm", PAGE)
        assert article.sha256 == hashlib.sha256(PAGE).hexdigest()

    def test_a_list_is_an_article_for_each_object(self):
        stories = [{"text": "One.", "title": "A", "source": "P", "date": "2024-03-05"}, {"text": "Two."}]
        content = json.dumps(stories).encode()
        found, _ = read("in/a.json", content)
        sha256 = hashlib.sha256(content).hexdigest()
        assert found == [
            Article(article_id("in/a.json#1"), "in/a.json#1", "A", "P", date(2024, 3, 5), "One.", sha256),
            Article(article_id("in/a.json#2"), "in/a.json#2", None, None, None, "Two.", sha256),
        ]

    def test_a_bad_line_is_named_beside_the_articles(self):
        found, faults = read("uploads://a.JSONL", b'{"text": "One."}\n{"text"\n')
        assert [one.file for one in found] == ["uploads://a.JSONL#1"]
        assert list(faults) == ["uploads://a.JSONL#2"]

    def test_a_page_without_text_is_named_beside_the_article(self):
        found, faults = read("in/a.pdf", pdf(drawn(["The ice broke."]), b"0 0 9 9 re f"))
        assert [one.text for one in found] == ["The ice broke."]
        assert list(faults) == ["in/a.pdf page 2"]
        assert [mark.label for mark in found[0].marks] == ["1"]

    def test_the_fields_are_those_of_the_reader(self):
        [article], _ = read("a.json", b'{"text": "Teaser", "story": "The story."}', "text=story")
        assert article.text == "The story."

    @pytest.mark.parametrize("suffix", sorted(ALL_SUFFIXES))
    def test_an_empty_file_is_refused_as_empty(self, suffix: str):
        assert refusal(f"a{suffix}", b"").reason.startswith("it is empty.")

    @pytest.mark.parametrize("suffix", sorted(ALL_SUFFIXES))
    def test_a_picture_under_another_suffix_is_refused_in_one_sentence_and_a_remedy(self, suffix: str):
        error = refusal(f"in/a{suffix}", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)))
        assert (error.file, error.reason.count("\n")) == (f"in/a{suffix}", 0)
        assert error.reason.endswith(".")

    def test_extraction_gives_the_same_for_the_same_bytes(self):
        assert read("a.html", PAGE) == read("a.html", PAGE)


class TestBounds:
    """What a file states of itself, and what is said of it, is no longer than such is, whatever it holds."""

    @pytest.mark.parametrize(("letters", "kept"), [(400, 400), (1_000_000, 400)])
    def test_a_title_is_cut_where_it_is_longer_than_one(self, letters: int, kept: int):
        [article], _ = read("a.json", json.dumps({"text": "The ice broke.", "title": "i" * letters}).encode())
        assert article.title is not None
        assert len(article.title) == kept

    def test_names_longer_than_such_are_none(self):
        stated = {"text": "The ice broke.", "source": "T" * 1_000}
        [article], _ = read("a.json", json.dumps(stated).encode())
        assert article.publisher is None

    def test_blanks_make_no_name_long(self):
        blanks = "\u00a0" * 10_000  # front matter folds ordinary ones
        [article], _ = read("a.md", f'---\npublisher: "The{blanks}Tide"\n---\nThe ice broke.\n'.encode())
        assert article.publisher == "The Tide"

    def test_of_many_faults_the_first_are_named_and_the_others_counted(self):
        found, faults = read("a.jsonl", b'{"text": "One."}\n' + b"1\n" * 1_000)
        assert len(found) == 1
        assert len(faults) == 101
        assert list(faults.items())[-1] == ("a.jsonl#...", "900 more like these.")

    def test_a_list_of_more_objects_than_an_archive_has_is_refused(self):
        assert refusal("a.json", json.dumps([1] * 200_001).encode()).reason == (
            "it holds over 200,000 objects. Split it."
        )

    @pytest.mark.parametrize("file", ["a.txt", "a.md"])
    def test_a_text_of_more_lines_than_an_article_has_is_refused(self, file: str):
        assert refusal(file, b"a\n" * 500_001).reason == "it has over 500,000 lines. Split it."


class TestVersion:
    def test_it_changes_with_the_fields(self):
        assert SourceReader().version != SourceReader(FieldMap.parse("text=story")).version

    def test_it_stays_when_the_fields_are_the_usual_ones(self):
        assert SourceReader().version == SourceReader(FieldMap.parse("")).version


class TestListsOfPages:
    def test_a_text_that_is_written_as_a_page_is_read_as_one(self):
        written = {
            "title": "Pier &#8217;to close&#8217;",
            "content": "<p>They voted 14&ndash;9.</p><p>It is <b>not</b> so.</p>",
        }
        ((article,), faults) = read("news.json", json.dumps([written | {"author": 3}]).encode())
        assert (article.title, article.text) == ("Pier ’to close’", "They voted 14–9.\nIt is not so.")
        assert article.author is None
        assert article.extractor is not None
        assert faults == {}

    def test_one_without_words_is_named_and_costs_no_other(self):
        texts = ["<p></p><br>", "The pier stays."]
        (articles, faults) = read("news.json", json.dumps([{"text": text} for text in texts]).encode())
        assert [article.file for article in articles] == ["news.json#2"]
        assert list(faults) == ["news.json#1"]

    def test_a_sign_that_stands_in_a_text_makes_it_no_page(self):
        ((article,), _) = read("news.json", json.dumps([{"text": "If a < b & b > c, see <b>."}]).encode())
        assert article.text == "If a < b & b > c, see <b>."
