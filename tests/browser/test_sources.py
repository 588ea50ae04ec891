"""Footnotes and the sources that they open."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.looking import ask, footnote, highlighted, is_within
from tests.browser.server import StandIn
from tests.browser.world import (
    CLOSED,
    FERRY,
    FERRY_ANSWER,
    FLOODED,
    ISLAND,
    MARKUP,
    PRICED,
    SEALS,
    SEEN,
    Article,
    answer,
    cite,
    statement,
    stream,
)

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

OpenPage = Callable[..., Page]
FERRY_QUESTION = FERRY_ANSWER["question"]
SOURCE = "#source-text"


def test_a_footnote_opens_the_source_beside_the_conversation(page: Page):
    turn = ask(page, FERRY_QUESTION)
    footnote(turn, 1).click()
    expect(page.get_by_role("heading", name=FERRY.title)).to_be_focused()
    expect(page.get_by_text("Harbour Herald · 5 March 2024 · ferry.md", exact=True)).to_be_visible()
    expect(turn.locator(".statement").first).to_be_in_viewport()


def test_the_words_that_are_highlighted_are_the_quote(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).click()
    assert highlighted(page) == CLOSED["citations"][0]["quote"]


def test_the_words_are_scrolled_to(page: Page):
    footnote(ask(page, FERRY_QUESTION), 2).click()
    expect(page.locator(f"{SOURCE} mark").first).to_be_visible()
    assert page.locator(SOURCE).evaluate("box => box.scrollTop") > 0
    assert is_within(page.locator(f"{SOURCE} mark").first, page.locator(SOURCE))


def test_the_end_of_a_very_long_article_is_scrolled_to_at_once(page: Page, server: StandIn):
    lines = "".join(f"Line {number} of a report that goes on and on, as reports do.\n" for number in range(20_000))
    report = Article("report.txt", lines + "Here it ends.\n")
    server.articles[report.id] = report
    server.replies.known["Q?"] = stream(answer("Q?", [statement("It ends.", cite(1, report, "Here it ends"))]))
    footnote(ask(page, "Q?"), 1).click()
    expect(page.locator(f"{SOURCE} mark")).to_be_visible(
        timeout=20_000
    )  # a loaded machine lays out 20,000 lines slowly
    assert highlighted(page) == "Here it ends"
    assert is_within(page.locator(f"{SOURCE} mark"), page.locator(SOURCE))


def test_a_quote_over_several_paragraphs_is_highlighted_whole(page: Page):
    footnote(ask(page, FERRY_QUESTION), 2).click()
    assert highlighted(page) == FLOODED["citations"][0]["quote"]
    expect(page.locator(f"{SOURCE} mark")).to_have_count(2)


def test_emoji_and_combining_characters_before_the_words_move_nothing(page: Page):
    footnote(ask(page, "What came back to the island?"), 1).click()
    assert highlighted(page) == SEALS
    selected = page.evaluate(
        "() => { getSelection().selectAllChildren(document.querySelector('mark')); return getSelection().toString() }"
    )
    assert selected == SEALS == SEEN["citations"][0]["quote"]


def test_the_source_holds_exactly_the_text_of_the_article(page: Page):
    footnote(ask(page, "What came back to the island?"), 1).click()
    expect(page.locator("mark")).to_be_visible()
    assert page.locator(SOURCE).evaluate("box => box.textContent") == ISLAND.text


def test_the_footnote_whose_words_are_shown_is_marked(page: Page):
    turn = ask(page, FERRY_QUESTION)
    footnote(turn, 1).click()
    page.get_by_role("button", name="Next citation").click()
    expect(page.locator(".marker[aria-current]")).to_have_text(["2"])
    page.get_by_role("button", name="Close", exact=True).click()
    expect(page.locator(".marker[aria-current]")).to_have_count(0)


def test_next_and_previous_lead_through_the_citations_of_the_answer(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).click()
    expect(page.get_by_text("1 of 3")).to_be_visible()
    expect(page.get_by_role("button", name="Previous citation")).to_be_disabled()
    page.get_by_role("button", name="Next citation").click()
    expect(page.get_by_text("2 of 3")).to_be_visible()
    assert highlighted(page) == FLOODED["citations"][0]["quote"]
    page.get_by_role("button", name="Next citation").click()
    expect(page.get_by_role("heading", name="Harbour closed longer than first said")).to_be_visible()
    assert highlighted(page) == FLOODED["citations"][1]["quote"]
    page.get_by_role("button", name="Previous citation").click()
    expect(page.get_by_role("heading", name=FERRY.title)).to_be_visible()


def test_the_arrow_keys_lead_on_as_soon_as_a_source_is_open(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).click()
    expect(page.get_by_text("1 of 3")).to_be_visible()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_text("2 of 3")).to_be_visible()
    page.keyboard.press("ArrowRight")
    assert highlighted(page) == FLOODED["citations"][1]["quote"]


def test_the_address_leads_back_to_the_same_words(page: Page, open_page: OpenPage, server: StandIn):
    footnote(ask(page, "What came back to the island?"), 1).click()
    address = page.evaluate("location.hash")
    start = ISLAND.text.index(SEALS)
    assert address == f"#source={ISLAND.id}&start={start}&end={start + len(SEALS)}"
    elsewhere = open_page(f"/{address}", viewport=PHONE)
    assert highlighted(elsewhere) == SEALS


def test_a_page_loaded_again_at_a_source_still_knows_the_next_citation(page: Page):
    footnote(ask(page, FERRY_QUESTION), 2).click()
    page.reload()
    assert highlighted(page) == FLOODED["citations"][0]["quote"]
    expect(page.get_by_text("2 of 3")).to_be_visible()


def test_going_back_closes_the_source_and_forward_opens_it(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).click()
    expect(page.locator(SOURCE)).to_be_visible()
    page.go_back()
    expect(page.locator(SOURCE)).to_be_hidden()
    page.go_forward()
    assert highlighted(page) == CLOSED["citations"][0]["quote"]


def test_closing_the_source_clears_the_address(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).click()
    page.get_by_role("button", name="Close", exact=True).click()
    assert page.evaluate("location.hash") == ""
    expect(page.locator("#panel")).to_be_hidden()


def test_the_quote_is_shown_on_hover_and_goes_with_escape(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).hover()
    quote = page.get_by_role("tooltip")
    expect(quote).to_contain_text("“a storm had closed the harbour for nine days”")
    expect(quote).to_contain_text("The ferry sails again · Harbour Herald · 5 March 2024 · ferry.md")
    page.keyboard.press("Escape")
    expect(quote).to_be_hidden()


def test_the_quote_stays_while_the_pointer_is_on_it(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).hover()
    page.get_by_role("tooltip").hover()
    page.wait_for_timeout(300)  # longer than a quote lingers
    expect(page.get_by_role("tooltip")).to_be_visible()


def test_the_quote_is_shown_when_a_footnote_has_the_focus(page: Page):
    turn = ask(page, FERRY_QUESTION)
    turn.get_by_role("heading").focus()
    page.keyboard.press("Tab")
    expect(footnote(turn, 1)).to_be_focused()
    expect(page.get_by_role("tooltip")).to_be_visible()
    expect(footnote(turn, 1)).to_have_accessible_description(
        re.compile("“a storm had closed the harbour for nine days”")
    )


def test_words_that_have_moved_since_are_found_again(page: Page, server: StandIn):
    turn = ask(page, FERRY_QUESTION)
    server.articles[FERRY.id] = replace(FERRY, text=f"A line was added. {FERRY.text}")
    footnote(turn, 1).click()
    assert highlighted(page) == CLOSED["citations"][0]["quote"]


def test_words_that_are_gone_are_not_highlighted_elsewhere(page: Page, server: StandIn):
    turn = ask(page, FERRY_QUESTION)
    server.articles[FERRY.id] = replace(FERRY, text="Something else is written here now, as long as it takes.")
    footnote(turn, 1).click()
    expect(page.locator("#source").get_by_text("These words are no longer in the article")).to_be_visible()
    expect(page.locator("mark")).to_have_count(0)


def test_an_article_that_is_gone_is_told(page: Page, server: StandIn):
    turn = ask(page, FERRY_QUESTION)
    del server.articles[FERRY.id]
    footnote(turn, 1).click()
    expect(page.locator("#source").get_by_text("This article is no longer there.")).to_be_visible()


def test_an_article_full_of_markup_and_scripts_is_shown_as_text(page: Page):
    turn = ask(page, "What is the price?")
    footnote(turn, 1).hover()
    footnote(turn, 1).click()
    assert highlighted(page) == PRICED["citations"][0]["quote"]
    assert page.locator(SOURCE).evaluate("box => box.textContent") == MARKUP.text
    page.get_by_role("button", name="Articles", exact=True).click()
    expect(page.locator("#list").get_by_text(str(MARKUP.title))).to_be_visible()
    assert page.locator("main img, main script, aside img, aside script, aside style, aside b, aside i").count() == 0
    assert page.evaluate("window.harmed") is None
