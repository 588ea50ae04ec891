"""The list of articles on the page: searching, narrowing questions, adding and removing."""

from collections.abc import Callable, Sequence

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.looking import ask, highlighted, is_within
from tests.browser.server import LARGEST_UPLOAD, StandIn
from tests.browser.world import CLOSED, FERRY, UPLOADED, Article

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

OpenPage = Callable[..., Page]


@pytest.fixture
def articles(page: Page) -> Page:
    """The page with its articles open."""
    return open_articles(page)


def open_articles(page: Page) -> Page:
    page.get_by_role("button", name="Articles", exact=True).click()
    expect(page.locator("#list > li").first).to_be_visible()
    return page


def titles(page: Page) -> list[str]:
    return page.locator("#list .title").all_inner_texts()


def test_the_list_tells_title_publisher_date_file_and_length(articles: Page):
    item = articles.locator("#list > li", has_text="The ferry sails again")
    expect(item).to_contain_text(f"Harbour Herald · 5 March 2024 · ferry.md · {len(FERRY.text):,} characters")


def test_an_article_opens_at_its_beginning_and_leads_back_to_the_list(articles: Page):
    articles.get_by_role("button", name="The ferry sails again").click()
    expect(articles.locator("#source-text p").first).to_be_in_viewport()
    articles.get_by_role("button", name="Back to the articles").click()
    expect(articles.locator("#list > li").first).to_be_visible()


def test_a_search_narrows_the_list(articles: Page):
    articles.get_by_label("Search titles, publishers and files").fill("gazette")
    expect(articles.get_by_text("1 article", exact=True)).to_be_visible()
    assert titles(articles) == ["Harbour closed longer than first said"]


def test_a_search_that_finds_nothing_says_so(articles: Page):
    articles.get_by_label("Search titles, publishers and files").fill("zebra")
    expect(articles.get_by_text("No article fits.")).to_be_visible()


def test_a_long_list_is_shown_a_page_at_a_time(page: Page, server: StandIn):
    server.articles = {one.id: one for one in (Article(f"{n:03}.txt", "Words.", f"Title {n}") for n in range(120))}
    open_articles(page)
    expect(page.locator("#list > li")).to_have_count(50)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#list > li")).to_have_count(100)
    page.get_by_role("button", name="Show more").click()
    expect(page.locator("#list > li")).to_have_count(120)
    expect(page.get_by_role("button", name="Show more")).to_be_hidden()
    assert titles(page) == [f"Title {n}" for n in range(120)]


def test_publishers_and_dates_narrow_the_list_and_the_questions(articles: Page, server: StandIn):
    articles.get_by_label("Harbour Herald").check()
    articles.get_by_label("Coast Gazette").check()
    articles.get_by_label("from").fill("2024-03-01")
    articles.get_by_label("to", exact=True).fill("2024-03-09")
    articles.get_by_label("to", exact=True).blur()
    expect(articles.locator("#list > li")).to_have_count(2)
    expect(articles.locator("#narrow")).to_have_text(
        "Asking Harbour Herald and Coast Gazette, from 1 March 2024 to 9 March 2024"
    )
    turn = ask(articles, "Who painted the tower?")
    narrowed = {
        "publishers": ["Harbour Herald", "Coast Gazette"],
        "published_from": "2024-03-01",
        "published_to": "2024-03-09",
    }
    assert server.asked[0].items() >= narrowed.items()
    expect(turn.get_by_text("Asked of Harbour Herald and Coast Gazette")).to_be_visible()


def test_a_narrowed_question_without_an_answer_can_be_asked_of_all_articles(articles: Page, server: StandIn):
    articles.get_by_label("Harbour Herald").check()
    ask(articles, "Who painted the tower?").get_by_role("button", name="Ask all articles").click()
    expect(articles.locator("#turns > li")).to_have_count(2)
    assert "publishers" not in server.asked[1]
    expect(articles.get_by_label("Harbour Herald")).not_to_be_checked()


def test_a_last_day_before_the_first_is_left_out_and_said_so(articles: Page, server: StandIn):
    articles.get_by_label("to", exact=True).fill("2024-03-01")
    articles.get_by_label("to", exact=True).blur()
    articles.get_by_label("from").fill("2024-03-09")
    articles.get_by_label("from").blur()
    expect(articles.get_by_text("The last day lies before the first, and is left out.")).to_be_visible()
    expect(articles.locator("#narrow")).to_have_text("Asking articles from 9 March 2024")
    turn = ask(articles, "Who painted the tower?")
    assert server.asked[0]["published_from"] == "2024-03-09"
    assert "published_to" not in server.asked[0]
    expect(turn.get_by_text("Asked of articles from 9 March 2024")).to_be_visible()


def test_a_chosen_file_is_added_and_listed(articles: Page, server: StandIn):
    choose(articles, [("harbour.txt", b"Nine cranes stand at the harbour.")])
    expect(articles.locator("#uploads").get_by_text("added")).to_be_visible()
    expect(articles.locator("#list").get_by_text("uploads/harbour.txt").first).to_be_visible()
    assert server.articles["id-uploads/harbour.txt"].text == "Nine cranes stand at the harbour."


def test_the_progress_of_a_file_is_shown(articles: Page, server: StandIn):
    server.while_reading = gate = server.gate()
    choose(articles, [("slow.txt", b"words")])
    expect(articles.get_by_role("progressbar", name="Sending slow.txt")).to_be_visible()
    expect(articles.get_by_text("being read …")).to_be_visible()
    gate.open()
    expect(articles.locator("#uploads").get_by_text("added")).to_be_visible()


def test_a_refused_file_says_why_and_the_next_is_still_added(articles: Page):
    choose(articles, [("scan.bin", b"\0\0"), ("large.txt", b"a" * (LARGEST_UPLOAD + 1)), ("good.txt", b"words")])
    expect(articles.get_by_text("large.txt is too large: 1 MB are read.", exact=True)).to_be_visible()
    expect(articles.locator("#uploads").get_by_text("scan.bin holds no text that can be read.")).to_be_visible()
    expect(articles.locator("#uploads").get_by_text("added")).to_be_visible()
    articles.get_by_role("button", name="Dismiss scan.bin").click()
    expect(articles.locator("#uploads .failure")).to_have_count(1)


def test_what_a_file_holds_that_cannot_be_read_is_told(articles: Page, server: StandIn):
    server.left_out = {"list.json#3": "it has no text."}
    choose(articles, [("list.json", b"words")])
    expect(articles.get_by_text("list.json#3 was left out: it has no text.")).to_be_visible()


def test_a_file_that_is_dropped_on_the_page_is_added(page: Page, server: StandIn):
    expect(page.get_by_text("5 articles to ask.")).to_be_visible()
    dropped = page.evaluate_handle(
        "() => { const all = new DataTransfer(); all.items.add(new File(['words'], 'dropped.txt')); return all }"
    )
    page.dispatch_event("#conversation", "dragover", {"dataTransfer": dropped})
    expect(page.get_by_text("Drop the files to add them to the articles")).to_be_visible()
    page.dispatch_event("#conversation", "drop", {"dataTransfer": dropped})
    expect(page.locator("#list").get_by_text("uploads/dropped.txt").first).to_be_visible()
    expect(page.locator("#drop")).to_be_hidden()
    assert "id-uploads/dropped.txt" in server.articles


def test_an_article_that_was_read_is_gone_when_it_is_removed(articles: Page):
    articles.get_by_role("button", name="My notes").click()
    expect(articles.locator("#source-text")).to_contain_text("harbour master")
    articles.get_by_role("button", name="Back to the articles").click()
    articles.get_by_role("button", name="Remove").click()
    articles.get_by_role("button", name="Remove for good?").click()
    expect(articles.locator("#list").get_by_text("My notes")).to_have_count(0)
    articles.evaluate("location.hash = ''")
    articles.evaluate("location.hash = 'source=id-uploads/notes.txt'")
    expect(articles.locator("#source").get_by_text("This article is no longer there.")).to_be_visible()


def test_only_uploads_can_be_removed_and_only_after_asking_twice(articles: Page, server: StandIn):
    removers = articles.get_by_role("button", name="Remove")
    expect(removers).to_have_count(1)
    removers.click()
    assert UPLOADED.id in server.articles
    articles.get_by_role("button", name="Remove for good?").click()
    expect(articles.locator("#list > li")).to_have_count(4)
    assert UPLOADED.id not in server.articles


def test_where_files_may_not_be_added_nothing_offers_it(page: Page, server: StandIn):
    server.uploads = False
    page.reload()
    open_articles(page)
    expect(page.get_by_role("button", name="choose files")).to_be_hidden()


def test_an_empty_corpus_is_told_and_offers_to_add_files(page: Page, server: StandIn):
    server.articles = {}
    page.reload()
    expect(page.get_by_text("There are no articles yet.")).to_be_visible()
    page.get_by_role("button", name="Articles", exact=True).click()
    expect(page.get_by_role("button", name="choose files")).to_be_visible()


def test_an_added_file_changes_what_the_page_says_of_the_articles(articles: Page):
    choose(articles, [("good.txt", b"words")])
    expect(articles.get_by_text("6 articles to ask.")).to_be_visible()


def choose(page: Page, files: Sequence[tuple[str, bytes]]) -> None:
    payloads = [FilePayload(name=name, mimeType="text/plain", buffer=content) for name, content in files]
    page.set_input_files("#files", payloads)


def test_a_source_that_is_open_gives_way_to_the_articles_and_back(page: Page):
    ask(page, "Why did the ferry stop?").get_by_role("button", name="Source 1").first.click()
    assert highlighted(page) == CLOSED["citations"][0]["quote"]
    open_articles(page)
    expect(page.locator("#source")).to_be_hidden()
    assert is_within(page.locator("#search"), page.locator("#panel"))
