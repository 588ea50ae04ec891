"""The figures of extraction see lost words, added words, sentences turned round, and what is stated wrongly."""

import json
from pathlib import Path

from bench.extraction import changed_sentences, overlap, stated_table
from bench.written_pages import written_pages


def test_recall_counts_lost_words_and_precision_added_ones():
    assert overlap("The ice came, the ice went.", "the ice came") == (0.5, 1.0)
    assert overlap("The ice", "The ice and a menu of the site") == (1.0, 0.25)


def test_a_sentence_that_lost_a_word_is_changed_and_one_that_is_gone_is_not():
    sentences = ["She will not resign over it.", "Eleven ships lay still."]
    assert changed_sentences(sentences, "She will resign over it.") == sentences[:1]
    assert changed_sentences(sentences, "She will not resign\nover it.") == []


def test_pages_are_the_same_for_the_same_seed():
    assert list(written_pages(1, seed=3)) == list(written_pages(1, seed=3))


def test_what_is_stated_is_right_wrong_or_missing(tmp_path: Path):
    page = (
        "<title>Ice</title><meta property='og:site_name' content='The Tide'><p>Eleven ships lay still in the ice.</p>"
    )
    (tmp_path / "a.html").write_text(page, encoding="utf-8")
    truth = {"a.html": {"title": "Ice", "publisher": "The Ebb", "published": "2024-03-05"}}
    table, faults = stated_table(tmp_path, truth)
    assert [list(column.cells) for column in table.columns[1:]] == [
        ["published", "publisher", "title"],
        ["0", "0", "1"],
        ["0", "1", "0"],
        ["1", "0", "0"],
    ]
    assert faults == [
        "a.html: publisher is 'The Tide', not 'The Ebb'",
        "a.html: published is None, not '2024-03-05'",
    ]


def test_the_newsroom_s_articles_say_what_they_are_called_and_by_whom_and_when_they_were_printed():
    suite = Path(__file__).parents[2] / "eval" / "newsroom"
    truth = json.loads((suite / "heads.json").read_text(encoding="utf-8"))
    assert len(truth) == 48
    _, faults = stated_table(suite / "corpus", truth)
    assert faults == []
