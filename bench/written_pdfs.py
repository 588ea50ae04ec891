"""PDFs of several origins and shapes with the text that went into them, for `bench.extraction_pdf`.

reportlab draws them; Chromium, LaTeX and LibreOffice do where they are installed.
"""

import html
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportlab.lib import pagesizes, styles
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph, Table

_HEAD = "Quarterly review of the harbour board"
_SECONDS = 120  # that a program may take for one file


@dataclass(frozen=True, slots=True)
class Shape:
    """How a document is laid out."""

    name: str
    columns: int = 1
    table: bool = False
    notes: bool = False
    head: bool = False
    line_numbers: bool = False
    hyphens: bool = False


SHAPES = (
    Shape("one column"),
    Shape("two columns", columns=2),
    Shape("three columns", columns=3),
    Shape("table", table=True),
    Shape("footnotes", notes=True),
    Shape("running heads", head=True),
    Shape("line numbers", line_numbers=True),
    Shape("hyphenation", columns=2, hyphens=True),
    Shape("all of it", columns=2, table=True, notes=True, head=True, hyphens=True),
)
ROWS = (
    ("Ship", "Crew", "Freight", "Days late"),
    ("Alma", "14", "2,310", "3"),
    ("Brave Maren", "9", "1,870", "11"),
    ("Calloway", "22", "9,405", "0"),
    ("Dolna", "17", "640", "27"),
)
NOTES = ("The figures were rounded by the harbour office.", "Two of the ships sailed under a foreign flag.")


@dataclass(frozen=True, slots=True)
class Written:
    """A PDF and the lines that went into it, those that have no place in the order of the others (notes) apart."""

    origin: str
    shape: str
    path: Path
    lines: tuple[str, ...]
    apart: tuple[str, ...]


def paragraphs(folder: Path, count: int) -> list[str]:
    """Return paragraphs of the articles in `folder`, in characters that every origin has."""
    found = []
    for path in sorted(folder.glob("*.txt")) + sorted(folder.glob("*.md")):
        for line in path.read_text(encoding="utf-8").splitlines():
            plain = line.translate(str.maketrans("’‘“”–—", "''\"\"--")).encode("ascii", "ignore").decode()
            plain = re.sub(r"[#*_`|\\{}$%&^~<>]", "", " ".join(plain.split()))
            if 250 < len(plain) < 900 and plain[0].isupper():
                found.append(plain)
    return found[:count]


def write_all(texts: list[str], folder: Path) -> Iterator[Written]:
    """Yield a PDF of each origin that is to be had and each shape it can draw."""
    for number, shape in enumerate(SHAPES):
        body = (texts[number * 3 :] + texts)[:14]
        notes = tuple(f"{place}. {note}" for place, note in enumerate(NOTES, 1)) if shape.notes else ()
        rows = tuple(" ".join(row) for row in ROWS) if shape.table else ()
        lines = ("Eleven ships lie still in Quillon", *body[:5], *rows, *body[5:])
        for origin, draw in _ORIGINS.items():
            path = folder / f"{origin} {shape.name}.pdf"
            if draw(shape, body, path):
                yield Written(origin, shape.name, path, lines, notes)


def _reportlab(shape: Shape, body: list[str], path: Path) -> bool:
    if shape.notes or shape.line_numbers or shape.hyphens:
        return False
    sheet = styles.getSampleStyleSheet()
    sheet["BodyText"].alignment = 4
    width, height = pagesizes.A4
    gap, margin = 14, 60
    column = (width - 2 * margin - gap * (shape.columns - 1)) / shape.columns
    frames = [
        Frame(margin + number * (column + gap), margin, column, height - 2 * margin, 0, 0, 0, 0)
        for number in range(shape.columns)
    ]

    def decorate(canvas: Canvas, document: BaseDocTemplate) -> None:
        if shape.head:
            canvas.drawString(margin, height - 40, _HEAD)
            canvas.drawRightString(width - margin, 35, str(document.page))

    document = BaseDocTemplate(str(path), pagesize=pagesizes.A4)
    document.addPageTemplates(PageTemplate(frames=frames, onPage=decorate))
    story = [Paragraph("Eleven ships lie still in Quillon", sheet["Title"])]
    story += [Paragraph(html.escape(text), sheet["BodyText"]) for text in body]
    if shape.table:
        story.insert(6, Table([list(row) for row in ROWS]))
    document.build(story)
    return True


def _by_words(shape: Shape, body: list[str], path: Path) -> bool:
    """Words are placed one by one with no blanks between, lines numbered, as some typesetters do."""
    return _placed(shape, body, path, by_rows=False)


def _by_rows(shape: Shape, body: list[str], path: Path) -> bool:
    """The same, drawn from the top of the page to its foot, over all columns."""
    return shape.columns > 1 and _placed(shape, body, path, by_rows=True)


def _placed(shape: Shape, body: list[str], path: Path, *, by_rows: bool) -> bool:
    if shape.table or shape.notes or shape.hyphens or shape.columns > 3:
        return False
    canvas = Canvas(str(path), pagesize=pagesizes.A4)
    gap = 18
    width = (475 - gap * (shape.columns - 1)) / shape.columns
    lines = ["Eleven ships lie still in Quillon"]
    for text in body:
        line = ""
        for word in text.split():
            if canvas.stringWidth(f"{line} {word}", "Times-Roman", 10) > width:
                lines.append(line)
                line = word
            else:
                line = f"{line} {word}".strip()
        lines.append(line)
    per_column = 52
    places = []
    for number, line in enumerate(lines):
        page, place = divmod(number, per_column * shape.columns)
        column, row = divmod(place, per_column)
        places.append((page, row if by_rows else 0, column, row, number, line))
    shown = 0
    for page, _, column, row, number, line in sorted(places):
        if page > shown:
            canvas.showPage()
            shown = page
        canvas.setFont("Times-Roman", 10)
        x, y = 72 + column * (width + gap), 770 - 13.2 * row
        if shape.line_numbers:
            canvas.drawRightString(62, y, str(number + 1))
        if shape.head and column == row == 0:
            canvas.drawString(72, 800, f"{_HEAD}  {page + 1}")
        for word in line.split():
            canvas.drawString(x, y, word)
            x += canvas.stringWidth(word, "Times-Roman", 10) + 2.2
    canvas.save()
    return True


def _chromium(shape: Shape, body: list[str], path: Path) -> bool:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if not program or shape.line_numbers or shape.notes or shape.head:
        return False
    hyphens = "hyphens: auto; text-align: justify" if shape.hyphens else ""
    rows = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in ROWS)
    parts = [f"<p>{html.escape(text)}</p>" for text in body]
    if shape.table:
        parts.insert(5, f"<table>{rows}</table>")
    page = path.with_suffix(".html")
    page.write_text(
        f"<!doctype html><html lang=en><style>@page {{ margin: 18mm }} body {{ font: 10pt/1.4 serif; {hyphens} }}"
        f"td {{ padding: 2pt 9pt }} div {{ column-count: {shape.columns}; column-gap: 7mm }}</style>"
        f"<h1>Eleven ships lie still in Quillon</h1><div>{''.join(parts)}</div></html>",
        encoding="utf-8",
    )
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    profile = f"--user-data-dir={path.parent / 'profile'}"
    return _made([program, *options, profile, f"--print-to-pdf={path}", page.as_uri()], path)


def _latex(shape: Shape, body: list[str], path: Path) -> bool:
    program = shutil.which("pdflatex")
    if not program or shape.columns > 2 or shape.line_numbers:
        return False
    texts = list(body)
    if shape.notes:
        texts[1] += rf"\footnote{{{NOTES[0]}}}"
        texts[7] += rf"\footnote{{{NOTES[1]}}}"
    if shape.table:
        rows = r"\\".join(" & ".join(row) for row in ROWS)
        texts.insert(5, rf"\begin{{center}}\begin{{tabular}}{{lrrr}}{rows}\end{{tabular}}\end{{center}}")
    head = rf"\pagestyle{{myheadings}}\markright{{{_HEAD}}}" if shape.head else r"\pagestyle{empty}"
    options = "twocolumn" if shape.columns == 2 else "onecolumn"
    source = path.with_suffix(".tex")
    source.write_text(
        rf"\documentclass[10pt,{options}]{{article}}\begin{{document}}{head}"
        rf"\section*{{Eleven ships lie still in Quillon}}" + "\n\n".join(texts) + r"\end{document}",
        encoding="utf-8",
    )
    command = [program, "-interaction=batchmode", f"-output-directory={path.parent}", str(source)]
    return _made(command, path)


def _libreoffice(shape: Shape, body: list[str], path: Path) -> bool:
    program = shutil.which("soffice")
    if not program or shape.line_numbers or shape.notes or shape.hyphens:
        return False
    import docx  # noqa: PLC0415
    from docx.oxml import OxmlElement  # noqa: PLC0415
    from docx.oxml.ns import qn  # noqa: PLC0415

    document = docx.Document()
    document.add_heading("Eleven ships lie still in Quillon", 1)
    for number, text in enumerate(body):
        if number == 5 and shape.table:
            table = document.add_table(rows=0, cols=len(ROWS[0]))
            for row in ROWS:
                for cell, said in zip(table.add_row().cells, row, strict=True):
                    cell.text = said
        document.add_paragraph(text)
    section = document.sections[0]
    columns = OxmlElement("w:cols")
    columns.set(qn("w:num"), str(shape.columns))
    for old in section._sectPr.findall(qn("w:cols")):  # python-docx has no columns
        section._sectPr.remove(old)
    section._sectPr.append(columns)
    if shape.head:
        section.header.paragraphs[0].text = _HEAD
    source = path.with_suffix(".docx")
    document.save(str(source))
    profile = (path.parent / "office").as_uri()
    options = [f"-env:UserInstallation={profile}", "--headless", "--convert-to", "pdf"]
    return _made([program, *options, "--outdir", str(path.parent), str(source)], path)


def _made(command: list[str], path: Path) -> bool:
    try:
        subprocess.run(  # noqa: S603 - a program of this machine, and files that we wrote
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        return False
    return path.is_file()


_ORIGINS: dict[str, Callable[[Shape, list[str], Path], bool]] = {
    "reportlab": _reportlab,
    "by words": _by_words,
    "by rows": _by_rows,
    "chromium": _chromium,
    "latex": _latex,
    "libreoffice": _libreoffice,
}
