"""Statements made by program beside real sentences: true ones in other words, and the twists that a reader lets pass.

What no published set has enough of: names, numbers and roles exchanged, denials put in or taken out, "X's lawyer" for
"X", rumours told as facts, questions turned into statements with the right answer and with a wrong one. Each maker
takes a sentence (or a question with its answer) of a paragraph and returns claims, or none where it does not apply.

A label is one of `VERDICTS`, or NOT_SUPPORTED where only that much is sure.
"""

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from models import made_sentences
from models.made_answers import stated
from models.made_names import NAME, NUMBER, STARTERS, names
from models.made_words import NOT_SUPPORTED
from models.reader_data import ParagraphQuestion, sentences


class Claim(NamedTuple):
    """A statement beside evidence; `kind` says where it comes from or how it was made."""

    statement: str
    evidence: str
    label: str
    kind: str


_AUXILIARY = re.compile(r"\b(was|were|is|are|has|have|had|will|would|can|could|should|must)\b(?! not\b|n't)")
_DENIAL = re.compile(
    r"\b(?:(was|were|is|are|has|have|had|will|would|can|could|did|does|do) (?:not|never)|no longer)\b ?"
)
_PASSIVE = re.compile(rf"(?P<done>{NAME.pattern}) (?:was|were) (?P<verb>[a-z]+ed) by (?P<doer>{NAME.pattern})\b")
_SUBJECT = re.compile(
    rf"^(?P<name>{NAME.pattern}) (?P<rest>(?!and\b|or\b|of\b|in\b|at\b|on\b)[a-z]+ed\b.+|(?:was|is|had|has|will) .+)$"
)
_RELATIONS = (
    "lawyer brother sister spokesman spokeswoman wife husband former deputy office assistant critics rival company"
).split()
_FACTS = (
    "The ministry confirmed that {}",
    "It is certain that {}",
    "As the report found, {}",
    "Officials established that {}",
)
_RUMOURS = (
    "There were rumours that {}",
    "The company denied that {}",
    "It was wrongly reported that {}",
    "Critics allege that {}",
    "Nobody has shown that {}",
    "He rejected the claim that {}",
    "The court will decide whether {}",
    "Some believe that {}",
    "In the film, {}",
    "It is false that {}",
    "She had hoped that {}",
    "Unconfirmed reports say that {}",
    "Had it been so that {}",
)
_WORDS_OF_NUMBERS = {
    str(number): word
    for number, word in enumerate("two three four five six seven eight nine ten eleven twelve".split(), 2)
}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_SMALL_NUMBER = re.compile(rf"(?<![\w.,])(?:[2-9]|1[0-2])(?! (?:{_MONTHS}))(?![\w.,])")
_ASIDE = re.compile(r" \([^()]{3,80}\)|, (?:which|who|where|a|an|the|including|such as)\b[^,;()]{5,90},")
_TAIL = re.compile(r", (?:[a-z]+ing|which|who|where|while|although|but)\b[^.]{8,}(?=\.$)")


def _replaced(text: str, old: str, new: str) -> str:
    return re.sub(rf"(?<!\w){re.escape(old)}(?!\w)", lambda _: new, text, count=1)


def _lowered(sentence: str) -> str:
    first = sentence.split(" ", 1)[0].strip(",")
    inner = sentence.rstrip(".!")
    return inner[0].lower() + inner[1:] if first in STARTERS else inner


def altered(sentence: str, others: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """One number or name exchanged for another."""
    numbers, named = NUMBER.findall(sentence), names(sentence)
    if numbers and (not named or chance.random() < 0.5):
        old = chance.choice(numbers)
        pool = [one for other in others for one in NUMBER.findall(other) if one not in numbers and len(one) == len(old)]
        digits = re.sub(r"\d", lambda match: str((int(match[0]) + chance.randint(1, 8)) % 10 or 1), old)
        yield (
            _replaced(sentence, old, chance.choice(pool) if pool and chance.random() < 0.5 else digits),
            sentence,
            "contradicted",
        )
    elif named:
        old = chance.choice(named)
        pool = [one for other in others for one in names(other) if one not in sentence and old not in one]
        if pool:
            yield _replaced(sentence, old, chance.choice(pool)), sentence, NOT_SUPPORTED


def exchanged_roles(sentence: str, _others: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Two names of a sentence in each other's place; the passive told as an active, rightly and turned round."""
    if match := _PASSIVE.search(sentence):
        done, verb, doer = match["done"], match["verb"], match["doer"]
        yield f"{doer} {verb} {done}.", sentence, "supported"
        yield f"{done} {verb} {doer}.", sentence, "contradicted"
        yield f"{doer} was {verb} by {done}.", sentence, "contradicted"
        return
    named = list(dict.fromkeys(names(sentence)))
    if len(named) < 2:
        return
    one, other = chance.sample(named, 2)
    between = re.search(rf"{re.escape(one)}(.*?){re.escape(other)}|{re.escape(other)}(.*?){re.escape(one)}", sentence)
    joined = (between[1] or between[2] or "").strip() if between else ","
    if (
        one in other
        or other in one
        or re.fullmatch(r"|,|and|or|, and|(?:,? ?[A-Z]\w+,?)+(?: and| or)?|in|of|,? in", joined)
    ):
        return
    swapped = _replaced(sentence, one, "\0")
    swapped = _replaced(swapped, other, one).replace("\0", other)
    yield swapped, sentence, NOT_SUPPORTED


def denied(sentence: str, _others: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """A denial put in or taken out, in the statement or in the evidence."""
    if match := _DENIAL.search(sentence):
        plain = (
            sentence[: match.start()]
            + (f"{match[1]} " if match[1] and match[1] not in ("did", "does", "do") else "")
            + sentence[match.end() :]
        )
        if match[1] not in ("did", "does", "do"):
            yield plain, sentence, "contradicted"
            yield sentence, sentence, "supported"
    elif match := _AUXILIARY.search(sentence):
        word = chance.choice(["not", "never", "not"])
        turned = f"{sentence[: match.end()]} {word}{sentence[match.end() :]}"
        yield ((turned, sentence) if chance.random() < 0.5 else (sentence, turned)) + ("contradicted",)


def possessed(sentence: str, _others: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Somebody's lawyer, brother, ... beside the person."""
    if match := _SUBJECT.match(sentence):
        if match["name"].split()[0] in STARTERS:
            return
        relation = chance.choice(_RELATIONS)
        owner = f"{match['name']}'s {relation}" if relation != "former" else f"The former wife of {match['name']}"
        related = f"{owner} {match['rest']}"
        kind = chance.random()
        if kind < 0.4:
            yield sentence, related, NOT_SUPPORTED
        elif kind < 0.75:
            yield related, sentence, NOT_SUPPORTED
        else:
            yield related, related, "supported"


def reported(sentence: str, _others: Sequence[str], chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """What is rumoured, denied, imagined or left open, told as a fact; and what is confirmed."""
    if not 30 < len(sentence) < 200 or sentence[0] in "\"“'" or "?" in sentence:
        return
    kind = chance.random()
    if kind < 0.55:
        yield sentence, chance.choice(_RUMOURS).format(_lowered(sentence)) + ".", NOT_SUPPORTED
    elif kind < 0.8:
        yield sentence, chance.choice(_FACTS).format(_lowered(sentence)) + ".", "supported"
    elif re.search(r"\b(?:will|was|is|has)\b", sentence):
        hedged = re.sub(
            r"\b(will|was|is|has)\b",
            lambda m: {"will": "may", "was": "may have been", "is": "may be", "has": "may have"}[m[1]],
            sentence,
            count=1,
        )
        yield (sentence, hedged, NOT_SUPPORTED) if chance.random() < 0.7 else (hedged, hedged, "supported")


def shortened(sentence: str, _others: Sequence[str], _chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """What can be left out is left out, numbers are written otherwise: still true."""
    short = _TAIL.sub("", _ASIDE.sub("", sentence))
    short = _SMALL_NUMBER.sub(lambda number: _WORDS_OF_NUMBERS[number[0]], short)
    short = re.sub(r"(\d) ?%", r"\1 per cent", short)
    if len(short) > 20:
        yield short, sentence, "supported"


Maker = Callable[[str, Sequence[str], random.Random], Iterator[tuple[str, str, str]]]
MAKERS: dict[str, tuple[Maker, float]] = {  # with the chance that a sentence is given to it
    "altered": (altered, 0.3),
    "roles": (exchanged_roles, 0.45),
    "denied": (denied, 0.25),
    "possessed": (possessed, 0.5),
    "reported": (reported, 0.2),
    "shortened": (shortened, 0.35),
    "turned": (made_sentences.turned, 1.0),
    "attributed": (made_sentences.attributed, 0.9),
    "conditional": (made_sentences.conditional, 1.0),
    "caused": (made_sentences.caused, 0.8),
    "placed": (made_sentences.placed, 0.25),
    "widened": (made_sentences.widened, 0.4),
    "opposed": (made_sentences.opposed, 0.12),
    "halved": (made_sentences.halved, 0.08),
    "invented": (made_sentences.invented, 0.15),
    "joined": (made_sentences.joined, 0.06),
}


def made_claims(questions: Sequence[ParagraphQuestion], chance: random.Random) -> Iterator[Claim]:
    """Yield claims from these questions' paragraphs, each paragraph once, in random order."""
    paragraphs = list(dict.fromkeys(question.paragraph for question in questions))
    asked = list(questions)
    chance.shuffle(asked)
    for question in asked:
        if question.spans:
            yield from (Claim(*made, "stated") for made in stated(question, chance))
    chance.shuffle(paragraphs)
    for number, paragraph in enumerate(paragraphs):
        cuts = [paragraph[slice(*cut)].strip() for cut in sentences(paragraph)]
        for place, sentence in enumerate(cuts):
            if not 25 < len(sentence) < 320 or sentence[-1] not in ".!":
                continue
            others = cuts[:place] + cuts[place + 1 :] or [paragraphs[number - 1]]
            for kind, (maker, often) in MAKERS.items():
                if chance.random() < often:
                    yield from (
                        Claim(claim, _among(evidence, cuts, place, chance), label, kind)
                        for claim, evidence, label in maker(sentence, others, chance)
                        if claim != evidence or label == "supported"
                    )
            if place and chance.random() < 0.8:
                for claim, evidence, label in made_sentences.named(cuts[place - 1], sentence, others, chance):
                    yield Claim(claim, evidence, label, "named")
            if chance.random() < 0.08 and len(cuts) > 1:
                yield Claim(chance.choice(others), sentence, "neither", "neighbour")


def _among(evidence: str, cuts: Sequence[str], place: int, chance: random.Random) -> str:
    """Put the evidence back between its neighbours, sometimes: what is judged is rarely alone."""
    before = cuts[place - 1] if place and chance.random() < 0.35 else ""
    after = cuts[place + 1] if place + 1 < len(cuts) and chance.random() < 0.25 else ""
    before, after = ("" if one in evidence else one for one in (before, after))
    return " ".join(filter(None, (before, evidence, after)))
