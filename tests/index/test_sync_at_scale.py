"""Many files, and one very long one."""

from pathlib import Path

import pytest

from index.errors import CorpusError
from tests.index.parts import open_index


@pytest.mark.slow
def test_twenty_thousand_files_are_indexed_and_then_left_alone(tmp_path: Path):
    folder = tmp_path / "articles"
    for part in range(20):
        (folder / str(part)).mkdir(parents=True)
        for number in range(1_000):
            (folder / str(part) / f"{number}.txt").write_text(
                f"Report {part} {number} of the harbour.", encoding="utf-8"
            )
    index = open_index(tmp_path / "data", folder)
    assert len(index.sync().added) == 20_000
    index.assert_whole()
    assert index.sync().unchanged == 20_000
    passages = index.retriever.search("report 17 999", top_k=5)
    assert "17/999.txt" in {passage.file for passage in passages}
    index.close()


@pytest.mark.slow
def test_an_article_of_five_million_characters_is_one_article(tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    lines = (f"Line {number} of the long report names the number {number}." for number in range(95_000))
    text = "\n".join(lines)
    assert len(text) > 5_000_000
    (folder / "long.txt").write_text(text, encoding="utf-8")
    index = open_index(tmp_path / "data", folder, max_words=200)
    index.sync()
    index.assert_whole()
    best = index.retriever.search("line 94321", top_k=1)[0]
    assert "Line 94321 " in best.chunk.text
    index.close()


def test_a_folder_that_is_replaced_by_a_file_changes_nothing(tmp_path: Path):
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "a.txt").write_text("One article.", encoding="utf-8")
    index = open_index(tmp_path / "data", folder)
    index.sync()
    (folder / "a.txt").unlink()
    folder.rmdir()
    folder.write_text("a file now", encoding="utf-8")
    with pytest.raises(CorpusError, match="is a file"):
        index.sync()
    assert list(index.indexed()) == ["a.txt"]
    index.close()
