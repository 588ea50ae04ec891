"""Web pages written by program, in the shapes that real ones have, each with the text that a reader would take from it.

A page is an invented story in one of several kinds of page (a news site, a blog, an encyclopaedia, documentation, ...),
with what sites put around and between: menus, consent, teasers, shares, comments. What makes extractors lose words is
strewn in: empty elements, times, buttons, names of classes, tables, notes.
"""

import random
from collections.abc import Callable, Iterator
from typing import NamedTuple

_PEOPLE = "Odile Tarn,Marek Voss,Ines Calder,Jonas Quill,Petra Lund,Amir Sand,Greta Holm,Tomas Reed".split(",")
_PLACES = "Quillon,Port Elsa,Havn,Lindal,Brandemoor,Sallow,Costa Verde,Ostrel".split(",")
_THINGS = "harbour,bridge,hospital,library,school,railway,market,theatre,water tower,museum,ferry,archive".split(",")
_DEEDS = "rebuilt,closed,sold,flooded,inspected,reopened,painted,measured,moved,repaired,insured,surveyed".split(",")
_WHEN = "on Monday,in the spring,last October,after the storm,before dawn,during the strike,that winter".split(",")
_WHY = (
    "because the council had promised it,although nobody had asked for it,while the crews waited outside,"
    "so that the ships could pass,since the money had been found at last,which surprised most of the people"
).split(",")
_SYLLABLES = "ba del kor mi nas tul ver sho ram pi lon gra".split()
_INLINE = "label output button data abbr time".split()


class WrittenPage(NamedTuple):
    """A page; `truth` are the lines that a reader takes from it, `sentences` those that must stand whole."""

    kind: str
    html: str
    truth: list[str]
    sentences: list[str]


class _Writer:
    """One page's story and its pieces."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.truth: list[str] = []
        self.sentences: list[str] = []

    def sentence(self) -> str:
        pick = self.chance.choice
        return (
            f"The {pick(_THINGS)} of {self.name()} was not {pick(_DEEDS)} {pick(_WHEN)}, said {pick(_PEOPLE)} of "
            f"{self.name()}, {pick(_WHY)}, and {self.chance.randint(2, 999)} people from {self.name()} saw it."
        )

    def name(self) -> str:
        """Return a name of no place."""
        return "".join(self.chance.choice(_SYLLABLES) for _ in range(3)).capitalize()

    def headline(self) -> str:
        pick = self.chance.choice
        return f"{pick(_PLACES)}: {pick(_THINGS)} {pick(_DEEDS)} for {self.chance.randint(2, 90)} days"

    def told(self, text: str, *, whole: bool = True) -> str:
        """Note a line of the story, and return it."""
        self.truth.append(text)
        if whole:
            self.sentences.append(text)
        return text

    def paragraph(self, sentences: int = 0) -> str:
        """Return a paragraph's inner HTML."""
        parts = [self.told(self.sentence()) for _ in range(sentences or self.chance.randint(2, 4))]
        return " ".join(self._strewn(part) for part in parts)

    def _strewn(self, sentence: str) -> str:
        words = sentence.split(" ")
        at = self.chance.randrange(3, len(words) - 2)
        word, behind = words[at], " ".join(words[at + 1 :])
        before = " ".join(words[:at])
        empty, inline = self.chance.choice("span i b em strong".split()), self.chance.choice(_INLINE)
        return self.chance.choice(
            [
                sentence,
                sentence,
                sentence,
                f"{before} <{empty} class='ad-slot'></{empty}>{word} {behind}",
                f"{before} <a href='/x'>{word}</a> {behind}",
                f"{before} <b>{word}</b> {behind}",
                f"{before} <time datetime='2024-03-05'>{word}</time> {behind}",
                f"{before} <{inline}>{word}</{inline}> {behind}",
                f"{before} {word} {behind}<sup><a href='#fn1'>[1]</a></sup>",
                f"{before} <i class='icon'></i>{word} {behind}",
                f"{before} <embed src='x.swf'>{word} {behind}",
            ]
        )

    def marked_paragraph(self) -> str:
        """Return a whole paragraph, now and then with a name that makes extractors drop it."""
        attributes = self.chance.choice(
            ["", "", "", "", " class='bottom-line'", " id='link-7'", " style='border: 1px solid'", " class='para'"]
        )
        return f"<p{attributes}>{self.paragraph()}</p>"

    def body(self, low: int = 4, high: int = 9) -> list[str]:
        """Return the story's blocks."""
        blocks = []
        for number in range(self.chance.randint(low, high)):
            if number and self.chance.random() < 0.25:
                blocks.append(f"<h2>{self.told(self.headline(), whole=False)}</h2>")
            blocks.append(self.marked_paragraph())
            if self.chance.random() < 0.2:
                blocks.append(self.chance.choice([self.figure, self.table, self.list, self.quote])())
        return blocks

    def figure(self) -> str:
        return f"<figure><img src='a.jpg' alt=''><figcaption>{self.told(self.sentence())}</figcaption></figure>"

    def list(self) -> str:
        return "<ul>" + "".join(f"<li>{self.told(self.sentence())}</li>" for _ in range(3)) + "</ul>"

    def quote(self) -> str:
        return f"<blockquote><p>{self.told(self.sentence())}</p></blockquote>"

    def table(self) -> str:
        rows = [["", "Single", "Return"]]
        rows += [[self.chance.choice(_PLACES), f"{self.chance.randint(2, 60)}", "7.40"] for _ in range(4)]
        rows[2][1] = ""
        for row in rows:
            self.told(" ".join(filter(None, row)), whole=False)
        head = "".join(f"<th>{cell}</th>" for cell in rows[0])
        body = "".join(f"<tr><th>{row[0]}</th><td>{row[1]}</td><td>{row[2]}</td></tr>" for row in rows[1:])
        return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

    def cells_with_lists(self) -> str:
        cells = "".join(
            f"<td><ul><li>{self.told(self.sentence())}</li><li>{self.told(self.sentence())}</li></ul></td>"
            for _ in range(2)
        )
        heads = "".join(f"<th>{self.told(head, whole=False)}</th>" for head in ("Before", "After"))
        return f"<table><tr>{heads}</tr><tr>{cells}</tr></table>"

    def teasers(self, number: int) -> str:
        return "".join(f"<li><a href='/{at}'>{self.headline()}</a></li>" for at in range(number))

    def aside(self) -> str:
        """Return what sites put between the paragraphs."""
        return self.chance.choice(
            [
                f"<div class='related-articles'><h3>Related</h3><ul>{self.teasers(3)}</ul></div>",
                f"<aside class='inline-promo'><a href='/p'>{self.headline()}</a></aside>",
                "<div class='newsletter-signup'><p>Get the best of the week in your inbox, free of charge.</p>"
                "<form><input name=mail><button>Sign up</button></form></div>",
                "<div class='ad-container'><p>Advertisement</p></div>",
                "<div class='share-tools'><a href='#'>Share</a> <a href='#'>Tweet</a> <a href='#'>Mail</a></div>",
                "",
                "",
            ]
        )

    def comments(self) -> str:
        entries = "".join(
            f"<li class='comment'><cite>{self.chance.choice(_PEOPLE)}</cite><p>{self.sentence()}</p>"
            "<a href='#'>Reply</a></li>"
            for _ in range(self.chance.randint(1, 6))
        )
        return f"<div id='comments' class='comments-area'><h3>Comments</h3><ol>{entries}</ol></div>"

    def around(self, inner: str, *, head: str = "") -> str:
        """Return a whole page around the article's part."""
        menu = "".join(f"<li><a href='/{place}'>{place}</a></li>" for place in _PLACES)
        consent = (
            "<div class='cookie-banner'><p>We and our partners store data on your device to show you advertising that "
            "fits. You can change your choice at any time.</p><button>Accept</button></div>"
        )
        sidebar = (
            f"<div class='sidebar'><h3>Most read</h3><ul>{self.teasers(6)}</ul><p>Write to us at any time.</p></div>"
        )
        footer = (
            "<footer><p>© 2026 The Tide. All rights reserved.</p><ul><li><a href='/i'>Imprint</a></li></ul></footer>"
        )
        return (
            f"<!doctype html><html><head><meta charset=utf-8>{head}</head><body>"
            f"{self.chance.choice([consent, ''])}<div id='header'><ul class='menu'>{menu}</ul></div>"
            f"<div class='container'>{inner}{self.chance.choice([sidebar, ''])}</div>"
            f"{self.chance.choice([footer, ''])}<script>go()</script></body></html>"
        )


def _with_asides(write: _Writer, blocks: list[str]) -> str:
    return "".join(block + (write.aside() if write.chance.random() < 0.3 else "") for block in blocks)


def _news(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    standfirst = write.told(write.sentence())
    by = write.told(f"By {write.chance.choice(_PEOPLE)}", whole=False)
    header = f"<header><h1>{title}</h1><p class='standfirst'>{standfirst}</p></header><p class='byline'>{by}</p>"
    return write.around(
        f"<main><article>{header}{_with_asides(write, write.body())}</article>{write.comments()}</main>"
    )


def _blog(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    first = write.told(write.sentence())
    words = first.split(" ", 5)
    broken = " ".join(words[:5]) + " <span id='more-12'></span>" + words[5]
    body = f"<p>{broken}</p>" + "".join(write.body())
    share = "<div class='sharedaddy'><h3>Share this:</h3><ul><li><a href='#'>Twitter</a></li></ul></div>"
    related = f"<div class='jp-relatedposts'><h3>Related</h3><ul>{write.teasers(3)}</ul></div>"
    author = "<div class='author-bio'><p>The author writes about boats and lives by the sea.</p></div>"
    return write.around(
        f"<div class='post hentry category-social tag-comments'><h1 class='entry-title'>{title}</h1>"
        f"<div class='entry-content'>{body}{share}{related}</div>{author}{write.comments()}</div>"
    )


def _encyclopaedia(write: _Writer) -> str:
    title = write.told(write.chance.choice(_PLACES), whole=False)
    facts = write.told("Population", whole=False), write.told(str(write.chance.randint(999, 99999)), whole=False)
    box = f"<table class='infobox'><tr><th>{facts[0]}</th><td>{facts[1]}</td></tr></table>"
    sections = ""
    for _ in range(write.chance.randint(2, 5)):
        heading = write.told(write.headline(), whole=False)
        edit = "<span class='mw-editsection'>[<a href='/e'>edit</a>]</span>"
        sections += f"<h2><span class='mw-headline'>{heading}</span>{edit}</h2><p>{write.paragraph()}</p>"
    table = write.chance.choice([write.table, write.cells_with_lists])()
    notes = (
        f"<ol class='references'><li id='n1'><a href='#r1'>^</a> <span>{write.told(write.sentence())}</span></li></ol>"
    )
    toc = "<div id='toc' class='toc'><h2>Contents</h2><ul><li><a href='#a'>1 History</a></li></ul></div>"
    navbox = f"<div class='navbox' role='navigation'><ul>{write.teasers(9)}</ul></div>"
    return write.around(
        f"<div id='content' class='mw-body' role='main'><h1 id='firstHeading'>{title}</h1><div id='mw-content-text'>"
        f"<div class='mw-parser-output'>{box}<p>{write.paragraph()}</p>{toc}{sections}{table}{notes}{navbox}</div>"
        "</div>"
        f"<div id='catlinks' class='catlinks'><a href='/c'>Categories</a>: <a href='/p'>Ports</a></div></div>"
    )


def _documentation(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    code = write.told("pip install quillon", whole=False)
    sections = ""
    for _ in range(write.chance.randint(2, 4)):
        heading = write.told(write.headline(), whole=False)
        sections += f"<section><h2>{heading}<a class='headerlink' href='#a'>¶</a></h2>{''.join(write.body(1, 3))}"
        sections += f"<div class='highlight'><pre>{write.told(code, whole=False)}</pre></div></section>"
    write.truth.remove(code)
    terms = f"<dl><dt>{write.told('--deep', whole=False)}</dt><dd>{write.told(write.sentence())}</dd></dl>"
    side = f"<div class='sphinxsidebar'><h3>Contents</h3><ul>{write.teasers(8)}</ul></div>"
    pager = "<div class='related'><ul><li><a href='n'>next</a></li><li><a href='p'>previous</a></li></ul></div>"
    return write.around(
        f"<div class='document'><div class='body' role='main'><h1>{title}</h1><p>{write.paragraph()}</p>{sections}"
        f"{terms}</div></div>{side}{pager}"
    )


def _breaks(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    text = "<br><br>".join(write.paragraph() for _ in range(write.chance.randint(4, 8)))
    menu = "<br>".join(f"<a href='/{place}'>{place}</a>" for place in _PLACES)
    return (
        f"<html><head><title>x</title></head><body><table width=100%><tr><td width=120>{menu}</td>"
        f"<td><font size=5><b>{title}</b></font><br><br>{text}</td></tr></table></body></html>"
    )


def _boxes(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    blocks = "".join(
        f"<div class='elementor-widget elementor-widget-text'><div class='widget-container'>{block}</div></div>"
        for block in write.body()
    )
    return write.around(
        f"<form id='aspnetForm'><div class='page'><h1>{title}</h1>{blocks}{write.comments()}</div></form>"
    )


def _short(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    others = "".join(
        f"<article class='card'><h3><a href='/{at}'>{write.headline()}</a></h3><p>{write.sentence()}</p></article>"
        for at in range(write.chance.randint(2, 8))
    )
    return write.around(
        f"<article><h1>{title}</h1><p>{write.paragraph()}</p><p>{write.paragraph()}</p></article>"
        f"<section class='more-stories'><h2>More from The Tide</h2>{others}</section>"
    )


def _divisions(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    blocks = "".join(f"<div>{write.paragraph()}</div>" for _ in range(write.chance.randint(4, 9)))
    return write.around(
        f"<div class='story'><h2 class='title'>{title}</h2><div class='txt'>{blocks}</div>{write.aside()}</div>"
    )


def _live(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    entries = ""
    for number in range(write.chance.randint(3, 7)):
        when, heading = write.told(f"1{number}:05", whole=False), write.told(write.headline(), whole=False)
        entries += (
            f"<article class='live-post'><time>{when}</time><h2>{heading}</h2><p>{write.paragraph(2)}</p></article>"
        )
        entries += "<div class='social-share'><a href='#'>Share</a></div>"
    return write.around(f"<main><h1>{title}</h1><div class='live-feed'>{entries}</div></main>{write.comments()}")


def _recipe(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    intro = f"<p>{write.paragraph()}</p>"
    heads = [write.told("Ingredients", whole=False)]
    parts = [write.told(f"{write.chance.randint(2, 900)} g {write.name()}", whole=False) for _ in range(7)]
    heads.append(write.told("Method", whole=False))
    steps = "".join(f"<li>{write.paragraph(1)}</li>" for _ in range(5))
    items = "".join(f"<li>{part}</li>" for part in parts)
    return write.around(
        f"<div id='main-content'><h1>{title}</h1>{intro}<h3>{heads[0]}</h3><ul>{items}</ul><h3>{heads[1]}</h3>"
        f"<ol>{steps}</ol><p class='tags'><a href='/t'>cake</a> <a href='/u'>tea</a></p></div>"
    )


def _interview(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    talk = ""
    for _ in range(write.chance.randint(5, 10)):
        question = write.told(f"And what about {write.name()}?", whole=False)
        talk += f"<p><strong>{question}</strong></p><p>{write.paragraph(1)}</p>"
        if write.chance.random() < 0.3:
            talk += f"<p>{write.told('Never.', whole=False)}</p>"
    return write.around(
        f"<div class='ad-wrapper sidebar-right'><article class='story'><h1>{title}</h1>"
        f"<div class='story-share-body'>{talk}</div></article>{write.aside()}</div>"
    )


def _sections(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    first = write.told(write.sentence())
    parts = "".join(
        f"<section><div class='col'><p>{write.paragraph()}</p></div></section>"
        f"<div class='bottom-of-article'>{write.aside()}</div>"
        for _ in range(write.chance.randint(4, 9))
    )
    credit = write.told("Editing by Odile Tarn", whole=False)
    return write.around(
        f"<div class='zone'><h1>{title}</h1></div><div class='zone'><h2 class='dek'>{first}</h2>{parts}<p>{credit}</p>"
        "</div>"
    )


def _chinese(write: _Writer) -> str:
    letters = "港口结冰船只停泊等待市政府承诺支付工资冬天桥梁关闭重新开放图书馆医院学校"

    def sentence() -> str:
        said = "".join(write.chance.choice(letters) for _ in range(write.chance.randint(15, 40)))
        return write.told(said[:9] + "，" + said[9:] + "。")

    title = write.told("".join(write.chance.choice(letters) for _ in range(12)), whole=False)
    body = "".join(f"<p>\u3000\u3000{sentence()}{sentence()}</p>" for _ in range(write.chance.randint(4, 9)))
    return write.around(f"<div id='artibody'><h1>{title}</h1><div class='artical-main-content'>{body}</div></div>")


def _verse(write: _Writer) -> str:
    title = write.told(write.headline(), whole=False)
    intro = f"<p>{write.paragraph()}</p>"
    lines = [write.told(f"Now {write.name()} is {write.chance.choice(_DEEDS)}", whole=False) for _ in range(8)]
    plain = write.told(write.sentence())
    return write.around(
        f"<div class='content'><h1>{title}</h1>{intro}<p>{'<br>'.join(lines)}</p><pre>{plain}</pre>"
        f"<p>{write.paragraph()}</p></div>"
    )


KINDS: dict[str, Callable[[_Writer], str]] = {
    "news": _news,
    "blog": _blog,
    "encyclopaedia": _encyclopaedia,
    "documentation": _documentation,
    "line breaks in a layout table": _breaks,
    "boxes in a form": _boxes,
    "short, among others": _short,
    "divisions": _divisions,
    "live": _live,
    "recipe": _recipe,
    "interview": _interview,
    "sections": _sections,
    "Chinese": _chinese,
    "verse": _verse,
}


def written_pages(number: int, seed: int = 7) -> Iterator[WrittenPage]:
    """Yield `number` pages of each kind; the same for the same seed."""
    for kind, make in KINDS.items():
        for at in range(number):
            write = _Writer(random.Random(f"{seed} {kind} {at}"))
            page = make(write)
            yield WrittenPage(kind, page, write.truth, write.sentences)
