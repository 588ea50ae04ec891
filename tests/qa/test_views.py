"""Sides become views with exact quotes, ordered by support, and one plain sentence tells how they differ."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Passage, Span
from qa.citations import CitationLedger
from qa.comparison import Side
from qa.findings import Finding
from qa.records import View
from qa.views import MOST_VIEWS, Differences, independent, stated
from tests.qa.doubles import Shelf
from tests.qa.repeatable import with_fixtures

Put = Callable[..., Passage]
Found = Callable[..., Finding]

WIRE = "The ferry to Sundholm will sail on 4 August after a storm had closed the harbour for nine long days."
OWN = [
    "Then " + " ".join(f"{letter}{number}" for number in range(80)) for letter in "abc"
]  # so long that no copies are seen
MARCH_21, MARCH_22 = date(2024, 3, 21), date(2024, 3, 22)


@pytest.fixture
def found(put: Put, shelf: Shelf) -> Found:
    """Puts an article on the shelf, and returns what its first sentence says in these words."""

    def find(text: str, answer: str, published: date | None = None, publisher: str | None = None) -> Finding:
        file = f"{len(shelf.articles)}.txt"
        passage = replace(put(text, file, publisher), published=published)
        shelf.articles[file] = replace(shelf.articles[file], published=published)
        start = text.index(answer)
        return Finding(passage, passage.chunk.sentences[0], Span(start, start + len(answer)), 0.9)

    return find


def differences(shelf: Shelf, *sides: Sequence[Finding]) -> Differences:
    return Differences.of([Side(tuple(one)) for one in sides], shelf.sketches(shelf.articles))


def views(shelf: Shelf, *sides: Sequence[Finding]) -> tuple[View, ...]:
    return differences(shelf, *sides).views(CitationLedger(shelf))


def note(shelf: Shelf, *sides: Sequence[Finding]) -> str | None:
    made = differences(shelf, *sides)
    return made.note(made.views(CitationLedger(shelf)))


class TestViews:
    def test_each_side_has_one_in_its_own_words(self, shelf: Shelf, found: Found) -> None:
        made = views(shelf, [found("It sank in May.", "May")], [found("It sank in June.", "June")])

        assert [one.answer for one in made] == ["May", "June"]

    def test_each_article_of_a_side_is_quoted_exactly(self, shelf: Shelf, found: Found) -> None:
        two = [found("It sank in May. Nobody died.", "May"), found("\n🦭 It sank in May.", "May")]

        one, _ = views(shelf, two, [found("It sank in June.", "June")])

        assert [(c.file, c.quote) for c in one.citations] == [
            ("0.txt", "It sank in May."),
            ("1.txt", "🦭 It sank in May."),
        ]
        assert all(shelf.articles[c.article_id].text[c.start : c.end] == c.quote for c in one.citations)

    def test_publishers_and_days_are_told_once(self, shelf: Shelf, found: Found) -> None:
        side = [
            found("It sank in May.", "May", MARCH_22, "Coast Gazette"),
            found("In May it sank.", "May", MARCH_21, "Harbour Herald"),
            found("It sank, in May.", "May", MARCH_22, "Coast Gazette"),
            found("May: it sank.", "May"),
        ]

        one, _ = views(shelf, side, [found("It sank in June.", "June")])

        assert one.publishers == ("Coast Gazette", "Harbour Herald")
        assert one.published == (MARCH_21, MARCH_22)

    def test_one_side_alone_is_no_view(self, shelf: Shelf, found: Found) -> None:
        assert views(shelf, [found("It sank in May.", "May")]) == ()

    def test_no_sides_are_no_views(self, shelf: Shelf) -> None:
        assert (views(shelf), note(shelf)) == ((), None)

    def test_an_article_that_contradicts_itself_has_two(self, shelf: Shelf, found: Found) -> None:
        may = found("It sank in May. It sank in June.", "May")
        june = replace(may, sentence=may.passage.chunk.sentences[1], span=Span(27, 31))

        assert [(one.answer, one.articles) for one in views(shelf, [may], [june])] == [("May", 1), ("June", 1)]

    def test_words_that_the_article_no_longer_holds_are_no_view(self, shelf: Shelf, found: Found) -> None:
        sides = [found("It sank in May.", "May")], [found("It sank in June.", "June")]
        shelf.articles["1.txt"] = replace(shelf.articles["1.txt"], text="Nothing happened.")

        assert (views(shelf, *sides), note(shelf, *sides)) == ((), None)

    def test_nor_are_those_of_an_article_that_is_gone(self, shelf: Shelf, found: Found) -> None:
        sides = [found("It sank in May.", "May")], [found("It sank in June.", "June")]
        del shelf.articles["1.txt"]

        assert views(shelf, *sides) == ()


class TestOrder:
    def test_more_articles_come_first(self, shelf: Shelf, found: Found) -> None:
        june = [found("It sank in June.", "June"), found("In June it sank.", "June")]

        assert [one.answer for one in views(shelf, [found("It sank in May.", "May")], june)] == ["June", "May"]

    def test_but_independent_ones_before_many(self, shelf: Shelf, found: Found) -> None:
        copies = [found(WIRE, "4 August") for _ in range(3)]
        two = [found("The ferry sails on 5 August.", "5 August"), found("On 5 August it sails.", "5 August")]

        assert [one.answer for one in views(shelf, copies, two)] == ["5 August", "4 August"]

    def test_of_other_days_the_newest_is_first_whatever_its_support(self, shelf: Shelf, found: Found) -> None:
        may = [found("It sank in May.", "May", MARCH_21), found("May it was.", "May", MARCH_21)]
        june = found("It sank in June.", "June", MARCH_22)

        assert [one.answer for one in views(shelf, may, [june])] == ["June", "May"]
        assert note(shelf, may, [june]) == (
            "The articles differ, the newest first: "
            "“June” (22 March 2024, 1 article), “May” (21 March 2024, 2 articles)."
        )

    def test_with_equal_support_and_days_between_the_earlier_is_first(self, shelf: Shelf, found: Found) -> None:
        may = [found("It sank in May.", "May", MARCH_22), found("May it was.", "May", MARCH_22)]
        june = [found("It sank in June.", "June", MARCH_21), found("June it was.", "June", MARCH_22)]

        assert [one.answer for one in views(shelf, may, june)] == ["June", "May"]

    def test_without_a_date_it_is_behind_those_with_one(self, shelf: Shelf, found: Found) -> None:
        may, june = found("It sank in May.", "May"), found("It sank in June.", "June", MARCH_21)

        assert [one.answer for one in views(shelf, [may], [june])] == ["June", "May"]

    @with_fixtures
    @given(data=st.data())
    def test_the_order_given_does_not_matter(self, shelf: Shelf, found: Found, data: st.DataObject) -> None:
        shelf.articles.clear()
        days = [date(2024, 3, day) for day in range(1, 5)]
        sides = [[found(f"It sank on {day.isoformat()}.", day.isoformat(), day)] * (day.day % 2 + 1) for day in days]

        turned = data.draw(st.permutations(sides))

        assert differences(shelf, *turned).sides == differences(shelf, *sides).sides


class TestIndependence:
    def count(self, shelf: Shelf, *findings: Finding) -> int:
        return independent([(one.article_id, one.words) for one in findings], shelf.sketches(shelf.articles))

    def test_two_articles_with_the_same_text_count_once(self, shelf: Shelf, found: Found) -> None:
        assert self.count(shelf, found(WIRE, "4 August"), found(WIRE, "4 August")) == 1

    def test_a_sentence_word_for_word_counts_once(self, shelf: Shelf, found: Found) -> None:
        one = found(f"{WIRE} {OWN[0]}", "4 August")
        other = found(f"{WIRE} {OWN[1]}", "4 August")

        assert self.count(shelf, one, other) == 1

    def test_layout_does_not_matter_to_it(self, shelf: Shelf, found: Found) -> None:
        one = found(f"{WIRE} {OWN[0]}", "4 August")
        other = found(f"{WIRE.replace(' storm', '   storm')} {OWN[1]}", "4 August")

        assert self.count(shelf, one, other) == 1

    def test_a_short_sentence_is_the_same_by_chance(self, shelf: Shelf, found: Found) -> None:
        one = found("It sank in May. Nobody of the crew of nine came to the pier.", "May")
        other = found("It sank in May. A dog that nobody knew was on board and swam.", "May")

        assert self.count(shelf, one, other) == 2

    def test_copies_of_two_reports_join_where_a_third_has_the_words_of_both(self, shelf: Shelf, found: Found) -> None:
        one = found(f"{WIRE} {OWN[0]}", "4 August")
        other = found(f"{WIRE} {OWN[1]}", "4 August")
        third = found(f"{WIRE} {OWN[2]}", "4 August")

        assert self.count(shelf, one, other, third) == 1

    @with_fixtures
    @given(
        chosen=st.lists(st.sampled_from([WIRE, "It sails on 4 August.", "The 4 August it is."]), min_size=1, max_size=5)
    )
    def test_there_are_never_more_than_articles(self, shelf: Shelf, found: Found, chosen: list[str]) -> None:
        shelf.articles.clear()
        findings = [found(text, "4 August") for text in chosen]

        assert len(set(chosen)) >= self.count(shelf, *findings) >= 1

    def test_a_view_tells_both_numbers(self, shelf: Shelf, found: Found) -> None:
        copies = [found(WIRE, "4 August"), found(WIRE, "4 August"), found("On 4 August it sails.", "4 August")]

        one, _ = views(shelf, copies, [found("It sails on 5 August.", "5 August")])

        assert (one.articles, one.independent) == (3, 2)


class TestSpeakers:
    def test_what_is_only_claimed_has_its_speaker(self, shelf: Shelf, found: Found) -> None:
        claimed = found("A harbour official described the call as productive.", "productive")

        one, other = views(shelf, [claimed], [found("The call was difficult.", "difficult")])

        assert (one.speaker, other.speaker) == ("A harbour official", None)

    def test_what_one_article_says_as_its_own_has_none(self, shelf: Shelf, found: Found) -> None:
        side = [found("Ilse Brandt said that it sank in May.", "May"), found("It sank in May.", "May")]

        one, _ = views(shelf, side, [found("It sank in June.", "June")])

        assert one.speaker is None


class TestNotes:
    def test_both_sides_are_told_with_their_support(self, shelf: Shelf, found: Found) -> None:
        copies = [found(WIRE, "4 August"), found(WIRE, "4 August")]
        two = [found("The ferry sails on 5 August.", "5 August"), found("On 5 August it sails.", "5 August")]

        assert note(shelf, two, copies, [found("It sails on the 6th.", "6th")]) == (
            "The articles differ: “5 August” (2 articles), “4 August” (2 articles, 1 independent), “6th” (1 article)."
        )

    def test_of_fifty_answers_the_best_supported_are_told_and_all_are_counted(self, shelf: Shelf, found: Found) -> None:
        sides = [[found(f"It cost {number}00 crowns.", f"{number}00 crowns")] for number in range(1, 51)]
        sides[30] += [found("The price: 3100 crowns.", "3100 crowns")]

        told = note(shelf, *sides)

        assert told is not None
        assert told.startswith(
            "The articles give 50 different answers; these have most support: “3100 crowns” (2 articles)"
        )
        assert told.count("“") == MOST_VIEWS == 5

    def test_of_fifty_answers_a_few_are_views(self, shelf: Shelf, found: Found) -> None:
        sides = [[found(f"It cost {number}00 crowns.", f"{number}00 crowns")] for number in range(1, 51)]

        assert len(views(shelf, *sides)) == MOST_VIEWS

    def test_a_long_answer_is_cut_between_words(self, shelf: Shelf, found: Found) -> None:
        long = "a very long answer of many words " * 5
        told = note(shelf, [found(f"It is {long.strip()}.", long.strip())], [found("It is red.", "red")])

        assert told is not None
        assert "a very long answer of many words a very long answer of many words a very long …” (1 article)" in told

    def test_blanks_in_an_answer_are_one(self, shelf: Shelf, found: Found) -> None:
        told = note(shelf, [found("It sank in late   May.", "late   May")], [found("It sank in June.", "June")])

        assert told is not None
        assert "“late May”" in told


class TestUpdates:
    def of(self, shelf: Shelf, found: Found, earlier: date | None, later: date | None, says: str) -> Differences:
        return differences(shelf, [found("The fire killed 12 people.", "12", earlier)], [found(says, "19", later)])

    @pytest.mark.parametrize(
        "says",
        [
            "The fire has now killed 19 people.",
            "The ministry corrected the number to 19.",
            "The toll of the fire has risen to 19.",
            "The toll of the fire rose to 19.",
            "The toll is 19, up from 12.",
            "The fire killed 19 people, not 12 as earlier reported.",
            "The fire killed 19 people; the police had previously said 12.",
        ],
    )
    def test_a_later_article_that_says_so_itself_updates(self, shelf: Shelf, found: Found, says: str) -> None:
        made = self.of(shelf, found, MARCH_21, MARCH_22, says)

        assert made.updated
        assert made.sides[0].answer == "19"

    @pytest.mark.parametrize(
        "says",
        [
            "Officials had earlier estimated 12; it is 19.",
            "Earlier reports had put it at 12, but it is 19.",
            "It is 19, although 12 had earlier been counted.",
        ],
    )
    def test_so_does_one_that_says_what_had_been_known_earlier(self, shelf: Shelf, found: Found, says: str) -> None:
        assert self.of(shelf, found, MARCH_21, MARCH_22, says).updated

    @pytest.mark.parametrize(
        "says",
        [
            "The fire killed 19 people when a wall fell.",
            "Smoke rose as the fire killed 19 people.",
            "Prices rose 19 percent.",
        ],
    )
    def test_what_rises_or_falls_otherwise_does_not(self, shelf: Shelf, found: Found, says: str) -> None:
        assert not self.of(shelf, found, MARCH_21, MARCH_22, says).updated

    def test_an_update_is_told_without_views(self, shelf: Shelf, found: Found) -> None:
        made = self.of(shelf, found, MARCH_21, MARCH_22, "The fire has now killed 19 people.")

        assert made.views(CitationLedger(shelf)) == ()
        assert made.note(()) == "A later article says that this has changed."

    def test_a_later_date_alone_hides_no_side(self, shelf: Shelf, found: Found) -> None:
        postponed = found("The meeting was postponed.", "postponed", MARCH_21)
        cancelled = found("The meeting was cancelled.", "cancelled", MARCH_22)

        assert [one.answer for one in views(shelf, [postponed], [cancelled])] == ["cancelled", "postponed"]

    @pytest.mark.parametrize(
        ("earlier", "later"),
        [(MARCH_22, MARCH_21), (MARCH_21, MARCH_21), (None, MARCH_22), (MARCH_21, None), (None, None)],
    )
    def test_one_that_is_not_known_to_be_later_is_no_update(
        self, shelf: Shelf, found: Found, earlier: date | None, later: date | None
    ) -> None:
        assert not self.of(shelf, found, earlier, later, "The fire has now killed 19 people.").updated

    def test_nor_is_one_that_is_later_than_some(self, shelf: Shelf, found: Found) -> None:
        early = [found("The fire killed 12 people.", "12", MARCH_21)]
        late = [found("The fire killed 14 people.", "14", MARCH_22)]
        now = [found("The fire has now killed 19 people.", "19", MARCH_22)]

        assert not differences(shelf, early, late, now).updated


class TestMissingSides:
    def test_a_side_of_which_a_word_is_cited_is_not_missing(self, shelf: Shelf, found: Found) -> None:
        may, june = found("It sank in May.", "May"), found("It sank in June.", "June")
        ledger = CitationLedger(shelf)
        ledger.locate(stated(Side((may,))).supports[0])

        assert [one.answer for one in differences(shelf, [may], [june]).missing(ledger.citations)] == ["June"]

    def test_another_sentence_of_its_article_does_not_show_it(self, shelf: Shelf, found: Found) -> None:
        may, june = found("It sank in May. Nobody died.", "May"), found("It sank in June.", "June")
        ledger = CitationLedger(shelf)
        other = replace(may, sentence=may.passage.chunk.sentences[1])
        ledger.locate(stated(Side((other,))).supports[0])

        assert len(differences(shelf, [may], [june]).missing(ledger.citations)) == 2

    def test_it_is_stated_by_its_surest_sentence(self, found: Found) -> None:
        side = Side((found("It  sank   in May.", "May"), found("In May it sank.", "May")))

        assert stated(side).text == "It sank in May."
