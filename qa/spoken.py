"""Whose words a sentence gives: those of somebody who is asked about, or another's."""

import re
from collections.abc import Sequence

from index.records import Passage
from index.words import content_stems, stems
from qa.attribution import speaker

_SPEECH = re.compile(
    r"[“\"«]|\b(?:said|says|told|tells|wrote|writes|argue[sd]?|claim(?:s|ed)?|call(?:s|ed)|consider(?:s|ed)?|think(?:s)?|"
    r"thought|warn(?:s|ed)?|add(?:s|ed)(?=[.,:] ?| that)|announce[sd]?|explain(?:s|ed)?|according|believe[sd]?|"
    r"conclude[sd]?|found|demand(?:s|ed)?|den(?:y|ies|ied)|insist(?:s|ed)?|reject(?:s|ed)?|promise[sd]?|report(?:s|ed)?)\b",
    re.IGNORECASE,
)
_SHE = re.compile(r"\b(?:he|she|they)\b", re.IGNORECASE)


_SOMEBODY = re.compile(r"[^\W\d_a-z][^\W\d_A-Z]+ [^\W\d_a-z][^\W\d_A-Z]+")  # first name, last name
_ARTICLE, _CAPITAL = re.compile(r"^(?:the|an?) ", re.IGNORECASE), re.compile(r"[^\W\d_a-z]")


def is_said(sentences: Sequence[str], place: int, by: str) -> bool:
    """Tell whether a sentence gives what `by` says: it, or one right before it, names them and nobody else."""
    words, named = sentences[place], frozenset(content_stems(last_name(by)))
    if not _SPEECH.search(words):
        return False
    if named <= frozenset(content_stems(words)):
        return not _is_anothers(words, by)
    if not _SHE.search(words) or speaker(words):
        return False
    for near in (sentences[one] for one in range(place - 1, max(-1, place - 3), -1)):
        if named <= frozenset(content_stems(near)):
            return not _is_anothers(near, by)
        if _SOMEBODY.search(near):
            return False
    return False


def _is_anothers(words: str, by: str) -> bool:
    """Tell whether a sentence that names somebody is what another says, such as Moll's lawyer."""
    owned = re.search(rf"\b{re.escape(last_name(by))}['’]s?\b", words, re.IGNORECASE)
    return owned is not None or is_of_another(words, by)


def is_of_another(words: str, wanted_speaker: str) -> bool:
    """Tell whether a sentence names somebody else for what it says; an office may be that of the one who is meant."""
    named = speaker(words) or ""
    if not named or not set(content_stems(named)).isdisjoint(content_stems(wanted_speaker)):
        return False
    is_office = not _CAPITAL.search(_ARTICLE.sub("", named))
    return not (is_office and last_name(wanted_speaker) in words)


def wrote(passage: Passage, by: str) -> bool:
    """Tell whether somebody is the writer of an article."""
    return bool(passage.author) and set(content_stems(last_name(by))) <= set(stems(passage.author or ""))


def last_name(speaker: str) -> str:
    """Return the name by which an article goes on to call somebody; all of what is no name of a person."""
    words = speaker.split()
    return words[-1] if words and all(word[:1].isupper() for word in words) else speaker
