"""A statement is supported only by the words that it cites, or by sentences that a verifier finds to support it."""

from collections.abc import Callable, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.records import Passage
from qa.grounding import Grounder, is_verbatim
from qa.judge import Verdict
from qa.records import DraftStatement, Excerpt
from tests.qa.doubles import HoldsTheWords

repeatable = settings(
    derandomize=True,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],  # articles of the same name replace each other
)

QUOTE = "On Tuesday, the ferry cost $1.5 million, she agreed, and “nobody paid.”"

words = st.lists(st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True), min_size=1, max_size=12)


class TestSupported:
    @pytest.mark.parametrize(
        "statement",
        [
            QUOTE,
            "the ferry cost $1.5 million",
            "On  Tuesday,\n the ferry",
            "nobody paid",
            "nobody paid.",
            "“nobody paid.”",
            "she agreed",
        ],
    )
    def test_whole_words_in_their_order_are(self, statement: str) -> None:
        assert is_verbatim(statement, QUOTE)

    @repeatable
    @given(quote=words, data=st.data())
    def test_every_run_of_whole_words_is(self, quote: list[str], data: st.DataObject) -> None:
        first = data.draw(st.integers(0, len(quote) - 1))
        last = data.draw(st.integers(first, len(quote) - 1))

        assert is_verbatim(" ".join(quote[first : last + 1]), " ".join(quote))

    def test_line_breaks_in_the_quote_do_not_matter(self) -> None:
        assert is_verbatim("the ferry sailed", "the\r\n  ferry\u00a0sailed.")


class TestNotSupported:
    @pytest.mark.parametrize(
        "statement",
        [
            "",
            "   ",
            "…",
            "The train cost $1.5 million",
            "the ferry cost $2.5 million",
            "On Tuesday, the ferry did not cost $1.5 million",
            "the ferry cost $1",
            "the ferry cost $1.5 million and more",
            "5 million",
            ".5 million",
            "he agreed",
            "ferry cost the",
            "the ferry paid",
            "THE FERRY COST",
            "On Tuesday the ferry",
        ],
    )
    def test_other_words_are_not(self, statement: str) -> None:
        assert not is_verbatim(statement, QUOTE)

    @repeatable
    @given(quote=words, data=st.data())
    def test_a_word_that_breaks_off_is_not(self, quote: list[str], data: st.DataObject) -> None:
        word = data.draw(st.sampled_from(quote))
        broken = data.draw(st.sampled_from([word[:-1], word[1:]]))

        assert not is_verbatim(broken, " ".join(quote)) or broken in quote

    @repeatable
    @given(quote=words, data=st.data())
    def test_words_in_another_order_are_not(self, quote: list[str], data: st.DataObject) -> None:
        shuffled = data.draw(st.permutations(quote))

        assert is_verbatim(" ".join(shuffled), " ".join(quote)) == (shuffled == quote)

    def test_an_accent_is_part_of_the_letter(self) -> None:
        assert not is_verbatim("the cafe", "the cafe\u0301 opened")

    def test_a_minus_is_part_of_the_number(self) -> None:
        assert not is_verbatim("5 degrees", "It was -5 degrees.")


class Says:
    """A verifier that is always as sure."""

    def __init__(self, supported: float) -> None:
        self._supported = supported

    def verify(self, pairs: Sequence[tuple[str, str]]) -> list[Verdict]:
        return [Verdict(self._supported, 0.0, 1 - self._supported)] * len(pairs)


def grounder() -> Grounder:
    return Grounder(HoldsTheWords(across=True))


class TestGrounder:
    def test_the_passage_that_it_cites_is_read_first(self, put: Callable[..., Passage]) -> None:
        one, other = put("Krug sold 12 ships.", "a.txt"), put("Krug sold 12 ships.", "b.txt")

        supports = grounder().supports(
            DraftStatement("Krug sold 12 ships.", excerpts=(Excerpt.whole(other),)), [one, other]
        )

        assert [support.passage for support in supports] == [other]

    def test_where_it_cites_wrongly_the_others_are_read(self, put: Callable[..., Passage]) -> None:
        one, other = put("Krug sold 12 ships.", "a.txt"), put("Moore left.", "b.txt")

        supports = grounder().supports(
            DraftStatement("Krug sold 12 ships.", excerpts=(Excerpt.whole(other),)), [one, other]
        )

        assert [support.passage for support in supports] == [one]

    def test_it_finds_the_sentence(self, put: Callable[..., Passage]) -> None:
        passage = put("Moore left. Krug, the mayor, sold 12 ships in May. Nobody paid.")

        (support,) = grounder().supports(
            DraftStatement("Krug sold 12 ships.", excerpts=(Excerpt.whole(passage),)), [passage]
        )

        assert passage.chunk.words(*support.span) == "Krug, the mayor, sold 12 ships in May."

    def test_a_made_up_quote_proves_nothing(self, put: Callable[..., Passage]) -> None:
        passage = put("Krug sold 12 ships.")
        drafted = DraftStatement(
            "Krug sold 12 ships.", excerpts=(Excerpt.whole(passage),), quote="Krug then sold 12 ships"
        )

        assert grounder().supports(drafted, [passage]) == ()

    @pytest.mark.parametrize("address", ["https://krug.example/12", "krug@ships.example", "krug.example"])
    def test_an_address_that_the_passage_does_not_hold_proves_nothing(
        self, put: Callable[..., Passage], address: str
    ) -> None:
        passage = put("Krug sold 12 ships, an example of thrift.")

        assert (
            grounder().supports(
                DraftStatement(f"Krug {address} sold 12 ships.", excerpts=(Excerpt.whole(passage),)), [passage]
            )
            == ()
        )

    def test_a_summary_may_rest_on_two_passages(self, put: Callable[..., Passage]) -> None:
        one, other = put("Krug sold ships. Lind left.", "a.txt"), put("Moore sold docks. Fenn left.", "b.txt")
        drafted = DraftStatement(
            "Krug sold ships and Moore docks.", excerpts=(Excerpt.whole(one), Excerpt.whole(other))
        )

        supports = grounder().supports(drafted, [one, other])

        assert [one.chunk.words(*support.span) for one, support in zip((one, other), supports, strict=True)] == [
            "Krug sold ships.",
            "Moore sold docks.",
        ]

    def test_the_fewest_sentences_are_cited(self, put: Callable[..., Passage]) -> None:
        passage = put("Moore left. Krug sold 12 ships in May. Nobody paid.")
        drafted = DraftStatement("In May 12 ships were sold by Krug.", excerpts=(Excerpt.whole(passage),))

        (support,) = grounder().supports(drafted, [passage])

        assert passage.chunk.words(*support.span) == "Krug sold 12 ships in May."

    def test_the_sentence_that_names_him_is_cited_too(self, put: Callable[..., Passage]) -> None:
        passage = put("Krug is the mayor. He sold 12 ships in May. Nobody paid.")
        drafted = DraftStatement("Mayor Krug sold 12 ships.", excerpts=(Excerpt.whole(passage),))

        supports = grounder().supports(drafted, [passage])

        assert [passage.chunk.words(*support.span) for support in supports] == [
            "Krug is the mayor.",
            "He sold 12 ships in May.",
        ]

    def test_an_unsure_verdict_supports_nothing(self, put: Callable[..., Passage]) -> None:
        passage = put("Krug sold 12 ships in May.")
        drafted = DraftStatement("Krug sold 12 ships.", excerpts=(Excerpt.whole(passage),))

        assert Grounder(Says(0.55)).supports(drafted, [passage]) == ()
        assert Grounder(Says(0.65), least=0.6).supports(drafted, [passage]) != ()

    @pytest.mark.parametrize(
        "text",
        [
            "Krug sold 13 ships.",
            "Krug sold 12 ships in June.",
            "Anselm Krug sold 12 ships.",
            "Krug sold 12 ships, “for a song”.",
        ],
    )
    def test_no_verdict_helps_what_is_nowhere(self, put: Callable[..., Passage], text: str) -> None:
        passage = put("Krug sold 12 ships in May.")

        assert Grounder(Says(1.0)).supports(DraftStatement(text, excerpts=(Excerpt.whole(passage),)), [passage]) == ()

    def test_a_whole_sentence_needs_no_verdict(self, put: Callable[..., Passage]) -> None:
        passage = put("Moore left. Krug sold 12 ships in May.")

        assert Grounder(Says(0.0)).supports(DraftStatement("Krug sold 12 ships in May."), [passage]) != ()

    @repeatable
    @given(st.text(max_size=80), st.text(min_size=1, max_size=200))
    def test_any_text_can_be_checked(self, put: Callable[..., Passage], statement: str, text: str) -> None:
        passage = put(f"Krug left. {text}")

        supports = Grounder(Says(1.0)).supports(
            DraftStatement(statement, excerpts=(Excerpt.whole(passage),)), [passage]
        )

        assert all(one.span in passage.chunk.sentences for one in supports)

    @pytest.mark.parametrize("text", ["", "   ", "[1]", "It is.", "He said so."])
    def test_what_claims_nothing_rests_on_nothing(self, put: Callable[..., Passage], text: str) -> None:
        passage = put("He said so. It is.")

        assert grounder().supports(DraftStatement(text, excerpts=(Excerpt.whole(passage),)), [passage]) == ()

    def test_the_sign_of_a_square_is_no_number(self, put: Callable[..., Passage]) -> None:
        drafted = DraftStatement("Krug sold 9 m ², 0:²")

        assert grounder().supports(drafted, [put("Krug sold ships.")]) == ()
