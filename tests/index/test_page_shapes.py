"""Which lines of a page are its article's, in the shapes that sites give to their pages."""

from datetime import date

import pytest

from bench.extraction import measure
from bench.site_pages import site_pages
from index.errors import UnreadableArticle
from index.web_pages import extract_html

FIRST = "The harbour of Quillon froze over on Monday night, and eleven ships lay still until the ice broke."
SECOND = "The port will pay each crew 40 crowns a day, which the council had promised after the last frost."
STORY = f"<p>{FIRST}</p><p>{SECOND}</p>"
OTHER = "Nobody has asked the crews of the trawlers what they think of the plan, and that is a shame for a port."


def lines(body: str, title: str = "") -> list[str]:
    """Return the lines that are read of a page."""
    return extract_html("a.html", f"<title>{title}</title><body>{body}".encode()).text.splitlines()


class TestHeadlines:
    def test_the_name_of_the_site_in_the_first_heading_is_none(self):
        site = "<header><h1><a href='/'>Quay Diary</a></h1><p>By the water</p></header>"
        page = f"<div>{site}<div><h3>Ice came early</h3>{STORY}</div></div>"
        assert lines(page, "Quay Diary: Ice came early") == ["Ice came early", FIRST, SECOND]

    @pytest.mark.parametrize("tag", ["h2", "div", "font", "p"])
    def test_what_the_window_s_title_repeats_is_one(self, tag: str):
        page = f"<div><div><{tag}>Ice came early</{tag}><div class=d>05.03.2024</div></div><div>{STORY}</div></div>"
        assert lines(page, "Ice came early - Quay Diary") == ["Ice came early", "05.03.2024", FIRST, SECOND]

    def test_a_field_between_headline_and_text_is_read(self):
        names = "<div class='field__label'>Price</div><div class='field__item'>12</div>"
        field = f"<div class='field field--price'>{names}</div>"
        assert lines(f"<article><h1>Ice walk</h1>{field}{STORY}</article>") == [
            "Ice walk",
            "Price",
            "12",
            FIRST,
            SECOND,
        ]

    def test_a_writer_s_name_that_is_a_link_is_a_byline(self):
        page = f"<article><h1>Ice walk</h1><div class='authors'>By <a href=x>Odile Tarn</a></div>{STORY}</article>"
        found = extract_html("a.html", page.encode())
        assert [(found.text[one.start : one.end], one.label) for one in found.marks] == [("By Odile Tarn", "byline")]

    @pytest.mark.parametrize("name", ["date", "author", "meta"])
    def test_a_sentence_of_the_story_is_no_byline_for_its_class(self, name: str):
        said = "On 7 April the pilots were heard by the council of the port."
        page = f"<article><h1>Ice walk</h1><p class='{name}'>{said}</p>{STORY}</article>"
        found = extract_html("a.html", page.encode())
        assert (said in found.text, found.marks) == (True, ())

    def test_a_sentence_about_the_writer_in_a_byline_s_class_is_one(self):
        about = "Odile Tarn covers the ports of the north and their ice."
        found = extract_html("a.html", f"<article><h1>Ice</h1>{STORY}<p class=author>{about}</p></article>".encode())
        assert [(found.text[one.start : one.end], one.label) for one in found.marks] == [(about, "byline")]

    def test_several_writers_that_are_links_are_no_list_of_links(self):
        names = "By <a href=x>Odile Sophia Tarn</a> and <a href=y>Ada Maria Lind</a>"
        page = f"<article><h1>Ice walk</h1><div class=contributors>{names}</div>{STORY}</article>"
        assert lines(page)[1] == "By Odile Sophia Tarn and Ada Maria Lind"


class TestWhatTheHeadShows:
    def test_parts_of_a_byline_that_the_style_alone_parts_are_words_apart(self):
        byline = "<div class=byline><span>Ada Lind</span><span>Coast editor</span></div>"
        assert lines(f"<article><h1>Ice</h1>{byline}{STORY}</article>")[1] == "Ada Lind Coast editor"

    @pytest.mark.parametrize(
        ("shown", "published", "publisher"),
        [
            ("<p class=meta>By Odile Tarn | 8 November 2026</p>", date(2026, 11, 8), None),
            ("<div>Coast Herald, 8 November 2026</div>", date(2026, 11, 8), "Coast Herald"),
            ("<div>Published 8 November 2026, 10:32</div>", date(2026, 11, 8), None),
            ("<div>Updated 9 November 2026</div><div>8 November 2026</div>", date(2026, 11, 8), None),
            ("<table><tr><td>Founded<td>8 November 1926</table>", None, None),
            ("<p>Born 8 November 1926</p>", None, None),
            ("<div>Sun 8 Nov 2026 09.12 GMT</div>", date(2026, 11, 8), None),
            (
                "<div class=byline><span>Ada Lind</span><span>Editor</span><span class=date>8 Nov 2026</span></div>",
                date(2026, 11, 8),
                None,
            ),
            ("<p>Published 8 November 2026, updated 9 November 2026</p>", date(2026, 11, 8), None),
            ("<p>Publié le 8 novembre 2026 à 18h42, mis à jour le 9 novembre 2026</p>", date(2026, 11, 8), None),
            ("<p><b>QUILLON, 8 November 2026</b> – Eleven ships lay still.</p>", date(2026, 11, 8), None),
            ("<p>QUILLON, Nov. 8, 2026 /Wire/ -- Eleven ships lay still.</p>", date(2026, 11, 8), None),
        ],
    )
    def test_counts_where_no_tag_states_it(self, shown: str, published: date | None, publisher: str | None):
        header = extract_html("a.html", f"<article><h1>Ice came early</h1>{shown}{STORY}</article>".encode()).header
        assert (header.published, header.publisher) == (published, publisher)


class TestAroundTheArticle:
    def test_readers_who_say_more_than_the_article_are_left_out(self):
        said = "".join(f"<div class=comment><b>Ada {number}</b><p>{OTHER}</p></div>" for number in range(9))
        page = f"<div><h1>Ice</h1><div>{STORY}</div></div><div id=comments-thread class=comments>{said}</div>"
        assert lines(page) == ["Ice", FIRST, SECOND]

    @pytest.mark.parametrize("below", ["<div id=c>{}</div>", "{}", "<div><div>{}</div></div>"])
    @pytest.mark.parametrize("heading", ["23 Comments", "Comments (23)", "23 Kommentare"])
    def test_so_they_are_where_their_heading_alone_tells(self, heading: str, below: str):
        said = "".join(f"<div class=c><b>Ada {number}</b><p>{OTHER} {number}</p></div>" for number in range(3))
        page = f"<div><h1>Ice</h1><div class=story>{STORY}</div>{below.format(f'<h3>{heading}</h3>{said}')}</div>"
        assert lines(page) == ["Ice", FIRST, SECOND]

    def test_a_part_of_the_article_that_is_about_comments_is_read(self):
        part = f"<h2>Comments</h2><p>{OTHER}</p>"
        assert OTHER in lines(f"<article><h1>Ice</h1>{STORY}{part}</article>")

    def test_a_sentence_that_is_shown_again_in_large_letters_is_read_once(self):
        quote = "<blockquote class='pullquote'><p>Eleven ships lay still</p></blockquote>"
        assert lines(f"<article><h1>Ice</h1><p>{FIRST}</p>{quote}<p>{SECOND}</p></article>") == ["Ice", FIRST, SECOND]

    def test_a_pull_quote_that_stands_nowhere_else_is_read(self):
        quote = "<blockquote class='pull-quote'><p>I have never seen the like of it</p></blockquote>"
        assert "I have never seen the like of it" in lines(
            f"<article><h1>Ice</h1><p>{FIRST}</p>{quote}<p>{SECOND}</p></article>"
        )

    def test_a_sentence_that_is_a_link_is_one_of_the_story(self):
        page = f"<article><h1>Ice</h1><p>{FIRST}</p><p><a href=x>{OTHER}</a></p><p>{SECOND}</p></article>"
        assert not extract_html("a.html", page.encode()).marks

    def test_a_table_of_one_row_with_the_story_in_it_is_there_for_the_layout(self):
        story = f"<b>Ice came early</b><br>The Tide - 8 November 2026<br><br>{FIRST}<br><br>{SECOND}<br><br>{OTHER}"
        page = f"<table><tr><td><a href=a>News</a><br><a href=b>Sport</a><td>{story}</table>"
        assert lines(page, "Ice came early") == ["Ice came early", "The Tide - 8 November 2026", FIRST, SECOND, OTHER]

    def test_a_link_to_edit_a_section_is_none_of_its_words(self):
        heading = (
            "<div class='mw-heading'><h2>History</h2><span class='mw-editsection'>[<a href=e>edit</a>]</span></div>"
        )
        assert lines(f"<main><h1>Quillon</h1><p>{FIRST}</p>{heading}<p>{SECOND}</p></main>")[2:] == ["History", SECOND]

    def test_who_owns_the_text_is_no_last_line_of_it(self):
        owned = (
            "<p class=disclaimer>Copyright © 2024 Radio Quay. All rights reserved. Visit our pages of permissions.</p>"
        )
        assert lines(f"<article><h1>Ice</h1>{STORY}{owned}</article>") == ["Ice", FIRST, SECOND]

    def test_a_button_that_unfolds_a_part_is_its_heading(self):
        part = f"<h3><button aria-expanded=false>May I walk on it?</button></h3><div class=body>{OTHER}</div>"
        assert lines(f"<main><h1>Ice</h1>{STORY}{part}</main>")[3:] == ["May I walk on it?", OTHER]


class TestPagesWithoutAnArticle:
    def test_what_scripts_would_show_is_read_where_the_page_says_it_without_them(self):
        assert lines(f"<div id=root></div><noscript><h1>Ice</h1>{STORY}</noscript>") == ["Ice", FIRST, SECOND]

    def test_to_ask_for_scripts_is_no_article(self):
        with pytest.raises(UnreadableArticle, match="scripts"):
            lines("<div id=root></div><noscript>Please enable JavaScript to use this page.</noscript>")

    def test_short_sentences_and_tables_alone_are_read(self):
        assert lines("<h1>Ice</h1>" + "<p>Ships lay still.</p>" * 13_000)[-1] == "Ships lay still."
        rows = "".join(f"<tr><td>Pier {number}<td>{number}</tr>" for number in range(30_000))
        assert lines(f"<table>{rows}</table>")[-1] == "Pier 29999 | 29999"


class TestShapesOfSites:
    @pytest.mark.parametrize("page", list(site_pages(1)), ids=lambda page: page.kind)
    def test_the_story_is_read_and_little_else(self, page):
        found = measure(page)
        assert found.recall >= 0.95
        assert found.precision >= 0.97
        assert found.changed == []

    def test_pages_are_the_same_for_the_same_seed(self):
        assert list(site_pages(1, seed=3)) == list(site_pages(1, seed=3))
