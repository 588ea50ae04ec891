"""The page for everybody: keyboard, screen readers, themes, small screens, servers that are away or ask for a key."""

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe  # type: ignore[import-untyped]
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import PHONE, WIDE
from tests.browser.looking import ask, footnote, highlighted, last_turn, width_of
from tests.browser.server import StandIn
from tests.browser.world import CLOSED, FERRY_ANSWER, FLOODED

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

OpenPage = Callable[..., Page]
FERRY_QUESTION = FERRY_ANSWER["question"]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def welcome(page: Page, _server: StandIn) -> None:
    expect(page.get_by_role("button", name=FERRY_QUESTION)).to_be_visible()


def streaming(page: Page, server: StandIn) -> None:
    server.hold(FERRY_ANSWER)[0].open()
    page.get_by_label("Your question").fill(FERRY_QUESTION)
    page.keyboard.press("Enter")
    expect(last_turn(page).locator(".statement")).to_have_count(1)


def answers(page: Page, _server: StandIn) -> None:
    questions = ("How long was the harbour closed?", "Who painted the tower?", "Is the server busy?", FERRY_QUESTION)
    for question in questions:
        ask(page, question)
    footnote(last_turn(page), 1).focus()
    page.keyboard.press("Tab")
    expect(page.get_by_role("tooltip")).to_be_visible()


def source(page: Page, _server: StandIn) -> None:
    footnote(ask(page, FERRY_QUESTION), 2).click()
    highlighted(page)


def articles(page: Page, _server: StandIn) -> None:
    page.get_by_role("button", name="Articles", exact=True).click()
    page.set_input_files("#files", {"name": "scan.bin", "mimeType": "text/plain", "buffer": b"\0"})
    expect(page.locator("#uploads .failure")).to_be_visible()
    page.get_by_label("Harbour Herald").check()
    expect(page.locator("#list > li")).to_have_count(1)
    page.get_by_role("button", name="Ask all again").or_(page.get_by_label("Harbour Herald")).last.click()
    expect(page.locator("#list > li")).to_have_count(5)
    page.get_by_role("button", name="Remove").click()


def key_asked(page: Page, server: StandIn) -> None:
    server.key = "a key"
    page.reload()
    expect(page.get_by_role("dialog")).to_be_visible()


STATES = (welcome, streaming, answers, source, articles, key_asked)


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone"])
def test_axe_finds_nothing(open_page: OpenPage, server: StandIn, state: Callable[..., None], screen: ViewportSize):
    page = open_page(viewport=screen, color_scheme="light")
    state(page, server)
    found = Axe().run(page, options={"runOnly": RULES})
    assert found.violations_count == 0, found.generate_report()
    page.emulate_media(color_scheme="dark")  # which changes colours and nothing else
    found = Axe().run(page, options={"runOnly": ["color-contrast"]})
    assert found.violations_count == 0, found.generate_report()


def test_both_themes_follow_the_system(open_page: OpenPage):
    page = open_page(color_scheme="dark")
    paper = "getComputedStyle(document.body).backgroundColor"
    dark = page.evaluate(paper)
    page.emulate_media(color_scheme="light")
    assert dark == "rgb(22, 24, 26)"
    assert page.evaluate(paper) == "rgb(250, 248, 243)"


def test_everything_is_done_with_the_keyboard_alone(page: Page):
    keys = page.keyboard
    keys.type(FERRY_QUESTION)
    keys.press("Enter")
    turn = last_turn(page)
    expect(turn.locator("footer")).to_be_visible()
    press_until_focused(page, "Shift+Tab", "Copy as Markdown")
    press_until_focused(page, "Shift+Tab", "Source 2")
    expect(page.get_by_role("tooltip")).to_be_visible()
    keys.press("Enter")
    assert highlighted(page) == FLOODED["citations"][0]["quote"]
    press_until_focused(page, "Tab", "The article's text")
    keys.press("ArrowRight")
    expect(page.get_by_text("3 of 3")).to_be_visible()
    press_until_focused(page, "Tab", "Previous citation")
    keys.press("Enter")
    keys.press("Enter")
    assert highlighted(page) == CLOSED["citations"][0]["quote"]
    keys.press("Escape")
    expect(footnote(turn, 2)).to_be_focused()
    press_until_focused(page, "Shift+Tab", "Articles")
    keys.press("Enter")
    expect(page.get_by_role("heading", name="Articles")).to_be_focused()
    press_until_focused(page, "Tab", "Harbour Herald1")
    keys.press("Space")
    expect(page.locator("#narrow")).to_have_text("Asking Harbour Herald")
    press_until_focused(page, "Tab", "The ferry sails again")
    keys.press("Escape")
    expect(page.get_by_role("button", name="Articles", exact=True)).to_be_focused()


def press_until_focused(page: Page, key: str, name: str) -> None:
    """Go from one control to the next until the one with this name has the focus, as it is at most 40 away."""
    focused = "document.activeElement.ariaLabel ?? document.activeElement.closest('label, button')?.textContent"
    for _ in range(40):
        page.keyboard.press(key)
        if page.evaluate(focused) == name:
            return
    pytest.fail(f"{key} never leads to {name!r}")


def test_shift_and_enter_begin_a_new_line(page: Page, server: StandIn):
    page.keyboard.type("One")
    page.keyboard.press("Shift+Enter")
    page.keyboard.type("two")
    expect(page.get_by_label("Your question")).to_have_value("One\ntwo")
    assert server.asked == []


def test_nothing_wider_than_a_phone_is_shown_on_one(open_page: OpenPage, server: StandIn):
    page = open_page(viewport={"width": 320, "height": 640})
    for state in (answers, articles):
        state(page, server)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert page.evaluate("[...document.querySelectorAll('#panel *')].every(one => one.scrollWidth <= innerWidth)")


def test_on_a_phone_the_source_lies_over_the_page_and_holds_the_focus(open_page: OpenPage):
    page = open_page(viewport=PHONE, has_touch=True)
    turn = ask(page, FERRY_QUESTION)
    footnote(turn, 1).tap()
    panel = page.get_by_role("dialog", name=CLOSED["citations"][0]["title"])
    assert width_of(panel) >= 375
    for _ in range(12):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('#panel')")
    page.get_by_role("button", name="Close", exact=True).tap()
    expect(footnote(turn, 1)).to_be_focused()


def test_on_a_wide_screen_the_conversation_stays_in_reach_beside_the_source(page: Page):
    footnote(ask(page, FERRY_QUESTION), 1).click()
    expect(page.get_by_role("dialog")).to_have_count(0)
    ask(page, "What is the price?")
    expect(page.locator("#source")).to_be_visible()


def test_the_text_of_an_answer_does_not_reflow_when_the_source_opens(page: Page):
    turn = ask(page, FERRY_QUESTION)
    before = width_of(turn)
    footnote(turn, 1).click()
    highlighted(page)
    assert width_of(turn) == before


@pytest.mark.parametrize(("wish", "runs"), [("reduce", 0), ("no-preference", 1)])
def test_nothing_moves_by_itself_where_that_is_not_wanted(open_page: OpenPage, server: StandIn, wish: str, runs: int):
    page = open_page(reduced_motion=wish)
    streaming(page, server)
    expect(page.locator(".pulse")).to_be_visible()
    assert page.evaluate("document.getAnimations().filter(one => one instanceof CSSAnimation).length") == runs


def test_where_the_page_stores_nothing_it_still_answers(open_page: OpenPage):
    page = open_page(viewport=WIDE)
    page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('no') } })")
    page.reload()
    expect(ask(page, FERRY_QUESTION).locator(".short")).to_be_visible()


@pytest.fixture
def mortal() -> Iterator[StandIn]:
    """A stand-in server of its own, which a test may stop and start."""
    server = StandIn()
    server.start()
    yield server
    server.stop()


def test_a_server_that_is_down_is_told_and_noticed_when_it_is_back(open_page: OpenPage, mortal: StandIn):
    page = open_page(address=mortal.address)
    ask(page, FERRY_QUESTION)
    mortal.stop()
    turn = ask(page, "What is the price?")
    expect(turn.locator(".failure")).to_have_text("The server does not answer. Is it still running?")
    expect(page.get_by_text("This page goes on trying.")).to_be_visible()
    mortal.start()
    expect(page.get_by_text("The server is back.")).to_be_visible()
    turn.get_by_role("button", name="Ask again").click()
    expect(last_turn(page).locator(".statement")).to_have_count(1)
    expect(page.locator("#turns > li")).to_have_count(2)


def test_a_server_that_asks_for_a_key_is_given_one_for_this_tab_only(page: Page, server: StandIn):
    server.key = "the right key"
    page.reload()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Key", exact=True).fill("a wrong key")
    page.keyboard.press("Enter")
    expect(dialog.get_by_text("The server did not accept this key")).to_be_visible()
    dialog.get_by_label("Key", exact=True).fill(server.key)
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name=FERRY_QUESTION)).to_be_visible()
    expect(ask(page, FERRY_QUESTION).locator(".short")).to_be_visible()
    assert page.evaluate("[sessionStorage['footnote.key'], JSON.stringify(localStorage).includes('right')]") == [
        server.key,
        False,
    ]


def test_a_page_that_is_given_no_key_says_so_and_asks_again_with_the_next_question(page: Page, server: StandIn):
    server.key = "the right key"
    page.reload()
    page.get_by_role("button", name="Cancel").click()
    expect(page.get_by_text("A key is needed.")).to_be_visible()
    page.get_by_label("Your question").fill(FERRY_QUESTION)
    page.keyboard.press("Enter")
    page.get_by_role("dialog").get_by_label("Key", exact=True).fill(server.key)
    page.keyboard.press("Enter")
    expect(last_turn(page).locator(".short")).to_be_visible()
