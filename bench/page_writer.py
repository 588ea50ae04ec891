"""A writer of stories for `bench.written_pages`: paragraphs, tables, lists as HTML, and what a reader takes from them.

What makes extractors lose words is strewn in: empty elements, times, buttons, names of classes, tables, notes.
"""

import random

PEOPLE = "Odile Tarn,Marek Voss,Ines Calder,Jonas Quill,Petra Lund,Amir Sand,Greta Holm,Tomas Reed".split(",")
PLACES = "Quillon,Port Elsa,Havn,Lindal,Brandemoor,Sallow,Costa Verde,Ostrel".split(",")
THINGS = "harbour,bridge,hospital,library,school,railway,market,theatre,water tower,museum,ferry,archive".split(",")
DEEDS = "rebuilt,closed,sold,flooded,inspected,reopened,painted,measured,moved,repaired,insured,surveyed".split(",")
_WHEN = "on Monday,in the spring,last October,after the storm,before dawn,during the strike,that winter".split(",")
_WHY = (
    "because the council had promised it,although nobody had asked for it,while the crews waited outside,"
    "so that the ships could pass,since the money had been found at last,which surprised most of the people"
).split(",")
_SYLLABLES = "ba del kor mi nas tul ver sho ram pi lon gra".split()
_INLINE = "label output button data abbr time".split()


class Writer:
    """One page's story and its pieces."""

    def __init__(self, chance: random.Random) -> None:
        self.chance = chance
        self.truth: list[str] = []
        self.sentences: list[str] = []

    def sentence(self) -> str:
        pick = self.chance.choice
        return (
            f"The {pick(THINGS)} of {self.name()} was not {pick(DEEDS)} {pick(_WHEN)}, said {pick(PEOPLE)} of "
            f"{self.name()}, {pick(_WHY)}, and {self.chance.randint(2, 999)} people from {self.name()} saw it."
        )

    def name(self) -> str:
        """Return a name of no place."""
        return "".join(self.chance.choice(_SYLLABLES) for _ in range(3)).capitalize()

    def headline(self) -> str:
        pick = self.chance.choice
        return f"{pick(PLACES)}: {pick(THINGS)} {pick(DEEDS)} for {self.chance.randint(2, 90)} days"

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
        rows += [[self.chance.choice(PLACES), f"{self.chance.randint(2, 60)}", "7.40"] for _ in range(4)]
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
            f"<li class='comment'><cite>{self.chance.choice(PEOPLE)}</cite><p>{self.sentence()}</p>"
            "<a href='#'>Reply</a></li>"
            for _ in range(self.chance.randint(1, 6))
        )
        return f"<div id='comments' class='comments-area'><h3>Comments</h3><ol>{entries}</ol></div>"

    def around(self, inner: str, *, head: str = "") -> str:
        """Return a whole page around the article's part."""
        menu = "".join(f"<li><a href='/{place}'>{place}</a></li>" for place in PLACES)
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
