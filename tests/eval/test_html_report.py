"""The page: whole by itself, safe whatever the texts hold, failures first."""

import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

from eval.html_case import CONTEXT, text
from eval.html_report import html_page
from eval.records import Report
from eval.report import write_files
from index.records import Filters
from tests.eval import faults
from tests.eval.conftest import Evaluate, Newsroom

VOID = {"meta", "input", "br", "rect", "line", "circle", "polyline", "polygon"}


class Page(HTMLParser):
    """A page taken apart: its tags in order, its visible text, what does not close."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.unclosed: list[str] = []
        self.shown = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.unclosed.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag

    def handle_data(self, data: str) -> None:
        self.shown += data

    def cases(self) -> list[dict[str, str | None]]:
        return [attributes for tag, attributes in self.tags if tag == "details" and "data-kind" in attributes]


def test_the_page_is_well_formed_and_needs_nothing_from_anywhere(bad: Report):
    page = Page(html_page(bad))
    assert page.unclosed == []
    assert not any({"src", "srcset"} & attributes.keys() for _, attributes in page.tags)
    assert all(str(attributes.get("href", "#")).startswith("#") for _, attributes in page.tags)
    assert {"link", "img", "iframe", "object"}.isdisjoint(tag for tag, _ in page.tags)
    source = html_page(bad)
    assert "http://" not in source
    assert "https://" not in source
    assert "@import" not in source
    assert "url(" not in source
    assert "default-src 'none'" in source


def test_the_page_knows_light_dark_and_small_screens(bad: Report):
    source = html_page(bad)
    assert "prefers-color-scheme: dark" in source
    assert 'name="viewport"' in source


def test_no_text_becomes_markup_on_the_page(hostile: Report):
    source = html_page(hostile)
    page = Page(source)
    assert [tag for tag, _ in page.tags].count("script") == 1
    assert page.unclosed == []
    assert "<script>alert" not in source
    assert "<script>alert('x')</script>" in page.shown
    assert "\x00" not in source
    source.encode("utf-8")  # no lone surrogate is left


def test_failures_come_first_and_regressions_before_other_failures(
    perfect_baseline: Path, newsroom: Newsroom, evaluate_newsroom: Evaluate
):
    report = evaluate_newsroom(faults.ForgetsTheConversation(newsroom.answerer), baseline=perfect_baseline)
    states = [str(attributes["class"]).split()[-1] for attributes in Page(html_page(report)).cases()]
    assert states == sorted(states)
    assert states[0] == "failed"
    first = Page(html_page(report)).cases()[0]
    assert first["data-state"] == "failed flipped"
    assert first["data-kind"] == "follow_up"


def test_the_page_can_be_filtered_by_every_kind_that_it_shows(bad: Report):
    page = Page(html_page(bad))
    offered = {attributes.get("value") for tag, attributes in page.tags if tag == "option"}
    assert {attributes["data-kind"] for attributes in page.cases()} <= offered


def test_a_quote_is_marked_within_its_context(evaluate_newsroom: Evaluate, newsroom: Newsroom):
    report = evaluate_newsroom()
    body = newsroom.articles["Torvik.txt"]
    quote = "The council of Torvik met in the Torvik Grain Hall."
    start = body.index(quote)
    before, after = body[start - CONTEXT : start], body[start + len(quote) : start + len(quote) + CONTEXT]
    assert f"…{text(before)}<mark>{text(quote)}</mark>{text(after)}…" in html_page(report)


def test_a_quote_that_is_not_in_its_article_is_called_that(bad: Report):
    assert "These are not the article's words at that place:" in html_page(bad)


def test_a_case_shows_its_filters_and_the_date_of_what_it_cites(evaluate_newsroom: Evaluate):
    report = evaluate_newsroom()
    one = report.open_cases[0]
    case, answer = one.outcome.case, one.outcome.answer
    assert answer is not None
    filtered = replace(case.question, filters=Filters(date(2025, 10, 1), None, ("Harbour <Herald>",)))
    cited = replace(answer, citations=(replace(answer.citations[0], published=date(2025, 10, 22)),))
    changed = replace(one, outcome=replace(one.outcome, case=replace(case, question=filtered), answer=cited))
    page = Page(html_page(replace(report, open_cases=(changed,))))
    assert "published 2025-10-01 to …; publishers: Harbour <Herald>" in page.shown
    assert "2025-10-22" in page.shown


def test_an_exception_is_shown_in_place_of_an_answer(evaluate_newsroom: Evaluate, newsroom: Newsroom):
    page = html_page(evaluate_newsroom(faults.FailsOnSomeQuestions(newsroom.answerer), repeats=0))
    assert "nothing: an exception instead of an answer" in page


def test_a_run_without_a_baseline_says_so(evaluate_newsroom: Evaluate):
    assert "This run was compared with nothing." in html_page(evaluate_newsroom())


def test_the_difference_to_the_baseline_is_coloured_by_whether_it_is_better(bad: Report, perfect_baseline: Path):
    assert '<td class="number bad">-1.000</td>' in html_page(bad)  # exact citations: higher is better
    assert bad.comparison is not None
    raised = replace(bad.comparison, figures={**bad.comparison.figures, "aurc": 1.0, "false_alarms": -0.5})
    page = html_page(replace(bad, comparison=raised))
    assert re.search(r'risk-coverage.*?<td class="number good">-0\.\d+</td>', page)
    assert re.search(r'False alarms of disagreement.*?<td class="number bad">\+0\.500</td>', page)


def test_hostile_texts_are_written_all_the_same(tmp_path: Path, hostile: Report):
    paths = [tmp_path / name for name in ("r.json", "r.xml", "r.html")]
    write_files(hostile, json_path=paths[0], junit_path=paths[1], html_path=paths[2])
    assert json.loads(paths[0].read_text(encoding="utf-8"))
    assert ElementTree.parse(paths[1])
    assert Page(paths[2].read_text(encoding="utf-8")).unclosed == []
