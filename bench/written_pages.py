"""Web pages written by program, in the shapes that real ones have, each with the text that a reader would take from it.

A page is an invented story in one of several kinds of page (a news site, a blog, an encyclopaedia, documentation, ...),
with what sites put around and between: menus, consent, teasers, shares, comments.
"""

import random
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from bench.page_writer import DEEDS, PEOPLE, PLACES, Writer


class WrittenPage(NamedTuple):
    """A page; `truth` are the lines that a reader takes from it, `sentences` those that must stand whole.

    `neutral` is what may be read or not: a forum's names, a counter.
    """

    kind: str
    html: str
    truth: list[str]
    sentences: list[str]
    neutral: Sequence[str] = ()


def _with_asides(write: Writer, blocks: list[str]) -> str:
    return "".join(block + (write.aside() if write.chance.random() < 0.3 else "") for block in blocks)


def _news(write: Writer) -> str:
    title = write.told(write.headline(), whole=False)
    standfirst = write.told(write.sentence())
    by = write.told(f"By {write.chance.choice(PEOPLE)}", whole=False)
    header = f"<header><h1>{title}</h1><p class='standfirst'>{standfirst}</p></header><p class='byline'>{by}</p>"
    return write.around(
        f"<main><article>{header}{_with_asides(write, write.body())}</article>{write.comments()}</main>"
    )


def _blog(write: Writer) -> str:
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


def _encyclopaedia(write: Writer) -> str:
    title = write.told(write.chance.choice(PLACES), whole=False)
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


def _documentation(write: Writer) -> str:
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


def _breaks(write: Writer) -> str:
    title = write.told(write.headline(), whole=False)
    text = "<br><br>".join(write.paragraph() for _ in range(write.chance.randint(4, 8)))
    menu = "<br>".join(f"<a href='/{place}'>{place}</a>" for place in PLACES)
    return (
        f"<html><head><title>x</title></head><body><table width=100%><tr><td width=120>{menu}</td>"
        f"<td><font size=5><b>{title}</b></font><br><br>{text}</td></tr></table></body></html>"
    )


def _boxes(write: Writer) -> str:
    title = write.told(write.headline(), whole=False)
    blocks = "".join(
        f"<div class='elementor-widget elementor-widget-text'><div class='widget-container'>{block}</div></div>"
        for block in write.body()
    )
    return write.around(
        f"<form id='aspnetForm'><div class='page'><h1>{title}</h1>{blocks}{write.comments()}</div></form>"
    )


def _short(write: Writer) -> str:
    title = write.told(write.headline(), whole=False)
    others = "".join(
        f"<article class='card'><h3><a href='/{at}'>{write.headline()}</a></h3><p>{write.sentence()}</p></article>"
        for at in range(write.chance.randint(2, 8))
    )
    return write.around(
        f"<article><h1>{title}</h1><p>{write.paragraph()}</p><p>{write.paragraph()}</p></article>"
        f"<section class='more-stories'><h2>More from The Tide</h2>{others}</section>"
    )


def _divisions(write: Writer) -> str:
    title = write.told(write.headline(), whole=False)
    blocks = "".join(f"<div>{write.paragraph()}</div>" for _ in range(write.chance.randint(4, 9)))
    return write.around(
        f"<div class='story'><h2 class='title'>{title}</h2><div class='txt'>{blocks}</div>{write.aside()}</div>"
    )


def _live(write: Writer) -> str:
    title = write.told(write.headline(), whole=False)
    entries = ""
    for number in range(write.chance.randint(3, 7)):
        when, heading = write.told(f"1{number}:05", whole=False), write.told(write.headline(), whole=False)
        entries += (
            f"<article class='live-post'><time>{when}</time><h2>{heading}</h2><p>{write.paragraph(2)}</p></article>"
        )
        entries += "<div class='social-share'><a href='#'>Share</a></div>"
    return write.around(f"<main><h1>{title}</h1><div class='live-feed'>{entries}</div></main>{write.comments()}")


def _recipe(write: Writer) -> str:
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


def _interview(write: Writer) -> str:
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


def _sections(write: Writer) -> str:
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


def _chinese(write: Writer) -> str:
    letters = "港口结冰船只停泊等待市政府承诺支付工资冬天桥梁关闭重新开放图书馆医院学校"

    def sentence() -> str:
        said = "".join(write.chance.choice(letters) for _ in range(write.chance.randint(15, 40)))
        return write.told(said[:9] + "，" + said[9:] + "。")

    title = write.told("".join(write.chance.choice(letters) for _ in range(12)), whole=False)
    body = "".join(f"<p>\u3000\u3000{sentence()}{sentence()}</p>" for _ in range(write.chance.randint(4, 9)))
    return write.around(f"<div id='artibody'><h1>{title}</h1><div class='artical-main-content'>{body}</div></div>")


def _verse(write: Writer) -> str:
    title = write.told(write.headline(), whole=False)
    intro = f"<p>{write.paragraph()}</p>"
    lines = [write.told(f"Now {write.name()} is {write.chance.choice(DEEDS)}", whole=False) for _ in range(8)]
    plain = write.told(write.sentence())
    return write.around(
        f"<div class='content'><h1>{title}</h1>{intro}<p>{'<br>'.join(lines)}</p><pre>{plain}</pre>"
        f"<p>{write.paragraph()}</p></div>"
    )


KINDS: dict[str, Callable[[Writer], str]] = {
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
            write = Writer(random.Random(f"{seed} {kind} {at}"))
            page = make(write)
            yield WrittenPage(kind, page, write.truth, write.sentences)
