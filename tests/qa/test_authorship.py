"""Who wrote an article is known from its file: cited where its text says so, else told as what the file states."""

import pytest

from index.records import Article
from index.sources import SourceFile, SourceReader
from qa.article_sentences import as_passage
from qa.authorship import Authorship, Writers
from qa.records import Answer, Draft, DraftStatement, Question, Support
from tests.qa.doubles import Drafts, Finds, NoWordWasCounted, Shelf, answerer_of

STORY = "The Vermeer was stolen from the museum of Tarn in the night. Nobody was seen."
FERRY = "The ferry to Sundholm sailed again. The guard Ivo Kern wrote to the museum of the ferry."
FILES = {
    "theft.txt": f"The Vermeer is gone\n\nBy Aiko Tanabe\n\n{STORY}\n",
    "front.md": f"---\ntitle: Tarn mourns its painting\nauthor: Nell Ashdown\n---\n{STORY}\n",
    "page.html": f"<html><head><title>A night in Tarn</title><meta name='author' content='By Ada Lind'></head><body>"
    f"<article><h1>A night in Tarn</h1><p>{STORY}</p><p>The painting was of great worth.</p></article></body></html>",
    "list.json": '[{"title": "Sundholm sails", "text": "'
    + FERRY
    + '", "authors": [{"name": "Oda Brook"}, "Per Lund"]}]',
    "mail.eml": "From: Rolf Berg <rolf@example.org>\nTo: desk@example.org\nSubject: Keys of the museum\n"
    "Date: Mon, 2 Nov 2026 10:00:00 +0000\nContent-Type: text/plain\n\nThe keys of the museum are lost.\n",
    "plain.txt": "The harbour is closed.\n\nIt will be closed for nine days.\n",
}


class Listed:
    """Articles, looked up and listed."""

    def __init__(self, held: list[Article]) -> None:
        self.held = held

    def article(self, article_id: str) -> Article | None:
        return next((one for one in self.held if one.id == article_id), None)

    def articles(self) -> list[tuple[Article, int]]:
        return [(one, len(one.text)) for one in self.held]


def read(file: str) -> Article:
    articles, faults = SourceReader().articles(SourceFile(file, FILES[file].encode()))
    assert not faults
    return articles[0]


def writers(question: str, *files: str) -> Writers | None:
    held = [read(file) for file in files]
    return Authorship(Listed(held), NoWordWasCounted()).writers(question, [as_passage(one) for one in held])


def answer(question: str, *files: str) -> Answer:
    """What is answered of these files, by engines that know nothing of writers."""
    held = [read(file) for file in files]
    shelf = Shelf({one.id: one for one in held})
    passages = [as_passage(one) for one in held]
    kern = Support(passages[0], passages[0].chunk.sentences[-1])
    engine = Drafts(Draft((DraftStatement(" ".join(passages[0].chunk.words(*kern.span).split()), (kern,)),), 0.5))
    authorship = Authorship(Listed(held), NoWordWasCounted())
    return answerer_of(Finds(passages), shelf, [engine], authorship=authorship).answer(Question(question))


@pytest.mark.parametrize(
    ("file", "author"),
    [
        ("theft.txt", "Aiko Tanabe"),
        ("front.md", "Nell Ashdown"),
        ("page.html", "Ada Lind"),
        ("list.json", "Oda Brook, Per Lund"),
        ("mail.eml", "Rolf Berg"),
        ("plain.txt", None),
    ],
)
def test_every_kind_of_file_states_its_writer(file: str, author: str | None):
    assert read(file).author == author


@pytest.mark.parametrize(
    ("question", "file", "line"),
    [
        ("Who wrote the article about the stolen Vermeer?", "theft.txt", "By Aiko Tanabe"),
        ("Who wrote about the Vermeer?", "front.md", "author: Nell Ashdown"),
        ("Who wrote “Tarn mourns its painting”?", "front.md", "author: Nell Ashdown"),
        ("Who sent the mail about the keys of the museum?", "mail.eml", "From: Rolf Berg <rolf@example.org>"),
    ],
)
def test_the_words_that_name_the_writer_are_cited(question: str, file: str, line: str):
    made = answer(question, file)
    (citation,) = made.citations
    assert citation.quote == line == read(file).text[citation.start : citation.end]
    assert made.short_answer == read(file).author


def test_what_the_text_does_not_name_is_told_and_cites_nothing():
    made = answer("Who wrote the article about the museum of Tarn?", "page.html")
    assert (made.status, made.citations) == ("about_collection", ())
    assert made.answer == "“A night in Tarn” is by Ada Lind: its file states so, the text does not."
    assert [one.file for one in made.pointers] == ["page.html"]


def test_of_several_articles_each_writer_is_told():
    found = writers("Who wrote about the stolen Vermeer?", "theft.txt", "front.md", "page.html", "list.json")
    assert found
    assert found.draft
    assert [one.text for one in found.draft.statements] == ["By Aiko Tanabe"]  # it names the Vermeer in its title
    found = writers("Who reported on the night at the museum?", "front.md", "page.html")
    assert found
    assert "Ada Lind" in found.told


def test_another_articles_byline_is_not_taken_for_it():
    assert writers("Who wrote the article about the closed harbour?", "plain.txt", "theft.txt") is None
    assert writers("Who wrote the article about the lost city?", "theft.txt", "front.md") is None


@pytest.mark.parametrize(
    "question",
    [
        "Who wrote to the museum?",
        "Who stole the Vermeer?",
        "Who wrote the letter to the museum?",
        "Who wrote the report on the stolen Vermeer?",
        "Who sent the letter about the Vermeer?",
        "When was the article about the Vermeer written?",
    ],
)
def test_other_questions_are_left_to_the_story(question: str):
    assert writers(question, "theft.txt", "front.md", "mail.eml") is None


def test_only_mails_are_sent():
    assert writers("Who sent the mail about the stolen Vermeer?", "theft.txt", "mail.eml") is None


def test_this_article_is_the_only_one_that_there_is():
    found = writers("Who wrote this article?", "theft.txt")
    assert found
    assert found.draft
    assert found.draft.short_answer == "Aiko Tanabe"
    assert writers("Who wrote this article?", "theft.txt", "front.md") is None
