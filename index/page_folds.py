"""What a page folds away is shown: answers below their questions, panels of tabs, the rest behind "read more".

Saved from a browser these are hidden, as are menus, dialogs and messages, which nobody who reads the article sees.
"""

import re
from itertools import islice
from typing import TYPE_CHECKING

from index.page_signs import class_words, is_beside, said
from index.page_words import BLOCKS, LABEL

if TYPE_CHECKING:
    from lxml.html import HtmlElement  # type: ignore[import-untyped]

STYLE = "translate(@style, 'DISPLAYVBTHNOE ', 'displayvbthnoe')"
IS_HIDDEN = f"(@hidden or contains({STYLE}, 'display:none') or contains({STYLE}, 'visibility:hidden'))"
_PANELS = f"//*[self::div or self::section or self::p or self::ul or self::ol or self::dd or self::td][{IS_HIDDEN}]"
_SWITCHES = "//button|//*[@role='button' or @role='tab'][self::div or self::span or self::p or self::a]"
_TITLES = frozenset("h2 h3 h4 h5 h6 dt summary".split())
_SWITCH_ROLES = ("button", "tab")
_SWITCH_NAMES = frozenset(
    "accordion accordions collapsible collapse expand expander faq question questions toggle toggler".split()
)
# What comes up when something is done to the page, and what is no part of an article.
_COMES_UP = frozenset("alert alerts error errors message messages status success warning thanks template".split())
_ELSEWHERE = frozenset("nav header footer aside form dialog menu fieldset".split())
_UNFOLDS = re.compile(
    r"(?i)(?:(?:read|show|see|view) (?:more|all|full|the (?:rest|full))|continue reading|expand)\b.{0,40}"
)
_SENTENCE = re.compile(r"[^\W_]{2}[\"'”’»)\]]*[.!?…。！？]")
_LONGEST_TITLE = 200  # characters
_MOST_PANELS = 200  # of tabs; a page with more has none that a reader looks through
_FAR = 20  # elements around a panel that are looked at


def unfold(page: "HtmlElement") -> None:
    """Show the hidden parts of an article that a heading or a button unfolds, and make headings of such buttons."""
    controlled = {name for names in page.xpath("//@aria-controls") for name in names.split()}
    kept_hidden: set[HtmlElement] = set()
    for panel in page.xpath(_PANELS):
        if any(around in kept_hidden for around in panel.iterancestors()):
            continue
        is_unfolded = panel.get("id") in controlled or panel.get("role") == "tabpanel" or _is_unfolded(panel)
        if is_unfolded and _is_told(panel):
            _show(panel)
        else:
            kept_hidden.add(panel)
    _name_panels(page)
    for switch in page.xpath(_SWITCHES):
        if _heads_a_panel(switch):
            switch.tag = "h4"
            switch.attrib.pop("role", None)


def _name_panels(page: "HtmlElement") -> None:
    """Put what a tab is called above its panel, where that tells a part of the article."""
    tabs = page.xpath("//*[@role='tab']")
    by_panel = {name: tab for tab in reversed(tabs) for name in _panels_of(tab)}
    by_name = {name: tab for tab in reversed(tabs) if (name := tab.get("id"))}
    for panel in page.xpath("//*[@role='tabpanel']")[:_MOST_PANELS]:
        tab = by_panel.get(panel.get("id"), by_name.get(panel.get("aria-labelledby")))
        title = _short(tab) if tab is not None else ""
        if tab is None or tab.getnext() is panel or not title or LABEL.fullmatch(title) or not _is_told(panel):
            continue
        if not said(panel).startswith(title):
            heading = panel.makeelement("h4")
            heading.text = title
            panel.addprevious(heading)
        tab.clear(keep_tail=True)


def _panels_of(tab: "HtmlElement") -> list[str]:
    return [*(tab.get("aria-controls") or "").split(), *(tab.get("href") or "").partition("#")[2].split()]


def _show(panel: "HtmlElement") -> None:
    panel.attrib.pop("hidden", None)
    panel.attrib.pop("style", None)
    if panel.tag in ("div", "section") and not any(one.tag in BLOCKS for one in panel.iterdescendants()):
        panel.tag = "p"  # a short answer counts as one then


def _is_unfolded(panel: "HtmlElement") -> bool:
    """Tell whether a title stands right before a panel, or behind it what unfolds it: "Read more"."""
    before, behind = panel.getprevious(), panel.getnext()
    if before is not None and not (before.tail or "").strip() and _is_title(before):
        return True
    return behind is not None and not (panel.tail or "").strip() and bool(_UNFOLDS.fullmatch(_short(behind)))


def _is_title(element: "HtmlElement") -> bool:
    """Tell whether an element is a heading or a button that unfolds, or holds one and nothing else."""
    title = _short(element)
    if not title or LABEL.fullmatch(title):
        return False
    parts = [element, *islice(element.iterdescendants(), 8)]
    return any((one.tag in _TITLES or _is_switch(one)) and said(one) == title for one in parts)


def _is_switch(element: "HtmlElement") -> bool:
    """Tell whether an element is a button or a tab that says by its names, or those around it, that it unfolds."""
    if element.tag != "button" and element.get("role") not in _SWITCH_ROLES:
        return False
    if element.get("role") == "tab" or element.get("aria-controls") or element.get("aria-expanded"):
        return True
    around = [element, *islice(element.iterancestors(), 2)]
    return any(not _SWITCH_NAMES.isdisjoint(class_words(one)) for one in around)


def _short(element: "HtmlElement") -> str:
    """Return what an element says; "" when it is too long for a title."""
    text = said(element)
    return text if len(text) <= _LONGEST_TITLE else ""


def _is_told(panel: "HtmlElement") -> bool:
    """Tell whether a panel stands in the article and tells a part of it: in sentences, with few links."""
    for around in [panel, *islice(panel.iterancestors(), _FAR)]:
        is_page = around.tag in ("main", "article", "body", "html")
        if around.tag in _ELSEWHERE or (not is_page and is_beside(around)):
            return False
    if panel.get("aria-live") or not _COMES_UP.isdisjoint(class_words(panel)):
        return False
    if next(panel.iter("form", "input", "dialog", "nav"), None) is not None:
        return False
    text = said(panel)
    linked = sum(len(said(link)) for link in panel.iter("a"))
    return bool(_SENTENCE.search(text)) and linked * 2 < len(text)


def _heads_a_panel(switch: "HtmlElement") -> bool:
    """Tell whether a button stands as the heading of what is below it: one that unfolds says so by its names."""
    around, panel, title = switch.getparent(), switch.getnext(), _short(switch)
    if panel is None or around is None or not _is_switch(switch) or (switch.tail or "").strip():
        return False
    if (
        around.tag in _TITLES
        or around.tag not in BLOCKS
        or not title
        or LABEL.fullmatch(title)
        or _UNFOLDS.fullmatch(title)
    ):
        return False
    is_hidden = panel.get("hidden") is not None or "none" in (panel.get("style") or "")
    return panel.tag in ("div", "section", "p") and not is_hidden and _is_told(panel)
