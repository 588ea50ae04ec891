"""`footnote index --rebuild` makes an index anew, whatever is there."""

from pathlib import Path

from index.schema import CATALOGUE_FILE
from tests.cli.conftest import Footnote


def test_a_damaged_catalogue_is_refused_with_the_remedy_and_the_remedy_works(
    footnote: Footnote, corpus: Path, indexed: Path
):
    (indexed / CATALOGUE_FILE).write_bytes(b"not a database any more " * 500)
    refused = footnote("ask", "How many loaves?", "--data", indexed)
    assert refused.status == 1
    assert "footnote index --rebuild" in refused.said
    assert footnote("index", corpus, "--data", indexed, "--rebuild").status == 0
    assert "400 loaves" in footnote("ask", "How many loaves of rye bread?", "--data", indexed).out


def test_a_rebuild_leaves_one_index_and_no_litter(footnote: Footnote, corpus: Path, indexed: Path):
    footnote("index", corpus, "--data", indexed, "--rebuild")
    names = {path.name for path in indexed.iterdir()}
    assert len([name for name in names if name.startswith("vectors-")]) == 1
    assert "rebuilding" not in names


def test_a_rebuild_of_a_missing_folder_leaves_the_old_index(footnote: Footnote, tmp_path: Path, indexed: Path):
    assert footnote("index", tmp_path / "nowhere", "--data", indexed, "--rebuild").status == 1
    assert "400 loaves" in footnote("ask", "How many loaves of rye bread?", "--data", indexed).out
