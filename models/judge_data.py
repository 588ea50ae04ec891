"""What the judge learns from: pairs to read (a question beside a text) and to verify (a statement beside evidence).

Every published set is drawn by its share, whole documents are held back for development, and the statements that no
set has are made by program (models/made_claims.py).
"""

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from models.made_claims import Claim, made_claims
from models.reader_data import (
    HELD_ONE_IN,
    HELD_TITLES,
    Pair,
    PairMaker,
    ParagraphQuestion,
    is_held_out,
    read_lines,
    read_questions,
)

# How many of a set's questions are drawn when a thousand pairs to read are.
QUESTIONS = {
    "squad2_dev_half": 150,
    "train/squad11_train_5pct": 120,
    "train/squad11_train_slice": 120,
    "squadshifts_new_wiki_train": 90,
    "train/qed_train": 90,
    "qamr": 70,
    "train/qasrl_wikinews_dev": 20,
    "train/qasrl_wikinews_test": 20,
    "train/trecqa_train": 30,
    "train/timeqa_human_train": 15,
    "train/ester_train_part": 15,
    "squadshifts_reddit": 30,
    "squadshifts_amazon": 15,
}
CHANCES = {"sibling": 0.22, "retrieved": 0.28, "exchanged": 0.22}
# How many claims of a set are drawn when a thousand are; 0 words of evidence at most: any length.
CLAIMS = {
    "lingnli_train": 290,
    "mnli_taxinli": 70,
    "cad_nli_train": 50,
    "snli_dev": 15,
    "rte_glue": 40,
    "fever_eraser_val": 40,
    "sufficientfacts_fever": 45,
    "sufficientfacts_hover": 20,
    "foolmetwice_dev": 40,
    "conjnli_dev": 25,
    "scitail_test": 15,
    "falke_rank": 20,
    "begin_wow_test": 10,
    "fever_dev_rest": 20,
    "factcheck_gpt": 15,
    "climate_fever": 10,
    "boolq": 40,
}
MADE_CLAIMS = 380  # of a thousand
MADE_FROM = ("squad2_dev_half", "train/squad11_train_5pct", "train/squad11_train_slice", "squadshifts_new_wiki_train",
             "qamr", "train/ester_train_part", "train/trecqa_train")  # fmt: skip
_AUXILIARY = re.compile(r"^(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must)\b\s*")
LONGEST_EVIDENCE = 130  # words; longer evidence is whole articles, which are never verified against at once


@dataclass(frozen=True, slots=True)
class Sources:
    """The sets, read: questions by set, claims by set."""

    questions: Mapping[str, Sequence[ParagraphQuestion]]
    claims: Mapping[str, Sequence[Claim]]


def read_sources(folder: Path) -> tuple[Sources, Sources]:
    """Read every set below `folder` and hold whole documents back: (for training, for development)."""
    train: dict[str, list[ParagraphQuestion]] = {}
    development: dict[str, list[ParagraphQuestion]] = {}
    for name in QUESTIONS:
        found = read_questions(folder / f"{name}.docs.jsonl.gz", folder / f"{name}.questions.jsonl.gz")
        if name == "train/qed_train":
            single = {
                line["qid"]
                for line in read_lines(folder / f"{name}.questions.jsonl.gz")
                if line["type"] == "single_sentence"
            }
            found = [one for one in found if one.id in single]
        if name == "train/timeqa_human_train":  # what it says of a whole page says nothing of a part of it
            found = [one for one in found if one.spans]
        held = [_is_held(name, one.document) for one in found]
        train[name] = [one for one, out in zip(found, held, strict=True) if not out]
        development[name] = [one for one, out in zip(found, held, strict=True) if out]
    kept: dict[str, list[Claim]] = {}
    held_back: dict[str, list[Claim]] = {}
    for name in CLAIMS:
        claims = _boolean(folder) if name == "boolq" else _published(folder / f"train/{name}.claims.jsonl.gz", name)
        # By the evidence, so that no text is seen with one statement and judged with another.
        kept[name] = [one for one in claims if not is_held_out(one.evidence[:200], HELD_ONE_IN)]
        held_back[name] = [one for one in claims if is_held_out(one.evidence[:200], HELD_ONE_IN)]
    return Sources(train, kept), Sources(development, held_back)


def _is_held(name: str, document: str) -> bool:
    return document in HELD_TITLES if name == "squad2_dev_half" else is_held_out(document, HELD_ONE_IN)


def _published(path: Path, name: str) -> list[Claim]:
    lines = read_lines(path)
    claims = [Claim(line["claim"].strip(), line["evidence"].strip(), line["label"], name) for line in lines]
    return [one for one in claims if one.evidence and len(one.evidence.split()) <= LONGEST_EVIDENCE]


def _boolean(folder: Path) -> list[Claim]:
    """Yes-or-no questions beside their text, as statements: "yes" is supported, "no" contradicted.

    In the form in which the service asks (qa/deciding.py): without the auxiliary, "Hurst resign." for "Did Hurst
    resign?".
    """
    name = folder / "train/boolq_eraser_test"
    texts = {line["doc_id"]: line["text"] for line in read_lines(name.with_suffix(".docs.jsonl.gz"))}
    claims = []
    for line in read_lines(name.with_suffix(".questions.jsonl.gz")):
        context = line["context"]
        evidence = texts[context["doc_id"]][context["start"] : context["end"]]
        label = "supported" if line["answers"][0] == "yes" else "contradicted"
        asked = _AUXILIARY.sub("", line["question"].strip())
        claims.append(Claim(f"{asked[:1].upper()}{asked[1:]}.", evidence, label, "boolq"))
    return [one for one in claims if len(one.evidence.split()) <= LONGEST_EVIDENCE]


def reading_pairs(
    makers: Mapping[str, PairMaker], sizes: Mapping[str, int], count: int, chance: random.Random
) -> list[Pair]:
    """Draw about `count` questions by the shares of QUESTIONS, with their unanswerable companions."""
    total = sum(QUESTIONS[name] for name in makers)
    return [
        pair
        for name, maker in makers.items()
        for pair in maker.pairs(count * QUESTIONS[name] / total / max(1, sizes[name]), CHANCES, chance)
    ]


class ClaimStream:
    """Draws claims by their shares for ever; a set that is used up begins anew, in another order."""

    def __init__(self, sources: Sources, chance: random.Random) -> None:
        self._published = {name: _endless(claims, chance) for name, claims in sources.claims.items() if claims}
        questions = [one for name in MADE_FROM for one in sources.questions[name]]
        self._made = _made_for_ever(questions, chance)

    def take(self, count: int) -> list[Claim]:
        """Return about `count` claims."""
        total = sum(CLAIMS[name] for name in self._published) + MADE_CLAIMS
        taken = [next(self._made) for _ in range(count * MADE_CLAIMS // total)]
        for name, claims in self._published.items():
            taken += [next(claims) for _ in range(round(count * CLAIMS[name] / total))]
        return taken


def _endless(claims: Sequence[Claim], chance: random.Random) -> Iterator[Claim]:
    while True:
        yield from chance.sample(claims, len(claims))


# How many claims of a kind are kept of ten: the plentiful kinds would crowd out those that matter more.
_KEPT = {"shortened": 2, "altered": 4, "roles": 5, "neighbour": 4, "denied": 5, "stated": 6, "invented": 5}


def _made_for_ever(questions: Sequence[ParagraphQuestion], chance: random.Random) -> Iterator[Claim]:
    while True:
        made = list(made_claims(chance.sample(questions, min(len(questions), 6_000)), chance))
        chance.shuffle(made)
        yield from (one for one in made if chance.random() * 10 < _KEPT.get(one.kind, 10))


__all__ = ["ClaimStream", "Sources", "read_sources", "reading_pairs"]
