"""HTML, PDF and Word files give the article's text, what they state of it, or an error that says what to do."""

import io
import itertools
import re
import socket
import zipfile
import zlib
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from types import SimpleNamespace

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfWriter, apply_configuration

import index.pdf
import index.word
from index import page_tree
from index.errors import UnreadableArticle
from index.extraction import Extraction
from index.headers import Header
from index.pdf import extract_pdf
from index.web_pages import extract_html
from index.word import extract_docx

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=25)
STORY = [
    "The harbour of Quillon froze over on Monday night, and eleven ships lay still until the ice broke.",
    "“Nobody had seen such ice since my grandfather’s days,” said Odile Tarn, who keeps the tide tables.",
    "The port will pay each crew 40 crowns a day, which the council had promised after the last frost.",
]


def refusal(extract: Callable[[str, bytes], Extraction], content: bytes) -> UnreadableArticle:
    with pytest.raises(UnreadableArticle) as caught:
        extract("in/a file", content)
    return caught.value


def page(body: str = "", *, head: str = "", story: list[str] = STORY, beside: str = "") -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in story)
    return (
        f"<!doctype html><html><head>{head}</head><body class='has-sidebar'>"
        f"<nav><a href='/'>Start</a> <a>Sport</a></nav>"
        f"<article><h1>Ice in Quillon</h1>{body}{paragraphs}</article>{beside}"
        "<footer><p>© 2019 The Tide. All rights reserved.</p></footer></body></html>"
    )


def html_text(source: str | bytes) -> str:
    return extract_html("a.html", source if isinstance(source, bytes) else source.encode()).text


def html_header(source: str) -> Header:
    return extract_html("a.html", source.encode()).header


def linked(data: str) -> str:
    return f'<script type="application/ld+json">{data}</script>'


class TestTextOfPage:
    def test_it_is_the_article_alone_with_one_paragraph_a_line(self):
        around = """<aside><h3>Most read</h3><ul><li><a href="/1">Storm closes all the schools</a></li></ul></aside>
            <div class="related"><article><h2><a href="/2">Ships held</a></h2><p>Crews wait.</p></article></div>
            <section id="comments"><div class="comment"><p>It was colder in my days, believe me.</p></div></section>
            <div class="cookie-banner"><p>We use cookies to show you advertising.</p></div>
            <noscript>Please enable JavaScript.</noscript><script>var text = "script";</script><style>p {}</style>"""
        inside = '<div class="newsletter-signup"><p>Get our letter each morning.</p></div><p class="share">Share</p>'
        assert html_text(page(beside=around + inside)) == "\n".join(["Ice in Quillon", *STORY])

    def test_a_short_article_brings_no_menus_along(self):
        assert html_text(page(story=["All is well."], beside="<div id='menu'>News Sport</div>")) == (
            "Ice in Quillon\nAll is well."
        )

    def test_a_teaser_that_stands_first_is_not_taken_for_the_article(self):
        teaser = "<article><h3><a href='/x'>Another story</a></h3><p>Its first words.</p></article>"
        body = "".join(f"<p>{paragraph}</p>" for paragraph in STORY)
        assert "Another" not in html_text(f"<body>{teaser}<main><h1>Ice</h1><div>{body}</div></main></body>")

    def test_tables_and_lists_lose_the_marks_around_them(self):
        table = "<table><tr><th>Ship</th><th>Crew</th></tr><tr><td>Alma</td><td>9 | 10</td></tr></table>"
        found = html_text(page(f"<p>{STORY[0]}</p>{table}<ul><li>First <b>item</b></li><li>Second</li></ul>"))
        assert "\nShip | Crew\nAlma | 9 | 10\nFirst item\nSecond\n" in found

    def test_a_table_for_the_layout_is_no_table(self):
        cell = "<br><br>".join(STORY * 2)
        assert html_text(f"<table><tr><td>Menu</td><td>{cell}</td></tr></table>").splitlines()[-2:] == STORY[1:]

    def test_references_soft_hyphens_and_spaces_are_resolved(self):
        assert "5 < 6 & so, it is soft" in html_text(page("<p>5 &lt; 6 &amp; so,&nbsp; it\n is so&shy;ft here.</p>"))

    def test_characters_that_cannot_be_stored_are_dropped(self):
        found = html_text(
            page("<p>One &#1; two \x02 &#12; three &#xD800; four &#0; five &#xFFFF; six, all in a line.</p>")
        )
        assert not re.search("[\x00-\x08\ud800-\udfff\uffff]", found)
        assert "six, all in a line." in found

    def test_rare_white_space_parts_words(self):
        assert "One two three" in html_text(page("<p>One\ftwo\vthree, and so on in a line.</p>"))

    def test_the_markup_gives_the_text_that_scripts_would_show(self):
        body = linked('{"@type": "NewsArticle", "articleBody": "The ice came.\\n\\nThe ships lay still &amp; waited."}')
        assert html_text(f"<html><body><div id=root></div>{body}</body></html>") == (
            "The ice came.\nThe ships lay still & waited."
        )

    def test_entities_of_its_own_are_neither_expanded_nor_read(self):
        doctype = '<!DOCTYPE html [<!ENTITY a "lol"><!ENTITY b "&a;&a;"><!ENTITY x SYSTEM "file:///etc/passwd">]>'
        found = html_text(doctype + page("<p>Here &b; and &x; stand in a paragraph of their own.</p>"))
        assert "Here &b; and &x; stand" in found

    @pytest.mark.parametrize("tags", ["<div>", "<b>", "<ul><li>"])
    def test_deep_nesting_loses_nothing(self, tags: str):
        nested = tags * (600 // tags.count("<"))
        assert html_text(f"<html><body>{nested}<p>{STORY[0]}</p><p>{STORY[1]}</p>").splitlines()[-1] == STORY[1]

    def test_hundreds_of_marked_words_are_read_as_words(self):
        words = "".join(f"<span data-at='{number}'>word</span> " for number in range(page_tree.MAX_INLINE + 2))
        assert html_text(page(f"<p>{words}</p>")).count("word") == page_tree.MAX_INLINE + 2

    def test_finding_the_article_is_spared_the_tags_of_hundreds_of_words(self, monkeypatch: pytest.MonkeyPatch):
        seen = []
        monkeypatch.setattr("trafilatura.bare_extraction", lambda tree, **_: seen.append(len(tree.xpath("//b"))))
        refusal(extract_html, page(f"<p>{'<b>w</b> ' * (page_tree.MAX_INLINE + 1)}</p><p><b>w</b></p>").encode())
        assert seen == [1]


class TestEncoding:
    ACCENTED = page("<p>The café’s naïve owner – a Dane – said “no” to it, and that was that.</p>")

    @pytest.mark.parametrize(
        ("stated", "encoding"),
        [
            ("<meta charset=utf-8>", "utf-8"),
            ("", "utf-8"),
            ("", "utf-8-sig"),
            ("", "utf-16"),
            ("<meta charset=utf-8>", "utf-16"),
            ("<meta charset='iso-8859-1'>", "cp1252"),
            ("<meta http-equiv=Content-Type content='text/html; charset=windows-1252'>", "cp1252"),
            ("<meta charset=ISO-8859-1>", "utf-8"),
            ("<meta charset=utf-8>", "cp1252"),
            ("<meta charset=unicode_escape>", "cp1252"),
            ("", "cp1252"),
        ],
    )
    def test_it_is_found_out_even_where_the_page_is_wrong(self, stated: str, encoding: str):
        found = html_text(self.ACCENTED.replace("<head>", f"<head>{stated}").encode(encoding))
        assert "café’s naïve owner – a Dane – said “no”" in found

    def test_an_xhtml_page_may_state_it_in_its_first_line(self):
        source = f"<?xml version='1.0' encoding='windows-1251'?>{page('<p>Лёд пришёл в гавань ночью.</p>', story=[])}"
        assert "Лёд пришёл в гавань ночью." in html_text(source.encode("cp1251"))

    def test_a_cut_character_does_not_spoil_the_others(self):
        assert "café’s naïve" in html_text(self.ACCENTED.encode() + "é".encode()[:1])

    def test_one_that_cannot_be_told_is_refused(self):
        source = page("<p>" + "Лёд пришёл в гавань ночью. " * 20 + "</p>", story=[])
        assert "Save it as UTF-8." in refusal(extract_html, source.encode("koi8-r")).reason

    def test_one_that_is_stated_wrongly_is_named(self):
        source = page("<p>" + "Лёд пришёл. " * 40 + "</p>", head="<meta charset=euc-jp>", story=[]).encode("koi8-r")
        assert "its encoding is not euc-jp" in refusal(extract_html, source).reason


class TestHeaderOfPage:
    TAGS = (
        "<title>Ice | The Tide</title><meta property='og:site_name' content='The Tide'>"
        "<meta property='og:title' content='Ice in the harbour | The Tide'>"
        "<meta property='article:published_time' content='2024-03-05T23:30:00-05:00'>"
    )

    def test_it_is_what_the_tags_in_its_head_say(self):
        assert html_header(page(head=self.TAGS)) == Header("Ice in the harbour", "The Tide", date(2024, 3, 5))

    def test_it_is_what_the_linked_data_say(self):
        data = """{"@context": "https://schema.org", "@type": ["NewsArticle"], "headline": "Tarn&#39;s ice",
            "datePublished": "2024-03-05T09:00:00Z", "dateModified": "2024-04-01", "publisher": {"name": "The Tide"}}"""
        assert html_header(page(head=linked(data))) == Header("Tarn's ice", "The Tide", date(2024, 3, 5))

    def test_a_publisher_elsewhere_in_the_graph_is_found(self):
        data = """{"@graph": [{"@type": "Article", "publisher": {"@id": "#o"}}, {"@type": "WebPage", "@id": "#p"},
            {"@type": "Organization", "@id": "#o", "name": "The Tide"}]}"""
        assert html_header(page(head=linked(data))).publisher == "The Tide"

    def test_the_first_of_equal_tags_counts(self):
        head = "".join(f"<meta name='pubdate' content='2024-03-0{day}'>" for day in (5, 6))
        assert html_header(page(head=head)).published == date(2024, 3, 5)

    def test_one_of_several_headlines_is_not_chosen(self):
        assert html_header(page("<h1>More</h1>", head="<title>Ships lie still</title>")).title == "Ships lie still"

    def test_of_several_articles_the_one_under_the_headline_counts(self):
        data = """[{"@type": "Article", "headline": "Storm", "datePublished": "2020-01-01"},
            {"@type": "Article", "headline": "Ice in Quillon", "datePublished": "2024-03-05"}]"""
        assert html_header(page(head=linked(data))).published == date(2024, 3, 5)

    @pytest.mark.parametrize("data", ["{bad", "[" * 9000, "[1, null]", '{"@type": "Article", "datePublished": 7}', ""])
    def test_bad_linked_data_are_passed_over(self, data: str):
        assert html_header(page(head=linked(data))) == Header("Ice in Quillon")

    @pytest.mark.parametrize(
        ("head", "title"),
        [
            ("<title>The Tide: Ice in the harbour</title>", "Ice in the harbour"),
            ("<title>Ice in the harbour - THE TIDE</title>", "Ice in the harbour"),
            ("<title>Ice 2 - 1 Frost</title>", "Ice 2 - 1 Frost"),
            ("<title>The Tide</title>", None),
            ("<title> Ice\n in </title><svg><title>Icon</title></svg>", "Ice in"),
            ("", None),
        ],
    )
    def test_a_title_goes_without_the_name_of_the_site(self, head: str, title: str | None):
        site = "<meta property='og:site_name' content='The Tide'>"
        source = page(head=site + head).replace("<h1>Ice in Quillon</h1>", "")
        assert html_header(source).title == title

    def test_a_headline_that_is_the_name_of_the_site_is_no_title(self):
        head = "<meta property='og:site_name' content='Ice in Quillon'><title>Ships lie still</title>"
        assert html_header(page(head=head)).title == "Ships lie still"

    def test_an_address_is_no_publisher(self):
        head = "<meta property='article:publisher' content='https://x.example'><meta name=publisher content='http://y'>"
        assert html_header(page(head=head)).publisher is None

    @pytest.mark.parametrize(
        "body",
        [
            "<p>By Odile Tarn, <time datetime='2024-03-05T09:00'>Tuesday</time></p>",
            "<time>5 March 2024</time>",
            "<p>Published <time datetime='2024-03-05'>a</time></p><p>Updated <time datetime='2024-03-07'>b</time></p>",
            "<time class='entry-date published' datetime='2024-03-05'>a</time><time datetime='2024-03-09'>b</time>",
            "<span itemprop='datePublished' content='2024-03-05'>Tuesday</span>",
            "<meta itemprop='datePublished' content='2024-03-05'>",
        ],
    )
    def test_a_date_marked_up_in_the_article_counts(self, body: str):
        assert html_header(page(body)).published == date(2024, 3, 5)

    @pytest.mark.parametrize(
        "body",
        [
            "<p>On March 5, 2021 the ice came, and it left on 2021-03-06.</p>",
            f"<p>{STORY[0]} So it was on <time datetime='1969-07-20'>that day</time>.</p>",
            "<time datetime='2024-03-05'>a</time><time datetime='2024-03-07'>b</time>",
            "<span>Last updated</span> <time datetime='2024-03-05'>a</time>",
            "<aside><time datetime='2024-03-05'>a</time></aside>",
            "<div class='most-read'><time datetime='2024-03-05'>a</time></div>",
            "<time datetime='05/03/2024'>a</time>",
            "<p>Copyright 2018-03-04</p><img src='/2024/03/05/a.jpg' alt='2024-03-05'>",
        ],
    )
    def test_other_dates_in_the_page_do_not(self, body: str):
        assert html_header(page(body)).published is None

    @pytest.mark.parametrize(
        "head",
        [
            "<link rel=canonical href='https://x.example/2024/03/05/ice.html'>",
            "<meta property='og:url' content='https://x.example/2024/03/05/ice.html'>",
            "<meta property='article:modified_time' content='2024-03-05'>",
            "<meta property='article:published_time' content='0001-01-01T00:00:00'>",
            "<meta name='copyright' content='2024-03-05'>",
        ],
    )
    def test_nor_do_addresses_and_changes(self, head: str):
        assert html_header(page(head=head)).published is None

    def test_a_date_beside_the_article_is_another_story_s(self):
        beside = "<div><article><time datetime='2020-01-01'>a</time></article></div>"
        assert html_header(page(beside=beside)).published is None


class TestRefusedPages:
    @pytest.mark.parametrize(
        ("source", "reason"),
        [
            ("<html><body><script>go()</script><noscript>Enable scripts.</noscript></body></html>", "no article"),
            ("<ul>" + "<li><a href='/a'>A story of another day</a></li>" * 40 + "</ul>", "no article"),
            ("<!-- nothing -->", "not a web page"),
            ("", "empty"),
            ("<p>" + "<div>" * 2100 + STORY[0], "nested too deeply"),
            ("<p " + " ".join(f"a{number}=1" for number in range(1001)) + ">" + STORY[0], "attributes"),
            ("<p>A \x00 b</p>", "binary"),
        ],
    )
    def test_they_are_refused_with_the_reason(self, source: str, reason: str):
        error = refusal(extract_html, source.encode())
        assert reason in error.reason
        assert str(error).startswith("in/a file: ")

    def test_so_is_one_of_too_many_elements(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(page_tree, "MAX_ELEMENTS", 20)
        assert "over 20 elements" in refusal(extract_html, page("<p>word</p>" * 20).encode()).reason

    def test_drawings_do_not_count(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(page_tree, "MAX_ELEMENTS", 40)
        assert STORY[0] in html_text(page("<svg>" + "<path d=''/>" * 40 + "</svg>"))

    @pytest.mark.parametrize("content", [zlib.compress(page().encode()), b"GIF89a\x01\x02\xff\xfe\x80\x81" * 50])
    def test_binary_files_are_not_unpacked_or_guessed_at(self, content: bytes):
        assert refusal(extract_html, content).reason


LINES = ["Ice in Quillon", "By Odile Tarn", "March 5, 2024"]
WRAPPED = [
    "The harbour of Quillon froze over on Monday night, and eleven ships lay still un-",
    "til the ice broke. Nobody had seen such ice in the well-",
    "known and much-loved port since the Anglo-",
    "Danish war. It is well-known there that ice comes from the north, and each time",
    "the council pays.",
    "The port will pay each crew 40 crowns a day.",
]
PROSE = (
    "The harbour of Quillon froze over on Monday night, and eleven ships lay still until the ice broke. Nobody had "
    "seen such ice in the well-known and much-loved port since the Anglo-Danish war. It is well-known there that "
    "ice comes from the north, and each time the council pays.\nThe port will pay each crew 40 crowns a day."
)


def drawn(lines: list[str]) -> bytes:
    shown = b" ".join(b"(%s) Tj T*" % line.encode("cp1252") for line in lines)
    return b"BT /F1 11 Tf 72 720 Td 14 TL " + shown + b" ET"


def pdf(*pages: bytes, info: bytes = b"", resources: bytes = b"", more: tuple[bytes, ...] = ()) -> bytes:
    """Return a PDF with these content streams; the objects `more` are numbered from 5 + twice the pages on."""
    kids = b" ".join(b"%d 0 R" % (5 + 2 * number) for number in range(len(pages)))
    font = b"/Font << /F1 << /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] /MediaBox [0 0 612 792] >>" % (len(pages), kids),
        b"<< %s >>" % info,
    ]
    for number, stream in enumerate(pages):
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /Contents %d 0 R /Resources << %s %s >> >>"
            % (4 + 2 * number, font, resources)
        )
    objects += more
    made, offsets = b"%PDF-1.4\n", []
    for number, written in enumerate(objects, 1):
        offsets.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, written)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    end = b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(made))
    return made + b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + table + end


def encrypted(password: str, algorithm: str = "RC4-128") -> bytes:
    writer, stream = PdfWriter(clone_from=io.BytesIO(pdf(drawn(WRAPPED)))), io.BytesIO()
    writer.encrypt(password, "the owner's", algorithm=algorithm)
    writer.write(stream)
    return stream.getvalue()


class TestPdf:
    def test_broken_lines_and_words_are_joined_into_paragraphs(self):
        assert extract_pdf("a.pdf", pdf(drawn(WRAPPED))).text == PROSE

    def test_a_paragraph_goes_on_over_running_heads_and_page_numbers(self):
        pages = [["The Tide, issue 9", *WRAPPED[:3], "1"], ["The Tide, issue 9", *WRAPPED[3:], "2"]]
        assert extract_pdf("a.pdf", pdf(*map(drawn, pages))).text == f"The Tide, issue 9\n{PROSE}"

    def test_only_a_full_line_goes_on_before_a_capital(self):
        full = "The harbour of Quillon froze over on Monday night, as the keeper of the tides,"
        lines = [
            full,
            "Odile Tarn, told us.",
            "Ships",
            "The crews of eleven ships had to wait until the ice broke on the next day.",
            full,
        ]
        assert extract_pdf("a.pdf", pdf(drawn(lines))).text.splitlines() == [
            f"{full} Odile Tarn, told us.",
            "Ships",
            lines[3],
            full,
        ]

    def test_a_line_that_begins_in_small_letters_belongs_to_the_one_before(self):
        assert extract_pdf("a.pdf", pdf(drawn(["Ice holds", "eleven ships", *WRAPPED]))).text == (
            f"Ice holds eleven ships\n{PROSE}"
        )

    def test_items_stay_lines_of_their_own(self):
        lines = [WRAPPED[0][:-4], "• ice", "1. ships", WRAPPED[3]]
        assert extract_pdf("a.pdf", pdf(drawn(lines))).text.count("\n") == 3

    def test_ligatures_are_letters(self):
        cmap = b"begincmap 1 beginbfchar <01> <FB01> endbfchar endcmap"
        font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
        stream = b"<< /Length %d >>\nstream\n%s\nendstream" % (len(cmap), cmap)
        made = pdf(b"BT /F2 9 Tf (\x01rst) Tj ET", resources=b"/Font << /F2 7 0 R >>", more=(stream, font))
        made = made.replace(b"/Font << /F1", b"/Other << /F1")
        assert extract_pdf("a.pdf", made).text == "first"

    def test_title_and_date_come_from_the_text_above_the_body(self):
        found = extract_pdf("a.pdf", pdf(drawn(LINES + WRAPPED), info=b"/CreationDate (D:20190101000000Z)"))
        assert found.header == Header("Ice in Quillon", None, date(2024, 3, 5), "Odile Tarn")

    def test_no_date_comes_from_the_file(self):
        found = extract_pdf("a.pdf", pdf(drawn(WRAPPED), info=b"/CreationDate (D:20240305) /ModDate (D:20240305)"))
        assert found.header == Header()

    @pytest.mark.parametrize(
        ("stated", "title"),
        [
            (b"/Title (Ice in Quillon: eleven ships)", "Ice in Quillon: eleven ships"),
            (b"/Title (Microsoft Word - ice final.doc)", None),
            (b"/Title (the ice.indd)", None),
            (b"/Title (untitled document)", None),
            (b"/Title (ice)", None),
            (b"/Title (%s)" % (b"word " * 50), None),
            (b"/Title <FEFFD83D0020D83D0020>", None),
            (b"/Title 7", None),
            (b"/Title", None),
        ],
    )
    def test_a_title_among_the_metadata_counts_when_it_is_one(self, stated: bytes, title: str | None):
        assert extract_pdf("a.pdf", pdf(drawn(WRAPPED), info=stated)).header.title == title

    def test_a_title_of_two_lines_is_known_by_the_metadata(self):
        made = pdf(
            drawn(["Ice in Quillon", "And Eleven Ships", *WRAPPED]), info=b"/Title (Ice in Quillon and eleven ships)"
        )
        assert extract_pdf("a.pdf", made).header.title == "Ice in Quillon and eleven ships"

    def test_broken_metadata_cost_nothing_else(self):
        assert extract_pdf("a.pdf", pdf(drawn(WRAPPED)).replace(b"/Info 3 0 R", b"/Info 7")).text == PROSE

    def test_the_title_that_is_shown_beats_one_that_is_not(self):
        found = extract_pdf("a.pdf", pdf(drawn(LINES + WRAPPED), info=b"/Title (Press release template)"))
        assert found.header.title == "Ice in Quillon"

    @pytest.mark.parametrize("algorithm", ["RC4-128", "AES-128", "AES-256"])
    def test_an_empty_password_opens_it(self, algorithm: str):
        assert extract_pdf("a.pdf", encrypted("", algorithm)).text == PROSE

    def test_another_password_is_asked_to_be_removed(self):
        assert "encrypted. Save it without a password." in refusal(extract_pdf, encrypted("secret")).reason

    def test_scanned_pages_are_sent_to_text_recognition(self):
        assert "OCR" in refusal(extract_pdf, pdf(b"q 612 0 0 792 0 0 cm /Scan Do Q", b"")).reason

    def test_too_many_pages_are_refused_with_the_limit(self):
        assert "it has 2,001 pages; 2,000 are read. Split it." in refusal(extract_pdf, pdf(*[b""] * 2001)).reason

    def test_the_count_that_it_states_does_not_matter(self):
        made = pdf(drawn(WRAPPED)).replace(b"/Count 1 ", b"/Count 9999999 ")
        assert extract_pdf("a.pdf", made).text == PROSE

    @pytest.mark.parametrize("stream", [drawn(WRAPPED), b""])
    def test_reading_stops_at_the_time_limit(self, monkeypatch: pytest.MonkeyPatch, stream: bytes):
        clock = SimpleNamespace(monotonic=itertools.count(step=index.pdf.MAX_PDF_SECONDS + 1).__next__)
        monkeypatch.setattr(index.pdf, "time", clock)
        assert "longer than 60 seconds to read. Split it." in refusal(extract_pdf, pdf(stream)).reason

    def test_it_stops_inside_of_forms_within_forms(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(index.pdf, "time", SimpleNamespace(monotonic=itertools.count().__next__))
        forms = []
        for number in range(6, 14):
            stream = b"/X Do " * 9 if number < 13 else b"BT ET"
            inner = b"/Resources << /XObject << /X %d 0 R >> >> /Length %d" % (number + 1, len(stream))
            forms.append(
                b"<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] %s >>\nstream\n%s\nendstream" % (inner, stream)
            )
        made = pdf(b"/X Do " * 9, resources=b"/XObject << /X 6 0 R >>", more=tuple(forms))
        assert "seconds to read" in refusal(extract_pdf, made).reason

    def test_a_page_that_is_one_huge_drawing_costs_only_itself(self):
        made = pdf(drawn(WRAPPED), b"BT (A map) Tj ET " + b"0 0 m 9 9 l S " * 200)
        with apply_configuration(stream_parsing_work_maximum_count=500):
            assert extract_pdf("a.pdf", made).text == PROSE

    @pytest.mark.parametrize("share", [0, 0.02, 0.5, 0.97])
    def test_one_that_was_cut_short_is_refused(self, share: float):
        made = pdf(drawn(WRAPPED))
        assert "damaged, cut short or not a PDF" in refusal(extract_pdf, made[: int(len(made) * share)]).reason

    def test_a_tree_of_pages_that_bites_its_tail_is_refused(self):
        made = pdf(drawn(WRAPPED)).replace(b"/Kids [5 0 R]", b"/Kids [2 0 R]")
        assert "cyclic" in refusal(extract_pdf, made).reason


def word(*paragraphs: str, title: str = "", xml: str = "") -> bytes:
    """Return a Word file of these paragraphs, with `xml` in front of them."""
    document, stream = docx.Document(), io.BytesIO()
    document.core_properties.title = title
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if xml:
        box = parse_xml(f"<w:body {nsdecls('w')} xmlns:mc='urn:mc'>{xml}</w:body>")
        for number, element in enumerate(box):
            document.element.body.insert(number, element)
    document.save(stream)
    return stream.getvalue()


def edited(content: bytes, part: str, edit: Callable[[bytes], bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, edit(old.read(name)) if name == part else old.read(name))
    return stream.getvalue()


def run(text: str) -> str:
    return f"<w:r><w:t xml:space='preserve'>{text}</w:t></w:r>"


def word_text(xml: str) -> str:
    return extract_docx("a.docx", word(xml=xml)).text


class TestWord:
    def test_its_paragraphs_are_lines(self):
        assert extract_docx("a.docx", word(*STORY)).text == "\n".join(STORY)

    def test_breaks_are_lines_and_tabs_are_spaces(self):
        assert extract_docx("a.docx", word("One\ntwo\tthree  four", "", " ")).text == "One\ntwo three four"

    def test_tracked_changes_count_as_accepted(self):
        deleted = "<w:del><w:r><w:delText>not </w:delText></w:r></w:del>"
        moved = f"<w:moveFrom>{run('gone ')}</w:moveFrom>"
        paragraph = f"<w:p>{run('She ')}<w:ins>{run('gladly ')}</w:ins>{deleted}{moved}{run('agreed.')}</w:p>"
        assert word_text(paragraph) == "She gladly agreed."

    def test_links_controls_and_tags_are_read(self):
        inner = f"<w:hyperlink>{run('a link')}</w:hyperlink><w:smartTag>{run(' and a tag')}</w:smartTag>"
        assert word_text(f"<w:sdt><w:sdtContent><w:p>{inner}</w:p></w:sdtContent></w:sdt>") == "a link and a tag"

    def test_soft_hyphens_are_dropped(self):
        assert extract_docx("a.docx", word("It is so\u00adft.")).text == "It is soft."

    def test_a_text_box_is_read_once_and_after_its_paragraph(self):
        box = f"<w:txbxContent><w:p>{run('In the box.')}</w:p></w:txbxContent>"
        both = f"<w:r><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback></w:r>"
        assert word_text(f"<w:p>{run('One ')}{both}{run('goes on.')}</w:p>") == "One goes on.\nIn the box."

    def test_a_row_of_a_table_is_a_line(self):
        def cell(*texts: str) -> str:
            return "<w:tc>" + "".join(f"<w:p>{run(text)}</w:p>" for text in texts) + "</w:tc>"

        inner = f"<w:tbl><w:tr>{cell('in')}{cell('side')}</w:tr></w:tbl>"
        rows = [cell("Ship") + cell("Crew"), cell("Alma", "May") + cell() + f"<w:tc>{inner}</w:tc>", cell("One", "two")]
        table = "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"
        assert word_text(table) == "Ship | Crew\nAlma May | in side\nOne\ntwo"

    def test_the_paragraph_in_the_style_title_is_the_title(self):
        document, stream = docx.Document(), io.BytesIO()
        document.add_paragraph("The Tide")
        document.add_paragraph("Ice in Quillon", style="Title")
        document.add_paragraph("March 5, 2024")
        document.core_properties.title = "The template of 2019"
        document.save(stream)
        found = extract_docx("a.docx", stream.getvalue()).header
        assert (found.title, found.published) == ("Ice in Quillon", date(2024, 3, 5))

    @pytest.mark.parametrize(
        ("stated", "title"),
        [("Ice in Quillon", "Ice in Quillon"), ("Word Document", None), ("ice final.docx", None), ("", None)],
    )
    def test_the_property_title_counts_when_it_is_one(self, stated: str, title: str | None):
        assert extract_docx("a.docx", word(*STORY, title=stated)).header.title == title

    def test_the_times_in_its_properties_are_no_date(self):
        assert extract_docx("a.docx", word(*STORY)).header.published is None

    @pytest.mark.parametrize("entity", ['"ha"', 'SYSTEM "file:///etc/passwd"'])
    def test_entities_are_refused_unread(self, entity: str):
        def attack(xml: bytes) -> bytes:
            doctype = f"<!DOCTYPE d [<!ENTITY a {entity}><!ENTITY b '&a;&a;&a;'>]><w:document".encode()
            return xml.replace(b"<w:document", doctype, 1).replace(b"harbour", b"&a; &b;", 1)

        assert "entities" in refusal(extract_docx, edited(word(*STORY), "word/document.xml", attack)).reason

    def test_a_bomb_is_not_unpacked(self):
        bomb = edited(word(*STORY), "word/styles.xml", lambda xml: xml + b" " * index.word.MAX_UNPACKED)
        assert "unpacks to more than 50 MB" in refusal(extract_docx, bomb).reason

    def test_too_many_paragraphs_are_refused(self, monkeypatch: pytest.MonkeyPatch):
        monkeypatch.setattr(index.word, "MAX_PARAGRAPHS", 2)
        assert "over 2 paragraphs" in refusal(extract_docx, word(*STORY)).reason

    def test_an_empty_document_is_refused(self):
        assert "holds no text" in refusal(extract_docx, word("", " ")).reason

    def test_an_old_or_encrypted_one_is_refused_with_the_remedy(self):
        content = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
        assert "Save it as .docx without a password." in refusal(extract_docx, content).reason

    @pytest.mark.parametrize(
        "content",
        [
            b"",
            b"Words.",
            word(*STORY)[:5000],
            edited(word(*STORY), "word/document.xml", lambda xml: xml[:900]),
            edited(word(*STORY), "word/document.xml", lambda xml: xml.replace(b"<w:p>", b"<w:p>" * 300, 1)),
            edited(word(*STORY), "[Content_Types].xml", lambda xml: xml.replace(b"wordprocessingml", b"spreadsheetml")),
        ],
    )
    def test_a_damaged_one_is_refused(self, content: bytes):
        error = refusal(extract_docx, content)
        assert "damaged, cut short or not a Word file" in error.reason
        assert " at 0x" not in error.reason  # the same file, the same words


SPECIMENS = [
    (extract_html, page(head=TestHeaderOfPage.TAGS).encode()),
    (extract_pdf, pdf(drawn(WRAPPED), info=b"/Title (Ice in Quillon)")),
    (extract_docx, word(*STORY, title="Ice in Quillon")),
]


@pytest.mark.parametrize(("extract", "content"), SPECIMENS)
class TestWhateverTheBytes:
    @repeatable
    @given(edits=st.lists(st.tuples(st.floats(0, 0.999), st.binary(max_size=4)), min_size=1, max_size=8))
    def test_only_our_error_comes_out_and_the_text_can_be_stored(self, extract, content, edits):
        damaged = bytearray(content)
        for place, written in edits:
            start = int(place * len(damaged))
            damaged[start : start + len(written)] = written
        text = "fine"
        with suppress(UnreadableArticle):
            text = extract("a", bytes(damaged)).text
        assert text.encode().replace(b"\x00", b"").decode() == text.strip()

    def test_the_same_bytes_give_the_same(self, extract, content):
        assert extract("a", content) == extract("a", content)

    def test_nothing_is_logged_or_fetched(self, extract, content, capfd, caplog, monkeypatch):
        looked_up = []
        monkeypatch.setattr(socket, "getaddrinfo", lambda *place, **_: looked_up.append(place))
        monkeypatch.setattr(socket.socket, "connect", lambda _, place: looked_up.append(place))
        extract("a", content)
        with suppress(UnreadableArticle):
            extract("a", content[:700])
        assert (looked_up, caplog.records, capfd.readouterr()) == ([], [], ("", ""))
