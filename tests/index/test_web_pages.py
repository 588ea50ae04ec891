"""A web page's article is read whole: no word of a sentence is lost, and what is not the article goes or is marked."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.extraction import changed_sentences, overlap
from bench.written_pages import KINDS, written_pages
from index import page_finding
from index.extraction import Extraction, tidy
from index.headers import Header
from index.web_pages import extract_html

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=25)
STORY = (
    "<p>The harbour of Quillon froze over on Monday night, and eleven ships lay still until the ice broke.</p>"
    "<p>“Nobody had seen such ice since my grandfather’s days,” said Odile Tarn, who keeps the tide tables.</p>"
)
LAST = "<p>The port will pay each crew 40 crowns a day, which the council had promised after the last frost.</p>"


def read(body: str, *, head: str = "", above: str = "", below: str = "") -> Extraction:
    """Return what is read of a page with `body` in the middle of its story."""
    source = (
        f"<!doctype html><html><head>{head}</head><body><nav><a href='/'>Start</a></nav>"
        f"<article><h1>Ice in Quillon</h1>{above}{STORY}{body}{LAST}</article>{below}<footer>© The Tide</footer></body>"
    )
    return extract_html("a.html", source.encode())


def marked(found: Extraction, kind: str) -> list[tuple[str, str]]:
    """Return the words and the label of each mark of a kind."""
    return [(found.text[mark.start : mark.end], mark.label) for mark in found.marks if mark.kind == kind]


class TestSentencesStayWhole:
    @pytest.mark.parametrize("tag", "span i b em strong p div li a sup embed ins label".split())
    def test_what_stands_behind_an_empty_element_is_read(self, tag: str):
        empty = f"<{tag} src=x>" if tag == "embed" else f"<{tag} id='more-12' class='ad-slot'></{tag}>"
        found = read(f"<p>The mayor said that she will {empty}not <b>resign</b> over the frozen harbour.</p>")
        assert "The mayor said that she will not resign over the frozen harbour." in found.text.splitlines()

    @pytest.mark.parametrize("tag", "time label output button data abbr span mark code q ins dfn cite".split())
    def test_words_in_an_element_of_a_sentence_are_read(self, tag: str):
        found = read(f"<p>The harbour was closed on <{tag}>5 March 2024</{tag}> after the storm.</p>")
        assert re.search("closed on “?5 March 2024”? after the storm", found.text)

    def test_a_formula_is_read_as_it_is_written(self):
        drawn = "<span class='MathJax_Preview'>x2</span><script type='math/tex'>x^2</script>"
        picture = "<img class='mwe-math-fallback-image-inline' alt='{\\displaystyle y^2}'>"
        tree = "<math><msup><mi>z</mi><mn>2</mn></msup></math>"
        found = read(f"<p>Both of them take {drawn} and {picture} and {tree} for granted, said Tarn.</p>")
        assert "take x^2 and y^2 and z^2 for granted" in found.text

    def test_a_hyphen_between_elements_stays(self):
        assert (
            "a mixed-mode well-known port"
            in read("<p>It is a <i>mixed</i>-<i>mode</i> well<wbr>-known port in all respects.</p>").text
        )

    @pytest.mark.parametrize("attributes", ["class='bottom-line'", "id='link-7'", "style='border: 1px solid'"])
    def test_the_name_of_a_paragraph_does_not_cost_it_its_place(self, attributes: str):
        assert "The ice came early." in read(f"<p {attributes}>The ice came early.</p>").text

    def test_a_line_break_in_mid_sentence_is_a_space_and_between_sentences_a_line(self):
        found = read("<p>The mayor will<br>not resign.<br>She said so twice.</p>").text.splitlines()
        assert found[3:5] == ["The mayor will not resign.", "She said so twice."]

    def test_what_the_page_does_not_show_is_not_read(self):
        unseen = (
            "<template><p>Buy our tea now, dear reader.</p></template><p>It was<span hidden> never</span> cold.</p>"
        )
        found = read(f"{unseen}<p>He did <del>not</del> go<span class='sr-only'> (opens a window)</span>.</p>").text
        assert "It was cold." in found
        assert "He did go." in found
        assert "tea" not in found

    def test_a_button_s_label_is_no_word_of_its_sentence(self):
        said = "The port is shut, the mayor said.<button>Share</button>"
        assert "\nThe port is shut, the mayor said.\n" in read(f"<p>{said}</p>").text

    def test_a_term_that_a_button_explains_is_one(self):
        assert "The tide tables are wrong." in read("<p>The <button>tide tables</button> are wrong.</p>").text


class TestRaisedSigns:
    @pytest.mark.parametrize("pages", [":12", ": 12–14", ":xii"])
    def test_the_pages_of_a_book_behind_a_note_go(self, pages: str):
        said = f"<p>In 2014 it froze;<sup class=reference><a href=#n>[2]</a></sup><sup>{pages}</sup> in 2021 not.</p>"
        assert "In 2014 it froze; in 2021 not." in read(said).text

    @pytest.mark.parametrize(
        ("source", "text"),
        [
            ("It cost 45<sup>3</sup> million crowns", "It cost 45 million crowns"),
            ("Nine ships.<sup><a href='#fn1'>[1]</a></sup> Ten crews", "Nine ships. Ten crews"),
            ("A ship<a href='#fn1' class='noteref'>3</a> and a crew", "A ship and a crew"),
            ("A ship<sup>1, 2</sup> and a crew<sup>*</sup> too", "A ship and a crew too"),
            ("Some 10<sup>6</sup> and 10<sup>-3</sup> litres", "Some 10^6 and 10^-3 litres"),
            ("On 30 km<sup>2</sup> and 5 m<sup>3</sup> of ice", "On 30 km² and 5 m³ of ice"),
            ("The 21<sup>st</sup> of <sup>14</sup>C and CO<sub>2</sub>", "The 21st of 14C and CO2"),
            ("It is 2<sup>10</sup> = 1024 and x<sup>n</sup> + 1", "It is 2^10 = 1024 and x^n + 1"),
            ("It took 4<sup>1</sup>/<sub>2</sub> hours", "It took 4 1/2 hours"),
        ],
    )
    def test_a_note_s_goes_and_others_stay_readable(self, source: str, text: str):
        assert f"{text} in all, said Tarn." in read(f"<p>{source} in all, said Tarn.</p>").text

    def test_a_note_keeps_its_own_sign(self):
        assert (
            "2 About four per cent." in read("", below="").text + read("<p><sup>2</sup> About four per cent.</p>").text
        )


class TestTables:
    FARES = (
        "<table><caption>Fares in crowns</caption><tr><td></td><th>Single</th><th>Return</th></tr>"
        "<tr><th>Adult</th><td>8.20</td><td>14.80</td></tr><tr><th>Child</th><td></td><td>7.40</td></tr></table>"
    )

    def test_a_row_is_a_line_in_which_empty_cells_keep_their_places(self):
        assert read(self.FARES).text.splitlines()[3:7] == [
            "Fares in crowns",
            "| Single | Return",
            "Adult | 8.20 | 14.80",
            "Child | | 7.40",
        ]

    def test_a_cell_knows_what_heads_its_row_and_column(self):
        assert marked(read(self.FARES), "cell") == [
            ("8.20", "Adult, Single"),
            ("14.80", "Adult, Return"),
            ("7.40", "Child, Return"),
        ]

    def test_what_spans_columns_or_rows_heads_all_of_them(self):
        table = (
            "<table><tr><th></th><th></th><th colspan=2>Boat</th></tr>"
            "<tr><th></th><th></th><th>Day</th><th>Night</th></tr>"
            "<tr><th rowspan=2>Havn</th><th>Adult</th><td>3</td><td>4</td></tr>"
            "<tr><th>Child</th><td>1</td><td>2</td></tr>"
            "<tr><th colspan=4>From May on</th></tr><tr><th>Havn</th><th>Adult</th><td>5</td><td>6</td></tr></table>"
        )
        cells = dict(marked(read(table), "cell"))
        assert cells["4"] == "Havn, Adult, Boat, Night"
        assert cells["1"] == "Havn, Child, Boat, Day"
        assert cells["6"] == "From May on, Havn, Adult, Boat, Night"

    def test_words_over_figures_are_headings_where_the_page_marks_none(self):
        table = "<table><tr><td>Place<td>Club<td>Points<tr><td>1<td>Osmere<td>29<tr><td>2<td>Sallow<td>22</table>"
        assert ("29", "Osmere, Points") in marked(read(table), "cell")

    def test_lists_in_cells_are_read(self):
        cell = "<td><ul><li>Ice on the pier</li><li>Snow on the quay</li></ul></td>"
        assert (
            "Winter | Ice on the pier; Snow on the quay"
            in read(f"<table><tr><th>When</th><th>What</th></tr><tr><td>Winter</td>{cell}</tr></table>").text
        )

    @repeatable
    @given(
        st.lists(
            st.lists(st.tuples(st.sampled_from(["td", "th"]), st.integers(0, 4), st.integers(0, 4)), max_size=5),
            min_size=1,
            max_size=6,
        )
    )
    def test_no_cell_is_lost_or_doubled_whatever_it_spans(self, rows: list[list[tuple[str, int, int]]]):
        number = 0
        source = ""
        for row in rows:
            source += "<tr>"
            for tag, columns, height in row:
                number += 1
                source += f"<{tag} colspan={columns} rowspan={height}>cell{number}</{tag}>"
            source += "</tr>"
        found = read(f"<table>{source}</table>")
        assert re.findall(r"cell(\d+)", found.text) == [str(one + 1) for one in range(number)]
        assert all(re.fullmatch(r"cell\d+", words) for words, _ in marked(found, "cell"))


class TestFurniture:
    @pytest.mark.parametrize("link", ["<b>À lire aussi</b> <a href=x>Les bateaux</a>", "Siehe auch <a href=x>Eis</a>"])
    def test_a_pointer_in_another_language_is_a_link(self, link: str):
        assert [label for _, label in marked(read(f"<p>{link}</p>"), "furniture")] == ["link"]

    def test_byline_and_dateline_stay_and_are_marked(self):
        above = "<p class='byline'>By Odile Tarn</p><p><time datetime='2024-03-05'>5 March 2024</time></p>"
        assert marked(read("", above=above), "furniture") == [
            ("By Odile Tarn", "byline"),
            ("5 March 2024", "dateline"),
        ]

    def test_the_sentence_under_the_headline_is_text(self):
        header = "<header><p class='standfirst'>Eleven ships lie still, and the council has to pay</p></header>"
        found = read("", above=header)
        assert found.text.splitlines()[1] == "Eleven ships lie still, and the council has to pay"
        assert found.marks == ()

    @pytest.mark.parametrize(
        ("credit", "sign"),
        [("Photograph: Ilse Marr/The Tide", ""), ("(Photo: Board)", ""), ("Ilse Marr", "<span class='credit'>")],
    )
    def test_a_caption_is_text_and_its_credit_is_not(self, credit: str, sign: str):
        found = read(f"<figure><img src=a><figcaption>The pier at noon. {sign}{credit}</figcaption></figure>")
        assert f"The pier at noon. {credit}" in found.text
        assert marked(found, "furniture") == [(credit, "credit")]

    def test_a_pointer_to_another_story_is_marked(self):
        found = read("<p><a href='/x'>Storm closes all the schools of the town</a></p>")
        assert marked(found, "furniture") == [("Storm closes all the schools of the town", "link")]

    def test_a_link_in_a_sentence_is_text(self):
        assert read("<p>The <a href='/x'>harbour master</a> said so.</p>").marks == ()

    def test_a_time_in_a_sentence_is_text(self):
        assert read("<p>It closed on <time>5 March</time>.</p>").marks == ()

    @pytest.mark.parametrize(
        "between",
        [
            "<div class='newsletter-signup'><p>Get our letter each morning, dear reader.</p></div>",
            "<aside class='related'><h3>Related</h3><ul><li><a href='/1'>Storm closes schools</a></li></ul></aside>",
            "<div class='share-tools'><a href='#'>Share</a> <a href='#'>Tweet</a></div>",
            "<div class='ad'><p>Advertisement</p></div>",
        ],
    )
    def test_what_stands_between_paragraphs_is_left_out(self, between: str):
        assert read(between) == read("")


class TestHeader:
    @pytest.mark.parametrize("wrong", ["The Tide - all the news of the coast", "News, sport and weather"])
    def test_json_ld_that_repeats_the_site_s_title_is_overruled(self, wrong: str):
        linked = (
            '<script type="application/ld+json">//<![CDATA[\n{"@type":"NewsArticle","headline":"%s",'
            '"publisher":{"name":"The Tide"}}\n//]]></script>'
        )
        head = (
            f"<title>Ice in Quillon | The Tide</title><meta property=og:title content='Ice in Quillon'>{linked % wrong}"
        )
        assert read("", head=head).header.title == "Ice in Quillon"

    def test_what_a_wiki_s_json_ld_describes_is_no_title_though_it_shares_words(self):
        data = '{"@type": "Article", "name": "Ice in Quillon", "headline": "sheet of ice in a port"}'
        linked = f'<script type="application/ld+json">{data}</script>'
        head = f"<title>Ice in Quillon - Wiki</title><meta name=generator content='MediaWiki 1.43'>{linked}"
        assert read("", head=head).header.title == "Ice in Quillon"

    def test_a_headline_that_is_shared_is_one_though_the_window_names_an_issue_before_it(self):
        head = "<title>Tide Letter #41: Ice in Quillon</title><meta property=og:title content='Ice in Quillon'>"
        site = "<meta property=og:site_name content='Tide Letter'>"
        assert read("", head=head + site).header.title == "Ice in Quillon"

    @staticmethod
    def header(head: str, body: str = "<h1>Quillon</h1>") -> Header:
        return extract_html("a.html", f"<html><head>{head}</head><body>{body}{STORY}</body>".encode()).header

    @staticmethod
    def linked(data: str) -> str:
        return f'<script type="application/ld+json">{data}</script>'

    def test_an_encyclopaedia_s_description_is_no_title_and_its_page_s_birth_no_date(self):
        data = """{"@type": "Article", "name": "Quillon", "headline": "town on the north coast of Kestria",
            "datePublished": "2003-05-06", "publisher": {"name": "Open Works"}}"""
        head = f"<title>Quillon - Great Encyclopaedia</title>{self.linked(data)}"
        assert self.header(head) == Header("Quillon", "Open Works", None)

    @pytest.mark.parametrize(
        ("head", "author"),
        [
            ('<meta name="author" content="By Ada Lind">', "Ada Lind"),
            (
                '<meta property="article:author" content="https://example.org/ada"><meta name="byl" content="Ada">',
                "Ada",
            ),
            (
                'LD{"@type": "NewsArticle", "author": [{"name": "Ada Lind"}, {"name": "Per Lund"}]}',
                "Ada Lind, Per Lund",
            ),
            (
                'LD{"@graph": [{"@type": "NewsArticle", "author": {"@id": "#ada"}}, {"@id": "#ada", "name": "Ada"}]}',
                "Ada",
            ),
            ("", None),
        ],
    )
    def test_who_wrote_it_is_stated_in_tags_or_linked_data(self, head: str, author: str | None):
        tags = self.linked(head.removeprefix("LD")) if head.startswith("LD") else head
        assert self.header(tags).author == author

    def test_a_headline_for_searchers_of_a_news_article_counts_as_before(self):
        data = '{"@type": "NewsArticle", "headline": "Ice holds ships", "datePublished": "2024-03-05"}'
        assert self.header(self.linked(data)) == Header("Ice holds ships", None, date(2024, 3, 5))

    @pytest.mark.parametrize(
        "body",
        [
            "<h1>Politics</h1><h2>Minister resigns over files</h2>",
            "<h1><a href='/'>The Tide</a></h1><h2>Minister resigns over files</h2>",
        ],
    )
    def test_the_name_of_a_section_or_site_is_no_title(self, body: str):
        head = "<title>Minister resigns over files | Politics | The Tide</title>"
        assert self.header(head, f"<a href='/'>The Tide</a>{body}") == Header("Minister resigns over files", "The Tide")

    @pytest.mark.parametrize("wrapped", ["//<![CDATA[\n{}\n//]]>", "/* <![CDATA[ */{}/* ]]> */", "<!-- {} -->", "{};"])
    def test_linked_data_are_read_in_their_wrapping(self, wrapped: str):
        data = '{"@graph": [{"@type": "SocialMediaPosting", "headline": "Ice", "datePublished": "2024-03-05"}]}'
        assert self.header(self.linked(wrapped.replace("{}", data, 1)), "").published == date(2024, 3, 5)

    def test_what_the_window_adds_to_the_headline_is_a_publisher_where_the_page_says_so_again(self):
        head = "<title>Quillon - The Tide</title>"
        assert self.header(head).publisher is None
        assert self.header(head, "<h1>Quillon</h1><p>© 2026 The Tide</p>").publisher == "The Tide"

    def test_a_logo_that_is_the_page_s_first_heading_names_the_publisher(self):
        body = "<h1><a href='/'>Vellmouth Quay Diary</a></h1><h2>Ice closes the port</h2>"
        header = self.header("<title>Vellmouth Quay Diary - Ice closes the port</title>", body)
        assert header == Header("Ice closes the port", "Vellmouth Quay Diary")

    @pytest.mark.parametrize(
        ("named", "publisher"),
        [
            ("<span itemprop=publisher itemscope><meta itemprop=name content='Quay Diary'></span>", "Quay Diary"),
            ("<p itemprop=publisher itemscope><b itemprop=name>Quay Diary</b></p>", "Quay Diary"),
            ("<p itemprop=publisher itemscope><img itemprop=logo src=x></p>", None),
            ("<p itemprop=publisher>Quay Diary</p><p itemprop=publisher>Tide Works</p>", None),
        ],
    )
    def test_microdata_name_the_publisher(self, named: str, publisher: str | None):
        assert self.header("", f"<h1>Quillon</h1>{named}").publisher == publisher

    def test_a_site_is_not_the_writer_of_its_articles(self):
        site = "<meta property=og:site_name content='Quay Diary'>"
        for name, author in (("Quay Diary", None), ("quay diary", None), ("Ada Lind", "Ada Lind")):
            assert self.header(f"{site}<meta name=author content='{name}'>").author == author

    def test_a_break_in_a_headline_parts_words(self):
        assert self.header("", "<h1>Quillon<br>waits for <i>spr</i>ing</h1>").title == "Quillon waits for spring"

    @pytest.mark.parametrize(
        ("byline", "author"),
        [
            ("by <a rel=author href=/o>Odile Tarn</a> | 3 replies so far", "Odile Tarn"),
            ("by <a rel=author>Odile Tarn</a> with <a rel=author>Per Lund</a> | 3 replies", "Odile Tarn, Per Lund"),
            ("by <a rel=author href=/o>Quay Diary Staff</a> | 3 replies so far", None),
        ],
    )
    def test_a_link_to_its_writer_names_one(self, byline: str, author: str | None):
        assert self.header("", f"<h1>Quillon</h1><p class=meta>{byline}</p>").author == author


class TestWholePages:
    @pytest.mark.parametrize("kind", KINDS)
    def test_the_story_is_read_whole_and_alone(self, kind: str):
        for page in (page for page in written_pages(3, seed=11) if page.kind == kind):
            found = extract_html("a.html", page.html.encode()).text
            recall, precision = overlap("\n".join(page.truth), found)
            assert changed_sentences(page.sentences, found) == []
            assert (recall > 0.97, precision > 0.95) == (True, True)

    def test_without_trafilatura_s_word_the_prose_tells_where_the_article_is(self, monkeypatch: pytest.MonkeyPatch):
        whole = read("").text
        monkeypatch.setattr(page_finding, "MAX_ELEMENTS", 1)
        assert read("").text == whole

    @repeatable
    @given(
        st.lists(
            st.tuples(
                st.sampled_from("p div span b i sup table td li br q a time pre figcaption".split()),
                st.sampled_from(["Ice. ", " not", "7", "\u00a0x ", "A  b", "", "\n", "ﬁn"]),
            ),
            max_size=30,
        )
    )
    def test_marks_are_exact_and_the_text_is_tidy(self, parts: list[tuple[str, str]]):
        found = read("".join(f"<{tag} class='byline'>{text}" for tag, text in parts))
        assert tidy(found.text.split("\n")) == found.text
        for mark in found.marks:
            words = found.text[mark.start : mark.end]
            assert words == words.strip() != ""
            assert "\n" not in words
        assert list(found.marks) == sorted(found.marks)


class TestLargePages:
    def test_a_table_of_fifty_thousand_cells_is_read(self):
        rows = ("<tr><th>Adult</th>" + "<td>7.40</td>" * 9 + "</tr>") * 5_000
        found = read(f"<table><tr>{'<th>Fare</th>' * 10}</tr>{rows}</table>")
        assert len(marked(found, "cell")) == 50_000

    def test_spans_of_millions_of_cells_are_not_laid_out(self):
        row = "<tr>" + "<td rowspan=1000 colspan=1000>7</td>" * 10 + "</tr>"
        assert read(f"<table>{row * 300}</table>").text.count("7") == 3_000
