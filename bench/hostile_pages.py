"""Web pages that ask much of a reader, made to a size: paragraphs by the ten thousand, nested tags, tables."""

import json
from collections.abc import Callable

TEXT = "The ice at the {0} quay was not moved on day {0}, said the harbour master, and ships waited."


def numbered_lines(number: int) -> list[str]:
    """Return so many sentences, each another."""
    return [TEXT.format(one) for one in range(number)]


def page(inner: str) -> bytes:
    """Return a page with a headline above `inner`."""
    return f"<html><head><title>Ice</title></head><body><h1>Ice in the harbour</h1>{inner}</body></html>".encode()


def _repeated(piece: str) -> Callable[[int], bytes]:
    """Return what makes a page of a piece again and again; {0} in it is a number."""
    return lambda number: page("".join(piece.format(one) for one in range(number)))


def _inside(before: str, piece: str, behind: str) -> Callable[[int], bytes]:
    return lambda number: page(before + "".join(piece.format(one) for one in range(number)) + behind)


def _nested(tag: str) -> Callable[[int], bytes]:
    return lambda number: page(f"<{tag}>" * number + f"<p>{TEXT.format(1)}</p>" + f"</{tag}>" * number)


def _chains(depth: int) -> Callable[[int], bytes]:
    chain = "<div>" * depth + "<p>{0}</p>" + "</div>" * depth
    return lambda number: page("".join(chain.format(line) for line in numbered_lines(number // depth)))


def _table(columns: int) -> Callable[[int], bytes]:
    row = "<tr>" + "<td>{0} tons</td>" * columns + "</tr>"
    return lambda number: page("<table>" + "".join(row.format(one) for one in range(number // columns)) + "</table>")


def _crowded(number: int) -> bytes:
    attributes = " ".join(f"data-a{one}=x" for one in range(990))
    return page("".join(f"<p {attributes}>{line}</p>" for line in numbered_lines(number)))


def _described(number: int) -> bytes:
    one = json.dumps({"@type": "NewsArticle", "headline": "Ice", "author": [{"name": "Odile Tarn"}] * 5})
    return page(f"<script type='application/ld+json'>{one}</script>" * number + f"<p>{TEXT.format(1)}</p>")


def _linked(number: int) -> bytes:
    people = [{"@id": f"p{one}", "@type": "Person", "name": f"Ada {one}"} for one in range(number)]
    article = {"@type": "NewsArticle", "headline": "Ice", "author": [{"@id": one["@id"]} for one in reversed(people)]}
    graph = json.dumps({"@graph": [article, *people]})
    return page(f"<script type='application/ld+json'>{graph}</script><p>{TEXT.format(1)}</p>")


_P = f"<p>{TEXT}</p>"
# What each is called, its suffix, its first size, and what makes it to a size.
PAGES: dict[str, tuple[str, int, Callable[[int], bytes]]] = {
    "paragraphs, all alike": (".html", 10_000, _repeated("<p>The ice at the quay was not moved, he said.</p>")),
    "paragraphs": (".html", 10_000, _repeated(_P)),
    "divisions with breaks": (".html", 10_000, _inside("<div>", TEXT + "<br><br>", "</div>")),
    "bold words in a paragraph": (".html", 10_000, _inside("<p>", "<b>ice {0}</b> and ", "</p>")),
    "empty elements in a paragraph": (".html", 20_000, _inside("<p>", "<span></span>ice {0} ", "</p>")),
    "links in a list": (".html", 10_000, _inside("<ul>", "<li><a href='/{0}'>" + TEXT + "</a></li>", "</ul>")),
    "items with paragraphs": (".html", 5_000, _inside("<ul>", "<li><p>" + TEXT + "</p></li>", "</ul>")),
    "raised signs": (".html", 5_000, _inside("<p>", "ice {0}<sup>2</sup> and ", "</p>")),
    "notes": (".html", 5_000, _repeated(f"<p>{TEXT}<sup><a href='#n'>{{0}}</a></sup></p>")),
    "headings": (".html", 10_000, _repeated("<h2>Ice {0}</h2><p>Ships.</p>")),
    "headlines": (".html", 5_000, _repeated("<h1>Ice {0}</h1>" + _P)),
    "stories in a page": (".html", 5_000, _repeated("<article><h2><a href=x>Ice {0}</a></h2>" + _P + "</article>")),
    "named divisions": (".html", 5_000, _repeated("<div class='a{0} related-b{0} c-{0}'>" + _P + "</div>")),
    "long names of classes": (".html", 1_000, _repeated(f"<div class='{'related-ad ' * 500}'>{_P}</div>")),
    "990 attributes a tag": (".html", 100, _crowded),
    "times": (".html", 5_000, _repeated("<time datetime='2024-03-05'>5 March {0}</time>" + _P)),
    "figures": (".html", 5_000, _repeated(f"<figure><img src=x><figcaption>{TEXT}</figcaption></figure>")),
    "comments": (".html", 5_000, _repeated(f"<div class='comment'><cite>Ada</cite>{_P}<a href=x>Reply</a></div>")),
    "formulas": (".html", 3_000, _repeated("<p><math><msup><mi>x</mi><mn>{0}</mn></msup></math> is so.</p>")),
    "formula": (".html", 3_000, _inside("<p><math>", "<msup><mi>x</mi><mn>{0}</mn></msup>", "</math></p>")),
    "descriptions": (".html", 500, _described),
    "tags of a head": (".html", 5_000, _inside("<meta name='author' content='x'>", "<meta name='a{0}'>", _P.format(1))),
    "times in a paragraph": (".html", 5_000, _inside("<p>", "<time>5 March {0}</time> and ", "</p>")),
    "lines in nested bylines": (
        ".html",
        2_000,
        _inside("<div class='author'>" * 200, "<p>{0} ships.</p>", "</div>" * 200),
    ),
    "lines under long names": (".html", 2_000, _inside(f"<div class='{'ice ' * 50_000}'>", _P, "</div>")),
    "hidden in hidden": (
        ".html",
        5_000,
        _inside("<p>Ice came.</p>" + "<div hidden>" * 200, "<p>{0} ships.</p>", "</div>" * 200),
    ),
    "tables around a text": (".html", 1_000, _inside("<table><tr><td>" * 60, _P, "</table>" * 60)),
    "raised in raised": (".html", 5_000, _inside("<p>So" + "<sup>" * 200, "ice {0} ", "</sup>" * 200 + "</p>")),
    "headings of a row": (".html", 2_000, _inside("<table><tr>", "<th>ice {0}<td>{0}", "<tr><td>a<td>b</table>")),
    "headings of columns": (
        ".html",
        1_000,
        lambda number: page(
            "<table><thead>"
            + "".join(f"<tr><th>a{n}<th>b{n}" for n in range(number))
            + "</thead>"
            + "".join(f"<tr><td>{n}<td>{n}" for n in range(number))
            + "</table>"
        ),
    ),
    "writers by their names in the graph": (".html", 2_000, _linked),
    "nested divisions": (".html", 25_000, _nested("div")),
    "nested links": (".html", 25_000, _nested("span")),
    "nested 240 deep": (".html", 200, _nested("div")),
    "chains of 20": (".html", 20_000, _chains(20)),
    "chains of 200": (".html", 20_000, _chains(200)),
    "tags that stay open": (".html", 10_000, _repeated("<p><b><i>ice {0}")),
    "table of 5 columns": (".html", 12_500, _table(5)),
    "table of 1 column": (".html", 12_500, _table(1)),
    "table of 1,000 columns": (".html", 25_000, _table(1_000)),
    "cells that span": (".html", 2_000, _inside("<table>", "<tr><td rowspan=900 colspan=9>{0}<td>b</tr>", "</table>")),
    "tables in a page": (".html", 2_000, _repeated("<table><tr><td>a<td>{0}<tr><td>b<td>2</table>" + _P)),
    "nested tables": (".html", 50, lambda number: page("<table><tr><td>ice" * number + "</table>" * number)),
    "preformatted lines": (".html", 10_000, _inside("<pre>", TEXT + "\n", "</pre>")),
    "one long paragraph": (".html", 20_000, _inside("<p>", TEXT + " ", "</p>")),
    "one long word": (".html", 500_000, lambda number: page(f"<p>{'a' * number}</p>")),
    "signs of tags": (".html", 100_000, lambda number: page("<p>" + "< " * number + "</p>")),
}
