"""What the stand-in server holds and says: made-up articles, and answers of the shapes that the API returns."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass(frozen=True)
class Article:
    """An article as the API knows it."""

    file: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    upload: bool = False

    @property
    def id(self) -> str:
        return f"id-{self.file}"

    def summary(self) -> Json:
        named = {name: getattr(self, name) for name in ("file", "title", "publisher", "published", "upload")}
        return {"id": self.id, **named, "characters": len(self.text)}


# Two UTF-16 units for each emoji, seven code points in the family, and letters of two code points before the words.
SEALS = "Seals 🦭 have come back to the island of Faro\u0308"
ISLAND = Article(
    "island.txt",
    "👨‍👩‍👧‍👦 The cafe\u0301 at the pier 🍰 gave biscuits away.\r\n\r\n"
    f"{SEALS}, and wardens counted 57 of them 🎉.\r\n",
)
FERRY = Article(
    "ferry.md",
    "The ferry to Sundholm sailed again on Tuesday after a storm had closed the harbour for nine days.\n\n"
    + "".join(f"Paragraph {n} tells of the harbour, its cranes and the weather of that week.\n\n" for n in range(1, 60))
    + "The captain said that the engine room had been flooded twice.\nThe pumps ran for two nights.\n",
    "The ferry sails again",
    "Harbour Herald",
    "2024-03-05",
)
GAZETTE = Article(
    "gazette.md",
    "The harbour stayed closed for eleven days, the port authority said.\nA ticket costs 14 crowns.\n",
    "Harbour closed longer than first said",
    "Coast Gazette",
    "2024-03-09",
)
MARKUP = Article(
    "markup.html",
    '<script>window.harmed = true</script>\n<img src=x onerror="window.harmed = true">\n'
    "<b>Bold</b> &amp; <style>body { display: none }</style> the price is 5 < 7 crowns.\n",
    '<img src=x onerror="window.harmed = true">A title',
    "<i>Press</i> & Sons",
    "2024-03-07",
)
UPLOADED = Article("uploads/notes.txt", "Notes of a talk with the harbour master.\n", "My notes", upload=True)
ARTICLES = (FERRY, GAZETTE, ISLAND, MARKUP, UPLOADED)


def cite(number: int, article: Article, quote: str) -> Json:
    """Return the citation of the first place where `quote` stands in `article`."""
    start = article.text.index(quote)
    named = {name: getattr(article, name) for name in ("file", "title", "publisher", "published")}
    place = {"start": start, "end": start + len(quote), "quote": quote}
    return {"number": number, "article_id": article.id, **named, **place}


def point(article: Article, quote: str) -> Json:
    """Return the place of words at which to read on."""
    return {name: value for name, value in cite(0, article, quote).items() if name != "number"}


def statement(text: str, *citations: Json, basis: str = "quoted") -> Json:
    return {"text": text, "citations": list(citations), "basis": basis}


def answer(question: str, statements: Sequence[Json] = (), **changed: Any) -> Json:
    """Return an answer that consists of `statements`, or that the articles don't say."""
    citations = {one["number"]: one for made in statements for one in made["citations"]}
    marked = [made["text"] + "".join(f" [{one['number']}]" for one in made["citations"]) for made in statements]
    found = len({one["article_id"] for one in citations.values()})
    return {
        "question": question,
        "standalone_question": question,
        "status": "answered" if statements else "not_in_sources",
        "answer": " ".join(marked) or "The articles don't say.",
        "short_answer": None,
        "statements": list(statements),
        "citations": list(citations.values()),
        "views": [],
        "engine": "extractive",
        "dropped": 0,
        "dropped_reasons": {},
        "incomplete": False,
        "fallback_reason": None,
        "confidence": 0.9,
        "note": None,
        "articles": found,
        "independent": found,
        "pointers": [],
        "unknown_words": [],
        "suggestions": [],
        "tokens": {},
        "timings_ms": {"total": 240.0},
        **changed,
    }


Step = tuple[str, Json] | float | Callable[[], object]


@dataclass(frozen=True)
class Reply:
    """What a question gets: events, pauses in seconds and things to wait for. `refusal` is a problem sent instead."""

    steps: tuple[Step, ...] = ()
    refusal: Json | None = None


@dataclass
class Replies:
    """The replies to questions; one that is not known gets the answer that the articles don't say."""

    known: dict[str, Reply] = field(default_factory=dict)

    def of(self, question: str) -> Reply:
        return self.known.get(question) or stream(answer(question))


def stream(made: Json, *between: Step, streamed: Sequence[Json] | None = None) -> Reply:
    """Return a reply that streams an answer's statements, with `between` after each, and then the whole answer."""
    found = {key: made[key] for key in ("question", "standalone_question")}
    steps: list[Step] = [("retrieval", {**found, "passages": 12, "articles": 4}), *between]
    for one in made["statements"] if streamed is None else streamed:
        steps += [("statement", one), *between]
    return Reply((*steps, ("done", made)))


CLOSED = statement(
    "The harbour was closed for nine days.", cite(1, FERRY, "a storm had closed the harbour for nine days")
)
FLOODED = statement(
    "The engine room had been flooded twice, and the pumps ran for two nights.",
    cite(2, FERRY, "engine room had been flooded twice.\nThe pumps ran for two nights"),
    cite(3, GAZETTE, "A ticket costs 14 crowns."),
)
SEEN = statement("Seals have come back.", cite(1, ISLAND, SEALS))
PRICED = statement("The price is 5 < 7 crowns.", cite(1, MARKUP, "</style> the price is 5 < 7 crowns"))
LONGER = statement("The harbour stayed closed for eleven days.", cite(2, GAZETTE, "closed for eleven days"))

FERRY_ANSWER = answer("Why did the ferry stop?", [CLOSED, FLOODED], short_answer="a storm", articles=3, independent=2)
DISAGREEMENT = answer(
    "How long was the harbour closed?",
    [CLOSED, LONGER],
    note="The articles differ.",
    views=[
        {
            "answer": "nine days",
            "citations": CLOSED["citations"],
            "publishers": ["Harbour Herald"],
            "published": ["2024-03-05"],
            "speaker": None,
            "articles": 3,
            "independent": 2,
        },
        {
            "answer": "eleven days",
            "citations": LONGER["citations"],
            "publishers": ["Coast Gazette"],
            "published": ["2024-03-09"],
            "speaker": "the port authority",
            "articles": 1,
            "independent": 1,
        },
    ],
)
FALLBACK = answer(
    "What did the engine room need?",
    [FLOODED],
    fallback_reason="the language model did not answer within 20 seconds",
    dropped=2,
    dropped_reasons={"no article says so": 2},
    standalone_question="What did the engine room of the ferry need?",
)
BUSY = {
    "type": "urn:footnote:problem:busy",
    "title": "Too many questions",
    "status": 503,
    "detail": "Eight questions are being answered already. Ask again in a moment.",
}
BROKEN = {"type": "urn:footnote:problem:unexpected", "title": "Something broke", "status": 500, "detail": "It broke."}
ANSWERS = (
    FERRY_ANSWER,
    DISAGREEMENT,
    FALLBACK,
    answer("What came back to the island?", [SEEN], short_answer="Seals"),
    answer("What is the price?", [PRICED]),
)
EXAMPLES = ("Why did the ferry stop?", "What do the articles say about Sundholm?")


def replies() -> Replies:
    """Return the replies to the questions above, a refusal, and a stream that breaks."""
    known = {made["question"]: stream(made) for made in ANSWERS}
    known["Is the server busy?"] = Reply(refusal=BUSY)
    known["Does it break?"] = Reply((("statement", CLOSED), ("error", BROKEN)))
    return Replies(known)
