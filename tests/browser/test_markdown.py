"""What a Markdown article and a table look like on the page."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import ask, footnote, highlighted, top_of, width_of
from tests.browser.server import StandIn
from tests.browser.world import Article, answer, cite, statement, stream

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

FARES = Article(
    "fares.md",
    "# New 🦭 *fares*\n\nThe [ferry](javascript:alert(1)) has **new** fares.\n- one\n- two\n\n"
    "| Ticket | Single | Return |\n|---|---|---|\n| Adult | **8.40** | 15.00 |\n| Child | 4.20 | |\n\n"
    "Its <b onclick=x>price</b> is low.\n",
    "New fares",
)
QUOTE = "The [ferry](javascript:alert(1)) has **new** fares."
ROW = "Adult | **8.40** | 15.00"
TOLD = {**cite(1, FARES, QUOTE), "shown": "The ferry has new fares."}
PRICED = {**cite(2, FARES, ROW), "shown": "Ticket Adult: Single 8.40; Return 15.00"}
ANSWER = answer("What is new?", [statement(QUOTE, TOLD), statement(ROW, PRICED)])
SOURCE = "#source-text"


@pytest.fixture
def page_with_fares(page: Page, server: StandIn) -> Page:
    server.articles[FARES.id] = FARES
    server.replies.known[ANSWER["question"]] = stream(ANSWER)
    return page


def test_a_statement_is_shown_as_a_person_reads_it(page_with_fares: Page):
    turn = ask(page_with_fares, ANSWER["question"])
    expect(turn.locator(".statement").nth(0)).to_have_text("The ferry has new fares.1")
    expect(turn.locator(".statement").nth(1)).to_have_text("Ticket Adult: Single 8.40; Return 15.002")


def test_so_is_the_quote_beside_a_footnote(page_with_fares: Page):
    footnote(ask(page_with_fares, ANSWER["question"]), 1).hover()
    expect(page_with_fares.locator("#quote .words")).to_have_text("“The ferry has new fares.”")


def test_the_words_that_are_highlighted_are_the_quote_and_the_box_holds_the_text(page_with_fares: Page):
    turn = ask(page_with_fares, ANSWER["question"])
    footnote(turn, 1).click()
    assert highlighted(page_with_fares) == QUOTE
    assert page_with_fares.locator(SOURCE).evaluate("box => box.textContent") == FARES.text
    footnote(turn, 2).click()
    expect(page_with_fares.locator(f"{SOURCE} mark")).to_have_count(3)
    assert highlighted(page_with_fares) == ROW


def test_signs_are_not_seen(page_with_fares: Page):
    footnote(ask(page_with_fares, ANSWER["question"]), 1).click()
    source = page_with_fares.locator(SOURCE)
    expect(source.locator(".heading")).to_have_text("New 🦭 fares", use_inner_text=True)
    expect(source.locator("strong").first).to_have_text("new")
    expect(source.locator(".item").first).to_have_text("one", use_inner_text=True)
    expect(source.locator(".row").first.locator(".cell")).to_have_text(["Adult", "8.40", "15.00"], use_inner_text=True)
    beside = source.locator(".row").first.locator(".cell").all()
    assert len({round(top_of(cell)) for cell in beside}) == 1
    below = [row.locator(".cell").nth(1) for row in source.locator(".head, .row").all()]
    assert len({round(width_of(cell)) for cell in below}) == 1
    shown = source.inner_text()
    assert not any(sign in shown for sign in ("**", "](", "# ", "---", "|"))


def test_what_is_copied_is_what_is_seen(page_with_fares: Page):
    footnote(ask(page_with_fares, ANSWER["question"]), 1).click()
    expect(page_with_fares.locator(f"{SOURCE} mark")).to_be_visible()
    copied = page_with_fares.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector("#source-text mark"));
          return getSelection().toString();
        }"""
    )
    assert copied == "The ferry has new fares."


def test_nothing_in_a_text_becomes_more_than_text(page_with_fares: Page):
    footnote(ask(page_with_fares, ANSWER["question"]), 1).click()
    source = page_with_fares.locator(SOURCE)
    expect(source.get_by_text("<b onclick=x>price</b>")).to_be_visible()
    expect(source.locator("a, b, img, script, [onclick], [href]")).to_have_count(0)
