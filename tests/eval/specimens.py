"""Made-up records and a made-up newsroom, small enough to check by eye."""

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from eval.cases import Accepted, Case, GoldSpan, GoldView, Kind
from index.records import Chunk, Passage
from qa.records import Answer, Citation, Question, Statement, View

ARTICLE = "The bridge of Torvik closed on Monday. “Nobody was hurt 🙂”, said Ada Brand. Nine boats waited."


def case_of(
    kind: Kind = "one_source",
    *,
    answers: tuple[str, ...] = ("on Monday",),
    spans: tuple[GoldSpan, ...] = (GoldSpan("a.txt", 0, 38),),
    views: tuple[GoldView, ...] = (),
    accepted: Accepted | None = None,
    case_id: str = "case-1",
    must: bool = False,
    frozen: bool = False,
) -> Case:
    return Case(
        id=case_id,
        kind=kind,
        question=Question("When did the bridge of Torvik close?"),
        accepted=accepted or Accepted(answers),
        spans=spans,
        views=views,
        must=must,
        frozen=frozen,
        note=None,
        digest=f"digest of {case_id}",
    )


def citation_of(
    start: int = 0, end: int = 38, *, file: str = "a.txt", text: str = ARTICLE, number: int = 1
) -> Citation:
    return Citation(number, f"id of {file}", file, None, None, None, start, end, text[start:end])


def answer_of(
    *statements: Statement,
    short: str | None = None,
    status: Any = "answered",
    views: tuple[View, ...] = (),
    confidence: float = 0.9,
    timings: Mapping[str, float] | None = None,
) -> Answer:
    """An answer of these statements; its citations are theirs and its text has their markers."""
    cited = [citation for statement in statements for citation in statement.citations]
    cited += [citation for view in views for citation in view.citations]
    text = " ".join(one.text + "".join(f" [{citation.number}]" for citation in one.citations) for one in statements)
    return Answer(
        question="When did the bridge of Torvik close?",
        standalone_question="When did the bridge of Torvik close?",
        status=status,
        answer=text,
        short_answer=short,
        statements=statements,
        citations=tuple(dict.fromkeys(cited)),
        views=views,
        engine="extractive",
        dropped=0,
        incomplete=False,
        fallback_reason=None,
        confidence=confidence,
        timings_ms=dict(timings or {}),
    )


def right_answer(**changes: Any) -> Answer:
    return answer_of(Statement("The bridge of Torvik closed on Monday.", (citation_of(),)), short="Monday", **changes)


def refusal(confidence: float = 0.1) -> Answer:
    return answer_of(status="not_in_sources", confidence=confidence)


def passage_of(file: str, start: int, end: int, *, dense_rank: int | None = 1, lexical_rank: int | None = 1) -> Passage:
    chunk = Chunk(f"{file}:{start}", f"id of {file}", 0, start, end, "x" * (end - start), ())
    return Passage(chunk, file, None, None, None, 1.0, dense_rank, lexical_rank)


# --- The newsroom: six towns, an article each. The last two are asked about in frozen cases only. ------------------

TOWNS = ("Torvik", "Maralis", "Osenby", "Halloway", "Quellin", "Quessant")
FROZEN_FROM = 4


def _article(i: int) -> dict[str, str]:
    """A town's sentences by the kind of case that asks about them."""
    town, pair = TOWNS[i], "".join(TOWNS[i - i % 2 : i - i % 2 + 2])
    return {
        "one_source": f"The ferry {town}Star sails under the flag of {town}land.",
        "who": f"Mayor Ada {town}sen signed the order that closed the bridge of {town}.",
        "when": f"The bridge of {town} closed on the {i + 10}th of March 2025.",
        "where": f"The council of {town} met in the {town} Grain Hall.",
        "how_many": f"Exactly {i * 7 + 120} boats were moored in the port of {town}.",
        "list": f"Its market sells {town}ish pears, {town}ish eels and {town}ish rope.",
        "cause": f"The bridge of {town} was closed because {town} beetles had eaten its beams.",
        "quotation": f"“{town} will never float again 🙂”, said the pilot Jo {town}man.",
        "paraphrase": f"Rain fell on {town} for {i + 30} days without a pause.",
        "name_variant": f"The poet Ørjan {town}quist was born there in {1900 + i}.",
        "follow_up": f"The lighthouse keeper of {town} earns {i + 400} crowns a month.",
        "several_sources": f"The {pair} railway is {i // 2 + 50} kilometres long.",
        "agreement": f"The {pair} treaty was sealed with {pair} wax.",
        "disagreement": f"The {pair} storm lasted {i + 3} hours, people in {town} say.",
    }


ARTICLES: dict[str, str] = {f"{town}.txt": "\n".join(_article(i).values()) for i, town in enumerate(TOWNS)}

_QUESTIONS: dict[str, tuple[str, str]] = {  # kind -> question, accepted answer
    "one_source": ("Under which flag does the ferry of {town} sail?", "{town}land"),
    "who": ("Who ordered the bridge of {town} to be closed?", "Ada {town}sen"),
    "when": ("When did the bridge of {town} close?", "{i10}th of March"),
    "where": ("Where did the council of {town} meet?", "{town} Grain Hall"),
    "how_many": ("How many boats were in the port of {town}?", "{boats}"),
    "cause": ("Why was the bridge of {town} closed?", "beetles had eaten its beams"),
    "quotation": ("What did Jo {town}man say?", "{town} will never float again"),
    "paraphrase": ("How long was the wet spell in {town}?", "{days} days"),
    "name_variant": ("When was Orjan {town}kvist born?", "{born}"),
    "follow_up": ("And what does the keeper earn in {town}?", "{crowns} crowns"),
    "false_premise": ("Why did {town} rebuild its airport?", ""),
    "near_miss": ("How old is the mayor of {town}?", ""),
    "far": ("Who won the chess title after the {town} opening?", ""),
}


def newsroom_lines() -> dict[str, list[dict[str, Any]]]:
    """The newsroom's cases as they stand in case files, by file name under the folder of cases."""
    files: dict[str, list[dict[str, Any]]] = {"open.jsonl": [], "frozen/frozen.jsonl": []}
    for i in range(len(TOWNS)):
        name = "frozen/frozen.jsonl" if i >= FROZEN_FROM else "open.jsonl"
        files[name] += [_single(kind, i) for kind in _QUESTIONS]
        files[name].append(_list(i))
        if i % 2 == 0:
            files[name] += [_shared("several_sources", i), _shared("agreement", i), _disagreement(i)]
    return files


def _single(kind: str, i: int) -> dict[str, Any]:
    town = TOWNS[i]
    names = {"town": town, "i10": i + 10, "boats": i * 7 + 120, "days": i + 30, "born": 1900 + i, "crowns": i + 400}
    question, accepted = (text.format(**names) for text in _QUESTIONS[kind])
    line: dict[str, Any] = {"id": f"{kind}-{town}", "kind": kind, "question": question, "answers": []}
    if accepted:
        line |= {"answers": [accepted], "citations": [_quoted(kind, i)]}
    if kind == "follow_up":
        line["history"] = [{"role": "user", "content": f"Who keeps the lighthouse of {town}?"}]
    if kind == "one_source" and i < FROZEN_FROM:
        line["must"] = True
    return line


def _quoted(kind: str, i: int) -> dict[str, str]:
    return {"file": f"{TOWNS[i]}.txt", "quote": _article(i)[kind]}


def _list(i: int) -> dict[str, Any]:
    town = TOWNS[i]
    items = [[f"{town}ish pears"], [f"{town}ish eels", f"{town}ish snakes"], [f"{town}ish rope"]]
    return {
        "id": f"list-{town}",
        "kind": "list",
        "question": f"What does the market of {town} sell?",
        "all_of": items,
        "citations": [_quoted("list", i)],
    }


def _shared(kind: str, i: int) -> dict[str, Any]:
    pair = TOWNS[i] + TOWNS[i + 1]
    asked = {
        "several_sources": (f"How long is the {pair} railway?", f"{i // 2 + 50} kilometres"),
        "agreement": (f"With what was the {pair} treaty sealed?", f"{pair} wax"),
    }
    question, accepted = asked[kind]
    citations = [_quoted(kind, i), _quoted(kind, i + 1)]
    return {"id": f"{kind}-{pair}", "kind": kind, "question": question, "answers": [accepted], "citations": citations}


def _disagreement(i: int) -> dict[str, Any]:
    pair = TOWNS[i] + TOWNS[i + 1]
    views = [{"answers": [f"{j + 3} hours"], "citations": [_quoted("disagreement", j)]} for j in (i, i + 1)]
    question = f"How long did the {pair} storm last?"
    return {"id": f"disagreement-{pair}", "kind": "disagreement", "question": question, "views": views}


def write_lines(folder: Path, files: Mapping[str, Iterable[Mapping[str, Any]]]) -> Path:
    """Write case files and return their folder."""
    for name, lines in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return folder
