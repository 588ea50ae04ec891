"""What is said to be read is read, in one place, and the README, the page and the command say the same."""

from pathlib import Path

import pytest

from index import sources
from index.formats import KINDS_NOT_READ, NOT_READ, READ, SUFFIXES_READ, why_not_read
from index.reading import SUFFIXES
from index.sources import SourceFile, SourceReader
from tests.index.documents import word

ROOT = Path(__file__).parent.parent.parent


def test_each_kind_that_is_read_has_its_reader():
    with_reader = SUFFIXES | sources.NUMBERED_SUFFIXES | frozenset(sources._EXTRACTORS)
    assert with_reader == SUFFIXES_READ


def test_no_kind_is_both():
    assert not SUFFIXES_READ & {suffix for suffixes, _ in KINDS_NOT_READ.values() for suffix in suffixes}


@pytest.mark.parametrize("file", ["README.md", "api/web/index.html"])
def test_the_readme_and_the_page_say_it(file: str):
    text = (ROOT / file).read_text(encoding="utf-8")
    assert f"Read are {READ}" in text
    assert file != "README.md" or f"not read are {NOT_READ}." in text


@pytest.mark.parametrize(
    ("suffix", "remedy"), [(".DOC", "Save it as .docx."), (".png", "(OCR) first."), (".x", "file.")]
)
def test_what_is_not_read_says_what_to_do(suffix: str, remedy: str):
    assert why_not_read(suffix).endswith(remedy)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("a.rtf", b"{\\rtf1 The harbour of Quillon\\line froze over.\\line It thawed.}"),
        ("a.docx", word(xml="<w:p><w:r><w:t>The harbour of Quillon</w:t><w:br/><w:t>froze over.</w:t><w:br/>"
                            "<w:t>It thawed.</w:t></w:r></w:p>")),
    ],
)  # fmt: skip
def test_a_line_break_in_mid_sentence_parts_no_sentence(file: str, content: bytes):
    (article,), _ = SourceReader().articles(SourceFile(file, content))
    assert article.text == "The harbour of Quillon froze over.\nIt thawed."
