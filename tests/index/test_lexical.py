"""Search by words: what it finds, how it scores, and that what it keeps is never out of date."""

import string
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue import Catalogue
from index.clauses import clauses
from index.lexical import SPELLING_WEIGHT, WordHit
from index.postings import PostingLists
from index.records import Filters
from index.schema import CATALOGUE_FILE
from index.words import content_words
from tests.index.parts import OpenIndex, lexical_search, put

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=30)

# Words of which none is spelt like another, and none is a stop word.
WORDS = "anchor beacon copper dragon ember fjord garnet harbour island jetty lantern mackerel".split()
DATES = [date(2024, 3, day) for day in range(4, 8)]
SPELLINGS = [("Zelensky", "Zelenskyy"), ("Sergei", "Sergey"), ("Kiev", "Kyiv"), ("Muhammad", "Mohammad")]
# Ten thousand words of letters alone, none of which any article holds.
UNKNOWN = ["q" + "".join(letters) for letters in product(string.ascii_lowercase, repeat=4)][:200_000:20]

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(" ".join)
queries = st.lists(st.sampled_from([*WORDS, *WORDS, ",", "while", "the", "unheard4"]), max_size=12).map(" ".join)
filters = st.builds(
    Filters,
    st.sampled_from([None, *DATES]),
    st.sampled_from([None, *DATES]),
    st.lists(st.sampled_from(["Herald", "Gazette", "Nobody"]), max_size=2).map(tuple),
)


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    """A catalogue without articles."""
    made = Catalogue(tmp_path / CATALOGUE_FILE, "model")
    yield made
    made.close()


@pytest.fixture
def found(catalogue: Catalogue) -> Callable[..., list[str]]:
    """Puts texts into the catalogue under the names "0", "1", ..., and returns the names that a query finds in them."""

    def find(query: str, *articles: str) -> list[str]:
        for number, text in enumerate(articles):
            put(catalogue, str(number), text)
        return [hit.chunk_id for hit in lexical_search(catalogue).search(query, 1_000)]

    return find


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Catalogue]:
    """Forty articles of few words, of two publishers or none, and of four days or none."""
    made = Catalogue(tmp_path_factory.mktemp("library") / CATALOGUE_FILE, "model")
    for number in range(40):
        words = [WORDS[number * step % len(WORDS)] for step in range(1, 2 + number % 7)]
        publisher = [None, "Herald", "Gazette"][number % 3]
        put(made, f"article {number}", " ".join(words), publisher, [None, *DATES][number % 5])
    yield made
    made.close()


def names_within(catalogue: Catalogue, chosen: Filters) -> set[str]:
    """Return the articles that filters let through, article by article."""
    return {
        article.id
        for article, _ in catalogue.articles()
        if (not chosen.published_from or (article.published and article.published >= chosen.published_from))
        and (not chosen.published_to or (article.published and article.published <= chosen.published_to))
        and (not chosen.publishers or article.publisher in chosen.publishers)
    }


def scores_by_hand(catalogue: Catalogue, query: str, chosen: Filters = Filters()) -> dict[str, float]:
    """Return chunk id -> score by the formula, one passage at a time; for queries without names."""
    within = names_within(catalogue, chosen)

    def summed(words: Sequence[str]) -> dict[str, float]:
        total: dict[str, float] = {}
        for word in words:
            rows, scores = PostingLists(catalogue).of_word(word)
            ids = catalogue.chunk_ids_of(rows.tolist())
            for row, score in zip(rows.tolist(), scores.tolist(), strict=True):
                if ids[row] in within:
                    total[ids[row]] = total.get(ids[row], 0.0) + score
        best = max(total.values(), default=1.0)
        return {chunk_id: score / best for chunk_id, score in total.items()}

    parts = [summed(words) for words in clauses(query)]
    whole = summed(content_words(query))
    joined = {
        chunk_id: score + max((part.get(chunk_id, 0.0) for part in parts), default=0.0)
        for chunk_id, score in whole.items()
    }
    best = max(joined.values(), default=1.0)
    return {chunk_id: score / best for chunk_id, score in joined.items()}


class TestScores:
    @repeatable
    @given(query=queries, chosen=st.just(Filters()) | filters)
    def test_they_are_the_sum_over_the_words_and_the_best_clause(
        self, library: Catalogue, query: str, chosen: Filters
    ) -> None:
        hits = lexical_search(library).search(query, 1_000, chosen)

        expected = scores_by_hand(library, query, chosen)
        assert {hit.chunk_id: hit.score for hit in hits} == pytest.approx(expected, abs=1e-5)

    @repeatable
    @given(query=queries, chosen=filters)
    def test_they_fall_from_1_and_equals_come_by_id(self, library: Catalogue, query: str, chosen: Filters) -> None:
        hits = lexical_search(library).search(query, 1_000, chosen)

        assert hits == sorted(hits, key=lambda hit: (-hit.score, hit.chunk_id))
        assert [hit.score for hit in hits[:1]] in ([], [1.0])
        assert all(0 <= hit.score <= 1 for hit in hits)

    @repeatable
    @given(query=queries, limit=st.integers(0, 50))
    def test_a_limit_keeps_the_first(self, library: Catalogue, query: str, limit: int) -> None:
        search = lexical_search(library)

        assert search.search(query, limit) == search.search(query, 1_000)[:limit]

    def test_copies_come_by_id_whatever_the_limit(self, catalogue: Catalogue) -> None:
        for name in "dbeac":
            put(catalogue, name, "The ferry sailed.")

        assert lexical_search(catalogue).search("ferry", 2) == [
            WordHit("a", 1.0),
            WordHit("b", 1.0),
        ]

    def test_a_rare_word_counts_more_than_a_frequent_one(self, found: Callable[..., list[str]]) -> None:
        others = ["A ferry came."] * 5
        assert found("ferry lamp", "A ferry left.", "A lamp left.", *others)[0] == "1"

    def test_a_passage_for_each_clause_comes_before_a_second_one_for_either(
        self, found: Callable[..., list[str]]
    ) -> None:
        ferry = "the ferry left Sundholm harbour with nine goats aboard"
        articles = [f"{ferry} today", f"{ferry} on Monday", "the lamp of Ravnsund", *["the spring fair of Quillon"] * 5]

        first = found(f"Did {ferry}, while Ravnsund sold its lamp?", *articles)[:3]

        assert set(first) == {"0", "1", "2"}

    def test_words_in_most_passages_are_left_out_where_a_question_has_others(
        self, found: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("index.lexical._COMMON", 2)

        assert found("ferry lamp", "A ferry.", "A ferry left.", "A ferry came.", "A lamp.") == ["3"]

    def test_a_question_of_such_words_alone_keeps_them(
        self, found: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("index.lexical._COMMON", 2)

        assert found("ferry", "A ferry.", "A ferry.", "A ferry.") == ["0", "1", "2"]

    def test_the_rarest_are_searched_with_until_there_is_too_much_to_read(
        self, found: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("index.lexical._READ", 3)

        articles = ["A ferry.", "A ferry.", "A ferry.", "A lamp.", "A lamp.", "A goat."]

        assert set(found("ferry goat lamp", *articles)) == {"3", "4", "5"}

    def test_the_rarest_is_searched_with_however_much_there_is_to_read(
        self, found: Callable[..., list[str]], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("index.lexical._READ", 1)

        assert set(found("ferry lamp", "A ferry.", "A ferry.", "A ferry.", "A lamp.", "A lamp.")) == {"3", "4"}


class TestNames:
    @pytest.mark.parametrize(("one", "other"), [*SPELLINGS, *[(other, one) for one, other in SPELLINGS]])
    def test_a_name_is_found_in_another_spelling(self, found: Callable[..., list[str]], one: str, other: str) -> None:
        assert found(f"What did {one} say?", f"{other} spoke.", "A goat spoke.") == ["0"]

    @pytest.mark.parametrize(("one", "other"), SPELLINGS)
    def test_a_question_without_capitals_finds_it_too(
        self, found: Callable[..., list[str]], one: str, other: str
    ) -> None:
        articles = [f"{other} spoke.", f"{one} slept.", "A goat spoke."]

        assert set(found(one.lower(), *articles)) == {"0", "1"}

    def test_the_spelling_of_the_question_comes_first(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "Zelenskyy spoke.")
        put(catalogue, "b", "Zelensky spoke.")

        scores = {hit.chunk_id: hit.score for hit in lexical_search(catalogue).search("Zelensky", 10)}

        assert scores == pytest.approx({"b": 1.0, "a": SPELLING_WEIGHT}, abs=1e-5)

    def test_it_comes_first_too_where_the_other_is_rarer(self, catalogue: Catalogue) -> None:
        for number in range(40):
            put(catalogue, f"{number}", "Zelensky spoke." if number < 10 else "The goat slept.")
        put(catalogue, "rare", "Zelenskyy spoke.")

        assert lexical_search(catalogue).search("Zelensky", 100)[-1].chunk_id == "rare"

    def test_a_passage_with_both_spellings_counts_once_by_the_better(self, catalogue: Catalogue) -> None:
        put(catalogue, "both", "Zelensky spoke, Zelenskyy slept there.")
        put(catalogue, "one", "Zelensky spoke, the goat slept.")

        assert {hit.score for hit in lexical_search(catalogue).search("Zelensky", 10)} == {1.0}

    def test_a_known_ordinary_word_has_no_other_spelling(self, found: Callable[..., list[str]]) -> None:
        assert found("Which farm burned in Tarn?", "A farm burned.", "A form was filled in.") == ["0"]

    def test_the_title_and_the_publisher_teach_spellings_too(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "A goat spoke.", publisher="Kyiv Herald")

        assert [hit.chunk_id for hit in lexical_search(catalogue).search("Kiev", 10)] == ["a"]

    def test_a_short_name_has_no_other_spelling(self, found: Callable[..., list[str]]) -> None:
        assert found("Eli", "Ali spoke.") == []

    def test_an_accent_makes_no_other_name(self, found: Callable[..., list[str]]) -> None:
        assert found("Erdogan", "Erdoğan spoke.", "Erdogan spoke.") == ["0", "1"]


class TestSlips:
    @pytest.mark.parametrize(
        "typed",
        [
            "minsterial",  # left out
            "minnisterial",  # doubled
            "menisterial",  # exchanged
            "miinsterial",  # swapped
            "Minsterial",
        ],
    )
    def test_an_unknown_word_finds_the_nearest_known_one(self, found: Callable[..., list[str]], typed: str) -> None:
        assert found(f"the {typed} meeting", "A ministerial talk.", "A goat.") == ["0"]

    @pytest.mark.parametrize("at", range(7))
    def test_two_letters_may_be_swapped_anywhere(self, found: Callable[..., list[str]], at: int) -> None:
        word = "ravnsund"
        typed = word[:at] + word[at + 1] + word[at] + word[at + 2 :]

        assert found(f"the {typed}", "The ravnsund lamp.", "A goat.") == ["0"]

    @pytest.mark.parametrize("word", ["Louise", "Denise", "Reese", "Quillon", "Hughes", "Charlotte", "Agreed"])
    def test_a_word_whose_stem_has_a_stem_of_its_own_is_found(self, found: Callable[..., list[str]], word: str) -> None:
        typed = word[:-2] + "x" + word[-2:]

        assert found(f"the {typed.lower()} affair", f"{word} spoke.", "A goat slept.") == ["0"]

    def test_a_known_word_is_never_corrected(self, found: Callable[..., list[str]]) -> None:
        assert found("the boat", "A boat left.", "A goat left.") == ["0"]

    @pytest.mark.parametrize("number", ["2024", "20235", "2003", "1.500", "covid19"])
    def test_a_number_is_like_no_other(self, found: Callable[..., list[str]], number: str) -> None:
        assert found(number, "In 2023 and 20234.", "It cost 1,501 or 1.501.", "A covid18 case.") == []

    def test_a_word_that_sounds_like_a_known_one_is_not_corrected_to_another(
        self, found: Callable[..., list[str]]
    ) -> None:
        assert found("Kyev", "Kyiv froze.", "Kyel froze.") == ["0"]

    def test_a_removed_article_s_words_are_no_dead_end(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "A lighthouse.")
        put(catalogue, "b", "A goat.")
        catalogue.remove(["a"])

        assert lexical_search(catalogue).search("lighthuose", 10) == []


class TestFilters:
    @repeatable
    @given(query=queries, chosen=filters)
    def test_just_the_passages_that_pass_are_found(self, library: Catalogue, query: str, chosen: Filters) -> None:
        search = lexical_search(library)

        everything = {hit.chunk_id for hit in search.search(query, 1_000)}
        passing = {hit.chunk_id for hit in search.search(query, 1_000, chosen)}
        assert passing == everything & names_within(library, chosen)

    def test_one_that_lets_nothing_through_finds_nothing(self, library: Catalogue) -> None:
        assert lexical_search(library).search("anchor", 10, Filters(publishers=("Nobody",))) == []

    def test_the_best_that_passes_scores_1(self, library: Catalogue) -> None:
        hits = lexical_search(library).search("garnet ember", 10, Filters(publishers=("Gazette",)))

        assert hits[0].score == 1


class TestOddQueries:
    @pytest.mark.parametrize(
        "query", ["", " ", "\n\t ", "?!", "…“”", "👍", "\x00", "\ud800", '"', "*", "( )", "_", "^:-+"]
    )
    def test_one_without_words_finds_nothing(self, library: Catalogue, query: str) -> None:
        assert lexical_search(library).search(query, 10) == []

    @pytest.mark.parametrize(
        "query",
        [
            *('"ember" AND', '"ember', "ember*", "text:ember", "NEAR(ember)", "^ember", "{text}: ember", "-ember"),
            *("NOT ember", "ember'; DROP TABLE chunks; --", "ember\x00", "\ud800 ember \udfff", "(ember OR", "+ember"),
        ],
    )
    def test_signs_and_operators_are_no_query_language(self, library: Catalogue, query: str) -> None:
        search = lexical_search(library)

        assert {hit.chunk_id for hit in search.search(query, 1_000)} == {
            hit.chunk_id for hit in search.search("ember", 1_000)
        }

    @repeatable
    @given(
        query=st.text(max_size=60) | st.text(st.sampled_from("\"'()*:^-+.{}~ ANDORNEAR\x00\ud800ember²ⅷ"), max_size=60)
    )
    def test_any_may_be_asked(self, library: Catalogue, query: str) -> None:
        assert all(0 <= hit.score <= 1 for hit in lexical_search(library).search(query, 10))

    @pytest.mark.parametrize(
        "words",
        [UNKNOWN, [f"{number}th" for number in range(10_000)], WORDS * 800, ["A, b c d e,"] * 2_000],
        ids=["unknown words", "numbers", "known words", "clauses"],
    )
    def test_ten_thousand_words_may_be_asked(self, library: Catalogue, words: list[str]) -> None:
        search = lexical_search(library)

        found = {hit.chunk_id for hit in search.search(" ".join([*words, "ember"]), 1_000)}

        assert found >= {hit.chunk_id for hit in search.search("ember", 1_000)}

    def test_a_word_of_ten_thousand_letters_may_be_asked(self, library: Catalogue) -> None:
        assert lexical_search(library).search("e" * 10_000, 10) == []

    @pytest.mark.parametrize("query", ["", "ember", "Kyiv", "ferry, while nine old goats slept, the lamp went dark"])
    def test_a_catalogue_without_articles_has_nothing(self, catalogue: Catalogue, query: str) -> None:
        assert lexical_search(catalogue).search(query, 10) == []


class TestKeptPostings:
    @settings(repeatable, max_examples=12)
    @given(
        changes=st.lists(st.tuples(st.sampled_from("abc"), st.none() | texts), min_size=1, max_size=6), query=queries
    )
    def test_after_each_change_the_result_is_that_of_a_fresh_search(
        self, tmp_path_factory: pytest.TempPathFactory, changes: list[tuple[str, str | None]], query: str
    ) -> None:
        catalogue = Catalogue(tmp_path_factory.mktemp("changes") / CATALOGUE_FILE, "model")
        kept = lexical_search(catalogue)
        for name, text in changes:
            if text is None:
                catalogue.remove([name])
            else:
                put(catalogue, name, text)

            assert kept.search(query, 100) == lexical_search(catalogue).search(query, 100)
        catalogue.close()

    def test_a_sync_between_two_searches_is_seen(self, opened: Callable[[], OpenIndex], articles: Path) -> None:
        index = opened()
        index.sync()
        search = lexical_search(index.catalogue)
        before = search.search("goats harbour", 10)
        (articles / "mayor.txt").write_text("Goats walked through the harbour.", encoding="utf-8")
        index.sync()

        after = search.search("goats harbour", 10)

        assert (len(before), len(after)) == (1, 2)

    def test_a_reader_of_an_earlier_state_finds_what_stood_there(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "A ferry.")
        search = lexical_search(catalogue)

        def change_and_search() -> None:
            put(catalogue, "b", "A ferry.")
            assert len(search.search("ferry", 10)) == 2

        with catalogue.reading(), ThreadPoolExecutor(1) as other:
            before = search.search("ferry", 10)
            other.submit(change_and_search).result()
            again = search.search("ferry", 10)

        assert before == again == [WordHit("a", 1.0)]
        assert len(search.search("ferry", 10)) == 2


class TestThreads:
    def test_many_threads_find_what_one_finds(self, library: Catalogue) -> None:
        shared = lexical_search(library, 20)  # so that they push each other's words out
        asked = [f"{one} {other}" for one in WORDS[:6] for other in WORDS[6:]]
        with ThreadPoolExecutor(8) as threads:
            found = list(threads.map(lambda query: shared.search(query, 100), asked * 3))

        assert found == [lexical_search(library).search(query, 100) for query in asked] * 3

    def test_while_articles_change_each_search_finds_a_state_that_was(self, catalogue: Catalogue) -> None:
        put(catalogue, "a", "ferry harbour")
        states = {("a",), ("a", "b")}
        shared, done = lexical_search(catalogue), threading.Event()

        def ask() -> set[tuple[str, ...]]:
            found = set()
            while not done.is_set():
                found.add(tuple(hit.chunk_id for hit in shared.search("ferry harbour", 10)))
            return found

        with ThreadPoolExecutor(4) as threads:
            asking = [threads.submit(ask) for _ in range(4)]
            try:
                for _ in range(15):
                    put(catalogue, "b", "ferry harbour")
                    catalogue.remove(["b"])
            finally:
                done.set()
            found = set().union(*(each.result() for each in asking))

        assert found <= states
        assert shared.search("ferry harbour", 10) == [WordHit("a", 1.0)]


class TestCounts:
    def test_what_was_counted_is_counted_anew_when_articles_change(self, catalogue: Catalogue) -> None:
        put(catalogue, "first", "anchor")
        search = lexical_search(catalogue)
        search.search("beacon", 10)

        put(catalogue, "second", "beacon")

        assert len(search.search("beacon", 10)) == 1
