"""Invented articles whose facts stand in tables: of several formats and shapes, some of them hard to read."""

import io

import docx
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas


def page(title: str, *blocks: str) -> bytes:
    """Return a web page with a headline and these blocks."""
    paragraph = "<p>The figures were published on Monday, and nobody at the press conference doubted them.</p>"
    body = f"<article><h1>{title}</h1>{paragraph}{''.join(blocks)}{paragraph}</article>"
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>".encode()


def table(head: str, *rows: str, caption: str = "") -> str:
    """Return a table of a web page; cells stand between bars, the first of each row heads it."""
    heads = "".join(f"<th>{cell.strip()}</th>" for cell in head.split("|"))
    lines = [[cell.strip() for cell in row.split("|")] for row in rows]
    body = "".join(f"<tr><th>{first}</th>{''.join(f'<td>{one}</td>' for one in rest)}</tr>" for first, *rest in lines)
    return f"<table><caption>{caption}</caption><thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table>"


BREWERIES = page(
    "Harrow Vale Breweries and its sites",
    "<p>The company, which has brewed since 1902, runs five breweries in two countries.</p>",
    table(
        "Brewery | Country | Staff | Opened",
        "Colbeck | Wenland | 230 | 1902",
        "Arrow Mill | Sarn | 95 | 1988",
        "Little Tarry | Sarn | 61 | 2011",
        "Port Idris | Wenland | 148 | 1957",
        "Hale | Sarn | 120 | 1974",
        "Total | | 654 |",
    ),
)
FARES = """# What the cable car costs
The new fares of the Mount Orrel cable car are in force from 1 May. Dogs travel free.

| Ticket | Single | Return |
|---|---|---|
| Adult | £9.20 | £15.50 |
| Child | £4.60 | £7.40 |
| Senior | £7.00 | £11.90 |
| Family | £21.00 | £35.00 |
"""
TIMES = (
    "Station,First train,Second train,Last train\nDunmere,06.12,07.40,22.15\nOak Halt,06.31,08.02,22.37\n"
    "Sallow,06.55,08.24,23.01\nPort Idris,07.20,08.49,23.26\n"
)
TURNOUT = page(
    "How the wards of Brenton voted",
    table(
        "Ward | Electorate | Turnout 2022 (%) | Turnout 2026 (%) | Winner",
        "Castle | 4,210 | 41.2 | 48.9 | Ana Dray",
        "Mill Lane | 3,985 | 38.0 | 52.3 | Piers Holt",
        "Riverside North | 5,120 | 44.7 | | Ines Quell",
        "Riverside South | 4,870 | 36.1 | 39.5 | Rolf Beck",
    ),
)
RAIN = page(
    "A wet autumn on the coast",
    table("Town | September | October", "Selby Sands | 88 mm | 131 mm", "Crane Bay | 64 mm | 97 mm",
          "Orford Quay | 102 mm | 119 mm", caption="Rain"),
    "<p>It was warmer than usual as well, the weather service says.</p>",
    table("Town | September | October", "Selby Sands | 16.1 °C | 12.4 °C", "Crane Bay | 17.0 °C | 13.9 °C",
          "Orford Quay | 15.2 °C | 11.8 °C", caption="Mean temperature"),
)  # fmt: skip
HOSPITALS = """# Two hospitals compared
Lady Margaret and Westfield Infirmary want to merge next year.

| | Lady Margaret | Westfield Infirmary |
|---|---|---|
| Beds | 640 | 412 |
| Employees | 3,150 | 1,980 |
| Births in 2025 | 2,210 | 1,034 |
| Budget | 212 million crowns | 131 million crowns |
"""
MEDALS = """# Medals of the Northern Games
The games ended in Halden on Sunday.

| Country | Gold | Silver | Bronze | Total |
|:--|--:|--:|--:|--:|
| Wenland | 12 | 9 | 14 | 35 |
| Sarn | 12 | 11 | 6 | 29 |
| Ostmark | 7 | 13 | 10 | 30 |
| Lower Teal | 3 | 2 | 8 | 13 |
"""
RIVERS = page(
    "The rivers of Wenland",
    table("River | Length (km) | Rises in | Flows into", "Aske | 214 | Hale Fells | North Sea",
          "Brun | 97 | Corrie Moss | Aske", "Tavel | 311 | Mount Orrel | North Sea",
          "Great Lyn | 168 | Mount Orrel | Tavel", "Little Lyn | 42 | Corrie Moss | Great Lyn"),
)  # fmt: skip
BUDGETS = page(
    "What the ministries may spend",
    table("Ministry | Spending | Change", "Defence | 2.4 billion | +3.1%", "Health | 3,900 million | +1.2%",
          "Culture | about 90 million | -0.4%", "Transport | 1.1 billion | n/a"),
)  # fmt: skip
STOPS = "Stop,Zone,Passengers a day,Shelter\n" + "".join(
    f"{name} {kind},{1 + (3 * number + place) % 6},{310 + 37 * ((5 * number + 11 * place) % 71)},"
    f"{'yes' if (number + place) % 4 else 'no'}\n"
    for number, name in enumerate("Acorn Birch Cedar Dogwood Elm Fir Gorse Hazel Ivy Juniper Larch Maple".split())
    for place, kind in enumerate(("Road", "Square", "Bridge", "Gate", "Park"))
)
DEPARTMENTS = """# The town hall of Ellerby in figures
The mayor showed the council what each department has to spend.

| Department | Staff | Budget 2024 | Budget 2025 | Sick leave |
|:--|--:|--:|--:|--:|
| Roads | 31 | £2,400,000 | £2,150,000 | 4.1 % |
| Parks | 12 | £640,000 | £655,000 | 6.0 % |
| Libraries | 25 | £980,000 | £870,000 | 3.5 % |
| Planning | 44 | £1,310,000 | £1,310,000 | 7.2 % |
| Total | 112 | £5,330,000 | £4,985,000 | |
"""
STORM = page(
    "What the storm left of the coast",
    table("Town | Houses destroyed | People without power | Damage (million crowns)", "Anselm | 41 | 1,250 | 12.5",
          "Breck Haven | 17 | about 800 | 4", "Corran | 40 | 2,010 | 9.8", "Dunsey | 133 | 3,400 | 31"),
)  # fmt: skip
MUSEUM = "Day\tOpens\tCloses\nMonday\tclosed\tclosed\nTuesday\t10 am\t5 pm\nFriday\t10 am\t8 pm\nSunday\t11 am\t4 pm\n"
COUNCILS = [
    ["Council", "Vote", "Date", "Majority"],
    ["Amberley", "for", "3 March", "4"],
    ["Hexton", "against", "5 March", "11"],
    ["Marlow Cross", "against", "10 March", "2"],
    ["Tilling", "for", "12 March", "9"],
]
BRIDGES = [
    ["Bridge", "Built", "Height", "Repair"],
    ["Cobb Bridge", "1871", "18", "May 2027"],
    ["Ferry Bridge", "1934", "31", "June 2028"],
    ["Holm Viaduct", "1902", "44", "March 2029"],
    ["Sand Bridge", "1966", "12", "July 2027"],
]


def _word() -> bytes:
    document = docx.Document()
    document.add_heading("How the councils voted on the bypass", 1)
    document.add_paragraph("Four councils have now voted on the Amber Valley bypass, two of them against it.")
    grid = document.add_table(len(COUNCILS), len(COUNCILS[0]))
    for row, cells in zip(grid.rows, COUNCILS, strict=True):
        for cell, text in zip(row.cells, cells, strict=True):
            cell.text = text
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


def _pdf() -> bytes:
    made = io.BytesIO()
    drawing = canvas.Canvas(made, pagesize=A4, invariant=1)
    drawing.setFont("Helvetica-Bold", 16)
    drawing.drawString(72, 770, "The bridges of the county are to be repaired")
    drawing.setFont("Helvetica", 11)
    drawing.drawString(72, 735, "The county engineer has published when each of its bridges will be closed for repair.")
    for number, cells in enumerate(BRIDGES):
        for place, cell in enumerate(cells):
            drawing.drawString(72 + 115 * place, 700 - 18 * number, cell)
    drawing.drawString(
        72, 590, "All heights are in metres above the water, and all bridges will reopen within a month."
    )
    drawing.save()
    return made.getvalue()


def table_articles() -> dict[str, bytes]:
    """Return each file's name and content."""
    return {
        "breweries.html": BREWERIES,
        "fares.md": FARES.encode(),
        "times.csv": TIMES.encode(),
        "turnout.html": TURNOUT,
        "rain.html": RAIN,
        "hospitals.md": HOSPITALS.encode(),
        "medals.md": MEDALS.encode(),
        "rivers.html": RIVERS,
        "budgets.html": BUDGETS,
        "stops.csv": STOPS.encode(),
        "departments.md": DEPARTMENTS.encode(),
        "storm.html": STORM,
        "museum.tsv": MUSEUM.encode(),
        "councils.docx": _word(),
        "bridges.pdf": _pdf(),
    }
