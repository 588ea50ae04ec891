"""More statements made by program: sentences told otherwise, truly, and the slips that an editor would not forgive.

Each maker takes a sentence and the others of its paragraph and yields (statement, evidence, label), as those of
models/made_claims.py do; labels are of VERDICTS or NOT_SUPPORTED.
"""

import random
import re
from collections.abc import Iterator, Sequence

from models.made_words import (
    NOT_NAMES,
    NOT_SUPPORTED,
    OPPOSITE_GROUPS,
    PARTICIPLE_OF_PAST,
    PAST_OF_PARTICIPLE,
    capital,
    past,
    reworded,
    small,
)

Made = Iterator[tuple[str, str, str]]

_NAME = r"[A-Z][\w'’-]+(?: (?:(?:of|the|de|van|von) )?[A-Z][\w'’-]+)*"
_OPENERS = r"[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts|[Tt]wo|[Tt]hree|[Ss]ome|[Ss]everal|[Mm]any"
_PHRASE = rf"(?:(?:{_OPENERS}) (?:[a-z-]+ ){{0,2}}[\w-]+|{_NAME})"
_DONE = "|".join(sorted(PAST_OF_PARTICIPLE, key=len, reverse=True))
_DID = "|".join(sorted(PARTICIPLE_OF_PAST, key=len, reverse=True))
_MORE = r"(?P<more>(?: (?:in|on|at|for|from|to|after|before|during|with|as|into|over|because|when|while)\b| ?,).*)?"
_ACTIVE = re.compile(rf"^(?P<doer>{_PHRASE}) (?P<verb>[a-z]+ed|{_DID}) (?P<done>{_PHRASE}){_MORE}[.!]$")
_PASSIVE = re.compile(
    rf"^(?P<done>{_PHRASE}) (?P<was>was|were|has been|have been|had been) (?P<verb>[a-z]+ed|{_DONE}) "
    rf"by (?P<doer>{_PHRASE}){_MORE}[.!]$"
)
_SAYING = (
    r"(?:said|says|claimed|claims|stated|believes|believed|argued|argues|alleged|suggested|warned|insisted|"
    r"told reporters|reported|thinks|predicted|hopes|fears)"
)
_SAID = re.compile(rf"^(?P<who>{_PHRASE}) {_SAYING} (?:that )?(?P<what>[^\"“]{{15,}})[.!]$")
_ACCORDING = re.compile(rf"^According to (?P<who>{_PHRASE}), (?P<what>[^\"“]{{15,}})[.!]$")
_IF_FIRST = re.compile(r"^(?P<if>If|Unless|As long as|Provided that) (?P<a>[^,]{8,}), (?:then )?(?P<b>[^,]{12,})[.!]$")
_IF_LAST = re.compile(r"^(?P<b>.{12,}?),? (?P<if>if|unless|as long as|provided that|only if) (?P<a>.{8,})[.!]$")
_BECAUSE = re.compile(r"^(?P<b>.{12,}?),? because (?!of\b)(?P<a>.{8,})[.!]$")
_AFTER = re.compile(
    r"^(?P<b>[^,]{12,}?) (?P<when>after|before) (?P<a>(?:the|he|she|they|it|a|an|his|her|their)\b[^,]{8,})[.!]$"
)
_FIRST_PLACE = re.compile(
    r"^(?P<place>(?:In|On|At|During|By|Since|After|Before|When|While|Although|Because|Despite|Until|Under|From)\b"
    r" [^,]{3,70}), (?P<rest>(?!and\b|or\b|but\b)[^;:]{15,})[.!]$"
)
_LAST_PLACE = re.compile(
    r"^(?P<rest>[A-Z][^,;:]{15,}) (?P<place>(?:in|on|during|since) (?:[A-Z]\w+|\d{4}|the \w+)(?: \d{4}| \w+)?)[.!]$"
)
_SCOPE = re.compile(
    r"\b((?:[Ss]ome|[Mm]any|[Mm]ost|[Ss]everal|[Hh]alf|[Pp]art|[Oo]ne|[Tt]wo|[Aa] third) of"
    r"|[Mm]ost|[Ss]ome|[Mm]any|[Ss]everal|[Aa] few) (?=the\b|[a-z]+s\b)"
)
_BOUND = re.compile(
    r"\b(?:[Uu]p to|[Mm]ore than|[Oo]ver|[Aa]t least|[Ll]ess than|[Ff]ewer than|[Aa]t most|[Uu]nder|[Nn]early"
    r"|[Aa]lmost) (?=[\d£$€])"
)
_TITLE = re.compile(
    r"\b(?:former|acting|deputy|vice|assistant|interim|then|alleged|suspected|proposed|future|self-proclaimed|would-be)"
    r" (?=[a-z])",
    re.IGNORECASE,
)
_OFFICE = re.compile(
    r"\b(?<!vice )(?:president|minister|director|manager|chairman|mayor|leader|coach|head|governor|secretary|champion|"
    r"captain|chief)\b"
)
_HEDGE = re.compile(
    r"\b(?:(?P<may>may|might|could) (?P<then>have been|have|be)\b"
    r"|(?P<drop>reportedly|allegedly|probably|possibly|perhaps|apparently|likely) "
    r"|(?P<seem>is|are|was|were) (?:thought|believed|said|reported|expected|alleged|rumoured|considered)"
    r" to (?P<to>be|have been)\b)"
)
_PLANNED = re.compile(r"\b(?:(?:is|are) (?:planned|due|expected|set|scheduled) to be|will be|is to be|are to be)\b")
_WILL = re.compile(
    r"\b(?:will|plans to|plan to|intends to|intend to|wants to|want to|hopes to|hope to) (?P<verb>[a-z]{3,})\b(?! been)"
)
_EITHER = re.compile(r"(?P<one>\b[\w'-]+) or (?P<other>[\w'-]+\b)")
_PAIR = re.compile(r"(?P<one>\b[a-zA-Z'-]{4,}) and (?P<other>[a-zA-Z'-]{4,}\b)")
_TAIL = re.compile(
    r"(?P<tail>,? (?:because of|after|during|while|near|for|at|in|on|killing|leading to|including|as part of|"
    r"in order to|thanks to|despite|without) (?:[^,.;]{6,60}))[.!]$"
)
_HE = re.compile(r"^(?P<he>He|She)\b(?= (?:was|is|had|has|would|will|also|then|later|[a-z]+ed|[a-z]+s|\w+t|\w+e)\b)")
_OF_PERSON = re.compile(r"^(?P<name>[A-Z][\w'’-]+(?: [A-Z][\w'’-]+){1,2})\b")
_PLURAL = frozenset(("two", "three", "some", "several", "many", "their"))
_STATES = frozenset("had did became went came fell rose died said thought".split())
_NO_ROLE = NOT_NAMES - {"The", "A", "An"}
_WORD_OPPOSITES = {word: [o for o in group if o != word] for group in OPPOSITE_GROUPS for word in group}
_OPPOSITE = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _WORD_OPPOSITES), key=len, reverse=True))})\b")


def turned(sentence: str, _others: Sequence[str], chance: random.Random) -> Made:
    """Active and passive turned into each other, and the roles exchanged in either form."""
    match = _PASSIVE.match(sentence) or _ACTIVE.match(sentence)
    if match and ({match["doer"].split()[0], match["done"].split()[0]} & _NO_ROLE or match["verb"] in _STATES):
        return
    if match := _PASSIVE.match(sentence):
        verb = match["verb"]
        did = PAST_OF_PARTICIPLE.get(verb, verb)
        done, doer, more = match["done"], match["doer"], match["more"] or ""
        yield f"{capital(doer)} {did} {small(done)}{more}.", sentence, "supported"
        yield f"{capital(done)} {did} {small(doer)}{more}.", sentence, NOT_SUPPORTED
        yield f"{capital(doer)} {match['was']} {verb} by {small(done)}{more}.", sentence, NOT_SUPPORTED
    elif match := _ACTIVE.match(sentence):
        verb = match["verb"]
        done, doer, more = match["done"], match["doer"], match["more"] or ""
        participle = PARTICIPLE_OF_PAST.get(verb, verb)

        def was(what: str) -> str:
            plural = what.split(maxsplit=1)[0].lower() in _PLURAL or (what[0].islower() and what[-2:] != "ss")
            return "were" if plural and what[-1] == "s" else "was"

        yield f"{capital(done)} {was(done)} {participle} by {small(doer)}{more}.", sentence, "supported"
        if chance.random() < 0.6:
            yield f"{capital(done)} {verb} {small(doer)}{more}.", sentence, NOT_SUPPORTED
        if chance.random() < 0.6:
            yield f"{capital(doer)} {was(doer)} {participle} by {small(done)}{more}.", sentence, NOT_SUPPORTED


def attributed(sentence: str, others: Sequence[str], chance: random.Random) -> Made:
    """What somebody says: told as a fact, told as his in another form, told as another's."""
    match = _SAID.match(sentence) or _ACCORDING.match(sentence)
    if not match:
        return
    who, what = match["who"], match["what"]
    yield f"{capital(reworded(what, chance))}.", sentence, NOT_SUPPORTED
    kind = chance.random()
    if kind < 0.5:
        yield f"According to {small(who)}, {small(reworded(what, chance))}.", sentence, "supported"
    else:
        verb = chance.choice(["said", "stated", "says"])
        yield f"{capital(who)} {verb} that {small(reworded(what, chance))}.", sentence, "supported"
    names = [
        name for other in others for name in re.findall(_NAME, other) if name not in sentence and name not in NOT_NAMES
    ]
    if names and chance.random() < 0.5:
        yield f"{chance.choice(names)} said that {small(what)}.", sentence, NOT_SUPPORTED


def conditional(sentence: str, _others: Sequence[str], chance: random.Random) -> Made:
    """A condition lost, or put in another place."""
    if match := _IF_FIRST.match(sentence) or _IF_LAST.match(sentence):
        yield f"{capital(reworded(match['b'], chance))}.", sentence, NOT_SUPPORTED
        word = match["if"].lower()
        first = f"{capital(word)} {match['a']}, {small(match['b'])}."
        last = f"{capital(match['b'])} {word} {match['a']}."
        yield reworded(last if match["if"][0].isupper() else first, chance), sentence, "supported"


def caused(sentence: str, others: Sequence[str], chance: random.Random) -> Made:
    """Cause and effect, earlier and later: exchanged, or told in the other order; and causes that nobody named."""
    if match := _BECAUSE.match(sentence):
        a, b = match["a"], match["b"]
        yield f"{capital(a)} because {small(b)}.", sentence, NOT_SUPPORTED
        yield reworded(f"Because {a}, {small(b)}.", chance), sentence, "supported"
        yield reworded(f"{capital(b)}.", chance), sentence, "supported"
    elif match := _AFTER.match(sentence):
        a, b, when = match["a"], match["b"], match["when"]
        other = "before" if when == "after" else "after"
        yield reworded(f"{capital(when)} {a}, {small(b)}.", chance), sentence, "supported"
        yield reworded(f"{capital(b)} {other} {a}.", chance), sentence, "contradicted"
        if chance.random() < 0.5:
            yield f"{capital(b)} because {a}.", sentence, NOT_SUPPORTED
    elif others and sentence and chance.random() < 0.06:
        near = chance.choice(others)
        if len(near) < 160 and near[-1:] == ".":
            yield f"{sentence[:-1]} because {small(near)}", f"{sentence} {near}", NOT_SUPPORTED


def placed(sentence: str, _others: Sequence[str], chance: random.Random) -> Made:
    """What stands first told last, and the other way round: true."""
    if match := _FIRST_PLACE.match(sentence):
        yield (
            reworded(f"{capital(match['rest'])} {match['place'][0].lower()}{match['place'][1:]}.", chance),
            sentence,
            "supported",
        )
    elif match := _LAST_PLACE.match(sentence):
        yield reworded(f"{capital(match['place'])}, {small(match['rest'])}.", chance), sentence, "supported"


def widened(sentence: str, _others: Sequence[str], chance: random.Random) -> Made:
    """Some told as all, a bound as the number itself, a deputy as the chief, a plan or a guess as a fact."""
    ways: list[str] = []
    if match := _SCOPE.search(sentence):
        word = match[1]
        every = "All of" if word.endswith(" of") else "All"
        ways.append(
            sentence[: match.start()] + (every if word[0].isupper() else every.lower()) + " " + sentence[match.end() :]
        )
    if match := _BOUND.search(sentence):
        ways.append(capital(sentence[: match.start()] + chance.choice(["", "", "exactly "]) + sentence[match.end() :]))
    if match := _TITLE.search(sentence):
        ways.append(capital(sentence[: match.start()] + sentence[match.end() :]))
    elif match := _OFFICE.search(sentence):
        before = sentence[: match.start()].split()
        if before and before[-1].lower() in ("the", "a", "his", "their", "its"):
            part = chance.choice(["former", "deputy", "acting", "assistant"])
            ways.append(f"{sentence[: match.start()]}{part} {sentence[match.start() :]}")
    if match := _HEDGE.search(sentence):
        is_ = {"have been": "was", "have": "has", "be": "is"}
        fact = (
            is_[match["then"]]
            if match["may"]
            else ""
            if match["drop"]
            else {"be": match["seem"], "have been": "was"}[match["to"]]
        )
        ways.append(capital(sentence[: match.start()] + (f"{fact}" if fact else "") + sentence[match.end() :]))
    if match := _PLANNED.search(sentence):
        ways.append(sentence[: match.start()] + chance.choice(["was", "has been"]) + sentence[match.end() :])
    elif match := _WILL.search(sentence):
        ways.append(sentence[: match.start()] + past(match["verb"]) + sentence[match.end() :])
    if ways:
        yield reworded(chance.choice(ways), chance), sentence, NOT_SUPPORTED
        kept = reworded(sentence, chance)
        if kept != sentence:
            yield kept, sentence, "supported"


def opposed(sentence: str, _others: Sequence[str], chance: random.Random) -> Made:
    """A word exchanged for its opposite, beside words exchanged for others of the same meaning."""
    kept = reworded(sentence, chance, 4)
    if kept != sentence:
        yield kept, sentence, "supported"
    found = list(_OPPOSITE.finditer(sentence))
    if found:
        match = chance.choice(found)
        other = chance.choice(_WORD_OPPOSITES[match[0]])
        yield reworded(sentence[: match.start()] + other + sentence[match.end() :], chance), sentence, NOT_SUPPORTED


def halved(sentence: str, _others: Sequence[str], chance: random.Random) -> Made:
    """Half of "A and B" and of "A or B"."""
    if match := _EITHER.search(sentence):
        half = sentence[: match.start()] + match[chance.choice(["one", "other"])] + sentence[match.end() :]
        yield capital(half), sentence, NOT_SUPPORTED
        yield (
            f"{sentence[: match.start()]}{match['one']} and {match['other']}{sentence[match.end() :]}",
            sentence,
            NOT_SUPPORTED,
        )
    elif (
        (match := _PAIR.search(sentence))
        and "between" not in sentence[: match.start()].lower()
        and "both" not in sentence.lower()
    ):
        yield (
            f"{sentence[: match.start()]}{match['one']} or {match['other']}, but not both{sentence[match.end() :]}",
            sentence,
            NOT_SUPPORTED,
        )


def invented(sentence: str, others: Sequence[str], chance: random.Random) -> Made:
    """A likely detail of another sentence added at the end; and the sentence without its own last detail."""
    if sentence[-1:] not in (".", "!"):
        return
    own = _TAIL.search(sentence)
    tails = [match["tail"] for other in others if (match := _TAIL.search(other))]
    if tails:
        yield f"{reworded(sentence[:-1], chance)}{chance.choice(tails)}.", sentence, NOT_SUPPORTED
    if own and own.start() > 25 and not re.search(r"\b(?:not|no|never|only|if|without|neither)\b", sentence):
        yield f"{reworded(sentence[: own.start()], chance)}.", sentence, "supported"
        if tails:
            yield f"{reworded(sentence[: own.start()], chance)}{chance.choice(tails)}.", sentence, NOT_SUPPORTED


def joined(sentence: str, others: Sequence[str], chance: random.Random) -> Made:
    """Two sentences told as one statement, truly, and with one word of either turned round."""
    near = [
        one
        for one in others
        if 25 < len(one) < 140 and one[-1:] == "." and not re.match(r"(?:He|She|It|They|This|But|And)\b", one)
    ]
    if not near or not sentence or len(sentence) > 140:
        return
    other = chance.choice(near)
    joint = chance.choice([", and ", ", while ", "; "])
    claim = f"{sentence[:-1]}{joint}{small(other)}"
    evidence = f"{sentence} {other}" if chance.random() < 0.5 else f"{other} {sentence}"
    yield reworded(claim, chance), evidence, "supported"
    yield reworded(claim, chance), sentence, NOT_SUPPORTED
    found = list(_OPPOSITE.finditer(claim))
    if found:
        match = chance.choice(found)
        wrong = claim[: match.start()] + chance.choice(_WORD_OPPOSITES[match[0]]) + claim[match.end() :]
        yield reworded(wrong, chance), evidence, NOT_SUPPORTED


def named(before: str, sentence: str, others: Sequence[str], chance: random.Random) -> Made:
    """The name for the "he" or "she" of a sentence, from the sentence before; and another's name."""
    he, person = _HE.match(sentence), _OF_PERSON.match(before)
    if not he or not person or person["name"].split()[0] in NOT_NAMES:
        return
    names = {name for name in re.findall(_NAME, before[person.end() :]) if " " in name}
    if names:  # it may be one of them
        return
    rest = sentence[he.end() :]
    yield reworded(f"{person['name']}{rest}", chance), f"{before} {sentence}", "supported"
    pool = [name for one in others for name in re.findall(_NAME, one) if " " in name and name not in before + sentence]
    if pool:
        yield reworded(f"{chance.choice(pool)}{rest}", chance), f"{before} {sentence}", NOT_SUPPORTED
