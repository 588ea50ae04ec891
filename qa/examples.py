"""Questions to begin with, drawn from what the articles themselves name often."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence

from index.records import Article

_MOST = 4  # as many as fit beside each other on a page
_READ_ARTICLES = 40  # evenly over the list: enough to see what it is about, little enough to read at once
_READ_CHARACTERS = 4_000  # the beginning of an article tells what it is about
_MAX_TITLE = 80
_WORD = r"[^\W\d_a-z][^\W\d_A-Z]{1,30}+(?:-[^\W\d_]{1,30}+)?"
_RUN = rf"{_WORD}(?: {_WORD}){{1,5}}"  # bounded, as all here: a page of capitals must not take long
# Capitalised words in the middle of a sentence, where a capital is a name's and not the sentence's.
_NAMES = re.compile(rf"(?:(?<=[^\W\d_A-Z] )|(?<=[^\W\d_A-Z], ))(?:the )?{_RUN}\b")
# "told NAME" is left out of the second form: there the name is that of who listens.
_SPEAKERS = re.compile(
    rf"\b({_RUN}),? (?:said|says|told|warned|announced|added|stated|argued|explained)\b"
    rf"|\b(?:said|says|added|explained) ({_RUN})"
)


def example_questions(rows: Sequence[tuple[Article, int]], article: Callable[[str], Article | None]) -> list[str]:
    """Return at most four questions about the articles in `rows`, whose texts `article` returns by their ids.

    The same articles give the same questions. Nothing is asked to find out whether they have an answer; most have.
    """
    step = max(1, len(rows) // _READ_ARTICLES)
    read = [one for row, _ in rows[::step] if (one := article(row.id))]
    found: list[str] = []
    asked_about = set[str]()
    for question, words in _questions(read):
        # Each is about something else, so that together they show how much there is.
        if asked_about.isdisjoint(words):
            found.append(question)
            asked_about |= words
        if len(found) == _MOST:
            break
    return found


def _questions(read: Sequence[Article]) -> Iterator[tuple[str, set[str]]]:
    """Yield questions with the words that they are about, first those that most likely have an answer."""
    texts = [one.text[:_READ_CHARACTERS] for one in read]
    names = _names(texts)
    speakers = _speakers("\n".join(texts))
    people = [name for name in names if name in speakers]
    for number, name in enumerate(people):
        yield (f"Who is {name}?" if number % 2 else f"What did {name} say?"), _words(name)
    about = [(f"What do the articles say about {name}?", _words(name)) for name in names]
    often = sum(count > 1 for count in names.values())
    yield from about[:often]
    for one in read:
        if one.title and len(one.title) <= _MAX_TITLE:
            yield f"What do the articles say about “{one.title}”?", _words(one.title)
    yield from about[often:]


def _words(text: str) -> set[str]:
    return {word for word in text.split() if len(word) > 3}  # shorter ones, such as "the", tell of nothing


def _names(texts: Sequence[str]) -> dict[str, int]:
    """Return names of two or three words with how many texts hold each, the most first.

    "the" stands before those that mostly have it.
    """
    runs = [_NAMES.findall(text) for text in texts]
    alone = {run.removeprefix("the ") for found in runs for run in found}
    texts_with, forms = Counter[str](), defaultdict[str, Counter[str]](Counter)
    for found in runs:
        names = set()
        for run in found:
            words = run.removeprefix("the ").split()
            last = " ".join(words[-2:])  # titles stand before a name, as in "Prime Minister"
            name = last if last in alone else " ".join(words)
            if len(name.split()) <= 3:
                names.add(name)
                forms[name][f"the {name}" if run == f"the {name}" else name] += 1
        texts_with.update(names)
    ordered = sorted(forms, key=lambda name: (-texts_with[name], name))
    return {forms[name].most_common(1)[0][0]: texts_with[name] for name in ordered}


def _speakers(text: str) -> set[str]:
    """Return the names whose words are reported, as in "NAME said"; places and offices have "the" before theirs."""
    return {" ".join(run.split()[-2:]) for pair in _SPEAKERS.findall(text) for run in pair if " " in run}
