"""What is read when the first reading leaves doubt: the sentences that come nearest to the question in meaning.

The first reading goes by the question's words (qa.stretches), and what says the same in other words is not in it: "The
orange juice in the tanker has gone off" to "Which drink spoiled aboard a vessel?".
"""

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from index.embedding import TextEmbedder
from index.records import Passage, Span
from qa.rows import is_row, shown
from qa.stretches import Stretch, coverages, read_sentences, window

PASSAGES_REREAD = 12  # the best ones; their sentences take the embedder some 80 ms
STRETCHES_REREAD, _OF_A_PASSAGE = 8, 3
_NEARNESS_SHARE = 1.5  # of the cosine, beside the retriever's score and the share of the question's words


def nearest_stretches(
    question: str,
    passages: Sequence[Passage],
    weights: Mapping[str, float],
    embedder: TextEmbedder,
    read: Collection[Stretch] = (),
) -> list[Stretch]:
    """Return at most STRETCHES_REREAD stretches that hold more than those `read`, the most promising first."""
    told = [(passage, read_sentences(passage)) for passage in passages[:PASSAGES_REREAD]]
    texts = [shown(passage.chunk, [one]).text for passage, sentences in told for one in sentences]
    if not texts:
        return []
    (asked, *vectors) = np.asarray(embedder.embed([question, *texts]))
    nearness = iter(np.asarray(vectors) @ asked)
    known = {(one.passage.chunk.id, sentence) for one in read for sentence in one.sentences}
    found = []
    for passage, sentences in told:
        held = coverages(passage, sentences, weights)
        promises = [share + _NEARNESS_SHARE * float(next(nearness)) for share in held]
        found += _of_passage(passage, sentences, promises, known)
    found.sort(key=lambda one: (-one.promise, one.passage.chunk.id, one.start))
    return found[:STRETCHES_REREAD]


def _of_passage(
    passage: Passage, sentences: tuple[Span, ...], promises: Sequence[float], known: Collection[tuple[str, Span]]
) -> list[Stretch]:
    chunk = passage.chunk
    rows = {place for place, one in enumerate(sentences) if is_row(chunk, one)}
    made: list[Stretch] = []
    taken = {place for place, one in enumerate(sentences) if (chunk.id, one) in known}
    for place in sorted(range(len(sentences)), key=lambda place: (-promises[place], place)):
        if place not in taken and len(made) < _OF_A_PASSAGE:
            around = window(sentences, place, rows)
            taken |= set(around)
            chosen = sentences[around.start : around.stop]
            made.append(Stretch(passage, chosen, round(passage.score + promises[place], 6)))
    return made
