"""Two articles differ only where both cannot be right; where that is in doubt, nothing is said."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import permutations
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.embedding import MiniLMEmbedder, TextEmbedder, Vectors
from index.records import Passage, Span
from qa.comparison import ARTICLES_READ, Comparison, Side
from qa.reader import AnswerSpan, Reading
from tests.qa.conftest import Newsroom
from tests.qa.repeatable import with_fixtures

Put = Callable[..., Passage]
Compare = Callable[..., tuple[Side, ...]]
Ask = Callable[..., list[list[str]]]

_MARKED = re.compile(r"\[(.+?)\]", re.DOTALL)
_ENDS = re.compile(r"(?<=[.”]) (?=[A-Z“])")  # of sentences
SURE = 12.0

# Why some of what follows is not yet so.
WHY = {
    "AGE": "an age is not held against the day on which it was told",
    "CODE": "a currency's code before a number is not seen to be its unit",
    "NIGHT": "the night of one day is the early morning of the next",
    "ELSEWHERE": "two events of one kind, in other places or offices, are compared",
    "ADJECTIVE": "a country and its adjective are compared as two countries",
    "UNKNOWN_NAMES": "whether two answers are of one kind is judged by an embedding, which knows no new name",
    "SEVERAL": "several answers may be right at once, and are compared",
    "DOUBT": "what may be, or is asked for, is taken for what is",
    "WEEKDAY": "a weekday without a date is no day that could be compared",
    "UNITS": "'people' and 'passengers' are two units",
    "OPPOSITES": "'well' and 'badly' are two words like any others",
}


def pairs(written: str) -> list[Any]:
    """Return the cases of a text: below each question, two articles at a time and, where it is not yet so, why.

    What a reader points at stands in brackets. A heading tells of what kind the cases are.
    """
    found: list[Any] = []
    kind = question = ""
    articles: list[str] = []
    for line in filter(None, written.splitlines()):
        if line.startswith("# "):
            kind = line[2:]
        elif not line.startswith(" "):
            question = line
        elif line.startswith("    fails: "):
            mark = pytest.mark.xfail(strict=True, reason=WHY[line.removeprefix("    fails: ")])
            found[-1] = pytest.param(*found[-1].values, id=found[-1].id, marks=mark)
        else:
            articles.append(line.strip())
        if len(articles) == 2:
            found.append(pytest.param(question, *articles, id=f"{kind}: {' / '.join(articles)}"))
            articles = []
    return found


AGREEING = pairs("""
# series
When is the Quillon marathon?
    The Quillon marathon was held on [14 May 2022].
    The Quillon marathon will be held on [12 May 2024].
When did the Harbour Festival take place?
    The Harbour Festival of Sundholm took place on [3 June].
    Last year the Harbour Festival of Sundholm took place on [8 June].
Which team won the Dovre Cup?
    [Ravnsund] won the Dovre Cup in 2021.
    [Quillon] won the Dovre Cup in 2023.
Which film won the Golden Otter?
    The film [Tidewater] won the Golden Otter on Sunday.
    Last year the film [Saltmarsh] won the Golden Otter.
# range
When will the repair of the bridge be done?
    The repair of the bridge will be done [between March and May].
    The repair of the bridge will be done in [April].
How many people were on the ferry?
    [Between 80 and 120 people] were on the ferry.
    There were [104 people] on the ferry.
How long will the repair take?
    The repair will take [eight to ten weeks].
    The repair will take [nine weeks].
How much does a ticket to Sundholm cost?
    A ticket to Sundholm costs [14 to 18 crowns].
    A ticket to Sundholm costs [16 crowns].
How many people were on the ferry?
    There were [80-120 people] on the ferry.
    There were [104 people] on the ferry.
# bound
How many people were hurt in the fire?
    More than [40 people] were hurt in the fire.
    The fire hurt [57 people].
    [At least 20] people were hurt in the fire.
    The fire hurt [57 people].
How many homes lost power in the storm?
    The storm left [more than 10,000] homes without power.
    The storm left [16,400] homes without power.
# phase
When does the rollout of the new tickets begin?
    The first phase of the rollout of the new tickets begins in [March].
    The second phase of the rollout of the new tickets begins in [June].
How many flats will be built at the docks?
    In the first phase, [120 flats] will be built at the docks.
    In the second phase, [300 flats] will be built at the docks.
When is the hearing on the harbour?
    The first hearing on the harbour is on [4 May].
    The second hearing on the harbour is on [18 May].
# ordinal
Which month has the least rain in Sundholm?
    [June], the first month of summer, has the least rain in Sundholm.
    The [first month of summer] has the least rain in Sundholm.
When was the vote in Quillon?
    The first round of the vote in Quillon was on [7 April].
    The second round of the vote in Quillon was on [21 April].
How many goals did Lind score?
    Lind scored [two goals] in the first half against Ravnsund.
    Lind scored [three goals] against Ravnsund.
# age
How old is Ilse Brandt?
    Ilse Brandt, [41], became captain of the ferry in 2019.
    Ilse Brandt, [46], left the ferry on Tuesday.
    fails: AGE
How old was Jonas Weil?
    Jonas Weil was [19] when he moved to the tower.
    Jonas Weil was [50] when he left the tower.
    fails: AGE
# speech
When will the ferry sail again?
    “We hope to sail in [May],” Captain Ilse Brandt said.
    “We will sail on [15 May],” Captain Ilse Brandt said.
How many nights did the crew pump?
    “We pumped for [two nights],” Ilse Brandt said.
    Ilse Brandt said that the crew pumped for [two nights and a day].
Did the mayor welcome the plan?
    “[I welcome the plan],” the mayor of Marwick said.
    The mayor of Marwick said that he did not expect the plan but [welcomed it].
# currency
How much did the lamp cost?
    The lamp cost [$2,000].
    The lamp cost [1,850 euros].
How much will the bridge cost?
    The repair of the bridge will cost [2.4 million crowns].
    The repair of the bridge will cost [$230,000].
How much did the lamp cost?
    The lamp cost [£1,600].
    The lamp cost [1,600 pounds].
    The lamp cost [US$2,000].
    The lamp cost [CHF 1,780].
    fails: CODE
    The lamp cost [3,000 Australian dollars].
    The lamp cost [2,000 US dollars].
# unit
How long is the new tunnel?
    The new tunnel is [5 miles] long.
    The new tunnel is [8 kilometres] long.
    The new tunnel is [8 km] long.
    The new tunnel is [8,000 metres] long.
How long will the repair take?
    The repair will take [11 weeks].
    The repair will take [three months].
How high is the tower of Ravnsund?
    The tower of Ravnsund is [40 metres] high.
    The tower of Ravnsund is [131 feet] high.
How hot was it in Marwick?
    It was [30C] in Marwick on Sunday.
    It was [86F] in Marwick on Sunday.
How long is the walk to the lighthouse?
    The walk to the lighthouse takes [an hour and 30 minutes].
    The walk to the lighthouse takes [90 minutes].
# percent
How many voters backed the harbour plan?
    The harbour plan was backed by [61 percent] of voters.
    The harbour plan was backed by [12,400 voters].
How many homes lost power in the storm?
    Some [30% of homes] lost power in the storm.
    The storm cut power to [9,000 homes].
How much did fares rise?
    Fares on the ferry rose by [5 percent].
    Fares on the ferry rose by [70 cents].
    Fares on the ferry rose by [5%].
    Fares on the ferry rose by [5 per cent].
How many voters backed the harbour plan?
    [Three in five] voters backed the harbour plan.
    The harbour plan was backed by [60 percent] of voters.
# partial
When will the ferry sail again?
    The ferry will sail again in [August].
    The ferry will sail again on [15 August].
When was the tower built?
    The tower of Ravnsund was built in the [1890s].
    The tower of Ravnsund was built in [1894].
When was the tower sold?
    The tower of Ravnsund was sold on [Tuesday].
    The tower of Ravnsund was sold on [5 March 2024].
    The tower of Ravnsund was sold on [5 March 2024].
    The tower of Ravnsund was sold on [05/03/2024].
    The tower of Ravnsund was sold on [March 5th].
    The tower of Ravnsund was sold on [5 Mar. 2024].
When did the storm hit Sundholm?
    The storm hit Sundholm on [the night of 4 March].
    The storm hit Sundholm early on [5 March].
    fails: NIGHT
# different-events
When was the tower of Ravnsund opened?
    The tower of Ravnsund was opened to visitors on [4 May 1994].
    The tower of Ravnsund was opened as a museum on [9 June 2003].
    fails: ELSEWHERE
When was Krug elected?
    Krug was elected mayor of Marwick in [2011].
    Krug was elected to the council of Marwick in [2006].
    fails: ELSEWHERE
When did Moore resign?
    Moore resigned as treasurer of the harbour on [3 May].
    Moore resigned as mayor of Marwick on [9 September].
    fails: ELSEWHERE
# part
How many people died in the storm?
    The storm killed [31 people], officials said.
    The storm killed [12 people] in Marwick alone.
How many ships wait at Quillon?
    In all, [90 ships] wait at Quillon.
    At Quillon, [14 tankers] wait.
How many people died in the storm?
    The storm killed 31 people, among them [nine] children.
    The storm killed [31] people.
How many jobs will the yard cut?
    The yard will cut 900 jobs, [300] of them in Marwick.
    The yard will cut [900] jobs.
How much did the town spend on the harbour?
    The town spent [40 million crowns] on the harbour over five years.
    The town spent [8 million crowns] a year on the harbour.
# rounding
How many loaves does the bakery sell?
    The bakery sells [nearly 400 loaves] a day.
    The bakery sells [389 loaves] a day.
How much is the fleet worth?
    The fleet is worth [5.88 trillion crowns].
    The fleet is worth [6 trillion crowns].
How many people live in Quillon?
    Quillon has [48,312 inhabitants].
    Quillon has [48,000 inhabitants].
How many people came to the concert?
    The concert drew [tens of thousands] of people.
    The concert drew [42,000] people.
    The concert drew [hundreds] of people.
    The concert drew [420] people.
    The concert drew [two and a half thousand people].
    The concert drew [2,500 people].
How long did the flight take?
    The flight took [two and a half hours].
    The flight took [2.5 hours].
# name
Which company built the tower?
    [The Dovre Shipbuilding Company] built the tower.
    The tower was built by [Dovre Shipbuilding Co.]
Which agency warned of the storm?
    The [Sundholm Weather Office] warned of the storm.
    The [SWO] warned of the storm.
Which country bought the ships?
    The [Republic of Vastria] bought the ships.
    [Vastria] bought the ships.
    The [U.N.] bought the ships.
    The [UN] bought the ships.
Which airline cancelled the flights?
    [Northwind] cancelled the flights to Quillon.
    [Northwind Airways] cancelled the flights to Quillon.
What country is the singer from?
    The singer is from [Vastria].
    The [Vastrian] singer gave a concert.
    fails: ADJECTIVE
# several
Which city was hit by the storm?
    The storm hit [Quillon].
    The storm hit [Marwick].
Which country signed the treaty?
    [Vastria] signed the treaty on the seas.
    [Ostmark] signed the treaty on the seas.
Which company makes rye bread in Marwick?
    [The Krug bakery] makes rye bread in Marwick.
    [The Lind bakery] makes rye bread in Marwick.
    fails: SEVERAL
# verdict
Was the ferry damaged?
    [The ferry was damaged] in the storm.
    [The ferry was damaged], but nobody was hurt.
    The ferry was [badly damaged] in the storm.
    No one was aboard when [the ferry was damaged] in the storm.
Did the council approve the plan?
    The council [approved] the plan for the harbour.
    Without debate, the council [approved] the plan for the harbour.
    The council [approved] the plan for the harbour.
    The council [approved] the plan not on Monday but on Tuesday.
Is the harbour of Quillon open?
    The harbour of Quillon is [open].
    The harbour of Quillon is [no longer closed].
Did Brandt deny the charges?
    Brandt [denied the charges] on Monday.
    Brandt [did deny the charges] on Monday.
Did Brandt reject the offer?
    Brandt [rejected the offer] of the yard.
    Brandt [said no to the offer] of the yard.
# choice
Was the meeting cancelled or postponed?
    The meeting was [postponed].
    The meeting was [not cancelled but postponed].
    The meeting was [postponed] to May.
    The meeting, which some said was cancelled, was [postponed].
Will the ferry sail in May or in June?
    The ferry will sail [in May].
    The ferry will sail on [15 May], and the train will run in June.
Was the mill sold or rented?
    The mill was [sold] to Krug.
    The mill was [sold], after years in which it was rented.
Was the vote for or against the harbour?
    The vote went [for] the harbour plan.
    The council voted [for] the harbour plan, with nine members against.
# list
Which animals live on the island?
    [Seals] live on the island of Sundholm.
    [Otters] live on the island of Sundholm.
What colours does the flag have?
    The flag of the fleet has a [red] stripe.
    The flag of the fleet has a [green] stripe.
    fails: SEVERAL
Which vegetables does the farm grow?
    The farm near Marwick grows [carrots].
    The farm near Marwick grows [onions].
    fails: SEVERAL
# happened
What happened to the ferry?
    The ferry [was hit by a wave].
    The ferry [was towed by a tug].
What happened at the harbour on Monday?
    [A ferry sank] at the harbour on Monday.
    [A barge burned] at the harbour on Monday.
What caused the delays at the harbour?
    [Fog] caused delays at the harbour on Monday.
    [Rain] also caused delays at the harbour.
# choice-doubt
Was the meeting cancelled or postponed?
    The meeting in Quillon [may be cancelled].
    The meeting in Quillon was [postponed].
    The mayor asked for the meeting in Quillon to be [cancelled].
    The meeting in Quillon was [postponed].
    fails: DOUBT
# month-verb
When will the tunnel open?
    The tunnel [may open in 2025].
    The tunnel will open in [June 2025].
# season
When did Ravnsund win the league?
    Ravnsund won the league in the [2019/20] season.
    Ravnsund won the league in [2020].
# relative
When will the ferry sail?
    The ferry will sail [two days after 4 March].
    The ferry will sail on [6 March].
# rough
How many people came to the concert?
    The concert drew [approximately 500 people].
    The concert drew [430 people].
    The concert drew [roughly 500 people].
    The concert drew [430 people].
""")
DIFFERING = pairs("""
# date
When will the ferry sail again?
    The ferry will sail again on [15 August].
    The ferry will sail again on [16 August].
When did the storm hit Sundholm?
    The storm hit Sundholm on [4 March].
    The storm hit Sundholm on [7 April].
When was the tower of Ravnsund built?
    The tower of Ravnsund was built in [1894].
    The tower of Ravnsund was built in [1901].
What year was the oven built?
    The oven was built in [1911] by a potter.
    A potter built the oven in [1921].
Which month will the lighthouse close?
    The lighthouse will close in [October].
    The lighthouse will close in [November].
On which day was the strike called off?
    The strike at the docks was called off on [Monday].
    The strike at the docks was called off on [Thursday].
    fails: WEEKDAY
When will the road reopen?
    The road to Marwick will reopen in the [spring of 2025].
    The road to Marwick will reopen in the [autumn of 2026].
When was the tower sold?
    The tower of Ravnsund was sold on [2024-03-05].
    The tower of Ravnsund was sold on [March 8, 2024].
When will the vote be held?
    The vote on the harbour will be held on [May 4].
    The vote on the harbour will take place on [11 May].
# amount
How many people died in the fire?
    The fire at the mill killed [four people].
    The fire at the mill killed [nine people].
How many people were hurt?
    The crash on the bridge hurt [12 people].
    The crash on the bridge hurt [19 passengers].
    fails: UNITS
How much did the lamp cost?
    The museum paid [$2,000] for the lamp.
    The museum paid [$3,500] for the lamp.
    The museum paid [2,000 dollars] for the lamp.
    The museum paid [$3,500] for the lamp.
How many loaves does the bakery sell a day?
    The bakery sells [400] loaves a day.
    The bakery sells [650 loaves] a day.
How long will the repair take?
    The repair of the bridge will take [eleven weeks].
    The repair of the bridge will take [20 weeks].
How many votes did Moore win?
    Moore won [12,400 votes] in Marwick.
    Moore won [9,800 votes] in Marwick.
How much of the island burnt?
    Fire burnt [30 percent] of the island of Sundholm.
    Fire burnt [70%] of the island of Sundholm.
How many seals were counted?
    Wardens counted [57] seals on the island.
    Wardens counted [75] seals on the island.
How old is the keeper?
    The keeper of the lighthouse, Jonas Weil, is [61].
    Jonas Weil, the keeper of the lighthouse, is [67].
How many people were on the ferry?
    [About 100 people] were on the ferry.
    Some [300 people] were on the ferry.
# thing
Which museum bought the lamp?
    The lamp was sold to the [Maritime Museum of Quillon].
    The lamp was sold to the [Railway Museum of Marwick].
What colour was the boat?
    The boat that hit the pier was [red].
    The boat that hit the pier was [green].
Which country won the final?
    [Vastria] won the final in Quillon.
    [Ostmark] won the final in Quillon.
    fails: UNKNOWN_NAMES
Which city will host the games?
    [Quillon] will host the games.
    [Marwick] will host the games.
    fails: UNKNOWN_NAMES
# verdict
Did the council approve the plan?
    The council [approved] the plan for the harbour.
    The council [did not approve] the plan for the harbour.
    The council [approved] the plan for the harbour.
    The council [rejected] the plan for the harbour.
Was anyone hurt in the fire?
    [Two people were hurt] in the fire at the mill.
    [Nobody was hurt] in the fire at the mill.
Will the ferry sail in May?
    The ferry [will sail in May].
    The ferry [won't sail in May].
Did the call go well?
    The call between the two mayors [went well].
    The call between the two mayors [did not go well].
    The call between the two mayors [went well].
    The call between the two mayors [went badly].
    fails: OPPOSITES
Is the harbour open?
    The harbour of Quillon is [open].
    The harbour of Quillon is [closed].
Has the mayor resigned?
    The mayor of Marwick [has resigned].
    The mayor of Marwick has [refused to resign].
# choice
Was the meeting cancelled or postponed?
    The meeting in Quillon was [cancelled].
    The meeting in Quillon was [postponed].
    The meeting in Quillon was [cancelled], not postponed.
    The meeting in Quillon was [postponed].
    The meeting in Quillon was [canceled].
    The meeting in Quillon was not cancelled but [postponed].
Is the ship an oil tanker or a gas tanker?
    The ship is an [oil tanker].
    The ship is a [gas tanker].
Did Brandt resign before or after the vote?
    Brandt resigned [before the vote].
    Brandt resigned [after the vote].
Was the mill sold or rented?
    The mill was [sold] to Krug.
    The mill was [rented] by Krug.
Will the ferry sail in May or in June?
    The ferry will sail in [May].
    The ferry will sail in [June].
Was the call productive or difficult?
    A harbour official described the call as [productive].
    Two aides called the call [difficult].
# when-inside
How many people were on the ferry when it sank?
    There were [104 people] on the ferry when it sank.
    There were [180 people] on the ferry when it sank off Sundholm.
# refusal
Did the council accept the offer?
    The council [accepted] the offer of the yard.
    The council [rejected] the offer of the yard.
Did the court hear the appeal?
    The court of Quillon [heard the appeal] on Monday.
    The court of Quillon [dismissed the appeal] without a hearing on Monday.
# choice-bare
Was it cancelled or postponed?
    The council [cancelled] the meeting.
    The council [postponed] the meeting.
Did it rain or snow in Marwick?
    It [rained] in Marwick on Sunday.
    It [snowed] in Marwick on Sunday.
# same-year
When did the trial in Quillon begin?
    The trial in Quillon began on [5 March 2024].
    The trial in Quillon began on [18 April 2024], a clerk said.
""")


@dataclass
class PointsAtTheMarked:
    """A reader that points at the words that the articles have in brackets, as sure as `sure` tells by these words."""

    answers: list[tuple[str, Span]] = field(default_factory=list)
    sure: dict[str, float] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)

    def mark(self, sentence: str) -> str:
        """Note where the brackets are, and return the sentence without them."""
        plain = _MARKED.sub(r"\1", sentence)
        for number, match in enumerate(_MARKED.finditer(sentence)):
            start = match.start() - 2 * number
            self.answers.append((plain, Span(start, start + len(match[1]))))
        return plain

    def read(self, question: str, texts: Sequence[str]) -> list[Reading]:
        self.asked.extend(texts)
        return [self._reading(text) for text in texts]

    def _reading(self, text: str) -> Reading:
        found = [
            (self.sure.get(sentence[slice(*span)], SURE), Span(*(text.index(sentence) + place for place in span)))
            for sentence, span in dict.fromkeys(self.answers)
            if sentence in text
        ]
        best = max((sure for sure, _ in found), default=-20.0)
        # A span's score counts a fifth of the text's.
        spans = (AnswerSpan(span, 5 * (sure - best)) for sure, span in sorted(found, key=lambda one: (-one[0], one[1])))
        return Reading(best, tuple(spans))


class EachWordStandsOnce:
    """Statistics of an index that holds each word of a question once."""

    def frequencies(self, wanted: Sequence[str]) -> tuple[int, dict[str, int]]:
        return 100, dict.fromkeys(wanted, 1)


class AllAlike:
    """An embedder to which all texts mean the same."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.ones((len(texts), 1), np.float32)


class AllUnlike:
    """An embedder to which no two texts have anything in common."""

    def embed(self, texts: Sequence[str]) -> Vectors:
        return np.eye(len(texts), dtype=np.float32)


@pytest.fixture
def marked() -> PointsAtTheMarked:
    return PointsAtTheMarked()


@pytest.fixture
def compare(put: Put, marked: PointsAtTheMarked) -> Compare:
    """Compares articles of these sentences: each is a text, in which what is pointed at stands in brackets."""

    def sides(question: str, *articles: str, embedder: TextEmbedder | None = None) -> tuple[Side, ...]:
        # Each article begins at a place of its own, as articles do.
        passages = [
            put("\n" * number + " ".join(map(marked.mark, _ENDS.split(text))), f"{number}.txt")
            for number, text in enumerate(articles)
        ]
        return Comparison(marked, EachWordStandsOnce(), embedder or AllAlike()).sides(question, question, passages)

    return sides


@pytest.fixture
def ask(compare: Compare) -> Ask:
    """Returns the answers of each side."""

    def answers(question: str, *articles: str, embedder: TextEmbedder | None = None) -> list[list[str]]:
        return [[one.answer for one in side.findings] for side in compare(question, *articles, embedder=embedder)]

    return answers


class TestPairs:
    """With a reader that is sure of the right words, and the shipped embedder."""

    @pytest.mark.parametrize(("question", "one", "other"), AGREEING)
    def test_what_can_both_be_right_is_no_difference(
        self, ask: Ask, embedder: MiniLMEmbedder, question: str, one: str, other: str
    ) -> None:
        assert ask(question, one, other, embedder=embedder) == []

    @pytest.mark.parametrize(("question", "one", "other"), DIFFERING)
    def test_what_cannot_both_be_right_is_a_difference(
        self, ask: Ask, embedder: MiniLMEmbedder, question: str, one: str, other: str
    ) -> None:
        assert len(ask(question, one, other, embedder=embedder)) == 2


CHOICE = ("Was the meeting cancelled or postponed?", "The meeting was [cancelled].", "The meeting was [postponed].")
WHEN = "When will the ferry sail?"
AUGUST_4, AUGUST_5, AUGUST_6 = (f"The ferry will sail on [{day} August]." for day in (4, 5, 6))


class TestSides:
    def test_articles_that_say_the_same_are_one_side(self, ask: Ask) -> None:
        assert ask(WHEN, AUGUST_4, AUGUST_5, "On [August 5th] the ferry will sail.") == [
            ["4 August"],
            ["5 August", "August 5th"],
        ]

    def test_three_answers_are_three_sides(self, ask: Ask) -> None:
        assert ask(WHEN, AUGUST_4, AUGUST_5, AUGUST_6) == [["4 August"], ["5 August"], ["6 August"]]

    def test_what_fits_several_sides_is_of_the_first_that_it_fits(self, ask: Ask) -> None:
        assert ask(WHEN, AUGUST_4, AUGUST_5, "The ferry will sail in [August].") == [
            ["4 August", "August"],
            ["5 August"],
        ]

    def test_the_surest_is_first(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        marked.sure["5 August"] = SURE + 1

        assert ask(WHEN, AUGUST_4, AUGUST_5) == [["5 August"], ["4 August"]]

    def test_one_article_agrees_with_itself(self, ask: Ask) -> None:
        assert ask(WHEN, AUGUST_4) == []

    def test_articles_that_agree_have_no_sides(self, ask: Ask) -> None:
        assert ask(WHEN, AUGUST_4, AUGUST_4) == []

    def test_no_articles_have_none(self, ask: Ask) -> None:
        assert ask(WHEN) == []

    def test_an_article_that_says_nothing_about_it_takes_no_side(self, ask: Ask) -> None:
        assert ask(WHEN, AUGUST_4, "The ferry is red.", AUGUST_5) == [["4 August"], ["5 August"]]

    def test_an_article_that_contradicts_itself_is_on_both_sides(self, compare: Compare) -> None:
        sides = compare(WHEN, f"{AUGUST_4} It rained all day. It will rain. {AUGUST_5}")

        assert [[one.article_id for one in side.findings] for side in sides] == [["0.txt"], ["0.txt"]]

    def test_an_article_that_says_it_twice_counts_once(self, compare: Compare) -> None:
        sides = compare(WHEN, f"{AUGUST_4} It rained. It rains. {AUGUST_4}", AUGUST_5)

        assert [[one.article_id for one in side.findings] for side in sides] == [["0.txt"], ["1.txt"]]

    def test_sentences_about_other_things_are_not_compared(self, ask: Ask) -> None:
        assert ask(WHEN, AUGUST_4, AUGUST_5, embedder=AllUnlike()) == []

    def test_sentences_at_the_same_place_of_two_articles_are_two(self, put: Put, marked: PointsAtTheMarked) -> None:
        passages = [put(marked.mark(text), file) for text, file in ((AUGUST_4, "a.txt"), (AUGUST_5, "b.txt"))]

        assert len(Comparison(marked, EachWordStandsOnce(), AllAlike()).sides(WHEN, WHEN, passages)) == 2

    @pytest.mark.parametrize(
        ("one", "other", "sides"),
        [
            # The articles came out on Tuesday, 6 and Friday, 9 October 2026.
            ("The strike was called off on [Monday].", "The strike was called off on [Thursday].", 2),
            ("The strike was called off on [Monday].", "The strike was called off on [5 October].", 0),
            ("The strike was called off on [Monday].", "The strike was called off on [6 October].", 2),
            ("The strike was called off [on Monday].", "The strike was called off [on Monday].", 0),
            ("The strike will be called off on [Monday].", "The strike was called off on [Thursday].", 0),
        ],
    )
    def test_a_weekday_is_the_day_that_it_is_by_its_articles_date(
        self, put: Put, marked: PointsAtTheMarked, one: str, other: str, sides: int
    ) -> None:
        question = "When was the strike called off?"
        passages = [
            replace(put(marked.mark(text) + end, f"{day}.txt"), published=date(2026, 10, day))
            for text, end, day in ((one, "", 6), (other, " It rained.", 9))
        ]

        assert len(Comparison(marked, EachWordStandsOnce(), AllAlike()).sides(question, question, passages)) == sides

    def test_what_comes_nearest_in_meaning_is_compared_where_the_words_leave_doubt(
        self, put: Put, marked: PointsAtTheMarked
    ) -> None:
        passages = [put(marked.mark(f"They had it painted [{one}]."), one) for one in ("red", " green")]
        question = "What colour was the vessel?"

        assert len(Comparison(marked, EachWordStandsOnce(), AllAlike()).sides(question, question, passages)) == 2

    def test_the_surest_is_first_where_each_article_speaks_once(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        marked.sure |= {"red": SURE + 2, "blue": SURE, "green": SURE + 1}
        article = "The boat that hit the pier was [red]. It rained. It rains. Another boat at the pier was [blue]."

        assert ask("What colour was the boat?", article, "The boat that hit the pier was [green].")[0] == ["red"]

    def test_the_order_of_the_passages_does_not_matter(self, put: Put, marked: PointsAtTheMarked) -> None:
        texts = (AUGUST_4, f" {AUGUST_5}", f"  {AUGUST_6}", "   The ferry will sail in [August].")
        passages = [put(marked.mark(text), f"{number}.txt") for number, text in enumerate(texts)]
        comparison = Comparison(marked, EachWordStandsOnce(), AllAlike())

        assert len({comparison.sides(WHEN, WHEN, order) for order in permutations(passages)}) == 1

    @with_fixtures
    @given(days=st.lists(st.integers(1, 31), min_size=1, max_size=ARTICLES_READ))
    def test_no_article_is_on_two_sides_by_one_sentence(self, compare: Compare, days: list[int]) -> None:
        sides = compare(WHEN, *(f"The ferry will sail on [{day} August]." for day in days))

        found = [(one.article_id, one.sentence) for side in sides for one in side.findings]
        assert len(found) == len(set(found))

    @with_fixtures
    @given(days=st.lists(st.integers(1, 31), min_size=1, max_size=ARTICLES_READ))
    def test_there_is_a_side_for_each_answer_or_none_at_all(self, compare: Compare, days: list[int]) -> None:
        sides = compare(WHEN, *(f"The ferry will sail on [{day} August]." for day in days))

        assert len(sides) == (len(set(days)) if len(set(days)) > 1 else 0)


class TestDoubts:
    """What the reader is not sure of makes no side."""

    def test_an_answer_that_is_unsure_takes_no_side(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        marked.sure["5 August"] = 0.0

        assert ask(WHEN, AUGUST_4, AUGUST_5) == []

    def test_nor_does_one_far_less_sure_than_the_surest(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        marked.sure |= {"4 August": 20.0, "5 August": 3.0}

        assert ask(WHEN, AUGUST_4, AUGUST_5) == []

    def test_nor_does_a_sentence_about_little_of_what_is_asked(self, ask: Ask) -> None:
        question = "When will the ferry of Sundholm leave the harbour of Quillon?"

        assert (
            ask(question, "The ferry of Sundholm will leave Quillon on [4 August].", "The vote is on [5 August].") == []
        )

    def test_of_alternatives_less_is_asked(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        marked.sure |= {"cancelled": 0.0, "postponed": 0.0}

        assert ask(*CHOICE) == [["cancelled"], ["postponed"]]

    def test_but_not_nothing(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        marked.sure |= {"cancelled": -6.0}

        assert ask(*CHOICE) == []


class TestQuestionsOfManyAnswers:
    """Nothing is compared, and nothing read, where several answers may be right at once."""

    @pytest.mark.parametrize(
        "question",
        [
            "Who came to the harbour?",
            "Where is the harbour?",
            "Why did the ferry sink?",
            "How did the ferry sink?",
            "What did the mayor say about the harbour?",
            "Tell me about the harbour.",
            "harbour",
            "?",
            "",
        ],
    )
    def test_nothing_is_read(self, ask: Ask, marked: PointsAtTheMarked, question: str) -> None:
        assert (ask(question, "[Moore] came to the harbour.", "[Lind] came to the harbour."), marked.asked) == ([], [])


class TestChoices:
    @pytest.mark.parametrize(
        ("question", "one", "other", "told"),
        [
            (
                "Was it green or yellow?",
                "The signal was green, [she] said.",
                "The [log] has yellow.",
                ["green", "yellow"],
            ),
            (
                "Was the pier opened by the lord mayor or the bishop?",
                "The [pier] was opened by the lord mayor of Marwick.",
                "The [pier] was opened by the old bishop.",
                ["lord mayor", "bishop"],
            ),
        ],
    )
    def test_a_side_says_its_alternative_in_the_article_s_words(
        self, ask: Ask, question: str, one: str, other: str, told: list[str]
    ) -> None:
        assert sorted(answers[0] for answers in ask(question, one, other)) == sorted(told)


class TestManyArticles:
    FIFTY = tuple(f"The ferry will carry [{10 * number**2} people]." for number in range(1, 51))

    def test_only_the_best_are_read(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        ask("How many people will the ferry carry?", *self.FIFTY)

        assert len(marked.asked) == ARTICLES_READ

    def test_each_of_these_has_a_side(self, ask: Ask) -> None:
        assert len(ask("How many people will the ferry carry?", *self.FIFTY)) == ARTICLES_READ

    def test_of_a_long_article_two_stretches_are_read(self, ask: Ask, marked: PointsAtTheMarked) -> None:
        long = " ".join(f"{AUGUST_4} It rained on day {day}. It snowed then. It hailed then." for day in range(20))

        ask(WHEN, long)

        assert len(marked.asked) <= 2


class TestTheShippedReader:
    @pytest.mark.parametrize(
        "question",
        ["How many loaves does the bakery sell a day?", "Was the ferry to Sundholm cancelled or delayed?"],
    )
    def test_articles_that_agree_have_no_sides(self, newsroom: Newsroom, question: str) -> None:
        comparison = newsroom.answerer._comparer

        assert comparison.sides(question, question, newsroom.retriever.search(question, top_k=20)) == ()
