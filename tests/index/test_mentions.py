"""Which publishers and days a question names."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.mentions import Day, mentions

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)

PUBLISHERS = ["Fortune", "The Age", "TIME", "Harbour Herald", "FOX News - Health", "The Verge", "AT&T Times"]


def publishers_in(question: str, *publishers: str) -> set[str]:
    return set(mentions(question, publishers or PUBLISHERS).publishers)


def days_in(question: str) -> tuple[Day, ...]:
    return mentions(question, []).days


class TestPublishers:
    @pytest.mark.parametrize(
        "question",
        [
            "What did the Harbour Herald say?",
            "what did the harbour herald say?",
            "What did the harbour herald say?",
            "WHAT DID THE HARBOUR HERALD SAY?",
            "Harbour Herald",
            "Who wrote that (Harbour Herald)?",
            "“Harbour Herald”: what did it say?",
        ],
    )
    def test_a_name_of_several_words_is_found_however_it_is_written(self, question: str) -> None:
        assert publishers_in(question) == {"Harbour Herald"}

    @pytest.mark.parametrize(
        "question", ["Which harbour has a herald?", "What did the Herald of the Harbour say?", "Harbour Heralds", ""]
    )
    def test_its_words_must_stand_together(self, question: str) -> None:
        assert publishers_in(question) == set()

    def test_several_publishers_are_found(self) -> None:
        assert publishers_in("Did Fortune and The Verge report what TIME did?") == {"Fortune", "The Verge", "TIME"}

    @pytest.mark.parametrize("question", ["What did the Harbour Herald’s captain say?", "the Harbour Herald's captain"])
    def test_a_possessive_names_its_publisher(self, question: str) -> None:
        assert publishers_in(question) == {"Harbour Herald"}

    def test_either_apostrophe_is_the_same(self) -> None:
        assert publishers_in("What did Reader's Digest say?", "Reader’s Digest") == {"Reader’s Digest"}

    def test_a_name_with_a_sign_is_found(self) -> None:
        assert publishers_in("What did the AT&T Times say?") == {"AT&T Times"}


class TestPublishersNamedWithOrdinaryWords:
    @pytest.mark.parametrize(
        ("question", "publisher"),
        [
            ("What did Fortune report?", "Fortune"),
            ("Did The Age report it?", "The Age"),
            ("Did the Age report it?", "The Age"),
            ("Fortune", "Fortune"),
            ("What did Time report?", "TIME"),
        ],
    )
    def test_one_with_a_capital_is_named(self, question: str, publisher: str) -> None:
        assert publishers_in(question) == {publisher}

    @pytest.mark.parametrize(
        "question",
        [
            "Whose fortune grew?",
            "At what age did Tarn retire?",
            "Was that the age of sail in Sundholm?",
            "When is the time of the next tide in Quillon?",
        ],
    )
    def test_the_word_itself_names_none(self, question: str) -> None:
        assert publishers_in(question) == set()

    @pytest.mark.parametrize(
        ("question", "publisher"),
        [("what did fortune report?", "Fortune"), ("what did the age report?", "The Age"), ("fortune", "Fortune")],
    )
    def test_in_a_question_without_capitals_none_is_needed(self, question: str, publisher: str) -> None:
        assert publishers_in(question) == {publisher}

    def test_without_capitals_an_article_that_belongs_to_the_name_is_needed(self) -> None:
        assert publishers_in("at what age did he retire?") == set()

    def test_the_first_word_of_a_question_must_be_written_as_in_the_name(self) -> None:
        assert (publishers_in("Time flies, doesn't it?"), publishers_in("TIME reported what?")) == (set(), {"TIME"})


class TestPublishersWithATail:
    @pytest.mark.parametrize(
        ("publisher", "written"),
        [
            ("FOX News - Health", "Fox News"),
            ("FOX News – Health", "FOX News"),
            ("The Roar | Sports Writers Blog", "The Roar"),
            ("Live Science: The Most Interesting Articles", "Live Science"),
            ("Cnbc | World Business News Leader", "CNBC"),
            ("Sundholm.com", "Sundholm"),
            ("Post-Gazette", "Post-Gazette"),
        ],
    )
    def test_the_name_before_it_is_enough(self, publisher: str, written: str) -> None:
        assert publishers_in(f"What did {written} report?", publisher) == {publisher}

    def test_sections_of_one_paper_are_all_named(self) -> None:
        sections = ("FOX News - Health", "FOX News - Lifestyle", "Fox Weather")

        assert publishers_in("What did Fox News report?", *sections) == set(sections[:2])


class TestOddPublishers:
    @pytest.mark.parametrize("publisher", ["—", "***", "🦭", "", " ", "- Health", ": News", "| |", "_", "\x00"])
    @pytest.mark.parametrize("question", ["What did the Herald say?", "", "?", "—"])
    def test_a_name_of_signs_breaks_no_question(self, publisher: str, question: str) -> None:
        assert publishers_in(question, publisher, "Fortune") <= {publisher}

    @repeatable
    @given(question=st.text(max_size=30), names=st.lists(st.text("Aa b.-|:’&—🦭", max_size=8), max_size=4))
    def test_those_named_are_among_those_known(self, question: str, names: list[str]) -> None:
        assert publishers_in(question, "Fortune", *names) <= {"Fortune", *names}

    @repeatable
    @given(name=st.text("AEGaeg bñЖж", min_size=1, max_size=12).filter(lambda name: any(map(str.isupper, name))))
    def test_a_question_that_is_a_name_names_it(self, name: str) -> None:
        assert publishers_in(name, name) == {name}

    @pytest.mark.parametrize("question", ["What did Fortune say?", ""])
    def test_without_publishers_none_is_named(self, question: str) -> None:
        assert mentions(question, []).publishers == frozenset()


class TestDays:
    @pytest.mark.parametrize(
        "written",
        [
            *("March 5, 2024", "March 5 2024", "March 5th, 2024", "march 5, 2024", "MARCH 05, 2024", "Mar. 5, 2024"),
            *("5 March 2024", "5 March, 2024", "5th of March 2024", "the 5th March, 2024", "5 Mar 2024", "5 Mar. 2024"),
            "2024-03-05",
        ],
    )
    def test_a_day_with_its_year_in_each_written_form(self, written: str) -> None:
        assert days_in(f"What froze on {written}?") == (Day(2024, 3, 5),)

    @pytest.mark.parametrize("written", ["March 5", "March 5th", "Mar. 5", "5 March", "5th of March", "the 5th Mar"])
    def test_a_day_without_a_year(self, written: str) -> None:
        assert days_in(f"What froze on {written}?") == (Day(None, 3, 5),)

    @pytest.mark.parametrize(
        ("name", "month"),
        [
            *[("January", 1), ("February", 2), ("March", 3), ("April", 4), ("May", 5), ("June", 6), ("July", 7)],
            *[("August", 8), ("September", 9), ("October", 10), ("November", 11), ("December", 12), ("Sep.", 9)],
            ("Sept.", 9),
        ],
    )
    def test_every_month_is_known(self, name: str, month: int) -> None:
        assert days_in(f"What froze on {name} 5, 2023?") == (Day(2023, month, 5),)

    def test_several_days_come_each_once(self) -> None:
        question = "What froze between October 1, 2023 and 5 March 2024, or on 2024-03-05?"

        assert set(days_in(question)) == {Day(2023, 10, 1), Day(2024, 3, 5)}
        assert len(days_in(question)) == 2

    @pytest.mark.parametrize(
        "written", ["March 45", "0 March", "March 00, 2024", "2024-13-05", "2024-00-05", "2024-03-32"]
    )
    def test_an_impossible_day_is_none(self, written: str) -> None:
        assert days_in(f"What froze on {written}?") == ()

    @pytest.mark.parametrize(
        "question",
        [
            *("What froze in March?", "What froze in March 2024?", "What froze in 2024?", "Did 5 marches end?"),
            *(
                "Is 12-03-05 a code?",
                "It cost 5,000 crowns",
                "marching 5 miles",
                "5 Maronites",
                "12024-03-050",
                "",
                "5",
            ),
        ],
    )
    def test_what_names_no_day_is_none(self, question: str) -> None:
        assert days_in(question) == ()

    @repeatable
    @given(text=st.text(max_size=40) | st.text("marchsepſtİıK 0123456789٣-,.", max_size=40))
    def test_any_text_may_be_asked(self, text: str) -> None:
        assert all(1 <= day.month <= 12 and 1 <= day.day <= 31 for day in days_in(text))

    def test_a_month_with_an_old_letter_breaks_no_question(self) -> None:
        assert days_in("What froze on ſep 5?") in {(), (Day(None, 9, 5),)}

    @repeatable
    @given(day=st.dates())
    def test_every_day_is_read_back(self, day: date) -> None:
        (found,) = days_in(f"What froze on {day.isoformat()}?")

        assert found.is_on(day)


class TestWhetherAnArticleIsOfADay:
    def test_with_a_year_only_that_year_s(self) -> None:
        day = Day(2024, 3, 5)

        assert (day.is_on(date(2024, 3, 5)), day.is_on(date(2023, 3, 5))) == (True, False)

    def test_without_a_year_any_year_s(self) -> None:
        assert Day(None, 3, 5).is_on(date(1999, 3, 5))

    def test_an_article_without_a_date_is_of_no_day(self) -> None:
        assert not Day(None, 3, 5).is_on(None)

    @repeatable
    @given(published=st.dates())
    def test_no_article_is_of_the_30th_of_february(self, published: date) -> None:
        assert not Day(None, 2, 30).is_on(published)
