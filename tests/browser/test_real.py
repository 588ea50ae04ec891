"""The page on the real API, over the made-up articles: what the stand-in server only promises."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import ask, footnote, highlighted

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

OpenPage = Callable[..., Page]


@pytest.fixture
def page(open_page: OpenPage, address: str) -> Page:
    """The page as the real service serves it, once it is ready."""
    page = open_page(address=address)
    expect(page.get_by_text("articles to ask.")).to_be_visible(timeout=30_000)
    return page


def test_a_footnote_leads_from_an_answer_to_the_words_behind_emoji(page: Page):
    turn = ask(page, "How many seals did the wardens count?")
    footnote(turn, 1).hover()
    quote = page.locator("#quote .words").inner_text()
    footnote(turn, 1).click()
    assert f"“{highlighted(page)}”" == quote
    assert "57" in quote


def test_a_follow_up_is_understood_from_the_conversation(page: Page):
    ask(page, "What did engineers find in the cables of the Kettering bridge?")
    turn = ask(page, "How long will its repair take?")
    expect(turn.locator("footer")).to_contain_text("Understood as:")
    expect(turn.locator(".statement").first).to_contain_text("eleven weeks")


def test_an_added_file_answers_a_question_and_is_gone_when_it_is_removed(page: Page):
    page.get_by_role("button", name="Articles", exact=True).click()
    text = "The clock tower of Ostermark was painted blue by the painter Wenzel Adair."
    page.set_input_files("#files", {"name": "tower.txt", "mimeType": "text/plain", "buffer": text.encode()})
    expect(page.locator("#uploads").get_by_text("added")).to_be_visible(timeout=30_000)
    turn = ask(page, "Who painted the clock tower of Ostermark?")
    expect(turn.locator(".short")).to_contain_text("Wenzel Adair")
    page.get_by_role("button", name="Remove").click()
    page.get_by_role("button", name="Remove for good?").click()
    expect(page.locator("#list").get_by_text("tower.txt")).to_have_count(0)
    footnote(turn, 1).click()
    expect(page.locator("#source").get_by_text("This article is no longer there.")).to_be_visible()


def test_a_file_that_cannot_be_read_is_refused_with_the_reason(page: Page):
    page.get_by_role("button", name="Articles", exact=True).click()
    page.set_input_files("#files", {"name": "broken.pdf", "mimeType": "application/pdf", "buffer": b"no pdf"})
    expect(page.locator("#uploads .failure .said")).to_contain_text("broken.pdf")


def test_a_file_that_is_too_large_is_refused_with_the_limit(page: Page, tmp_path: Path):
    (tmp_path / "large.txt").write_bytes(b"words \n" * 4_000_000)
    page.get_by_role("button", name="Articles", exact=True).click()
    page.set_input_files("#files", tmp_path / "large.txt")
    expect(page.locator("#uploads .failure .said")).to_contain_text("20,0", timeout=30_000)


def test_publishers_narrow_what_is_asked(page: Page):
    page.get_by_role("button", name="Articles", exact=True).click()
    page.get_by_label("Coast Gazette").check()
    turn = ask(page, "How long was the harbour closed?")
    expect(turn.locator(".sources").get_by_text("Harbour Herald")).to_have_count(0)


def test_a_question_that_the_articles_do_not_answer_is_told_which_words_none_has(page: Page):
    turn = ask(page, "Who won the chess tournament in Reykjavik?")
    expect(turn.get_by_text("The articles don't say.")).to_be_visible()
    expect(turn.get_by_text("No article has the words")).to_contain_text("Reykjavik")
