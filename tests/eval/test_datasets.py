"""Public datasets: what is read, and what is refused with file, line and remedy."""

import gzip
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from eval.cases import GoldSpan
from eval.datasets import load_dataset, write_articles
from eval.errors import DatasetError
from index.records import Article
from index.sources import SourceFile, SourceReader

DOCUMENT = {"doc_id": "d-1", "text": "Peace 🙂 talks failed.", "title": "Talks", "date": "2025-10-22", "category": "x"}
QUESTION: dict[str, Any] = {
    "qid": "q-1",
    "question": "What failed?",
    "answers": ["talks"],
    "answerable": True,
    "gold_doc_ids": ["d-1"],
    "gold_spans": [{"doc_id": "d-1", "start": 8, "end": 13}],
    "type": "extractive",
}


def write(path: Path, *lines: object) -> Path:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())
    return path


def load(tmp_path: Path, documents: list[object], questions: list[object], **options: Any):
    return load_dataset(
        write(tmp_path / "docs.jsonl.gz", *documents), write(tmp_path / "questions.jsonl", *questions), **options
    )


def test_documents_and_questions_are_read_gzipped_or_plain(tmp_path: Path):
    dataset = load(tmp_path, [DOCUMENT], [QUESTION, ""])
    (question,) = dataset.questions
    assert question.gold == (GoldSpan("d-1", 8, 13),)
    assert dataset.documents["d-1"].text[8:13] == "talks"
    assert (dataset.documents["d-1"].title, dataset.documents["d-1"].source) == ("Talks", None)


def test_an_unanswerable_question_has_no_answers_even_where_plausible_ones_are_listed(tmp_path: Path):
    line = QUESTION | {"answerable": False, "gold_spans": [], "plausible_answers": ["talks"]}
    assert load(tmp_path, [DOCUMENT], [line]).questions[0].answers == ()


def test_a_limit_keeps_the_first_questions(tmp_path: Path):
    questions: list[object] = [QUESTION | {"qid": f"q-{i}"} for i in range(5)]
    assert [one.id for one in load(tmp_path, [DOCUMENT], questions, limit=2).questions] == ["q-0", "q-1"]


@pytest.mark.parametrize(
    ("documents", "questions", "what"),
    [
        ([], [QUESTION], "docs.jsonl.gz: The file holds no document"),
        ([DOCUMENT], [], "questions.jsonl: The file holds no question"),
        ([DOCUMENT, DOCUMENT], [QUESTION], "docs.jsonl.gz:2: The doc_id 'd-1' is given twice"),
        ([DOCUMENT | {"doc_id": "../d"}], [QUESTION], "docs.jsonl.gz:1: A doc_id cannot name a file"),
        ([{"doc_id": "d-1"}], [QUESTION], "docs.jsonl.gz:1: The value of 'text' does not fit"),
        ([DOCUMENT], [QUESTION, QUESTION], "questions.jsonl:2: The qid 'q-1' is given twice"),
        ([DOCUMENT], ["{"], "questions.jsonl:1: The line is not JSON"),
        ([DOCUMENT], [QUESTION | {"answers": "talks"}], "questions.jsonl:1: The value of 'answers' does not fit"),
        ([DOCUMENT], [QUESTION | {"gold_spans": [{"doc_id": "d-1", "start": 8, "end": 99}]}], "outside its document"),
        ([DOCUMENT], [QUESTION | {"gold_spans": [{"doc_id": "d-2", "start": 8, "end": 13}]}], "outside its document"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_faulty_dataset_is_refused_with_its_place(
    documents: list[object], questions: list[object], what: str, tmp_path: Path
):
    with pytest.raises(DatasetError) as caught:
        load(tmp_path, documents, questions)
    assert what in str(caught.value)
    assert caught.value.exit_code == 2


def test_a_missing_or_broken_file_is_refused(tmp_path: Path):
    documents = write(tmp_path / "docs.jsonl", DOCUMENT)
    broken = tmp_path / "questions.jsonl.gz"
    with pytest.raises(DatasetError, match="missing or cannot be read"):
        load_dataset(documents, broken)
    broken.write_bytes(gzip.compress(b"{}")[:-4])
    with pytest.raises(DatasetError, match="missing or cannot be read"):
        load_dataset(documents, broken)
    broken.write_bytes(b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03" + b"not a stream")
    with pytest.raises(DatasetError, match="missing or cannot be read"):
        load_dataset(documents, broken)


def test_the_index_reads_a_document_back_to_the_letter_with_what_is_known_of_it(tmp_path: Path):
    texts = {"d-1": "one\r\ntwo\n\n🙂 <b>three</b>", "d-2": "\ufeffbegins with a mark ", "d-3": '{"text": "x"}'}
    lines: list[object] = [DOCUMENT | {"doc_id": name, "text": text, "source": "Age"} for name, text in texts.items()]
    dataset = load(tmp_path, lines, [QUESTION | {"gold_spans": []}])
    files = write_articles(list(dataset.documents.values()), tmp_path / "articles")
    read: dict[str, Article] = {}
    for path in (tmp_path / "articles").iterdir():
        articles, faults = SourceReader().articles(SourceFile(path.name, path.read_bytes()))
        assert faults == {}
        read |= {article.file: article for article in articles}
    for name, text in texts.items():
        article = read[files[name]]
        assert article.text == text
        assert (article.title, article.publisher, article.published) == ("Talks", "Age", date(2025, 10, 22))


def test_a_folder_that_cannot_be_written_is_refused(tmp_path: Path):
    (tmp_path / "taken").write_text("", encoding="utf-8")
    with pytest.raises(DatasetError, match="cannot be written"):
        write_articles([], tmp_path / "taken")
