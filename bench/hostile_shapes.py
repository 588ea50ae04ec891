"""Files that ask much of a reader, made to a size: mails, documents, tables, texts, and those of two other modules.

Web pages are in `bench.hostile_pages`; what once broke the service is in `bench.hostile_named`.
"""

import io
import json
import zipfile
from collections.abc import Callable
from email.message import EmailMessage

from bench.hostile_named import NAMED
from bench.hostile_pages import PAGES, TEXT, numbered_lines, page


def _aliases(number: int) -> bytes:
    lines = ["a0: &a0 {name: x}"] + [
        f"a{one}: &a{one} {{<<: [{', '.join([f'*a{one - 1}'] * 9)}], n{one}: 1}}" for one in range(1, number + 1)
    ]
    return ("---\n" + "\n".join(lines) + "\n---\n# Ice\n\nEleven ships lay still.\n").encode()


def _mail(body: str, subtype: str, attachments: int = 0) -> bytes:
    mail = EmailMessage()
    mail["Subject"], mail["From"], mail["Date"] = (
        "Ice",
        "Odile Tarn <o@tide.example>",
        "Tue, 05 Mar 2024 10:12:00 +0000",
    )
    mail.set_content(body, subtype=subtype)
    for one in range(attachments):
        mail.add_attachment(TEXT.format(one).encode(), maintype="text", subtype="plain", filename=f"{one}.txt")
    return mail.as_bytes()


def _mail_page(around: str = "{0}") -> Callable[[int], bytes]:
    def make(number: int) -> bytes:
        inner = "".join(f"<p>{line}</p>" for line in numbered_lines(number))
        return _mail(f"<html><body><p>See below.</p>{around.format(inner)}</body></html>", "html")

    return make


def _mailbox(number: int) -> bytes:
    return b"".join(
        b"From o Tue Mar  5 10:12:00 2024\n" + _mail(line, "plain") + b"\n" for line in numbered_lines(number)
    )


def _word(number: int, inner: str) -> bytes:
    import docx  # noqa: PLC0415 - few of the shapes need it

    document = docx.Document()
    body = document.element.body
    space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    from docx.oxml import parse_xml  # noqa: PLC0415

    pieces = "".join(inner.format(line) for line in numbered_lines(number))
    for part in reversed(parse_xml(f'<w:body xmlns:w="{space}">{pieces}</w:body>')):
        body.insert(0, part)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def _word_of(inner: str) -> Callable[[int], bytes]:
    return lambda number: _word(number, inner)


def _word_around(before: str, inner: str, behind: str) -> Callable[[int], bytes]:
    return lambda number: _word(1, before + "".join(inner.format(line) for line in numbered_lines(number)) + behind)


def _zipped(**files: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            package.writestr(name, content)
    return stream.getvalue()


def _open_document(inner: Callable[[int], str]) -> Callable[[int], bytes]:
    names = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
    )
    head = f"<office:document-content{names}><office:body><office:text>"
    tail = "</office:text></office:body></office:document-content>"
    return lambda number: _zipped(**{"content.xml": head + inner(number) + tail})


def _book(number: int) -> bytes:
    items = "".join(f'<item id="c{n}" href="c{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(number))
    spine = "".join(f'<itemref idref="c{n}"/>' for n in range(number))
    package = (
        '<package xmlns="http://www.idpf.org/2007/opf"><metadata/>'
        f"<manifest>{items}</manifest><spine>{spine}</spine></package>"
    )
    pages = {f"c{n}.xhtml": page(f"<p>{line}</p>").decode() for n, line in enumerate(numbered_lines(number))}
    container = '<container><rootfiles><rootfile full-path="book.opf"/></rootfiles></container>'
    return _zipped(**{"META-INF/container.xml": container, "book.opf": package, **pages})


def _pdf(number: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - few of the shapes need it

    stream = io.BytesIO()
    canvas = Canvas(stream)
    for line in numbered_lines(number):
        for row in range(40):
            canvas.drawString(60, 780 - 18 * row, line[:80])
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _letters(number: int) -> bytes:
    from reportlab.pdfgen.canvas import Canvas  # noqa: PLC0415 - few of the shapes need it

    stream = io.BytesIO()
    canvas = Canvas(stream)
    canvas.drawString(60, 800, "The ice was not moved on that day, said the harbour master of the town.")
    canvas.setFont("Helvetica", 24)
    for one in range(number):
        canvas.drawString(20 + 26 * (one % 20), 780 - 30 * (one // 20), "QUXZ"[one % 4])
    canvas.showPage()
    canvas.save()
    return stream.getvalue()


def _text(joined_by: str, piece: str = "{0}") -> Callable[[int], bytes]:
    return lambda number: joined_by.join(piece.format(line) for line in numbered_lines(number)).encode()


def _rows(number: int) -> bytes:
    return "\n".join(",".join(f"{one}{column}" for column in "abcde") for one in range(number // 5)).encode()


def _listed(number: int) -> bytes:
    return json.dumps([{"title": "Ice", "text": line} for line in numbered_lines(number)]).encode()


_CELL = "<w:tc><w:p><w:r><w:t>{0}</w:t></w:r></w:p></w:tc>"
# What each is called, its suffix, its first size, and what makes it to a size.
SHAPES: dict[str, tuple[str, int, Callable[[int], bytes]]] = {
    **PAGES,
    **NAMED,
    "mail, a page": (".eml", 5_000, _mail_page()),
    "mail, a quoted page": (".eml", 5_000, _mail_page("<blockquote type='cite'>{0}</blockquote>")),
    "mail, quotes": (
        ".eml",
        3_000,
        lambda number: _mail(f"<p>So.</p>{'<blockquote type=cite><p>Ice.</p></blockquote>' * number}", "html"),
    ),
    "mail, nested quotes": (
        ".eml",
        100,
        lambda number: _mail("<p>So.</p>" + "<blockquote type=cite><p>Ice came.</p>" * number, "html"),
    ),
    "mail, lines": (".eml", 10_000, lambda number: _mail("\n".join(numbered_lines(number)), "plain")),
    "mail, quoted lines": (
        ".eml",
        10_000,
        lambda number: _mail("Hm.\n> " + "\n> ".join(numbered_lines(number)), "plain"),
    ),
    "mail, attachments": (".eml", 120, lambda number: _mail("So.", "plain", number)),
    "mailbox": (".mbox", 500, _mailbox),
    "Word, paragraphs": (".docx", 5_000, _word_of("<w:p><w:r><w:t>{0}</w:t></w:r></w:p>")),
    "Word, runs": (".docx", 5_000, _word_around("<w:p>", "<w:r><w:t>{0}</w:t></w:r>", "</w:p>")),
    "Word, raised": (
        ".docx",
        1_000,
        _word_around(
            "<w:p>",
            "<w:r><w:t>{0}</w:t></w:r><w:r><w:rPr><w:vertAlign w:val='superscript'/></w:rPr><w:t>2</w:t></w:r>",
            "</w:p>",
        ),
    ),
    "Word, headings of columns": (
        ".docx",
        500,
        _word_around(
            "<w:tbl>",
            f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{_CELL}{_CELL}</w:tr><w:tr>{_CELL}{_CELL}</w:tr>",
            "</w:tbl>",
        ),
    ),
    "Word, rows": (".docx", 2_500, _word_around("<w:tbl>", f"<w:tr>{_CELL}{_CELL}</w:tr>", "</w:tbl>")),
    "Word, cells in a row": (".docx", 2_500, _word_around("<w:tbl><w:tr>", _CELL, "</w:tr></w:tbl>")),
    "OpenDocument, paragraphs": (
        ".odt",
        5_000,
        _open_document(lambda n: "".join(f"<text:p>{x}</text:p>" for x in numbered_lines(n))),
    ),
    "OpenDocument, spans": (
        ".odt",
        5_000,
        _open_document(
            lambda n: "<text:p>" + "".join(f"<text:span>{x}</text:span>" for x in numbered_lines(n)) + "</text:p>"
        ),
    ),
    "OpenDocument, rows": (
        ".odt",
        2_500,
        _open_document(
            lambda n: (
                "<table:table>"
                + "".join(
                    f"<table:table-row><table:table-cell><text:p>{x}</text:p></table:table-cell></table:table-row>"
                    for x in numbered_lines(n)
                )
                + "</table:table>"
            )
        ),
    ),
    "OpenDocument, blanks": (
        ".odt",
        5_000,
        _open_document(lambda n: "<text:p>Ice" + "<text:s text:c='1000'/>" * n + " came.</text:p>"),
    ),
    "OpenDocument, nested": (
        ".odt",
        50,
        _open_document(lambda n: "<text:section>" * n + "<text:p>Ice.</text:p>" + "</text:section>" * n),
    ),
    "RTF": (".rtf", 5_000, lambda number: ("{\\rtf1 " + "\\par ".join(numbered_lines(number)) + "}").encode()),
    "RTF, runs": (
        ".rtf",
        5_000,
        lambda number: ("{\\rtf1 " + "".join(f"{{\\b {x}}} " for x in numbered_lines(number)) + "}").encode(),
    ),
    "RTF, notes": (
        ".rtf",
        3_000,
        lambda number: (
            "{\\rtf1 " + "".join(f"{x}{{\\super 1}}{{\\footnote {x}}} " for x in numbered_lines(number)) + "}"
        ).encode(),
    ),
    "book, chapters": (".epub", 100, _book),
    "PDF, pages": (".pdf", 100, _pdf),
    "PDF, large letters": (".pdf", 500, _letters),
    "text, lines": (".txt", 10_000, _text("\n")),
    "text, one line": (".txt", 10_000, _text(" ")),
    "text, links": (".txt", 10_000, _text("\n", "Read also: {0}")),
    "Markdown, headings": (".md", 10_000, _text("\n\n", "## {0}")),
    "Markdown, a table": (".md", 10_000, _text("\n", "| {0} | 2 |")),
    "Markdown, a table's row": (".md", 5_000, lambda number: b"|a|b|\n|-|-|\n|" + b"x|" * number),
    "Markdown, brackets": (".md", 50_000, lambda number: b"# Ice\n\n" + b"[" * number),
    "Markdown, stars": (".md", 50_000, lambda number: b"# Ice\n\n" + b"*a " * number),
    "Markdown, quotes": (".md", 10_000, lambda number: b"# Ice\n\n" + b"> " * number + b"a"),
    "Markdown, aliases": (".md", 5, _aliases),
    "rows": (".csv", 25_000, _rows),
    "list of articles": (".json", 1_000, _listed),
}
