"""Questions and answers on the page."""

import threading
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.looking import ask, footnote, last_turn, top_of
from tests.browser.server import StandIn
from tests.browser.world import (
    CLOSED,
    FERRY,
    FERRY_ANSWER,
    FLOODED,
    GAZETTE,
    ISLAND,
    SEALS,
    Json,
    Reply,
    answer,
    cite,
    point,
    statement,
    stream,
)

pytestmark = [pytest.mark.slow, pytest.mark.allow_hosts(["127.0.0.1"])]

OpenPage = Callable[..., Page]
FERRY_QUESTION = FERRY_ANSWER["question"]
FERRY_SAILED = "The ferry to Sundholm sailed again on Tuesday after a storm had closed the harbour for nine days."
CLOSED_FOR = "The harbour stayed closed for eleven days, the port authority said."


def test_the_question_box_is_ready_at_once(page: Page):
    expect(page.get_by_label("Your question")).to_be_focused()


def test_an_example_question_is_asked_with_a_click(page: Page, server: StandIn):
    page.get_by_role("button", name=FERRY_QUESTION).click()
    expect(last_turn(page).locator(".short")).to_have_text("a storm")
    assert [asked["question"] for asked in server.asked] == [FERRY_QUESTION]


def test_an_answer_shows_its_statements_with_their_footnotes(page: Page):
    turn = ask(page, FERRY_QUESTION)
    assert turn.locator(".statement").all_inner_texts() == [
        CLOSED["text"] + "1",
        FLOODED["text"] + "23",
    ]


def test_the_short_answer_stands_apart_with_how_many_articles_say_so(page: Page):
    turn = ask(page, FERRY_QUESTION)
    expect(turn.locator(".short")).to_have_text("a storm")
    expect(turn.get_by_text("3 articles say so, 2 of them independently.")).to_be_visible()


def test_statements_are_shown_as_they_come(page: Page, server: StandIn):
    gates = server.hold(FERRY_ANSWER)
    page.get_by_label("Your question").fill(FERRY_QUESTION)
    page.keyboard.press("Enter")
    turn = last_turn(page)
    expect(turn.get_by_text("Reading 12 passages from 4 articles")).to_be_visible()
    gates[0].open()
    expect(turn.locator(".statement")).to_have_count(1)
    gates[1].open()
    expect(turn.locator(".statement")).to_have_count(2)
    expect(turn.locator(".short")).to_have_count(0)
    gates[2].open()
    expect(turn.locator(".short")).to_be_visible()


@pytest.mark.parametrize("changed", [{}, {"short_answer": None}], ids=["a short answer", "no short answer"])
def test_nothing_that_is_being_read_moves_while_an_answer_streams(
    page: Page, server: StandIn, changed: dict[str, None]
):
    for _ in range(3):
        ask(page, "What is the price?")  # so that the page is longer than the window
    gates = server.hold({**FERRY_ANSWER, **changed})
    page.get_by_label("Your question").fill(FERRY_QUESTION)
    page.keyboard.press("Enter")
    turn, places = last_turn(page), []
    for count, gate in enumerate(gates):
        gate.open()
        if count < len(gates) - 1:
            expect(turn.locator(".statement")).to_have_count(count + 1)
        else:
            expect(turn.locator("footer")).to_be_visible()
        places.append(
            (top_of(turn.locator("h2")), top_of(turn.locator(".statement").first), top_of(page.locator("#ask")))
        )
    assert len(set(places)) == 1


def test_quotes_are_shown_until_the_written_answer_stands(page: Page, server: StandIn):
    written = statement("The harbour was shut.", *CLOSED["citations"], basis="verified")
    quick, whole = answer("Q?", [CLOSED]), answer("Q?", [written, FLOODED], engine="llm")
    gate = threading.Event()
    server.replies.known["Q?"] = Reply(
        (("quick", quick), lambda: gate.wait(30), ("statement", written), ("done", whole))
    )
    page.get_by_label("Your question").fill("Q?")
    page.keyboard.press("Enter")
    turn = last_turn(page)
    expect(turn.locator(".quick .statement")).to_have_count(1)
    gate.set()
    expect(turn.locator(".quick")).to_have_count(0)
    expect(turn.locator(".statement")).to_have_count(2)
    expect(turn).to_contain_text("Sentence 2 is quoted, the rest is worded by the language model and checked")


def test_streamed_statements_are_read_out(page: Page, server: StandIn):
    gates = server.hold(FERRY_ANSWER)
    page.get_by_label("Your question").fill(FERRY_QUESTION)
    page.keyboard.press("Enter")
    gates[0].open()
    expect(page.locator('[aria-live="polite"]').get_by_text(CLOSED["text"])).to_be_visible()


def test_the_whole_answer_wins_over_what_was_streamed(page: Page, server: StandIn):
    server.replies.known["Q?"] = stream(answer("Q?", [FLOODED]), streamed=[CLOSED])
    turn = ask(page, "Q?")
    assert turn.locator(".statement").all_inner_texts() == [FLOODED["text"] + "23"]


def test_a_follow_up_carries_the_conversation(page: Page, server: StandIn):
    ask(page, FERRY_QUESTION)
    ask(page, "What did the engine room need?")
    expect(last_turn(page).get_by_text("Understood as: What did the engine room of the ferry need?")).to_be_visible()
    assert server.asked[1]["history"] == [
        {"role": "user", "content": FERRY_QUESTION},
        {"role": "assistant", "content": FERRY_ANSWER["answer"]},
    ]


def test_where_the_articles_say_nothing_it_shows_what_comes_nearest_and_which_words_they_lack(
    page: Page, server: StandIn
):
    nearest = [
        point(FERRY, "The captain said that the engine room had been flooded twice."),
        point(GAZETTE, CLOSED_FOR),
    ]
    said = answer("Who painted the tower?", pointers=nearest, unknown_words=["painted", "tower"])
    server.replies.known["Who painted the tower?"] = stream(said)
    turn = ask(page, "Who painted the tower?")
    expect(turn.get_by_text("The articles don't say.")).to_be_visible()
    expect(turn.get_by_text("No article has the words “painted” or “tower”.")).to_be_visible()
    expect(turn.get_by_role("heading", name="What comes nearest, and is no answer")).to_be_visible()
    expect(turn.locator(".statement")).to_have_count(0)
    turn.locator(".nearest button").nth(1).click()
    expect(page.get_by_role("heading", name="Harbour closed longer than first said")).to_be_focused()


def test_what_the_service_tells_of_itself_is_marked_as_no_citation_and_leads_on(page: Page, server: StandIn):
    told = "There are 5 articles of 3 publishers."
    said = answer(
        "How many articles do you have?",
        status="about_collection",
        answer=told,
        pointers=[point(GAZETTE, CLOSED_FOR)],
        suggestions=[FERRY_QUESTION],
    )
    server.replies.known[said["question"]] = Reply((("done", said),))
    turn = ask(page, said["question"])
    expect(turn.get_by_text(told)).to_be_visible()
    expect(turn.get_by_text("Told from the list of articles, not cited from any.")).to_be_visible()
    expect(turn.get_by_role("heading", name="Some of the articles")).to_be_visible()
    turn.get_by_role("button", name=FERRY_QUESTION).click()
    expect(last_turn(page).get_by_text(CLOSED["text"])).to_be_visible()


def test_of_when_an_answer_is_and_which_day_its_words_mean_stands_beside_them(page: Page, server: StandIn):
    cited = {**cite(1, FERRY, FERRY_SAILED), "days": [{"words": "on Tuesday", "day": "2024-03-05"}]}
    said = answer(
        "Does it sail now?", [statement(FERRY_SAILED, cited)], short_answer="sailed", note="As of 5 March 2024."
    )
    server.replies.known["Does it sail now?"] = stream(said)
    turn = ask(page, "Does it sail now?")
    expect(turn.locator(".short")).to_have_text("sailed")
    expect(turn.get_by_text("As of 5 March 2024.")).to_be_visible()
    expect(turn.locator(".sources")).to_contain_text("on Tuesday: 5 March 2024")


def test_both_sides_of_a_disagreement_stand_beside_each_other(page: Page):
    turn = ask(page, "How long was the harbour closed?")
    expect(turn.get_by_text("The articles differ.")).to_be_visible()
    sides = turn.locator(".views > li")
    assert top_of(sides.nth(0)) == top_of(sides.nth(1))
    for said in ("nine days", "Harbour Herald · 5 March 2024", "3 articles say so, 2 of them independently."):
        expect(sides.nth(0)).to_contain_text(said)
    for said in ("eleven days", "according to the port authority", "One article says so."):
        expect(sides.nth(1)).to_contain_text(said)


def test_a_side_shows_the_words_of_each_of_its_articles_and_nothing_is_said_twice(page: Page, server: StandIn):
    sentences = [
        cite(1, FERRY, "The ferry to Sundholm sailed again on Tuesday"),
        cite(2, ISLAND, SEALS),
        cite(3, GAZETTE, "A ticket costs 14 crowns."),
    ]
    counted: Json = {"publishers": [], "published": [], "speaker": None}
    sides = [
        {"answer": "again", "citations": sentences[:2], "articles": 2, "independent": 2, **counted},
        {"answer": "crowns", "citations": sentences[2:], "articles": 1, "independent": 1, **counted},
    ]
    statements = [statement(one["quote"], one) for one in sentences]
    server.replies.known["Q?"] = stream(answer("Q?", [*statements, CLOSED], note="The articles differ.", views=sides))
    turn = ask(page, "Q?")
    assert turn.locator(".statement").all_inner_texts() == [CLOSED["text"] + "1"]
    first = turn.locator(".views > li").first
    assert first.locator("blockquote").all_inner_texts() == [
        "“The ferry to Sundholm sailed again on Tuesday”1",
        f"“{SEALS}”2",
    ]
    assert first.locator(".from").all_inner_texts() == ["Harbour Herald · 5 March 2024", "island.txt"]


def test_a_quiet_note_tells_the_engine_and_why_another_did_not_answer(page: Page):
    note = ask(page, "What did the engine room need?").locator("footer")
    expect(note).to_contain_text("Confidence 90\u00a0%.")
    expect(note).to_contain_text("by the extractive engine, in 0.2\u00a0s")
    expect(note).to_contain_text("the language model did not answer within 20 seconds")
    expect(note).to_contain_text("2 statements that did not hold were left out: no article says so (2).")


def test_a_refusal_says_why_and_can_be_asked_again(page: Page, server: StandIn):
    turn = ask(page, "Is the server busy?")
    expect(turn.get_by_text("Eight questions are being answered already.")).to_be_visible()
    del server.replies.known["Is the server busy?"]
    turn.get_by_role("button", name="Ask again").click()
    expect(page.get_by_text("The articles don't say.")).to_be_visible()
    expect(page.locator("#turns > li")).to_have_count(1)


def test_what_came_before_an_error_stays(page: Page):
    turn = ask(page, "Does it break?")
    expect(turn.locator(".statement")).to_have_count(1)
    expect(turn.locator(".failure")).to_have_text("It broke.")


def test_a_connection_that_breaks_in_mid_answer_is_told(page: Page, server: StandIn):
    def hang_up() -> None:
        raise ConnectionError

    server.replies.known["Q?"] = Reply((("statement", CLOSED), 0.2, hang_up))
    turn = ask(page, "Q?")
    expect(turn.locator(".failure")).to_contain_text("broke off")
    expect(turn.locator(".statement")).to_have_count(1)


def test_an_answer_under_way_can_be_stopped(page: Page, server: StandIn):
    gates = server.hold(FERRY_ANSWER)
    gates[0].open()
    page.get_by_label("Your question").fill(FERRY_QUESTION)
    page.keyboard.press("Enter")
    expect(last_turn(page).locator(".statement")).to_have_count(1)
    page.get_by_role("button", name="Stop").click()
    expect(last_turn(page).locator(".failure")).to_have_text("Stopped.")
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()


def test_the_conversation_is_still_there_when_the_page_is_loaded_again(page: Page):
    ask(page, FERRY_QUESTION)
    ask(page, "Who painted the tower?")
    before = page.locator("#turns").inner_text()
    page.reload()
    expect(page.locator("#turns > li")).to_have_count(2)
    assert page.locator("#turns").inner_text() == before


def test_a_new_conversation_leaves_nothing_behind_in_the_browser(page: Page):
    ask(page, FERRY_QUESTION)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator("#turns > li")).to_have_count(0)
    expect(page.get_by_role("heading", name="Ask the articles.")).to_be_visible()
    assert page.evaluate("localStorage.length") == 0


def test_a_conversation_removed_by_mistake_comes_back(page: Page):
    ask(page, FERRY_QUESTION)
    page.get_by_role("button", name="New conversation").click()
    page.get_by_role("button", name="Bring it back").click()
    expect(last_turn(page).locator(".short")).to_have_text("a storm")
    page.reload()
    expect(last_turn(page).locator(".short")).to_have_text("a storm")


@pytest.mark.parametrize("kept", ["{", "[]", '{"turns": 7}', '{"turns": [null, {"question": 3}]}'])
def test_a_damaged_conversation_begins_anew(page: Page, kept: str):
    page.evaluate("kept => localStorage.setItem('footnote.conversation', kept)", kept)
    page.reload()
    expect(page.get_by_role("heading", name="Ask the articles.")).to_be_visible()


def test_200_questions_fit_in_one_conversation(page: Page, server: StandIn):
    page.evaluate(
        """async questions => {
          const [box, send] = [document.querySelector("#question"), document.querySelector("#send")];
          for (const question of questions) {
            box.value = question;
            box.dispatchEvent(new Event("input"));
            send.click();
            while (send.getAttribute("aria-label") !== "Ask") await new Promise(after => setTimeout(after));
          }
        }""",
        [FERRY_QUESTION] * 199,
    )
    assert len(ask(page, FERRY_QUESTION).locator(".statement").all()) == 2
    assert len(server.asked[-1]["history"]) == 50
    page.reload()
    expect(page.locator("#turns > li")).to_have_count(200)
    footnote(last_turn(page), 1).click()
    expect(page.locator("#source-text mark")).to_be_visible()


def test_an_answer_is_copied_with_its_sources_as_text(open_page: OpenPage):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, FERRY_QUESTION).get_by_role("button", name="Copy", exact=True).click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(f"{FERRY_QUESTION}\n\n{FERRY_ANSWER['answer']}\n\n[1] “a storm had closed")
    assert "[3] “A ticket costs 14 crowns.” Harbour closed longer than first said · Coast Gazette" in copied


def test_both_sides_of_a_disagreement_are_copied(open_page: OpenPage):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "How long was the harbour closed?").get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert "\n- nine days[^1]\n- eleven days (according to the port authority)[^2]\n" in copied


def test_an_answer_is_copied_as_markdown_whose_footnotes_lead_back(open_page: OpenPage):
    page = open_page(permissions=["clipboard-read", "clipboard-write"])
    ask(page, "What is the price?").get_by_role("button", name="Copy as Markdown").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied.startswith(
        "**What is the price?**\n\nThe price is 5 \\< 7 crowns.[^1]\n\n[^1]: “\\</style\\> the price"
    )
    assert "/#source=id-markup.html&start=" in copied
