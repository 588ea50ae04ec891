"""Ways in which papers begin an article, none of them from a paper that exists.

The first ten were written down before there were rules for them.
"""

from datetime import date

import pytest

from index.headers import Header, read_head, read_header

BODY = (
    "Nobody saw the walrus come ashore, but on Tuesday morning it lay on the slipway of Vellmouth and would not move. "
    "The harbour master closed the ramp until the tide was in.\n\nIt has been given the name of Gerald.\n"
)
LONG = (
    "Walrus on the slipway of Vellmouth closes the ramp for a second day while the town council, two marine biologists "
    "from the university and a brass band that had been hired for the opening of the new ice cream parlour wait for a "
    "tide that is high enough and for an animal that is willing enough"
)

HEADS = [
    (
        "The Vellmouth Argus, 4 May 2026\n\nWalrus keeps the slipway\n\nBy Nell Ashdown\n\n",
        Header("Walrus keeps the slipway", "The Vellmouth Argus", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Coastal Ledger / 4 May 2026\nWalrus keeps the slipway\nNell Ashdown, staff reporter\n\n",
        Header("Walrus keeps the slipway", "Coastal Ledger", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\n\nWestern Post | Nature | 4 May 2026\n\n",
        Header("Walrus keeps the slipway", "Western Post", date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nBy Nell Ashdown in Vellmouth\nPublished 10:32\n\n",
        Header("Walrus keeps the slipway", None, None, "Nell Ashdown"),
    ),
    (
        "VELLMOUTH HERALD\nMonday, 4 May 2026\n\nWalrus keeps the slipway\n[Nell Ashdown]\n\n",
        Header("Walrus keeps the slipway", "Vellmouth Herald", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (f"{LONG}\nBy Nell Ashdown | 4 May 2026\n\n", Header(LONG, None, date(2026, 5, 4), "Nell Ashdown")),
    (
        "Walrus keeps the slipway\n\nVellmouth, 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "WORLD\nWalrus keeps the slipway\n24/05/2026, 5:30 pm\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 24)),
    ),
    (
        "Walrus keeps the slipway\nVellmouth Evening Mail\nBy Nell Ashdown, Docks Reporter\nPublished: 4 May 2026\n\n",
        Header("Walrus keeps the slipway", "Vellmouth Evening Mail", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nCoastal News Agency\nMay 4, 2026, 9:20 p.m.\n\n",
        Header("Walrus keeps the slipway", "Coastal News Agency", date(2026, 5, 4)),
    ),
    (
        "Walrus takes the lead\nSunday Sideline\nVellmouth 3, Lindal 2\n4 May 2026. From Nell Ashdown at Dock Lane\n\n",
        Header("Walrus takes the lead", "Sunday Sideline", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\n\nVellmouth Observer\n\n*Posted 4 May 2026 by Nell Ashdown*\n\n",
        Header("Walrus keeps the slipway", "Vellmouth Observer", date(2026, 5, 4), "Nell Ashdown"),
    ),
    ("The big wait\n4 May 2026\n\n", Header("The big wait", None, date(2026, 5, 4))),
    (
        "DAILY MERIDIAN - NATURE\r\nWednesday, 6 May 2026, 18:20\r\n\r\nWalrus keeps the slipway\r\n\r\n",
        Header("Walrus keeps the slipway", "Daily Meridian", date(2026, 5, 6)),
    ),
    (
        "The Sunday Beacon Times\nIssue 1,204\n\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", "The Sunday Beacon Times"),
    ),
    (
        "Walrus keeps the slipway\n\nCoast Gazette, 4 May 2026, page 3\n\n",
        Header("Walrus keeps the slipway", "Coast Gazette", date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nA town waits\n\nBy Nell Ashdown and Piet van der Hoorn\nMay 4, 2026, 10:32 am\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown and Piet van der Hoorn"),
    ),
    (
        "Walrus keeps the slipway\nMay 4, 2026 — Nell Ashdown\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "VELLMOUTH, May 4, 2026 (NWS) - A walrus keeps the slipway closed.\n",
        Header(None, "NWS", date(2026, 5, 4)),
    ),
    (
        "EVENING ARGUS\n4 May 2026\n\nWalrus keeps the slipway\n\nVELLMOUTH (NWS) - A walrus keeps it closed.\n",
        Header("Walrus keeps the slipway", "Evening Argus", date(2026, 5, 4)),
    ),
    ("The Hague, 4 May 2026\nWalrus keeps the slipway\n\n", Header("Walrus keeps the slipway", None, date(2026, 5, 4))),
    ("President Meets the Press\n4 May 2026\n\n", Header("President Meets the Press", None, date(2026, 5, 4))),
    ("THE LONG WAIT\n\n", Header("THE LONG WAIT")),
    (
        "Town Council Reads the Standard\nBy Nell Ashdown\n\n",
        Header("Town Council Reads the Standard", None, None, "Nell Ashdown"),
    ),
    ("By Tuesday, three boats had turned back\n\n", Header("By Tuesday, three boats had turned back")),
    (
        "Walrus keeps the slipway\nUpdated 5 May 2026, 7.15 am\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 5)),
    ),
    (
        "Opinion\nLet the walrus be\nNell Ashdown, columnist\n4 May 2026\n\n",
        Header("Let the walrus be", None, date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Weekly Tide\nVol. 12, No. 18 - 4 May 2026\n\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", "Weekly Tide", date(2026, 5, 4)),
    ),
    (
        "STRANDBLADET · Monday 4 May 2026 · Nature\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", "Strandbladet", date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\n\n3 hours ago\n\nStory by Nell Ashdown\n\n",
        Header("Walrus keeps the slipway", None, None, "Nell Ashdown"),
    ),
    (
        "How a walrus from the north came to keep the slipway of a small town closed for most of a week in\nMay\n"
        "From our own correspondent\n\n",
        Header("How a walrus from the north came to keep the slipway of a small town closed for most of a week in"),
    ),
    (
        "The walrus that came on March 3, 2021, has come back\nVellmouth Herald | 4 May 2026\n\n",
        Header("The walrus that came on March 3, 2021, has come back", "Vellmouth Herald", date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nBBC NEWS | Coast | 04/05/2026\n\n",
        Header("Walrus keeps the slipway", None, None),
    ),
    (
        '+++\ntitle = "Walrus keeps the slipway"\npublisher = "Coast Gazette"\ndate = 2026-05-04T10:32:00Z\n'
        'authors = ["Nell Ashdown"]\n+++\n\n',
        Header("Walrus keeps the slipway", "Coast Gazette", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        '+++\ntitle = "Walrus keeps the slipway"\n[params]\nsource = "Coast Gazette"\nauthor = "Nell Ashdown"\n+++\n\n',
        Header("Walrus keeps the slipway", "Coast Gazette", None, "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nBy Nell Ashdown, nature editor\n"
        "Updated 5 May 2026, 08:15\nPublished 4 May 2026, 10:32\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nSource: Coast Gazette\nDate: 4 May 2026\nAuthor: Nell Ashdown\n\n",
        Header("Walrus keeps the slipway", "Coast Gazette", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "https://coast.example/walrus\nWalrus keeps the slipway\nby NELL ASHDOWN for THE MERIDIAN\n4 May 2026\n\n",
        Header("Walrus keeps the slipway", "The Meridian", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nBy Nell Ashdown | Photographs by Ada Lind\n\nVellmouth, 4 May 2026. ",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "EXCLUSIVE | NATURE\nWalrus keeps the slipway\nCoast Gazette, Monday 4 May 2026\n\n",
        Header("Walrus keeps the slipway", "Coast Gazette", date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nBy Nell Ashdown and Ada Lind, Coast Daily\n\n",
        Header("Walrus keeps the slipway", "Coast Daily", None, "Nell Ashdown and Ada Lind"),
    ),
    (
        "Walrus keeps the slipway\nBy Nell Ashdown, Staff Reporter\n\n",
        Header("Walrus keeps the slipway", None, None, "Nell Ashdown"),
    ),
    (
        "From The Coast Courier, Monday, 4 May 2026, page 4\n\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", "The Coast Courier", date(2026, 5, 4)),
    ),
    (
        "---\ntitle: Walrus keeps the slipway\npublication: Coast Gazette\npubDate: 2026-05-04\nby: Nell Ashdown\n"
        "---\n\n",
        Header("Walrus keeps the slipway", "Coast Gazette", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nBy Nell Ashdown, 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nNell Ashdown and Ada Lind in Vellmouth\n4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown and Ada Lind"),
    ),
    (
        "MEDIA RELEASE\nEmbargoed until 06:00, 4 May 2026\n\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nPosted by Nell Ashdown on 4 May 2026 in Nature, Coast\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\n\nThe Coast Post\n4 May 2026\n\n",
        Header("Walrus keeps the slipway", "The Coast Post", date(2026, 5, 4)),
    ),
    ("Vellmouth, 4 May 2026 – ", Header(None, None, date(2026, 5, 4))),
    (
        "Walrus keeps the slipway\nBy NELL O'SHEA-MCBRIDE and ED DE WITT in VELLMOUTH\n\n",
        Header("Walrus keeps the slipway", None, None, "Nell O'Shea-McBride and Ed de Witt"),
    ),
    (
        "Walrus keeps the slipway\nThe Vellmouth Bugle\nMonday, May 4, 2026 · Page B2\nNell Ashdown | Staff Writer\n\n",
        Header("Walrus keeps the slipway", "The Vellmouth Bugle", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Vellmouth 3 Lindal 2\nSports Argus, Saturday 2 May 2026\nNELL ASHDOWN at Dock Lane\n\n",
        Header("Vellmouth 3 Lindal 2", "Sports Argus", date(2026, 5, 2), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nPublished by Vellmouth Bugle on 4 May 2026\n"
        "Reporting by Nell Ashdown; editing by Ada Lind\n\n",
        Header("Walrus keeps the slipway", "Vellmouth Bugle", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nPublished by Dock Lane Works on 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nBy Nell Ashdown, nature editor, Vellmouth Bugle, 4 May 2026\n\n",
        Header("Walrus keeps the slipway", "Vellmouth Bugle", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nNell Ashdown, [Dock Lane Bugle](https://bugle.example), 4 May 2026\n\n",
        Header("Walrus keeps the slipway", "Dock Lane Bugle", date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nVellmouth | Weather Bulletin | 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Dock Bugle, Fri 15/5/26, p7\nWALRUS STAYS\n\n",
        Header("WALRUS STAYS", "Dock Bugle", date(2026, 5, 15)),
    ),
    (
        "Walrus keeps the slipway\nThe Ashdown Sisters, 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nThe Harbour Board, 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Dock Bugle (Vellmouth)\nMay 4, 2026 Monday\nFinal Edition\nWalrus keeps the slipway\n"
        "BYLINE: Nell Ashdown, Staff Writer\n\n",
        Header("Walrus keeps the slipway", "Dock Bugle", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nFirst published in the evening edition of Monday 4th May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Le Phare de Vellmouth\nLundi 4 mai 2026\n\nLe morse reste\nPar Odile Tarn\n\n",
        Header("Le morse reste", "Le Phare de Vellmouth", date(2026, 5, 4), "Odile Tarn"),
    ),
    (
        "Vol. 31, No. 7\nTHE DOCK BUGLE\nEstablished 1902\nMonday 4 May 2026\n\nWalrus keeps the slipway\n"
        "From our own correspondent\n\n",
        Header("Walrus keeps the slipway", "The Dock Bugle", date(2026, 5, 4)),
    ),
    (
        "https://bugle.example/walrus\nDock Bugle\n4 May 2026\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", "Dock Bugle", date(2026, 5, 4)),
    ),
    (
        "The Dock Bugle\n2026-05-04\nNell Ashdown\n\nIn Vellmouth, a walrus keeps the slipway\n\n",
        Header("In Vellmouth, a walrus keeps the slipway", "The Dock Bugle", date(2026, 5, 4)),
    ),
    (
        "The Dock Bugle\n2026-05-04\n\nSlipway Shut\n\nA walrus keeps it for a second day\n\n",
        Header("Slipway Shut", "The Dock Bugle", date(2026, 5, 4)),
    ),
    (
        "The Harbour Board of Vellmouth\nPress release, 4 May 2026\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Press release\nMinistry of Tides\n4 May 2026\nWalrus keeps the slipway\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\nThe Editor, 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "The Harbour Board of Vellmouth\n4 May 2026\nHow it came to be\n\n",
        Header("The Harbour Board of Vellmouth", None, date(2026, 5, 4)),
    ),
    (
        "Walrus keeps the slipway\n\nBy Nell Ashdown\nSalt & Tide Weekly\n4 May 2026\n\n",
        Header("Walrus keeps the slipway", "Salt & Tide Weekly", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\n\nBy Nell Ashdown\nStaff Reporter\n4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Patient walrus | The long read | Dock Bugle\n\n4 May 2026\n\n",
        Header("Patient walrus", "Dock Bugle", date(2026, 5, 4)),
    ),
    (
        "Opinion | Let the walrus be - it was here first - Dock Bugle\n\n4 May 2026\n\n",
        Header("Let the walrus be - it was here first", "Dock Bugle", date(2026, 5, 4)),
    ),
    ("Contents\n1 The walrus ........ 3\n2 The slipway ...... 12\n\n", Header()),
]

FORMS = [
    (
        "Headline: Walrus keeps the slipway\nSource: Salt and Tide\nDate: 4 May 2026\nAuthor: Nell Ashdown\n\n",
        Header("Walrus keeps the slipway", "Salt and Tide", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "**Title:** Walrus keeps the slipway\n**Byline:** NELL ASHDOWN, Staff Writer\n"
        "**Publication:** Salt and Tide\n\n",
        Header("Walrus keeps the slipway", "Salt and Tide", None, "Nell Ashdown"),
    ),
    (
        "Dock Bugle\nMay 4, 2026\nWalrus keeps the slipway\nBYLINE: Nell Ashdown\nSECTION: NEWS; Pg. A1\n"
        "LENGTH: 412 words\nLOAD-DATE: May 6, 2026\n\n",
        Header("Walrus keeps the slipway", "Dock Bugle", date(2026, 5, 4), "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nAUTHOR: Nell Ashdown\nLOAD-DATE: May 6, 2026\n\n",
        Header("Walrus keeps the slipway", None, None, "Nell Ashdown"),
    ),
    (
        "Walrus keeps the slipway\nSource: Ministry of Tides\nDate: 4 May 2026\n\n",
        Header("Walrus keeps the slipway", None, date(2026, 5, 4)),
    ),
    (
        "A long time at sea\nTitle: The Walrus\nAuthor: Odile Tarn\nPublisher: Quay Books\nBy Nell Ashdown\n\n",
        Header("A long time at sea", None, None, "Nell Ashdown"),
    ),
    (
        "Title: The Walrus\nAuthor: Odile Tarn\nPublisher: Quay Books\nISBN: 1-23\n\n",
        Header("The Walrus"),
    ),
    ("Headline: Walrus keeps the slipway\n\n", Header("Walrus keeps the slipway")),
    ("Title: the one thing a walrus lacks\n\n", Header("Title: the one thing a walrus lacks")),
]


@pytest.mark.parametrize(("head", "expected"), FORMS)
def test_what_a_form_states_is_read(head: str, expected: Header):
    for markdown in (False, True):
        assert read_header(head + BODY, markdown=markdown) == expected


def test_the_lines_of_a_form_are_furniture():
    head = read_head(FORMS[0][0] + BODY, markdown=False)
    assert [label for _, label in head.lines] == ["dateline", "dateline", "byline"]


def test_the_paper_in_the_last_line_is_the_publisher():
    text = f"Walrus keeps the slipway\n\n{BODY}\n© 2026 Coast Herald. All rights reserved.\n"
    assert read_header(text, markdown=False).publisher == "Coast Herald"


@pytest.mark.parametrize(
    ("signed", "author"),
    [
        ("(Reporting by Nell Ashdown in Vellmouth and Ada Lind; editing by Odile Tarn)", "Nell Ashdown, Ada Lind"),
        ("(Reporting by Nell Ashdown)", "Nell Ashdown"),
        ("(Additional reporting by Nell Ashdown)", None),
        ("(Editing by Odile Tarn)", None),
    ],
)
def test_an_agency_names_its_writers_below_the_article(signed: str, author: str | None):
    assert read_header(f"Walrus keeps the slipway\n\n{BODY}\n{signed}\n", markdown=False).author == author


def test_a_heading_of_markdown_below_other_lines_is_the_title_without_its_signs():
    text = f"Published: 4 May 2026\nAuthor: Nell Ashdown\n\n## Walrus keeps the slipway\n\n{BODY}"
    expected = Header("Walrus keeps the slipway", None, date(2026, 5, 4), "Nell Ashdown")
    assert read_header(text, markdown=True) == expected


def test_who_wrote_it_may_be_set_apart_by_signs_of_markdown():
    text = f"# Walrus keeps the slipway\n\n**Nell Ashdown**, *nature correspondent*\n\n{BODY}"
    assert read_header(text, markdown=True).author == "Nell Ashdown"


@pytest.mark.parametrize(("head", "expected"), HEADS, ids=[expected.title or "none" for _, expected in HEADS])
def test_what_the_head_states_is_read(head: str, expected: Header):
    assert read_header(head + BODY, markdown=head.startswith(("+++", "---"))) == expected
