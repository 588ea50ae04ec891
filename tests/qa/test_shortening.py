"""A shortening: what a statement may leave out of a sentence, and write otherwise, for a less sure verifier to pass."""

import re
import time

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.words import STOP_WORDS
from qa.grounding import supporting
from qa.tokens import tokens

repeatable = settings(derandomize=True, deadline=None, database=None)

FERRY = (
    "The ferry Aurelia, which was built in 1987, sank off Sundholm on 5 August after it struck a rock, killing at "
    "least 12 people."
)
BANK = "Quillon Bank said on Tuesday that it would cut 5,000 jobs in Tarn by the end of 2025 to save $1.5 billion."
KRUG = "Mayor Sergei Krug told reporters in Sundholm that the city had spent 40 million euros on the new bridge."
VOTES = "Krug won 54 percent of the vote in Sundholm and Moore won 61 percent in Quillon."
STORM = "The storm killed 12 people and left 30,000 homes without power in the north of the island."
PORT = (
    "Jill Moore, who replaced Anton Lind as head of the port in March, said the harbour would stay closed until Friday."
)
FINE = "The court in Tarn fined the shipping company Halvard 3 million crowns in May for dumping oil near Brenn."
SALE = "Halvard sold 12 ships and 30 lorries to the Dovre Group for $250 million last year."
UNPAID = "The company did not pay its workers in June, the union said."
WARNING = "The strike may delay the opening of the museum, officials said on Thursday."
PLAN = "The government plans to build 400 flats in Sundholm by 2027, the housing minister, Ida Fenn, said."
DOCKS = ("Jill Moore has led the port authority since 2019.", "She announced that two docks in Tarn would be rebuilt.")
HALF = "what may be left out beside a number is not known"
PASSIVE = "the passive is not read as the active"
ALL = (FERRY, BANK, KRUG, VOTES, STORM, PORT, FINE, SALE, UNPAID, WARNING, PLAN)

sentences = st.sampled_from(ALL)
anything = st.text(max_size=120)


def holds(statement: str, *texts: str) -> bool:
    return bool(supporting(statement, texts))


def says_something(text: str) -> bool:
    return any(token.text not in {*STOP_WORDS, "said"} and not token.free for token in tokens(text))


def unable(*values: str, reason: str) -> object:
    """Return a case that fails, and is to be noted when it doesn't any more."""
    return pytest.param(*values, marks=pytest.mark.xfail(strict=True, reason=reason))


class TestWhatAnEngineWordedItselfHolds:
    @pytest.mark.parametrize("sentence", ALL)
    def test_when_it_copies_a_sentence(self, sentence: str) -> None:
        assert holds(sentence, *ALL)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("The ferry Aurelia sank off Sundholm on 5 August.", FERRY),
            ("The ferry Aurelia was built in 1987.", FERRY),
            ("The ferry sank off Sundholm after it struck a rock, killing at least 12 people.", FERRY),
            ("The storm left 30,000 homes without power.", STORM),
            ("Moore won 61 percent in Quillon.", VOTES),
            ("Jill Moore said the harbour would stay closed until Friday.", PORT),
            ("Jill Moore replaced Anton Lind.", PORT),
            ("Halvard sold 30 lorries to the Dovre Group.", SALE),
            ("The strike may delay the opening.", WARNING),
            ("The company did not pay its workers in June.", UNPAID),
            ("The government plans to build 400 flats by 2027.", PLAN),
            unable(
                "Three boats were lost.", "Three boats and 20 cars were lost.", reason="half a subject is another one"
            ),
            unable("The ferry struck a rock.", FERRY, reason="whom a later clause means by it is not known"),
            unable(
                "The city borrowed 80 crowns to repair roads damaged in the flood.",
                "The city borrowed 80 crowns from Quillon Bank to repair roads and schools damaged in the flood.",
                reason="one of two objects is left out, which looks like the middle of another clause",
            ),
        ],
    )
    def test_when_it_leaves_a_clause_out(self, statement: str, source: str) -> None:
        assert holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("Quillon Bank would cut 5 thousand jobs.", BANK),
            ("Quillon Bank would cut five thousand jobs in Tarn.", BANK),
            ("Quillon Bank would cut jobs to save 1.5 billion dollars.", BANK),
            ("On August 5th, the ferry sank off Sundholm.", FERRY),
            ("Sergey Krug told reporters that the city had spent 40 million euros.", KRUG),
            ("Krug told reporters that the city had spent 40 million euros.", KRUG),
            ("The company didn't pay its workers in June.", UNPAID),
            ("According to the article, the storm killed 12 people.", STORM),
            ("The union stated that the company did not pay its workers.", UNPAID),
            ("According to the union, the company did not pay its workers.", UNPAID),
        ],
    )
    def test_when_it_writes_figures_dates_and_names_otherwise(self, statement: str, source: str) -> None:
        assert holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            unable("Halvard was fined 3 million crowns by the court in Tarn.", FINE, reason=PASSIVE),
            unable(
                "Ulla Strand founded the museum in 1954.",
                "The museum was founded by Ulla Strand in 1954.",
                reason=PASSIVE,
            ),
            ("Fenn opened the tunnel in Tarn on Tuesday.", "On Tuesday, Fenn opened the tunnel in Tarn."),
            ("Fenn said the tunnel will close in May.", "The tunnel will close in May, said Fenn."),
            ("Krug said: “The docks are safe.”", "“The docks are safe,” said Krug, the mayor."),
            unable(
                "The fair opens in Tarn on March 12, 2024.",
                "The fair opens on March 12, 2024, in Tarn.",
                reason="between commas, a place looks like a clause of its own",
            ),
        ],
    )
    def test_when_it_says_it_in_another_order(self, statement: str, source: str) -> None:
        assert holds(statement, source)

    @pytest.mark.parametrize(
        "statement",
        [
            "Jill Moore announced that two docks in Tarn would be rebuilt.",
            "Moore announced that two docks would be rebuilt.",
            "She announced that two docks in Tarn would be rebuilt.",
        ],
    )
    def test_when_it_names_whom_the_sentence_before_named(self, statement: str) -> None:
        assert holds(statement, *DOCKS)

    def test_and_then_rests_on_both_sentences(self) -> None:
        assert supporting("Jill Moore announced that two docks would be rebuilt.", DOCKS) == (0, 1)

    def test_when_it_leaves_not_only_out(self) -> None:
        assert holds("The fire destroyed the church.", "The fire destroyed not only the church but also two barns.")

    @repeatable
    @given(sentence=anything)
    def test_when_it_is_the_sentence_itself(self, sentence: str) -> None:
        assert holds(sentence, sentence) == says_something(sentence)

    @repeatable
    @given(
        sentence=st.lists(
            st.sampled_from(
                "Krug Moore the of not no and but , : — if may will to by was said 5 12 million $ ships sailed in "
                "August who it he only all more than at least -5 ( “ never refused % U.S. according".split()
            ),
            min_size=1,
            max_size=30,
        ).map(" ".join)
    )
    def test_whatever_the_sentence_is_made_of(self, sentence: str) -> None:
        assert holds(sentence, sentence) == says_something(sentence)


class TestWhatAnEngineWordedItselfFalls:
    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("The ferry Aurelia sank off Sundholm on 6 August.", FERRY),
            ("The ferry Aurelia sank off Sundholm on 5 September.", FERRY),
            ("The ferry sank off Sundholm in 1987.", FERRY),
            ("Quillon Bank would cut 500 jobs in Tarn.", BANK),
            ("Quillon Bank would cut 5,000 jobs by the end of 2026.", BANK),
            ("Halvard sold 12 ships for £250 million.", SALE),
            ("The city had spent 40 billion euros on the new bridge.", KRUG),
            ("The city had spent 40 euros on the new bridge.", KRUG),
            ("The temperature fell to 5 degrees.", "The temperature fell to -5 degrees."),
            ("Halvard sold 30 ships to the Dovre Group.", SALE),
            ("The storm killed 30,000 people.", STORM),
            ("The crew of 200 men carried 14 sheep.", "The crew of 14 men carried 200 sheep."),
            ("The museum was rebuilt in 1954.", "The museum was founded in 1954 and rebuilt in 1987."),
            ("Rents rose by 7 percent in June.", "Rents rose by 7 percent in July from 6 percent in June."),
        ],
    )
    def test_when_a_figure_a_unit_or_a_date_is_another(self, statement: str, source: str) -> None:
        assert not holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("Krug said the harbour would stay closed until Friday.", PORT),
            ("Jill Moore replaced Anton Lund as head of the port in March.", PORT),
            ("The ferry reached Quillan on Friday.", "The ferry reached Quillon on Friday."),
            ("Martina Krug opened the bridge.", "Martin Krug opened the bridge."),
            (FINE.replace("Tarn", "Quillon"), FINE),
            (FERRY.replace("people", "children"), FERRY),
            (KRUG.replace("told", "angrily told"), KRUG),
            (KRUG.replace("spent", "wasted"), KRUG),
        ],
    )
    def test_when_a_word_is_its_own_however_long_it_is(self, statement: str, source: str) -> None:
        assert not holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("Lind paid Moore 5 crowns.", "Moore paid Lind 5 crowns."),
            ("Moore was paid 5 crowns by Lind.", "Moore paid Lind 5 crowns."),
            ("The bank sued the council.", "The council sued the bank."),
            ("The dog was bitten by the minister.", "The minister was bitten by a dog."),
            ("A lorry hit a bus on the bridge.", "A bus hit a lorry on the bridge."),
            ("The ferry sails from Tarn to Sundholm.", "The ferry sails from Sundholm to Tarn."),
            ("The tower is higher than the bridge.", "The bridge is higher than the tower."),
            ("Tarn beat Brenn.", "The team from Brenn beat Tarn."),
            ("Ada Roth was sentenced.", "Ada Roth sentenced Karl Brun."),
            ("Anton Lind replaced Jill Moore as head of the port.", PORT),
        ],
    )
    def test_when_it_turns_round_who_did_it(self, statement: str, source: str) -> None:
        assert not holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("Krug won 61 percent of the vote in Sundholm.", VOTES),
            ("Krug won 54 percent in Quillon.", VOTES),
            ("The bank gained 7 crowns.", "The bank lost 5 crowns while the council gained 7 crowns."),
            ("Krug lives in Sundholm.", "Krug met Moore, who lives in Sundholm."),
            ("Anton Lind said the harbour would stay closed until Friday.", PORT),
            ("Moore said the docks would be sold.", "Krug, a friend of Moore, said the docks would be sold."),
            ("Krug said it was closed.", "Krug said the bridge was safe, while Fenn said it was closed."),
            (
                "Strand said the house will reopen.",
                "The house will reopen with a piece by Strand, its head Brask said.",
            ),
            unable(
                "Two ships are to be sold to the ministry.",
                "Two ships are to be sold to a hotel, the ministry announced.",
                reason="a preposition that the article doesn't put before a name is not seen",
            ),
        ],
    )
    def test_when_it_mixes_two_clauses(self, statement: str, source: str) -> None:
        assert not holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "sources"),
        [
            ("Krug opened a library in Brenn.", ("Krug opened a school.", "Moore opened a library in Brenn.")),
            ("Lind said that the port was closed.", ("Lind resigned.", "Moore said that the port was closed.")),
            ("Lind told him that the port was closed.", ("Lind resigned.", "Fenn told him that the port was closed.")),
            ("Krug left the hall.", ("Krug attacked Moore in a speech.", "She left the hall.")),
            ("Jill Moore owns 14 hotels.", ("Jill Moore leads the port.", "Her brother owns 14 hotels.")),
        ],
    )
    def test_when_it_mixes_two_sentences(self, statement: str, sources: tuple[str, str]) -> None:
        assert not holds(statement, *sources)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("The company paid its workers in June.", UNPAID),
            ("The storm did not kill 12 people.", STORM),
            ("The harbour is open to tankers.", "The harbour is no longer open to tankers."),
            ("Krug visited Tarn.", "Krug never visited Tarn."),
            ("The mayor met the fishermen.", "The mayor refused to meet the fishermen."),
            ("Halvard dumped oil near Brenn.", "Halvard denied dumping oil near Brenn."),
            ("The council approved the plan.", "The council did not, however, approve the plan."),
            ("The two sides reached an agreement.", "The two sides failed, after nine hours, to reach an agreement."),
            ("14 sailors were hurt.", "None of the 14 sailors was hurt."),
            ("Halvard dumped oil.", "It is not true, the court found, that Halvard dumped oil."),
            ("Fenn had resigned.", "The report that Fenn had resigned was false."),
            ("The fire destroyed only the church.", "The fire destroyed not only the church but also two barns."),
            ("Arson was the cause of the fire.", "Police ruled out arson as the cause of the fire."),
        ],
    )
    def test_when_a_denial_is_left_out_or_put_in(self, statement: str, source: str) -> None:
        assert not holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("The strike will delay the opening of the museum.", WARNING),
            ("The government built 400 flats in Sundholm.", PLAN),
            ("The government will build 400 flats in Sundholm.", PLAN),
            ("Quillon Bank has cut 5,000 jobs.", BANK),
            ("The dam will have to be opened.", "If the rain continues, the dam will have to be opened."),
            ("Halvard is to sell its lorries.", "Halvard is expected to sell its lorries."),
            ("Moore is leaving the port.", "Moore is reportedly leaving the port."),
            ("Moore is selling the house.", "Moore is said to be considering selling the house."),
            ("Krug closed the harbour.", "Krug threatened to close the harbour."),
            ("The tunnel opened in May.", "The tunnel will open in May."),
            ("Krug took bribes.", "Critics claim that Krug took bribes."),
        ],
    )
    def test_when_it_is_surer_than_the_article(self, statement: str, source: str) -> None:
        assert not holds(statement, source)

    @pytest.mark.parametrize(
        ("statement", "source"),
        [
            ("The ferry sank, killing at most 12 people.", FERRY),
            ("Fewer than 500 people marched.", "More than 500 people marched."),
            ("The hall holds at least 300 people.", "The hall holds up to 300 people."),
            ("All of the docks were damaged.", "Some of the docks were damaged."),
            ("The docks were damaged.", "Most of the docks were damaged."),
            ("Prices went down by 3 percent.", "Prices went up by 3 percent."),
            ("The bridge was closed before the storm.", "The bridge was closed after the storm."),
            ("Fenn voted for the plan.", "Fenn voted against the plan."),
            ("Lind came first in the race.", "Lind came second in the race."),
        ],
    )
    def test_when_it_says_more_or_less(self, statement: str, source: str) -> None:
        assert not holds(statement, source)

    def test_when_it_quotes_what_nobody_said(self) -> None:
        assert not holds("Krug said: “The safe docks.”", "“The docks are safe,” said Krug.")

    @repeatable
    @given(sentence=sentences, number=st.integers(0, 10**9), data=st.data())
    def test_when_any_number_is_changed(self, sentence: str, number: int, data: st.DataObject) -> None:
        figures = list(re.finditer(r"\d[\d,.]*\d|\d", sentence))
        assume(figures)
        figure = data.draw(st.sampled_from(figures))
        changed = sentence[: figure.start()] + str(number) + sentence[figure.end() :]
        assume(str(number) != figure[0].replace(",", ""))

        assert not holds(changed, sentence)

    @repeatable
    @given(sentence=sentences, data=st.data())
    def test_when_it_holds_a_name_that_no_sentence_does(self, sentence: str, data: st.DataObject) -> None:
        words = sentence.split()
        place = data.draw(st.integers(0, len(words)))
        name = data.draw(st.sampled_from(["Ottosen", "Vexholm", "Ziegler"]))

        assert not holds(" ".join([*words[:place], name, *words[place:]]), *ALL)

    @repeatable
    @given(statement=anything, texts=st.lists(anything, max_size=4))
    def test_and_no_text_is_too_odd_to_be_checked(self, statement: str, texts: list[str]) -> None:
        assert all(0 <= place < len(texts) for place in supporting(statement, texts))

    @pytest.mark.parametrize("piece", ["Krug and Moore sailed, ", "no ", "said ", "x, ", "5 ", "according to Krug "])
    def test_a_long_one_is_checked_in_little_time(self, piece: str) -> None:
        statement, source = (piece * 500)[:2_000], piece * 500
        begun = time.perf_counter()

        holds(statement, source)

        assert time.perf_counter() - begun < 10
