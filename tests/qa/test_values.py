"""Days and amounts differ only where both cannot be meant."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qa.values import Amount, Moment, amount, moment, years

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=30)

moments = st.builds(
    Moment,
    st.none() | st.integers(1990, 1993),
    st.none() | st.integers(1, 3),
    st.none() | st.integers(1, 3),
)
numbers = st.floats(-1e15, 1e15, allow_nan=False) | st.integers(-100, 100).map(float)
amounts = st.builds(Amount, numbers, st.none() | st.sampled_from(["crown", "week"]), st.booleans())
words = st.text(max_size=60) | st.lists(
    st.sampled_from("5 March 2024 1,200 about 30% $4 two and half to - / . 99 dozen May may -3 million".split()),
    max_size=8,
).map(" ".join)


def of(answer: str, before: str = "", behind: str = "") -> Amount:
    """Return the amount that these words name, which must be there."""
    found = amount(before, answer, behind)
    assert found is not None
    return found


class TestMoments:
    @pytest.mark.parametrize(
        ("named", "year", "month", "day"),
        [
            ("15 August 2024", 2024, 8, 15),
            ("August 15, 2024", 2024, 8, 15),
            ("the 15th of August", None, 8, 15),
            ("Thursday, Aug. 15", None, 8, 15),
            ("2024-08-15", 2024, 8, 15),
            ("15/08/2024", 2024, 8, 15),
            ("8/15/2024", 2024, 8, 15),
            ("15.08.2024", 2024, 8, 15),
            ("03/04/2024", 2024, None, None),
            ("sept 3", None, 9, 3),
            ("August", None, 8, None),
            ("late 2024", 2024, None, None),
            ("9 p.m. on 4 March", None, 3, 4),
            ("4 March 1874", 1874, 3, 4),
        ],
    )
    def test_what_is_named_of_a_day_is_known(
        self, named: str, year: int | None, month: int | None, day: int | None
    ) -> None:
        assert moment(named) == Moment(year, month, day)

    @pytest.mark.parametrize(
        "named",
        [
            "",
            "Tuesday",
            "next week",
            "the 19th century",
            "the 1890s",
            "14",
            "from 3 to 9 July",
            "4-6 March",
            "between March and May",
            "from 1914 to 1918",
            "in March 2023 and in May 2024",
        ],
    )
    def test_what_names_no_one_day_is_none(self, named: str) -> None:
        assert moment(named) is None

    @pytest.mark.parametrize("named", ["10:30 on 4 March", "9.15 on 4 March"])
    def test_the_hour_is_no_day(self, named: str) -> None:
        assert moment(named) == Moment(None, 3, 4)

    @pytest.mark.parametrize("named", ["it may open in 2025", "2025, which may change"])
    def test_what_may_be_is_no_month(self, named: str) -> None:
        assert moment(named) == Moment(2025, None, None)

    @pytest.mark.parametrize("named", ["the 2019/20 season", "2019-20", "the winter of 2019–20"])
    def test_a_season_is_no_year(self, named: str) -> None:
        assert moment(named) is None

    @pytest.mark.parametrize(
        "named", ["before 1 June", "two days after 4 March", "no earlier than 12 August", "by 31 May"]
    )
    def test_what_lies_before_or_after_a_day_is_not_that_day(self, named: str) -> None:
        assert moment(named) is None

    @pytest.mark.parametrize(
        ("one", "other", "differ"),
        [
            ("15 August", "August", False),
            ("15 August", "15 August 2024", False),
            ("15 August 2024", "2024", False),
            ("15 August", "16 August", True),
            ("15 August 2024", "15 August 2023", True),
            ("August", "September", True),
            ("15 August", "2024", None),
            ("the 15th of August", "2024-08-15", False),
        ],
    )
    def test_days_differ_where_what_both_name_does(self, one: str, other: str, differ: bool | None) -> None:
        first, second = moment(one), moment(other)
        assert first is not None
        assert second is not None

        assert first.differs(second) is differ

    @repeatable
    @given(one=moments, other=moments)
    def test_the_difference_is_symmetric(self, one: Moment, other: Moment) -> None:
        assert one.differs(other) is other.differs(one)

    @repeatable
    @given(one=moments)
    def test_no_day_differs_from_itself(self, one: Moment) -> None:
        assert not one.differs(one)

    @repeatable
    @given(text=words)
    def test_any_words_may_be_asked(self, text: str) -> None:
        assert moment(text) != Moment(None, None, None)


class TestYears:
    @pytest.mark.parametrize(
        ("text", "found"),
        [
            ("founded in 1600 and dissolved in 1874", {1600, 1874}),
            ("in the 1890s", set()),
            ("12024 people", set()),
            ("nothing", set()),
        ],
    )
    def test_those_named_are_found(self, text: str, found: set[int]) -> None:
        assert years(text) == found


class TestAmounts:
    @pytest.mark.parametrize(
        ("answer", "value", "unit"),
        [
            ("14 crowns", 14, "crovn"),
            ("eleven weeks", 11, "vek"),
            ("twenty-four weeks", 24, "vek"),
            ("2.4 million crowns", 2_400_000, "crovn"),
            ("12,400 votes", 12_400, "vote"),
            ("30%", 30, "percent"),
            ("30 per cent", 30, "percent"),
            ("£5", 5, "pound"),
            ("57", 57, None),
        ],
    )
    def test_number_and_unit_are_read(self, answer: str, value: float, unit: str | None) -> None:
        found = of(answer)

        assert (found.value, found.unit) == (value, unit)

    def test_the_unit_may_stand_behind_the_answer(self) -> None:
        assert of("5.88", behind=" trillion miles away").value == 5.88e12

    def test_what_stands_behind_a_comma_is_no_unit(self) -> None:
        assert of("61", behind=", crowns aside").unit is None

    @pytest.mark.parametrize(
        "answer", ["", "many", "tens of thousands", "80 to 120", "80-120", "14 of 20", "one or two"]
    )
    def test_what_names_no_one_amount_is_none(self, answer: str) -> None:
        assert amount("", answer, " people") is None

    @pytest.mark.parametrize("rough", ["about", "around", "almost", "nearly", "some", "more than", "at least", "over"])
    def test_a_rough_number_is_rough(self, rough: str) -> None:
        assert of(f"{rough} 500 people").rough

    @pytest.mark.parametrize("rough", ["roughly", "approximately"])
    def test_so_is_one_of_longer_words(self, rough: str) -> None:
        assert of(f"{rough} 500 people").rough

    def test_a_number_is_rough_by_the_words_before_the_answer(self) -> None:
        assert of("500 people", before="The concert drew about ").rough

    def test_but_not_by_those_further_off(self) -> None:
        assert not of("500 people", before="About noon the concert drew ").rough

    @pytest.mark.parametrize(
        ("one", "other", "differ"),
        [
            ("four people", "nine people", True),
            ("400", "650 loaves", True),
            ("12", "10", True),
            ("nearly 400 loaves", "389 loaves", False),
            ("5.88 trillion", "6 trillion", False),
            ("48,312 people", "48,000 people", False),
            ("14 crowns", "fourteen crowns", False),
            ("over 100 people", "about 120 people", False),
            ("about 100 people", "150 people", True),
            ("61 percent", "12,400 voters", None),
            ("$2,000", "1,850 euros", None),
            ("11 weeks", "three months", None),
        ],
    )
    def test_amounts_of_one_unit_differ_beyond_rounding(self, one: str, other: str, differ: bool | None) -> None:
        assert of(one).differs(of(other)) is differ

    @pytest.mark.parametrize(("one", "other"), [("$5", "9 dollars"), ("¥5", "9 yen")])
    def test_a_sign_is_the_unit_that_it_stands_for(self, one: str, other: str) -> None:
        assert of(one).differs(of(other))

    @pytest.mark.parametrize(
        ("one", "other"),
        [("more than 40 people", "57 people"), ("at least 20", "57"), ("up to 90 crowns", "61 crowns")],
    )
    def test_nothing_beyond_a_bound_differs_from_it(self, one: str, other: str) -> None:
        assert not of(one).differs(of(other))

    @pytest.mark.parametrize("answer", ["two and a half hours", "an hour and 30 minutes", "two dozen eggs"])
    def test_a_number_of_several_words_is_not_read_in_part(self, answer: str) -> None:
        found = amount("", answer, "")

        assert found is None or found.value in {2.5, 1.5, 90, 24}

    @repeatable
    @given(one=amounts, other=amounts)
    def test_the_difference_is_symmetric(self, one: Amount, other: Amount) -> None:
        assert one.differs(other) is other.differs(one)

    @repeatable
    @given(one=amounts)
    def test_no_amount_differs_from_itself(self, one: Amount) -> None:
        assert one.differs(one) is False

    @repeatable
    @given(one=st.integers(1, 10**9), digits=st.integers(2, 9))
    def test_no_amount_differs_from_itself_rounded_to_two_digits_or_more(self, one: int, digits: int) -> None:
        assert not Amount(float(one), None, False).differs(Amount(float(f"{one:.{digits}g}"), None, False))

    @repeatable
    @given(before=words, answer=words, behind=words)
    def test_any_words_may_be_asked(self, before: str, answer: str, behind: str) -> None:
        found = amount(before, answer, behind)

        assert found is None or not found.differs(found)
