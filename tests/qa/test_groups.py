"""Of findings that give the same answer, the one that tells it best is shown first."""

from collections.abc import Callable
from dataclasses import replace

from index.records import Passage, Span
from qa.findings import Finding
from qa.groups import grouped, pooled, told_best

Put = Callable[..., Passage]


def finding(passage: Passage, words: str, sure: float) -> Finding:
    start = passage.chunk.start + passage.chunk.text.index(words)
    span = Span(start, start + len(words))
    sentence = next(one for one in passage.chunk.sentences if one.start <= span.start < one.end)
    return Finding(passage, sentence, span, sure)


def test_the_fuller_day_goes_before_a_part_of_it(put: Put) -> None:
    passage = put("The tram starts in September. It starts on 2 September 2024, they said.")
    found = [finding(passage, "September", 0.74), finding(passage, "2 September 2024", 0.71)]

    assert [one.answer for one in told_best(found)] == ["2 September 2024", "September"]


def test_but_no_other_day_and_no_unsure_one(put: Put) -> None:
    passage = put("The tram starts in September. Perhaps on 2 September 2024.")
    found = [finding(passage, "September", 0.74), finding(passage, "2 September 2024", 0.2)]

    assert told_best(found) == found


def test_a_sentence_goes_before_the_headline_that_says_the_same(put: Put) -> None:
    passage = replace(put("Lind wins the race. Vera Lind won the race by a boat's length."), title="Lind wins the race")
    headline, told = finding(passage, "Lind", 0.8), finding(passage, "Vera Lind", 0.7)

    assert told_best([headline, told]) == [told, headline]
    assert told_best([headline]) == [headline]
    assert told_best([]) == []


def test_what_says_the_same_is_one_group_and_surer_by_each_article(put: Put) -> None:
    one, other = put("Vera Lind won.", "a.txt"), put("Lind won.", "b.txt")
    found = [finding(one, "Vera Lind", 0.6), finding(other, "Lind", 0.5), finding(other, "won", 0.4)]

    groups = grouped(found)

    assert [[each.answer for each in group] for group in groups] == [["Vera Lind", "Lind"], ["won"]]
    assert pooled(groups[0]) > 0.6
    assert pooled(groups[1]) == 0.4
