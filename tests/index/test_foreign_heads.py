"""What stands above and between the paragraphs of articles in other languages than English."""

from datetime import date

import pytest

from index.days import only_date
from index.foreign_words import MONTHS
from index.furniture import furniture
from index.headers import Header, read_header
from index.web_pages import extract_html

BODY = (
    "Die Anlage im Hafen kostet 27 Millionen Euro und liefert im Sommer 16 Megawatt, sagte die Chefin des Hafens.\n\n"
    "Anwohner hatten elf Jahre lang über den Ruß geklagt, der auf ihren Fensterbänken lag.\n"
)
DAYS = [
    ("12. März 2026", date(2026, 3, 12)),
    ("Mittwoch, 3. August 2026", date(2026, 8, 3)),
    ("1er août 2026", date(2026, 8, 1)),
    ("14 déc. 2026", date(2026, 12, 14)),
    ("21 de mayo de 2026", date(2026, 5, 21)),
    ("2 de septiembre del 2026", date(2026, 9, 2)),
    ("31. Februar 2026", None),
    ("3. Stock 2026", None),
]
HEADS = [
    (
        "Hafen bekommt Landstrom\nVon Henrike Voss, Sundby\n17. Juni 2026\n\n",
        Header("Hafen bekommt Landstrom", None, date(2026, 6, 17), "Henrike Voss"),
    ),
    (
        "Hafen bekommt Landstrom\nVon Henrike Voss und Ole Brandt\nStand: 17. Juni 2026, 14:05 Uhr\n\n",
        Header("Hafen bekommt Landstrom", None, date(2026, 6, 17), "Henrike Voss und Ole Brandt"),
    ),
    (
        "Le port aura du courant\nPar Maud Lefèvre\n"
        "Publié le 3 février 2026 à 18h42, mis à jour le 4 février 2026 à 9h10\n\n",
        Header("Le port aura du courant", None, date(2026, 2, 3), "Maud Lefèvre"),
    ),
    (
        "Le port aura du courant\nLe Journal de Brézolles, jeudi 14 août 2026\n\n",
        Header("Le port aura du courant", "Le Journal de Brézolles", date(2026, 8, 14)),
    ),
    (
        "LA VOZ DE BRAVA\n\nEl puerto tendrá corriente\n\nPor Nuria Belmonte\nBrava, 2 de septiembre de 2026\n\n",
        Header("El puerto tendrá corriente", "La Voz de Brava", date(2026, 9, 2), "Nuria Belmonte"),
    ),
    (
        "The port will have power\nPublished 3 May 2026, updated 4 May 2026\n\n",
        Header("The port will have power", None, date(2026, 5, 3)),
    ),
    (
        "Le bac reste à quai\nMaud Lefèvre et Luc Tanguy, à Holm\nMis à jour le 7 mars 2026, 09:10 h\n\n",
        Header("Le bac reste à quai", None, date(2026, 3, 7), "Maud Lefèvre et Luc Tanguy"),
    ),
    (
        "Il traghetto resta in porto\nIl Corriere della Baia, venerdì 6 marzo 2026\n\n",
        Header("Il traghetto resta in porto", "Il Corriere della Baia", date(2026, 3, 6)),
    ),
    ("Von Neumann Architecture\n4 May 2026\n\n", Header("Von Neumann Architecture", None, date(2026, 5, 4))),
]


@pytest.mark.parametrize(("line", "expected"), DAYS)
def test_a_day_is_read(line: str, expected: date | None):
    assert only_date(line) == expected


@pytest.mark.parametrize("name", MONTHS)
def test_every_month_is_read(name: str):
    assert only_date(f"{name.capitalize()}, der 3 de {name} 2026") == date(2026, MONTHS[name], 3)


@pytest.mark.parametrize(("head", "expected"), HEADS, ids=[head.splitlines()[0] for head, _ in HEADS])
def test_what_the_head_states_is_read(head: str, expected: Header):
    assert read_header(head + BODY, markdown=False) == expected


@pytest.mark.parametrize(
    ("line", "label"),
    [
        ("Lesen Sie auch: Fähre nach Holm fällt aus", "link"),
        ("À lire aussi : Les halles de Dreux", "link"),
        ("Lea también: Los taxistas, contra la tasa", "link"),
        ("Mit Material der dpa", "source"),
        ("Schlagwörter: Strom, Winter", "tags"),
        ("Anzeige", "advertisement"),
        ("Teilen | Drucken", "share"),
        ("Foto: Iker Landa", "credit"),
    ],
)
def test_what_stands_between_the_paragraphs_is_furniture(line: str, label: str):
    text = f"Hafen bekommt Landstrom\n\n{BODY}\n{line}\n\n{BODY}"
    assert [(text[one.start : one.end], one.label) for one in furniture(text)] == [(line, label)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Von Montag an fahren die Busse wieder.",
        "Avec Marie Tanguy, nous avons vu la mer.",
        "Stand up for the port.",
        "Par Avion",
        "Anzeige gegen Hafenchefin erstattet",
    ],
)
def test_a_sentence_that_begins_like_furniture_is_none(sentence: str):
    assert not furniture(f"Hafen bekommt Landstrom\n\n{BODY}\n{sentence}\n\n{BODY}")


def test_a_page_s_day_and_writer_are_read_from_what_it_shows():
    shown = "<p>Von Katrin Ohl</p><p>Stand: 12. März 2026, 14:05 Uhr</p>"
    story = "".join(f"<p>{line}</p>" for line in BODY.splitlines() if line)
    found = extract_html("a.html", f"<title>Landstrom</title><h1>Landstrom</h1>{shown}{story}".encode())
    assert found.header.published == date(2026, 3, 12)
    assert found.text.splitlines()[1] == "Von Katrin Ohl"
