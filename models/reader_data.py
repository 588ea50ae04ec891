"""Question and text pairs for the reader: from annotated paragraphs to answerable and unanswerable pairs.

An answerable pair is a question with a window of sentences of its paragraph that holds a marked answer. Unanswerable
pairs are where the reader's honesty comes from, and are made in four ways: a question that its annotators wrote to have
no answer; a question with its own paragraph less the sentences that answer; with the text that word overlap ranks high
but that holds no marked answer; and with one name or number of the question exchanged for another of its kind.

Offsets are code points, end exclusive.
"""

import gzip
import json
import math
import random
import re
import zlib
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

# How much of each dataset an epoch takes. News and encyclopaedic text matter most to Footnote's users, reviews least.
MIX = {
    "squad2_dev_half": 1.5,
    "squadshifts_new_wiki_train": 1.2,
    "squadshifts_reddit": 0.35,
    "squadshifts_amazon": 0.2,
    "qamr": 0.6,
}
HELD_TITLES = {"sq2-007": "Harvard University", "sq2-011": "Islamism", "sq2-013": "Warsaw", "sq2-015": "Force"}
HELD_ONE_IN = 20  # of the other datasets' documents
CHANCES = {"sibling": 0.25, "retrieved": 0.35, "exchanged": 0.25}

_SENTENCE_END = re.compile(r"(?<=[.!?])[\"')\]]*\s+")
_WORD = re.compile(r"\w+")
_NAME_OR_NUMBER = re.compile(r"(?<!^)\b(?:[A-Z][\w.'-]*(?: [A-Z][\w.'-]*)*|\d[\d,.]*\b)")
_BM25_K1, _BM25_B = 1.2, 0.75  # the usual values (Robertson and Zaragoza 2009, section 3.3)


@dataclass(frozen=True, slots=True)
class ParagraphQuestion:
    """A question with the paragraph it was asked of; no `spans`: its annotators wrote it to have no answer there."""

    id: str
    question: str
    document: str
    paragraph: str
    spans: tuple[tuple[int, int], ...]

    @property
    def answers(self) -> set[str]:
        """The marked answers, in lower case."""
        return {self.paragraph[start:end].lower() for start, end in self.spans}


@dataclass(frozen=True, slots=True)
class Pair:
    """What the network reads; `kind` says how it was made, `spans` are offsets into `text`, none: unanswerable."""

    question: str
    text: str
    spans: tuple[tuple[int, int], ...]
    kind: str


def read_questions(documents: Path, questions: Path) -> list[ParagraphQuestion]:
    """Read a dataset in the project's JSON-lines format, gzipped.

    `document` is what must never be split between parts: for datasets whose documents are single sentences, the article
    that they come from.
    """
    texts = {line["doc_id"]: line["text"] for line in read_lines(documents)}
    found = []
    for line in read_lines(questions):
        context = line["context"]
        start, end = context["start"], context["end"]
        spans = tuple(
            (span["start"] - start, span["end"] - start)
            for span in line.get("gold_spans", ())
            if span["doc_id"] == context["doc_id"] and start <= span["start"] < span["end"] <= end
        )
        if spans or not line["answerable"]:
            document = "-".join(context["doc_id"].split("-")[:3])
            paragraph = texts[context["doc_id"]][start:end]
            found.append(ParagraphQuestion(line["qid"], line["question"].strip(), document, paragraph, spans))
    return found


def read_lines(path: Path) -> Iterable[dict]:  # type: ignore[type-arg]
    """Yield the objects of a gzipped file of JSON lines."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file)


def is_held_out(document: str, one_in: int) -> bool:
    """Whether a document belongs to the development part: the same for ever, whatever is trained on."""
    return zlib.crc32(document.encode()) % one_in == 0


def split(folder: Path) -> tuple[dict[str, list[ParagraphQuestion]], dict[str, list[ParagraphQuestion]]]:
    """Read every dataset of MIX and hold whole documents back: (for training, for development)."""
    train, development = {}, {}
    for name in MIX:
        questions = read_questions(folder / f"{name}.docs.jsonl.gz", folder / f"{name}.questions.jsonl.gz")
        held = {
            q.document
            for q in questions
            if (q.document in HELD_TITLES if name == "squad2_dev_half" else is_held_out(q.document, HELD_ONE_IN))
        }
        train[name] = [question for question in questions if question.document not in held]
        development[name] = [question for question in questions if question.document in held]
    return train, development


def sentences(text: str) -> list[tuple[int, int]]:
    """Cut a paragraph after sentence-ending marks; roughly, since a wrong cut here only makes another window."""
    cuts = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    return [(start, end) for start, end in pairwise(cuts) if text[start:end].strip()]


class Overlap:
    """Ranks paragraphs by the question's words (BM25), as a search would: its mistakes are the ones to learn from."""

    def __init__(self, paragraphs: Sequence[str]) -> None:
        self._paragraphs = paragraphs
        counts = [Counter(_WORD.findall(text.lower())) for text in paragraphs]
        lengths = [sum(count.values()) for count in counts]
        mean = sum(lengths) / max(1, len(lengths))
        self._postings: dict[str, list[tuple[int, float]]] = defaultdict(list)
        for number, count in enumerate(counts):
            for word, times in count.items():
                norm = _BM25_K1 * (1 - _BM25_B + _BM25_B * lengths[number] / mean)
                self._postings[word].append((number, times * (_BM25_K1 + 1) / (times + norm)))

    def best(self, question: str, count: int) -> list[str]:
        """Return the `count` paragraphs that share most with the question, best first."""
        scores: Counter[int] = Counter()
        for word in set(_WORD.findall(question.lower())):
            postings = self._postings.get(word, [])
            weight = math.log(1 + len(self._paragraphs) / (1 + len(postings)))
            if len(postings) > len(self._paragraphs) // 5:
                continue  # a word of every fifth paragraph says nothing, and its postings are most of the time
            for number, share in postings:
                scores[number] += weight * share  # type: ignore[assignment]
        return [self._paragraphs[number] for number, _ in scores.most_common(count)]


class PairMaker:
    """Makes the pairs of one dataset, differently for every random state, the same for the same one."""

    def __init__(self, questions: Sequence[ParagraphQuestion], around: int = 4) -> None:
        """`around`: at most so many sentences are read before and after those that answer."""
        self._questions = questions
        self._around = around
        self._overlap = Overlap(sorted({question.paragraph for question in questions}))
        self._exchange: dict[str, list[str]] = defaultdict(list)
        for question in questions:
            for match in _NAME_OR_NUMBER.finditer(question.question):
                self._exchange[_shape(match[0])].append(match[0])

    def pairs(self, share: float, chances: dict[str, float], chance: random.Random) -> list[Pair]:
        """Draw `share` of the questions, each as it is and, by `chances`, again without an answer.

        A share above 1 draws some twice, with other windows. `chances` is for "sibling", "retrieved" and "exchanged".
        """
        makers = {"sibling": self._sibling, "retrieved": self._retrieved, "exchanged": self._exchanged}
        made: list[Pair] = []
        for question in self._questions:
            for _ in range(int(share) + (chance.random() < share % 1)):
                made.append(self._as_asked(question, chance))
                if question.spans:
                    negatives = [
                        make(question, chance) for kind, make in makers.items() if chance.random() < chances[kind]
                    ]
                    made += [pair for pair in negatives if pair is not None]
        return made

    def _as_asked(self, question: ParagraphQuestion, chance: random.Random) -> Pair:
        cuts = sentences(question.paragraph)
        if not question.spans:
            return Pair(question.question, question.paragraph, (), "written")
        start, end = chance.choice(question.spans)
        first = next((n for n, cut in enumerate(cuts) if cut[1] > start), len(cuts) - 1)
        last = next((n for n, cut in enumerate(cuts) if cut[1] >= end), len(cuts) - 1)
        if len(cuts) == 1 and chance.random() < 0.3:
            return self._among_others(question, chance)
        before = chance.randint(max(0, first - self._around), first)
        after = chance.randint(last, min(len(cuts) - 1, last + self._around))
        low, high = cuts[before][0], cuts[after][1]
        inside = tuple((a - low, b - low) for a, b in question.spans if low <= a and b <= high)
        return Pair(question.question, question.paragraph[low:high], inside or ((start - low, end - low),), "answered")

    def _among_others(self, question: ParagraphQuestion, chance: random.Random) -> Pair:
        """A paragraph of one sentence, put between others that share words with the question."""
        others = [text for text in self._overlap.best(question.question, 6) if not _holds(text, question.answers)]
        chance.shuffle(others)
        cut = chance.randint(0, min(2, len(others)))
        before = "".join(f"{text} " for text in others[:cut])
        after = "".join(f" {text}" for text in others[cut : cut + chance.randint(0, 2)])
        spans = tuple((start + len(before), end + len(before)) for start, end in question.spans)
        return Pair(question.question, before + question.paragraph + after, spans, "answered")

    def _sibling(self, question: ParagraphQuestion, chance: random.Random) -> Pair | None:
        cuts = sentences(question.paragraph)
        keep = [cut for cut in cuts if not _holds(question.paragraph[cut[0] : cut[1]], question.answers)]
        keep = [cut for cut in keep if all(cut[1] <= start or cut[0] >= end for start, end in question.spans)]
        if not keep:
            return None
        low = chance.randint(0, len(keep) - 1)
        high = chance.randint(low, min(len(keep) - 1, low + 5))
        text = " ".join(question.paragraph[start:end].strip() for start, end in keep[low : high + 1])
        return Pair(question.question, text, (), "sibling") if len(text) > 40 else None

    def _retrieved(self, question: ParagraphQuestion, chance: random.Random) -> Pair | None:
        if not _is_specific(question.question):
            return None
        ranked = self._overlap.best(question.question, 8)
        near = [text for text in ranked if text != question.paragraph and not _holds(text, question.answers)]
        if not near:
            return None
        text = near[min(int(chance.expovariate(0.7)), len(near) - 1)]
        cuts = sentences(text)
        words = set(_WORD.findall(question.question.lower()))
        best = max(range(len(cuts)), key=lambda n: len(words & set(_WORD.findall(text[slice(*cuts[n])].lower()))))
        low, high = chance.randint(max(0, best - 3), best), chance.randint(best, min(len(cuts) - 1, best + 3))
        return Pair(question.question, text[cuts[low][0] : cuts[high][1]], (), "retrieved")

    # Checked against the question's own paragraph only: of sentences that are set among others, a few are mislabelled.
    def _exchanged(self, question: ParagraphQuestion, chance: random.Random) -> Pair | None:
        lowered = question.paragraph.lower()
        there = [m for m in _NAME_OR_NUMBER.finditer(question.question) if m[0].lower() in lowered]
        if not there:
            return None
        match = chance.choice(there)
        others = self._exchange[_shape(match[0])]
        other = chance.choice(others)
        if other.lower() in lowered or any(word in lowered for word in other.lower().split()):
            return None
        changed = question.question[: match.start()] + other + question.question[match.end() :]
        return replace(self._as_asked(question, chance), question=changed, spans=(), kind="exchanged")


def _shape(name: str) -> str:
    return f"number of {len(name)}" if name[0].isdigit() else f"name of {min(3, len(name.split()))}"


def _holds(text: str, answers: set[str]) -> bool:
    lowered = text.lower()
    return any(re.search(rf"(?<!\w){re.escape(answer)}(?!\w)", lowered) for answer in answers)


def _is_specific(question: str) -> bool:
    """Whether it names something: "Who said so?" is answered by too many texts to call any of them wrong."""
    return bool(_NAME_OR_NUMBER.search(question)) or sum(len(word) > 4 for word in question.split()) >= 4
