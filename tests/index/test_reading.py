"""A file becomes an article with exactly its text, or an error that names the file and what to do."""

import codecs
import hashlib
import os
import re
import socket
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import CorpusError, UnreadableArticle
from index.reading import MAX_BYTES, article_files, article_id, decode, read_article

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=50)
# Text that a file can hold: no lone surrogates, no control characters but white space, and no mark in front, which
# would be taken for the file's own.
file_texts = (
    st.text(st.characters(exclude_categories=["Cs", "Cc"]) | st.sampled_from("\r\n\t\f"), min_size=1)
    .filter(lambda text: text.strip())
    .filter(lambda text: not text.startswith("\ufeff"))
)


def write(folder: Path, file: str, content: bytes = b"Some words.") -> Path:
    path = folder / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def refusal(folder: Path, file: str) -> UnreadableArticle:
    with pytest.raises(UnreadableArticle) as caught:
        read_article(folder, file)
    return caught.value


class TestText:
    @repeatable
    @given(text=file_texts)
    def test_it_is_what_the_bytes_say(self, text: str) -> None:
        assert decode(text.encode(), "a.txt") == text

    @repeatable
    @given(text=file_texts)
    def test_a_byte_order_mark_is_no_part_of_it(self, text: str) -> None:
        assert decode(codecs.BOM_UTF8 + text.encode(), "a.txt") == text

    @pytest.mark.parametrize(
        ("mark", "encoding"),
        [
            (codecs.BOM_UTF16_LE, "utf-16-le"),
            (codecs.BOM_UTF16_BE, "utf-16-be"),
            (codecs.BOM_UTF32_LE, "utf-32-le"),
            (codecs.BOM_UTF32_BE, "utf-32-be"),
        ],
    )
    @repeatable
    @given(text=file_texts)
    def test_wide_characters_are_known_by_their_mark(self, mark: bytes, encoding: str, text: str) -> None:
        assert decode(mark + text.encode(encoding), "a.txt") == text

    @pytest.mark.parametrize(
        "text",
        [
            "One line.\r\nAnother.\r\n\r\n",
            "\n\n  Blanks before and behind  \n\n",
            "cafe\u0301 and caf\u00e9 stay different",
            "A family 👨‍👩‍👧, a flag 🇺🇦",
            "A mark \ufeff in the middle",
            "Page one.\fPage two.",
            "عربي ו עברית",
        ],
    )
    def test_nothing_is_normalised(self, tmp_path: Path, text: str) -> None:
        write(tmp_path, "a.txt", text.encode())

        assert read_article(tmp_path, "a.txt").text == text

    def test_only_the_first_of_two_byte_order_marks_is_removed(self) -> None:
        assert decode(codecs.BOM_UTF8 * 2 + b"word", "a.txt") == "\ufeffword"

    def test_the_hash_is_that_of_the_bytes(self, tmp_path: Path) -> None:
        content = codecs.BOM_UTF8 + b"Some words.\r\n"
        write(tmp_path, "a.txt", content)

        assert read_article(tmp_path, "a.txt").sha256 == hashlib.sha256(content).hexdigest()

    def test_a_stray_control_character_does_not_make_an_article_binary(self) -> None:
        text = "A long article with one odd sign. " * 10 + "\x1b"

        assert decode(text.encode(), "a.txt") == text


class TestIdentity:
    def test_equal_paths_have_equal_ids_in_every_folder(self, tmp_path: Path) -> None:
        write(tmp_path / "one", "towns/a.txt", b"First words.")
        write(tmp_path / "two", "towns/a.txt", b"Other words.")

        first = read_article(tmp_path / "one", "towns/a.txt")
        other = read_article(tmp_path / "two", "towns/a.txt")

        assert first.id == other.id

    def test_an_id_never_changes(self) -> None:
        assert article_id("towns/a.txt") == hashlib.sha256(b"towns/a.txt").hexdigest()[:16]

    @repeatable
    @given(files=st.sets(st.text(st.characters(exclude_categories=["Cs"]), min_size=1), min_size=2))
    def test_different_paths_have_different_ids(self, files: set[str]) -> None:
        assert len({article_id(file) for file in files}) == len(files)

    def test_the_file_is_named_by_its_path(self, tmp_path: Path) -> None:
        write(tmp_path, "towns/a.txt")

        assert read_article(tmp_path, "towns/a.txt").file == "towns/a.txt"


class TestListing:
    def test_only_text_and_markdown_are_articles(self, tmp_path: Path) -> None:
        for file in ["a.txt", "b.md", "c.TXT", "d.html", "e", "f.txt.bak", "txt"]:
            write(tmp_path, file)

        assert list(article_files(tmp_path)) == ["a.txt", "b.md", "c.TXT"]

    def test_subfolders_are_searched(self, tmp_path: Path) -> None:
        write(tmp_path, "towns/north/a.txt")

        assert list(article_files(tmp_path)) == ["towns/north/a.txt"]

    def test_files_come_in_the_order_of_their_paths(self, tmp_path: Path) -> None:
        files = ["b.txt", "a/z.txt", "a.txt", "Z.txt", "a/b/c.txt", "é.txt"]
        for file in files:
            write(tmp_path, file)

        assert list(article_files(tmp_path)) == sorted(files)

    @pytest.mark.parametrize("file", ["two words.txt", "🦭 seals.txt", "'quoted' \"name\".md", "naïve.txt", "a#b.txt"])
    def test_names_may_hold_anything(self, tmp_path: Path, file: str) -> None:
        write(tmp_path, file)

        (found,) = article_files(tmp_path)

        assert read_article(tmp_path, found).text == "Some words."

    @pytest.mark.parametrize("file", [".hidden.txt", ".hidden/a.txt", "towns/.hidden/deep/a.txt", "towns/.a.md"])
    def test_hidden_files_and_folders_are_left_alone(self, tmp_path: Path, file: str) -> None:
        write(tmp_path, file)

        assert list(article_files(tmp_path)) == []

    def test_a_folder_named_like_a_file_is_a_folder(self, tmp_path: Path) -> None:
        write(tmp_path, "x.txt/a.txt")

        assert list(article_files(tmp_path)) == ["x.txt/a.txt"]

    def test_an_empty_folder_has_no_articles(self, tmp_path: Path) -> None:
        assert list(article_files(tmp_path)) == []

    def test_other_kinds_of_file_are_left_alone(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe.txt")

        assert list(article_files(tmp_path)) == []

    def test_a_socket_is_no_article(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)  # a socket's path may have about 100 characters
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind("s.txt")

            assert list(article_files(tmp_path)) == []


class TestLinks:
    def test_a_link_to_a_file_inside_is_an_article(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt")
        (tmp_path / "b.txt").symlink_to(tmp_path / "a.txt")

        assert list(article_files(tmp_path)) == ["a.txt", "b.txt"]

    def test_a_link_out_of_the_folder_is_left_alone(self, tmp_path: Path) -> None:
        outside = write(tmp_path, "secret.txt")
        corpus = tmp_path / "articles"
        corpus.mkdir()
        (corpus / "a.txt").symlink_to(outside)

        assert list(article_files(corpus)) == []

    def test_a_relative_link_out_of_the_folder_is_left_alone(self, tmp_path: Path) -> None:
        write(tmp_path, "secret.txt")
        (tmp_path / "articles").mkdir()
        (tmp_path / "articles" / "a.txt").symlink_to("../secret.txt")

        assert list(article_files(tmp_path / "articles")) == []

    def test_a_linked_folder_outside_is_not_entered(self, tmp_path: Path) -> None:
        write(tmp_path, "outside/secret.txt")
        (tmp_path / "articles").mkdir()
        (tmp_path / "articles" / "more").symlink_to(tmp_path / "outside", target_is_directory=True)

        assert list(article_files(tmp_path / "articles")) == []

    def test_a_sibling_whose_name_begins_alike_is_outside(self, tmp_path: Path) -> None:
        secret = write(tmp_path, "articles-private/secret.txt")
        (tmp_path / "articles").mkdir()
        (tmp_path / "articles" / "a.txt").symlink_to(secret)

        assert list(article_files(tmp_path / "articles")) == []

    def test_folders_linked_in_a_circle_end(self, tmp_path: Path) -> None:
        write(tmp_path, "towns/a.txt")
        (tmp_path / "towns" / "back").symlink_to(tmp_path, target_is_directory=True)

        assert list(article_files(tmp_path)) == ["towns/a.txt"]

    def test_a_link_to_itself_is_reported_as_unreadable(self, tmp_path: Path) -> None:
        (tmp_path / "loop.txt").symlink_to(tmp_path / "loop.txt")

        (file,) = article_files(tmp_path)

        assert refusal(tmp_path, file).file == "loop.txt"

    def test_a_link_to_nothing_is_reported_as_unreadable(self, tmp_path: Path) -> None:
        (tmp_path / "a.txt").symlink_to(tmp_path / "gone.txt")

        (file,) = article_files(tmp_path)

        assert "vanished" in str(refusal(tmp_path, file))

    def test_a_link_to_a_pipe_is_left_alone(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "pipe")
        (tmp_path / "a.txt").symlink_to(tmp_path / "pipe")

        assert list(article_files(tmp_path)) == []

    def test_the_corpus_itself_may_be_a_link(self, tmp_path: Path) -> None:
        write(tmp_path, "real/a.txt")
        (tmp_path / "linked").symlink_to(tmp_path / "real", target_is_directory=True)

        assert list(article_files(tmp_path / "linked")) == ["a.txt"]


class TestExchanges:
    """Between listing and reading, somebody puts something else in a file's place."""

    @pytest.fixture
    def corpus(self, tmp_path: Path) -> Path:
        write(tmp_path, "outside/secret.txt", b"What nobody may read.")
        write(tmp_path, "corpus/towns/secret.txt")
        assert list(article_files(tmp_path / "corpus")) == ["towns/secret.txt"]
        return tmp_path / "corpus"

    def test_a_link_out_of_the_folder_is_not_followed(self, corpus: Path) -> None:
        (corpus / "towns" / "secret.txt").unlink()
        (corpus / "towns" / "secret.txt").symlink_to(corpus.parent / "outside" / "secret.txt")

        assert "leads out of the folder" in str(refusal(corpus, "towns/secret.txt"))

    def test_nor_is_a_folder_that_became_one(self, corpus: Path) -> None:
        (corpus / "towns").rename(corpus / "before")
        (corpus / "towns").symlink_to(corpus.parent / "outside", target_is_directory=True)

        assert "leads out of the folder" in str(refusal(corpus, "towns/secret.txt"))

    @pytest.mark.parametrize("exchanged", ["towns", "towns/secret.txt"])
    def test_nor_is_one_that_is_put_there_after_it_was_looked_at(
        self, corpus: Path, exchanged: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        honest = os.path.realpath

        def looked_at(path: str | Path) -> str:
            found = honest(path)
            if str(path).endswith(".txt"):
                (corpus / exchanged).rename(corpus / "before")
                (corpus / exchanged).symlink_to(corpus.parent / "outside" / exchanged.removeprefix("towns").strip("/"))
            return found

        monkeypatch.setattr("index.folders.os.path.realpath", looked_at)
        assert "it cannot be read" in str(refusal(corpus, "towns/secret.txt"))

    def test_a_pipe_is_not_waited_for(self, corpus: Path) -> None:
        (corpus / "towns" / "secret.txt").unlink()
        os.mkfifo(corpus / "towns" / "secret.txt")

        assert "it is a pipe or a device" in str(refusal(corpus, "towns/secret.txt"))


def test_folders_too_deep_to_be_looked_into_are_named(tmp_path: Path) -> None:
    write(tmp_path, "d/" * 100 + "a.txt")
    write(tmp_path, "d/" * 101 + "b.txt")
    closed: dict[str, str] = {}

    assert list(article_files(tmp_path, on_closed=closed.__setitem__)) == ["d/" * 100 + "a.txt"]
    assert closed == {"d/" * 101: "it lies 101 folders deep; 100 are looked into. Move it up."}


class TestFolderThatCannotBeUsed:
    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(CorpusError, match=re.escape(f"{tmp_path / 'gone'} does not exist")):
            list(article_files(tmp_path / "gone"))

    def test_a_file_is_no_folder(self, tmp_path: Path) -> None:
        path = write(tmp_path, "a.txt")

        with pytest.raises(CorpusError, match="is a file"):
            list(article_files(path))

    def test_a_closed_folder_is_named_with_the_reason(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        refuse_to_list(monkeypatch, tmp_path)

        with pytest.raises(CorpusError, match=re.escape(f"{tmp_path} cannot be read: Permission denied")):
            list(article_files(tmp_path))

    def test_a_closed_folder_inside_is_told_and_the_rest_is_listed(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, "open/a.txt")
        write(tmp_path, "closed/b.txt")
        refuse_to_list(monkeypatch, tmp_path / "closed")
        closed: dict[str, str] = {}

        found = list(article_files(tmp_path, on_closed=closed.__setitem__))

        assert (found, list(closed)) == (["open/a.txt"], ["closed/"])

    def test_a_folder_whose_files_cannot_be_looked_at_still_lists_them(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(tmp_path, "a.txt")

        real = Path.stat

        def stat(path: Path, *, follow_symlinks: bool = True) -> os.stat_result:
            if path.suffix == ".txt":
                raise PermissionError(13, "Permission denied", str(path))
            return real(path, follow_symlinks=follow_symlinks)

        monkeypatch.setattr(Path, "stat", stat)

        assert list(article_files(tmp_path)) == ["a.txt"]


def refuse_to_list(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let `folder` be closed, also for a superuser, for whom no permission would close it."""
    real = os.scandir

    def scandir(path: str | Path) -> object:
        if Path(path) == folder:
            raise PermissionError(13, "Permission denied", str(path))
        return real(path)

    monkeypatch.setattr(os, "scandir", scandir)


class TestRefusals:
    """Each names the file, says what is wrong, and ends with what to do."""

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b" \r\n\t \n",
            codecs.BOM_UTF8,
            codecs.BOM_UTF8 + b" \n",
            codecs.BOM_UTF16_LE + " \r\n".encode("utf-16-le"),
            "\u00a0\u3000\n".encode(),
        ],
        ids=["no bytes", "blanks", "a mark", "a mark and blanks", "blanks in UTF-16", "wide blanks"],
    )
    def test_an_empty_file(self, tmp_path: Path, content: bytes) -> None:
        write(tmp_path, "a.txt", content)

        assert str(refusal(tmp_path, "a.txt")) == "a.txt: it is empty. Remove it, or write something into it."

    @pytest.mark.parametrize(
        "content",
        [
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
            b"\x7fELF\x02\x01\x01" + bytes(64) + b"\xff",
            bytes(range(1, 9)) * 100,
            b"PK\x03\x04" + b"\x14\x00\x06\x00" * 4 + b"\xf0\x9f",
        ],
        ids=["picture", "program", "control characters", "archive"],
    )
    def test_a_binary_file(self, tmp_path: Path, content: bytes) -> None:
        write(tmp_path, "a.txt", content)

        assert "binary file" in str(refusal(tmp_path, "a.txt"))

    def test_null_characters_far_behind_much_text(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", b"Some words. " * 1_000 + b"\x00")

        assert "null characters" in str(refusal(tmp_path, "a.txt"))

    @repeatable
    @given(before=st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
    def test_a_broken_encoding_names_the_byte(self, before: str) -> None:
        content = before.removeprefix("\ufeff").encode() + b"a\xff b"

        with pytest.raises(UnreadableArticle, match=rf"not valid UTF-8 \(at byte {content.index(0xFF)}\)"):
            decode(content, "a.txt")

    def test_the_byte_is_counted_with_the_byte_order_mark(self) -> None:
        with pytest.raises(UnreadableArticle, match=r"at byte 7\)"):
            decode(codecs.BOM_UTF8 + b"cafe\xe9 b", "a.txt")

    def test_utf_16_that_breaks_off_names_the_byte(self) -> None:
        content = codecs.BOM_UTF16_LE + "Words".encode("utf-16-le") + b"s"

        with pytest.raises(UnreadableArticle, match=r"not valid UTF-16-LE \(at byte 12\)"):
            decode(content, "a.txt")

    def test_a_file_in_an_encoding_that_cannot_be_told_says_how_to_save_it(self) -> None:
        with pytest.raises(UnreadableArticle, match=r"cannot be told for sure\. Save it as UTF-8\.$"):
            decode("Lech Wałęsa spoke.".encode("cp1250"), "a.txt")

    def test_a_file_of_200_megabytes(self, tmp_path: Path) -> None:
        with (tmp_path / "a.txt").open("wb") as stream:
            stream.truncate(200_000_000)  # a sparse file: it takes no room

        assert str(refusal(tmp_path, "a.txt")) == "a.txt: it has 200 MB; 20 MB are read. Split it."

    def test_a_file_of_just_the_largest_size_is_read(self, tmp_path: Path) -> None:
        write(tmp_path, "a.txt", b"a" * MAX_BYTES)

        assert len(read_article(tmp_path, "a.txt").text) == MAX_BYTES

    def test_a_file_that_grows_while_it_is_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, "a.txt", b"a" * (MAX_BYTES + 1))
        small = write(tmp_path, "small.txt").stat()
        monkeypatch.setattr(os, "fstat", lambda _descriptor: small)

        assert "grew past the limit" in str(refusal(tmp_path, "a.txt"))

    def test_a_vanished_file(self, tmp_path: Path) -> None:
        assert str(refusal(tmp_path, "a.txt")).startswith("a.txt: it vanished")

    def test_a_folder_named_like_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "x.txt").mkdir()

        assert str(refusal(tmp_path, "x.txt")).startswith("x.txt: it cannot be read: Is a directory")

    def test_a_file_that_may_not_be_read(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write(tmp_path, "a.txt")

        def refused(path: str, *_: object, **__: object) -> int:
            raise PermissionError(13, "Permission denied", path)

        monkeypatch.setattr("index.folders.os.open", refused)

        assert str(refusal(tmp_path, "a.txt")).startswith("a.txt: it cannot be read: Permission denied.")

    def test_a_name_that_is_no_unicode(self, tmp_path: Path) -> None:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_bytes(b"Some words.")

        (file,) = article_files(tmp_path)

        assert str(refusal(tmp_path, file)) == "caf\\udce9.txt: its name is not valid UTF-8. Rename it."

    def test_the_message_names_a_file_in_a_subfolder_by_its_path(self, tmp_path: Path) -> None:
        write(tmp_path, "towns/north/a.txt", b"")

        assert refusal(tmp_path, "towns/north/a.txt").file == "towns/north/a.txt"
