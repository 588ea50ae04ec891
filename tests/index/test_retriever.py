"""Passages are found by their words and by their meaning, only among the articles asked for, in one fixed order."""

import asyncio
import shutil
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from llama_index.core.schema import NodeWithScore, TextNode

from index.catalogue import Catalogue
from index.embedding import MiniLMEmbedder, Vectors
from index.lexical import WordHit
from index.records import Chunk, Filters, Passage
from index.retriever import HybridRetriever
from index.schema import CATALOGUE_FILE
from index.sources import Root, SourceReader
from index.splitting import Splitter
from index.sync import Synchroniser
from index.upkeep import close_vectors, open_vectors
from index.vectors import VectorRecord, VectorStore
from index.words import stems
from tests.index.parts import lexical_search

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=25)

ARTICLES = {
    "ferry.md": """---
title: Crossing resumes
publisher: Harbour Herald
date: 2024-03-05
---
The ferry to Sundholm sailed again on Tuesday after a storm had closed the harbour for nine days.
Captain Ilse Brandt said that the engine room had been flooded twice.
""",
    "lighthouse.md": """---
title: A lamp goes dark
publisher: Coast Gazette
date: 2024-03-06
---
The lighthouse of Ravnsund will close in October because its lamp was sold to a museum.
""",
    "bridge.md": """---
title: Rust in the cables
publisher: Harbour Herald
date: 2024-03-09
---
Engineers found rust in the cables of the Kettering bridge during an inspection in January.
""",
    "fair.md": "---\ndate: 2024-03-09\n---\nThe spring fair opened with a parade of goats.\n",
    "mill.md": "---\npublisher: Coast Gazette\n---\nThe old mill grinds oats for nobody since its wheel broke.\n",
    "bakery.txt": "The bakery on Mill Street sells 400 loaves a day.\nA potter named Anselm Krug built its oven.\n",
    "island.txt": "\ufeff🦭 Seals 🦭 came back to the isle of Faro\u0308.\r\nThe cafe\u0301 at the pier was glad.\r\n",
}
PUBLISHERS = {"Harbour Herald", "Coast Gazette"}
DATES = [date(2024, 3, day) for day in range(4, 11)]


@dataclass(frozen=True)
class Index:
    catalogue: Catalogue
    vectors: VectorStore
    retriever: HybridRetriever

    def close(self) -> None:
        close_vectors(self.catalogue, self.vectors)
        self.catalogue.close()


def build(folder: Path, embedder: MiniLMEmbedder, articles: dict[str, str]) -> Index:
    """Index `articles` in the new folder `folder`."""
    (folder / "data").mkdir(parents=True)
    (folder / "articles").mkdir()
    for file, text in articles.items():
        (folder / "articles" / file).write_bytes(text.encode())
    catalogue = Catalogue(folder / "data" / CATALOGUE_FILE, embedder.name)
    vectors = open_vectors(catalogue, folder / "data")
    splitter = Splitter(embedder.count_tokens, max_tokens=30)
    Synchroniser(catalogue, vectors, embedder, splitter, SourceReader()).sync([Root(folder / "articles")])
    return Index(
        catalogue,
        vectors,
        HybridRetriever(catalogue, vectors, embedder, lexical_search(catalogue)),
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, embedder: MiniLMEmbedder) -> Iterator[Index]:
    built = build(tmp_path_factory.mktemp("index") / "one", embedder, ARTICLES)
    yield built
    built.close()


def files_found(index: Index, query: str, filters: Filters = Filters()) -> set[str]:
    return {passage.file for passage in index.retriever.search(query, top_k=50, filters=filters)}


@dataclass(frozen=True)
class Bed:
    """An embedder for whose every text the vector is the first axis."""

    name: str = "bed"

    def embed(self, texts: Sequence[str], on_progress: object = None) -> Vectors:
        return np.array([[1.0, 0.0]] * len(texts), dtype=np.float32)


@dataclass(frozen=True)
class FoundVectors:
    """A vector store that finds these ids, with these cosines, for every query."""

    cosines: Mapping[str, float]

    def search(self, vector: object, limit: int, filters: Filters) -> list[tuple[str, float]]:
        return sorted(self.cosines.items(), key=lambda pair: -pair[1])


@dataclass(frozen=True)
class FoundWords:
    """A word search that finds these ids, with these scores, for every query."""

    scores: Mapping[str, float]

    def search(self, query: str, limit: int, filters: Filters = Filters()) -> list[WordHit]:
        return sorted((WordHit(*pair) for pair in self.scores.items()), key=lambda hit: -hit.score)


@dataclass(frozen=True)
class Shelf:
    """A catalogue that knows these chunks, each with its cosine, and where they come from, in an order of its own."""

    cosines: Mapping[str, float]
    from_where: Mapping[str, tuple[str | None, date | None]] = field(default_factory=dict)

    @contextmanager
    def reading(self) -> Iterator[None]:
        yield

    def vectors_of(self, chunk_ids: Collection[str]) -> dict[str, Vectors]:
        return {
            chunk_id: np.array([cosine, (1 - cosine**2) ** 0.5], dtype=np.float32)
            for chunk_id, cosine in self.cosines.items()
            if chunk_id in chunk_ids
        }

    def publishers(self) -> list[str]:
        return sorted({publisher for publisher, _ in self.from_where.values() if publisher})

    def origins(self, chunk_ids: Collection[str]) -> dict[str, tuple[str | None, date | None]]:
        return {chunk_id: self.from_where.get(chunk_id, (None, None)) for chunk_id in chunk_ids}

    def passages(self, chunk_ids: Collection[str]) -> dict[str, Passage]:
        chunks = [Chunk(chunk_id, "article", 0, 0, 1, "x", ()) for chunk_id in self.cosines if chunk_id in chunk_ids]
        return {chunk.id: Passage(chunk, "a.txt", None, None, None, 0.0, None, None) for chunk in chunks}


def joined(
    query: str,
    words: Mapping[str, float],
    near: Mapping[str, float],
    shelf: Shelf | None = None,
) -> dict[str, float]:
    """Return chunk id -> score, best first, where both searches find just these; the shelf knows what is near."""
    parts = (shelf or Shelf(near), FoundVectors(near), Bed(), FoundWords(words))
    found = HybridRetriever(*parts).search(query, top_k=50)  # type: ignore[arg-type]
    return {passage.chunk.id: passage.score for passage in found}


class TestFinding:
    @pytest.mark.parametrize(
        ("query", "file"),
        [
            ("Who built the oven?", "bakery.txt"),
            ("Anselm Krug", "bakery.txt"),
            ("KETTERING", "bridge.md"),
            ("inspections of cables", "bridge.md"),
            ("goat", "fair.md"),
            ("café", "island.txt"),
            ("cafe", "island.txt"),
            ("seal", "island.txt"),
            ("When did Brandt’s engine room flood?", "ferry.md"),
        ],
    )
    def test_the_passage_with_the_words_comes_first(self, index: Index, query: str, file: str) -> None:
        first = index.retriever.search(query)[0]

        assert (first.file, first.lexical_rank) == (file, 1)

    @pytest.mark.parametrize(
        ("query", "file"),
        [
            ("ships at sea", "ferry.md"),
            ("corrosion", "bridge.md"),
            ("bread", "bakery.txt"),
            ("livestock procession", "fair.md"),
        ],
    )
    def test_a_passage_without_the_words_is_found_by_its_meaning(self, index: Index, query: str, file: str) -> None:
        first = index.retriever.search(query)[0]

        assert (first.file, first.dense_rank, first.lexical_rank) == (file, 1, None)

    def test_a_word_of_the_title_finds_the_passage(self, index: Index) -> None:
        assert index.retriever.search("Where do crossings resume?")[0].file == "ferry.md"

    def test_a_word_of_the_publisher_finds_its_passages(self, index: Index) -> None:
        found = index.retriever.search("Gazette", top_k=50)

        assert {passage.file for passage in found if passage.lexical_rank} == {"lighthouse.md", "mill.md"}

    def test_a_passage_carries_what_its_article_states(self, index: Index) -> None:
        first = index.retriever.search("rust in the cables")[0]

        assert (first.title, first.publisher, first.published) == (
            "Rust in the cables",
            "Harbour Herald",
            date(2024, 3, 9),
        )

    def test_every_passage_is_exactly_its_place_in_its_article(self, index: Index) -> None:
        for passage in index.retriever.search("seals and ferries", top_k=50):
            article = index.catalogue.article(passage.chunk.article_id)
            assert article is not None
            assert article.text[passage.chunk.start : passage.chunk.end] == passage.chunk.text

    @repeatable
    @given(
        query=st.text(max_size=60) | st.text(st.sampled_from("\"'()*:^-+.{}~ ANDORNEAR\x00\ud800ferry"), max_size=60)
    )
    def test_any_query_may_be_asked(self, index: Index, query: str) -> None:
        assert len(index.retriever.search(query, top_k=50)) >= len(ARTICLES)

    def test_a_long_query_of_many_words_may_be_asked(self, index: Index) -> None:
        query = " ".join(f"word{number}" for number in range(2_000)) + " goat"

        assert files_found(index, query) == set(ARTICLES)

    def test_an_empty_index_finds_nothing(self, tmp_path: Path, embedder: MiniLMEmbedder) -> None:
        empty = build(tmp_path / "empty", embedder, {})

        assert empty.retriever.search("ferry") == []
        empty.close()


SHORT = "ferry"
LONG = " ".join(f"word{number}" for number in range(40))
THREE_DAYS = {"a": ("Harbour Herald", date(2024, 3, 5)), "b": ("Coast Gazette", date(2024, 3, 6)), "c": (None, None)}
found_by = st.dictionaries(st.sampled_from("abcdefgh"), st.floats(0, 1, width=32), max_size=8)


class TestJoining:
    """How the scores of both searches become one."""

    def test_a_short_question_leans_on_vectors(self) -> None:
        assert next(iter(joined(SHORT, {"words": 1.0}, {"words": 0.1, "meaning": 0.9}))) == "meaning"

    def test_a_long_question_leans_on_words(self) -> None:
        assert next(iter(joined(LONG, {"words": 1.0}, {"words": 0.1, "meaning": 0.9}))) == "words"

    def test_the_best_of_both_searches_scores_1(self) -> None:
        assert joined(SHORT, {"a": 1.0}, {"a": 0.4, "b": 0.3})["a"] == 1

    @pytest.mark.parametrize(("words", "weight"), [(1, 1.2), (7, 1.2), (8, 1.0), (16, 0.25), (80, 0.01)], ids=str)
    def test_vectors_weigh_less_with_every_word_of_the_question(self, words: int, weight: float) -> None:
        query = " ".join(f"word{number}" for number in range(words))

        scores = joined(query, {"a": 0.5}, {"a": 0.2, "b": 0.8})

        assert scores["a"] == pytest.approx((0.5 + weight * 0.25) / (1 + weight), abs=1e-5)

    def test_a_passage_that_only_words_found_has_its_own_cosine(self) -> None:
        shelf = Shelf({"a": 0.8, "b": 0.4})

        scores = joined(SHORT, {"b": 1.0}, {"a": 0.8}, shelf)

        assert scores == pytest.approx({"b": (1 + 1.2 * 0.5) / 2.2, "a": 1.2 / 2.2}, abs=1e-5)

    def test_a_cosine_below_0_counts_as_0(self) -> None:
        assert joined(SHORT, {}, {"a": 0.5, "b": -0.5})["b"] == 0

    @pytest.mark.parametrize("known", ["ab", "ba"])
    def test_passages_of_equal_score_come_by_id(self, known: str) -> None:
        scores = joined(SHORT, dict.fromkeys(known, 0.5), {}, Shelf(dict.fromkeys(known, 0.5)))

        assert (list(scores), len(set(scores.values()))) == (["a", "b"], 1)

    @repeatable
    @given(words=found_by, near=found_by, query=st.sampled_from([SHORT, LONG, "", "Harbour Herald on 5 March 2024"]))
    def test_scores_lie_between_0_and_1_and_fall(
        self, words: dict[str, float], near: dict[str, float], query: str
    ) -> None:
        scores = list(joined(query, words, near, Shelf({**dict.fromkeys(words, 0.3), **near}, THREE_DAYS)).values())

        assert all(0 <= score <= 1 for score in scores)
        assert scores == sorted(scores, reverse=True)

    @repeatable
    @given(words=found_by, near=found_by, known=st.sets(st.sampled_from("abcdefgh")))
    def test_just_the_chunks_that_the_catalogue_knows_are_passages(
        self, words: dict[str, float], near: dict[str, float], known: set[str]
    ) -> None:
        scores = joined(SHORT, words, near, Shelf(dict.fromkeys(sorted(known), 0.5)))

        assert set(scores) == known & {*words, *near}

    def test_an_unknown_chunk_takes_nobody_s_place(self) -> None:
        assert joined(SHORT, {"gone": 1.0}, {"gone": 0.9, "a": 0.5}, Shelf({"a": 0.5})) == pytest.approx(
            {"a": 1.2 / 2.2}, abs=1e-5
        )

    def test_nothing_found_is_no_passage(self) -> None:
        assert joined(SHORT, {}, {}) == {}


class TestWhereAndWhen:
    """A publisher or a day that the question names lifts its passages."""

    def scores(self, query: str) -> dict[str, float]:
        """Return the scores of three passages, alike but for their publisher and day; each would score 0.5."""
        shelf = Shelf(dict.fromkeys("abcd", 0.5) | {"d": 1.0}, THREE_DAYS)
        return joined(query, dict.fromkeys("abc", 0.5), {"d": 1.0}, shelf)

    def test_a_question_that_names_neither_treats_all_alike(self) -> None:
        assert {self.scores("What froze?")[one] for one in "abc"} == {0.5}

    def test_a_named_publisher_s_passages_gain(self) -> None:
        scores = self.scores("What did the Harbour Herald say?")

        assert (scores["a"], scores["b"], scores["c"]) == pytest.approx((0.7, 0.5, 0.5))

    def test_passages_of_a_named_day_gain(self) -> None:
        scores = self.scores("What froze on 6 March 2024?")

        assert (scores["a"], scores["b"], scores["c"]) == pytest.approx((0.5, 0.65, 0.5))

    def test_a_day_without_its_year_is_named_too(self) -> None:
        assert self.scores("What froze on March 6th?")["b"] == pytest.approx(0.65)

    def test_a_passage_gains_for_both(self) -> None:
        assert self.scores("What did the Harbour Herald say on 5 March?")["a"] == pytest.approx(0.91)

    def test_two_named_days_gain_no_more_than_one(self) -> None:
        assert self.scores("What froze between March 6 and 2024-03-06?")["b"] == pytest.approx(0.65)

    def test_where_a_gain_leads_above_1_all_scores_are_scaled(self) -> None:
        shelf = Shelf({"a": 1.0, "b": 0.5}, THREE_DAYS)

        scores = joined("What did the Harbour Herald say?", {"a": 1.0, "b": 0.7}, {}, shelf)

        assert scores == pytest.approx({"a": 1.0, "b": (0.7 + 1.2 * 0.5) / 2.2 / 1.4}, abs=1e-5)

    def test_the_real_index_puts_the_named_publisher_s_passage_first(self, index: Index) -> None:
        first = {query: index.retriever.search(query)[0].publisher for query in ("harbour herald", "coast gazette")}

        assert first == {"harbour herald": "Harbour Herald", "coast gazette": "Coast Gazette"}


class TestOrder:
    @repeatable
    @given(words=st.lists(st.sampled_from(" ".join(ARTICLES.values()).split()), min_size=1, max_size=8))
    def test_the_best_comes_first_and_equals_by_id(self, index: Index, words: list[str]) -> None:
        found = index.retriever.search(" ".join(words), top_k=50)

        assert found == sorted(found, key=lambda passage: (-passage.score, passage.chunk.id))

    @repeatable
    @given(words=st.lists(st.sampled_from(" ".join(ARTICLES.values()).split()), min_size=1, max_size=8))
    def test_scores_lie_between_0_and_1(self, index: Index, words: list[str]) -> None:
        assert all(0 <= passage.score <= 1 for passage in index.retriever.search(" ".join(words), top_k=50))

    def test_no_passage_comes_twice(self, index: Index) -> None:
        ids = [passage.chunk.id for passage in index.retriever.search("the harbour and the mill", top_k=50)]

        assert len(ids) == len(set(ids))

    def test_the_ranks_of_each_search_count_from_one(self, index: Index) -> None:
        found = index.retriever.search("the ferry of the harbour", top_k=50)

        ranks = sorted(passage.dense_rank for passage in found if passage.dense_rank)
        assert ranks == list(range(1, len(found) + 1))

    def test_copies_come_in_the_order_of_their_ids(self, tmp_path: Path, embedder: MiniLMEmbedder) -> None:
        copies = build(
            tmp_path / "copies", embedder, {f"copy{number}.txt": ARTICLES["bakery.txt"] for number in range(6)}
        )

        found = copies.retriever.search("Who built the oven of the bakery?", top_k=50)

        copies.close()
        ids = [passage.chunk.id for passage in found]
        assert (len(ids), ids) == (6, sorted(ids))

    def test_two_indexes_of_the_same_articles_find_the_same(
        self, tmp_path: Path, index: Index, embedder: MiniLMEmbedder
    ) -> None:
        other = build(tmp_path / "other", embedder, dict(reversed(ARTICLES.items())))
        queries = ["ferry", "Who built the oven?", "corrosion of the cables", "goats and seals"]

        found = [other.retriever.search(query, top_k=50) for query in queries]

        other.close()
        assert found == [index.retriever.search(query, top_k=50) for query in queries]

    @pytest.mark.parametrize("top_k", [1, 3, 5])
    def test_no_more_come_than_are_asked_for(self, index: Index, top_k: int) -> None:
        everything = index.retriever.search("harbour", top_k=50)

        assert index.retriever.search("harbour", top_k=top_k) == everything[:top_k]


class TestFilters:
    @repeatable
    @given(
        first=st.sampled_from([None, *DATES]),
        last=st.sampled_from([None, *DATES]),
        publishers=st.sets(st.sampled_from([*sorted(PUBLISHERS), "Nobody's News", "harbour herald"])).map(tuple),
    )
    def test_exactly_the_articles_that_pass_are_searched(
        self, index: Index, first: date | None, last: date | None, publishers: tuple[str, ...]
    ) -> None:
        expected = {
            article.file
            for article, _ in index.catalogue.articles()
            if (not first or (article.published and article.published >= first))
            and (not last or (article.published and article.published <= last))
            and (not publishers or article.publisher in publishers)
        }

        assert files_found(index, "harbour", Filters(first, last, publishers)) == expected

    def test_dates_are_inclusive(self, index: Index) -> None:
        day = date(2024, 3, 9)

        assert files_found(index, "harbour", Filters(day, day)) == {"bridge.md", "fair.md"}

    def test_no_filter_searches_every_article(self, index: Index) -> None:
        assert files_found(index, "harbour") == set(ARTICLES)

    def test_an_empty_name_is_the_publisher_of_no_article(self, index: Index) -> None:
        assert files_found(index, "harbour", Filters(publishers=("",))) == set()

    def test_a_filter_keeps_passages_in_their_order(self, index: Index) -> None:
        everything = index.retriever.search("harbour ferry bridge", top_k=50)
        filtered = index.retriever.search("harbour ferry bridge", filters=Filters(publishers=("Harbour Herald",)))

        kept = [passage.chunk.id for passage in everything if passage.publisher == "Harbour Herald"]
        assert [passage.chunk.id for passage in filtered] == kept


class TestWithTheCatalogue:
    def test_a_vector_that_the_catalogue_does_not_know_is_no_passage(
        self, tmp_path: Path, embedder: MiniLMEmbedder
    ) -> None:
        stray = build(tmp_path / "stray", embedder, {"ferry.md": ARTICLES["ferry.md"]})
        (vector,) = embedder.embed(["ghost ship"])
        stray.vectors.upsert([VectorRecord("stray", np.asarray(vector), None, None)])

        found = stray.retriever.search("ghost ship")

        stray.close()
        assert {passage.file for passage in found} == {"ferry.md"}

    def test_the_catalogue_counts_every_stem_of_every_passage(self, index: Index) -> None:
        texts = [passage.chunk.text for passage in index.catalogue.passages(index.catalogue.chunk_ids()).values()]
        wanted = {stem for text in texts for stem in stems(text)}

        assert set(index.catalogue.document_frequencies(sorted(wanted))) == wanted

    def test_an_index_of_which_only_the_folder_moved_finds_the_same(
        self, tmp_path: Path, embedder: MiniLMEmbedder
    ) -> None:
        before = build(tmp_path / "before", embedder, ARTICLES)
        found = before.retriever.search("ferry", top_k=50)
        before.close()
        shutil.move(tmp_path / "before" / "data", tmp_path / "moved")

        catalogue = Catalogue(tmp_path / "moved" / CATALOGUE_FILE, embedder.name)
        vectors = open_vectors(catalogue, tmp_path / "moved")
        again = HybridRetriever(catalogue, vectors, embedder, lexical_search(catalogue)).search("ferry", top_k=50)

        close_vectors(catalogue, vectors)
        catalogue.close()
        assert again == found


def text_node(found: NodeWithScore) -> TextNode:
    assert isinstance(found.node, TextNode)
    return found.node


class TestAsALlamaIndexRetriever:
    def test_nodes_are_the_passages_in_order(self, index: Index) -> None:
        nodes = index.retriever.retrieve("Who built the oven?")

        passages = index.retriever.search("Who built the oven?")
        assert [(one.node.node_id, one.score) for one in nodes] == [(one.chunk.id, one.score) for one in passages]

    def test_nodes_may_be_awaited(self, index: Index) -> None:
        nodes = asyncio.run(index.retriever.aretrieve("Who built the oven?"))

        assert [one.node.node_id for one in nodes] == [
            one.node.node_id for one in index.retriever.retrieve("Who built the oven?")
        ]

    def test_a_node_carries_its_exact_place(self, index: Index) -> None:
        for found in index.retriever.retrieve("seals on the island"):
            node = text_node(found)
            article = index.catalogue.article(node.metadata["article_id"])
            assert article is not None
            assert article.text[node.start_char_idx : node.end_char_idx] == node.text

    def test_a_node_says_where_it_is_from(self, index: Index) -> None:
        node = text_node(index.retriever.retrieve("Kettering bridge")[0])

        del node.metadata["article_id"]
        assert node.metadata == {
            "file": "bridge.md",
            "title": "Rust in the cables",
            "publisher": "Harbour Herald",
            "published": "2024-03-09",
        }

    def test_what_an_article_does_not_state_is_none(self, index: Index) -> None:
        node = text_node(index.retriever.retrieve("Anselm Krug")[0])

        assert (node.metadata["title"], node.metadata["publisher"], node.metadata["published"]) == (None, None, None)
