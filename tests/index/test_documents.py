"""Web pages give the article's text, what they state of it, or an error that says what to do."""

import re
import zlib
from datetime import date

import pytest

from index import page_finding, page_tree
from index.headers import Header
from index.web_pages import extract_html
from tests.index.documents import STORY, reader_properties, refusal


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
        words = "".join(f"<span data-at='{number}'>word</span> " for number in range(page_finding.MAX_INLINE + 2))
        assert html_text(page(f"<p>{words}</p>")).count("word") == page_finding.MAX_INLINE + 2

    def test_finding_the_article_is_spared_the_tags_of_hundreds_of_words(self, monkeypatch: pytest.MonkeyPatch):
        seen = []
        monkeypatch.setattr("trafilatura.bare_extraction", lambda tree, **_: seen.append(len(tree.xpath("//b"))))
        html_text(page(f"<p>{'<b>w</b> ' * (page_finding.MAX_INLINE + 1)}</p><p><b>w</b></p>"))
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
        assert "Save it as UTF-8." in refusal(extract_html, source.encode("mac-cyrillic")).reason

    def test_one_that_is_stated_wrongly_is_named(self):
        source = page("<p>" + "Лёд пришёл. " * 40 + "</p>", head="<meta charset=euc-jp>", story=[])
        assert "nor euc-jp, as it says" in refusal(extract_html, source.encode("mac-cyrillic")).reason


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


TestWhateverTheBytes = reader_properties((extract_html, page(head=TestHeaderOfPage.TAGS).encode()))
