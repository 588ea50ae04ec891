"""Questions to the service itself, "hello" or "how many articles do you have?": which of these a question is, if any.

By meaning, with a veto: the embedder tells which of the wordings below a question is nearest to, and no question is
one of these that has a word which none of them has. So "How many articles does the treaty have?" is for the articles.
"""

import re
from collections.abc import Sequence
from typing import Literal

import numpy as np

from index.embedding import TextEmbedder, Vectors
from index.mentions import mentions
from index.words import tokens
from qa.followups import points_back

Topic = Literal[
    "greeting", "thanks", "farewell", "abilities", "count", "contents", "publishers", "newest", "oldest", "days"
]

LEAST_LIKENESS = 0.8  # cosine: "who are you" and "who are they" are less alike

# In lower case, as `index.words.tokens` has them ("what's" is "what").
WORDINGS: dict[Topic, tuple[str, ...]] = {
    "greeting": (
        "hello", "hi", "hey", "hello there", "hi there", "good morning", "good afternoon", "good evening", "good day",
        "greetings", "hello how are you", "how are you", "hi how are you doing", "test", "testing", "is anyone there",
    ),
    "thanks": (
        "thanks", "thank you", "thank you very much", "thanks a lot", "many thanks", "thx", "ok thanks",
        "okay thank you", "great thanks", "thanks that helps", "that was helpful thank you", "cheers",
        "perfect thanks", "well done", "good job", "ok", "okay", "great", "nice", "cool",
    ),
    "farewell": ("bye", "goodbye", "good bye", "see you", "see you later", "good night", "bye bye"),
    "abilities": (
        "what can you do", "what can you do for me", "what do you do", "who are you", "what are you", "help",
        "help me", "how does this work", "how do you work", "how does it work", "how do i use this",
        "how can i use you", "what can i ask", "what can i ask you", "what can i ask here", "what should i ask",
        "what questions can i ask", "what kind of questions can i ask", "what questions can you answer",
        "can you help me", "what is this", "what is footnote", "what are you for", "what can this do",
        "how can you help me", "what is your name", "are you a robot", "are you human", "are you an ai",
        "who made you", "give me some example questions", "show me an example", "what could i ask you about",
        "what do you know", "what can you tell me", "what are you able to do", "what can i do here",
        "how do you find answers",
    ),
    "count": (
        "how many articles", "how many articles do you have", "how many articles are there",
        "how many articles are in here", "how many documents do you have", "how many files are there",
        "how many texts do you have", "how many stories", "how many stories do you have", "number of articles",
        "how many articles have you read", "how many articles do you know", "count the articles",
        "what is the number of articles", "how big is the collection", "how large is your collection",
        "how many sources do you have", "how many news articles do you have",
        "how many articles are in the collection", "how many articles by", "how many articles from",
        "how many articles have you got", "how many documents are in here", "how many articles can you read",
    ),
    "contents": (
        "what is in here", "what is in there", "what do you have", "what do you have here", "what is here",
        "what are the articles about", "what are these articles about", "what are your articles about",
        "what are the documents about", "what are the files about", "what is the collection about",
        "what topics are there", "what topics do the articles cover", "which topics do you have",
        "what topics do you cover", "which subjects do the articles cover", "what stories are there",
        "which stories do you have", "what articles do you have", "which articles do you have", "list the articles",
        "list all articles", "show me the articles", "show me all articles", "what kind of articles do you have",
        "give me an overview of the articles", "give me an overview", "give me a summary of the collection",
        "summarise the articles", "summarize the articles", "summarize all the articles", "what is the collection",
        "what is this collection about", "what can i read here", "what can i find here", "what is this all about",
        "what are they about", "tell me about the articles", "tell me about the collection",
        "what is this article about", "what is the article about", "summarise this article", "summarize the article",
    ),
    "publishers": (
        "which publishers", "which publishers are there", "what publishers do you have", "who published the articles",
        "who are the publishers", "list the publishers", "which newspapers", "which papers do you have",
        "what newspapers are the articles from", "where are the articles from", "where do the articles come from",
        "which sources do you have", "what are your sources", "who wrote the articles", "what sources do you use",
        "which papers are there", "how many publishers", "how many publishers are there",
        "how many newspapers do you have",
    ),
    "newest": (
        "what is the newest article", "what is the latest article", "which article is the newest", "newest article",
        "latest article", "the most recent article", "what is the most recent article", "newest articles",
        "latest articles", "what are the latest articles", "show me the newest articles",
        "when was the newest article published", "what is the date of the latest article", "what is new", "any news",
        "is there any news", "what is the latest news", "what is the most recent story", "most recent stories",
        "anything new", "newest documents", "what came in last", "what is the latest", "latest news",
        "what is the last article", "how new are the articles", "how recent are the articles",
        "how up to date are you", "are you up to date", "what is the newest story", "latest article from",
        "newest article by",
    ),
    "oldest": (
        "what is the oldest article", "which article is the oldest", "oldest article", "what is the first article",
        "what is the earliest article", "when was the oldest article published", "how old are the articles",
        "oldest articles",
    ),
    "days": (
        "what period do the articles cover", "what dates do the articles cover", "when were the articles published",
        "when were the articles written", "which years do the articles cover", "what time do the articles cover",
        "from when are the articles", "how far back do the articles go", "what is the date range of the articles",
        "when are the articles from",
    ),
}  # fmt: skip
# Of courtesy and of address; beside those of the wordings. None of them can be what an article is asked about.
_EXTRA = frozenset(
    "please pls just so then now well oh and also really again your yours everyone everybody folks there".split()
)
_VOCABULARY = _EXTRA | {word for wordings in WORDINGS.values() for one in wordings for word in one.split()}
_COURTESY = frozenset("please pls just so well oh really now then".split())  # adds nothing to the meaning
_SUBJECTS = frozenset("article articles stories story documents texts files news".split())
_IS = re.compile(r"(?<=\bwhat)['’]s\b|(?<=\bwho)['’]s\b", re.IGNORECASE)
# What can be said of something that was spoken of before: "what are they about?".
_MAY_POINT_BACK: frozenset[Topic] = frozenset({"count", "contents", "publishers", "newest", "oldest", "days"})


class CollectionQuestions:
    """Knows the questions to the service itself."""

    def __init__(self, embedder: TextEmbedder) -> None:
        self._embedder = embedder
        self._topics = [topic for topic, wordings in WORDINGS.items() for _ in wordings]
        self._wordings = {one: topic for topic, wordings in WORDINGS.items() for one in wordings}
        self._vectors: Vectors | None = None

    def topic(self, question: str, publishers: Sequence[str] = (), *, follows: bool = False) -> Topic | None:
        """Return what the service is asked about itself; None for a question to the articles.

        A name of one of `publishers` may stand in it. `follows` tells that something was said before.
        """
        said = tokens(_IS.sub(" is", question))
        words = [word for word in said if word not in _COURTESY] or said
        unknown = [word for word in words if word not in _VOCABULARY]
        if unknown:
            named = {word for one in mentions(question, publishers).publishers for word in tokens(one)}
            if not named.issuperset(unknown) or _SUBJECTS.isdisjoint(words):
                return None
            words = [word for word in words if word not in named] or words
        asked = " ".join(words)
        topic = self._wordings.get(asked) or self._nearest(asked)
        return None if follows and topic in _MAY_POINT_BACK and points_back(question) else topic

    def _nearest(self, asked: str) -> Topic | None:
        if self._vectors is None:
            self._vectors = np.asarray(self._embedder.embed(list(self._wordings)))
        likeness = self._vectors @ np.asarray(self._embedder.embed([asked]))[0]
        best = int(likeness.argmax())
        return self._topics[best] if likeness[best] >= LEAST_LIKENESS else None
