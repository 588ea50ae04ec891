"""What the tests do on the page and read from it, in the words of somebody who sits before it."""

from playwright.sync_api import FloatRect, Locator, Page, expect


def ask(page: Page, question: str) -> Locator:
    """Type a question, press Enter, and return the turn once its answer or its failure is whole."""
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    turn = last_turn(page)
    expect(turn.get_by_role("heading", name=question)).to_be_visible()
    expect(turn.locator(".rest > footer, .rest > .failure")).to_be_visible()
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_visible()
    return turn


def last_turn(page: Page) -> Locator:
    return page.locator("#turns > li").last


def footnote(turn: Locator, number: int) -> Locator:
    """The first footnote with this number."""
    return turn.get_by_role("button", name=f"Source {number}", exact=True).first


def highlighted(page: Page) -> str:
    """The words that are highlighted in the source, with whatever lies between their parts."""
    expect(page.locator("#source-text mark").first).to_be_visible()
    words: str = page.evaluate(
        """() => {
          const marks = [...document.querySelectorAll("#source-text mark")];
          const range = document.createRange();
          range.setStartBefore(marks[0]);
          range.setEndAfter(marks.at(-1));
          return range.toString();
        }"""
    )
    return words


def is_within(inner: Locator, outer: Locator) -> bool:
    """Whether the whole of one element is seen within another's box."""
    one, other = _box(inner), _box(outer)
    return one["y"] >= other["y"] and one["y"] + one["height"] <= other["y"] + other["height"]


def top_of(place: Locator) -> float:
    """How far from the top of the window an element is, in pixels."""
    return _box(place)["y"]


def width_of(place: Locator) -> float:
    return _box(place)["width"]


def _box(place: Locator) -> FloatRect:
    box = place.bounding_box()
    assert box
    return box
