"""Dense and lexical search, joined into one ranking."""

from collections.abc import Mapping
from dataclasses import replace

import numpy as np
from llama_index.core.base.base_retriever import BaseRetriever
from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

from index.catalogue import Catalogue
from index.embedding import Embedder, Vectors
from index.lexical import WordSearch
from index.mentions import mentions
from index.records import Filters, Passage
from index.vectors import VectorStore
from index.words import content_words

# How many of each search are joined, unless more are asked for; what both miss is lost. Of MultiHop-RAG's evidence, 100
# and 200 find .701 among the first 10 passages, .808 among 20 and .901 among 50; these .701, .807 and .894. Each is
# looked up in the catalogue, which is most of the time of a search among a million passages.
_DENSE_CANDIDATES, _LEXICAL_CANDIDATES = 50, 100
# What the cosine weighs beside the words' score, both divided by their best. One vector blurs a long question, whose
# words grow more telling: the weight that serves best falls from 1.2 on the evaluation's questions (6 words) to .1 or
# .2 on MultiHop-RAG's (24 words), and this curve loses nothing on either against their own best.
_MOST_DENSE_WEIGHT, _DENSE_WORDS = 1.2, 8
# A passage of a publisher or a day that the question names gains this share. Larger shares found more still, but then
# a paper that is only mentioned takes places from those that answer.
_PUBLISHER_GAIN, _DAY_GAIN = 0.4, 0.3


class HybridRetriever(BaseRetriever):
    """Finds passages for a question; also a LlamaIndex retriever, whose nodes carry file and exact offsets."""

    def __init__(
        self, catalogue: Catalogue, vectors: VectorStore, embedder: Embedder, words: WordSearch, top_k: int = 10
    ) -> None:
        super().__init__()
        self._catalogue = catalogue
        self._vectors = vectors
        self._embedder = embedder
        self._words = words
        self._top_k = top_k

    def search(self, query: str, *, top_k: int | None = None, filters: Filters = Filters()) -> list[Passage]:
        """Return at most `top_k` passages, best first, ties by id; scores lie between 0 and 1."""
        wanted = top_k or self._top_k
        (vector,) = self._embedder.embed([query])
        near = self._vectors.search(vector, max(wanted, _DENSE_CANDIDATES), filters)
        with self._catalogue.reading():
            hits = self._words.search(query, max(wanted, _LEXICAL_CANDIDATES), filters)
            worded = {hit.chunk_id: hit.score for hit in hits}
            cosines = self._cosines(vector, dict(near), worded)
            scores = self._joined(query, worded, cosines)
            best = sorted(scores, key=lambda chunk_id: (-scores[chunk_id], chunk_id))[:wanted]
            passages = self._catalogue.passages(best)
        dense_ranks = {chunk_id: rank for rank, (chunk_id, _) in enumerate(near, 1)}
        lexical_ranks = {hit.chunk_id: rank for rank, hit in enumerate(hits, 1)}
        return [
            replace(
                passages[chunk_id],
                score=scores[chunk_id],
                dense_rank=dense_ranks.get(chunk_id),
                lexical_rank=lexical_ranks.get(chunk_id),
            )
            for chunk_id in best
        ]

    def _cosines(self, vector: Vectors, near: Mapping[str, float], worded: Mapping[str, float]) -> dict[str, float]:
        """Return the cosine of every candidate that the catalogue has.

        Chroma may still hold, or already hold, chunks that the catalogue doesn't: they are no passages.
        """
        stored = self._catalogue.vectors_of({*near, *worded})
        if not stored:
            return {}
        values = np.stack(list(stored.values())) @ vector
        return {chunk_id: near.get(chunk_id, float(value)) for chunk_id, value in zip(stored, values, strict=True)}

    def _joined(self, query: str, worded: Mapping[str, float], cosines: Mapping[str, float]) -> dict[str, float]:
        """Score = (words + w cosine / best cosine) / (1 + w), times the gains, divided by the best where above 1."""
        weight = min(_MOST_DENSE_WEIGHT, (_DENSE_WORDS / max(1, len(content_words(query)))) ** 2)
        best = max(max(cosines.values(), default=0.0), 1e-6)
        joined = {
            chunk_id: (worded.get(chunk_id, 0.0) + weight * max(0.0, cosine) / best) / (1 + weight)
            for chunk_id, cosine in cosines.items()
        }
        named = mentions(query, self._catalogue.publishers())
        if named.publishers or named.days:
            for chunk_id, (publisher, published) in self._catalogue.origins(joined).items():
                joined[chunk_id] *= 1 + _PUBLISHER_GAIN * (publisher in named.publishers)
                joined[chunk_id] *= 1 + _DAY_GAIN * any(day.is_on(published) for day in named.days)
        most = max([1.0, *joined.values()])
        return {chunk_id: round(score / most, 6) for chunk_id, score in joined.items()}

    def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
        return [node_of(passage) for passage in self.search(query_bundle.query_str)]


def node_of(passage: Passage) -> NodeWithScore:
    """Return a passage as a LlamaIndex node; its offsets are code points into the article's text."""
    node = TextNode(
        id_=passage.chunk.id,
        text=passage.chunk.text,
        start_char_idx=passage.chunk.start,
        end_char_idx=passage.chunk.end,
        metadata={
            "article_id": passage.chunk.article_id,
            "file": passage.file,
            "title": passage.title,
            "publisher": passage.publisher,
            "published": passage.published.isoformat() if passage.published else None,
        },
    )
    return NodeWithScore(node=node, score=passage.score)
