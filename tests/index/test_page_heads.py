"""What pages of makers of sites state of their articles: days, papers, writers, titles."""

from datetime import date

import pytest

from index.headers import Header
from index.web_pages import extract_html

TITLE = "Reservoir falls to a third"
STORY = "".join(
    f"<p>{line}</p>"
    for line in (
        "The reservoir above Dalby has fallen to a third of what it holds, the water board said on Thursday.",
        "“We have not seen this since 1976,” said Maud Ferrow, who runs the pumping station.",
        "The board will ask households to save water from the first of the month, and farmers to stop spraying.",
    )
)
DAY = date(2024, 3, 5)
GRAPH = (
    '<script type="application/ld+json">{"@graph": [{"@type": TYPE, "url": "https://dalby.example/PATH", '
    '"name": "NAME", "datePublished": "2024-03-05"}, {"@type": "WebSite", "name": "Dalby Water"}]}</script>'
)


def header(head: str = "", above: str = "", below: str = "", *, title: str = TITLE) -> Header:
    page = f"<html><head>{head}</head><body><main><h1>{title}</h1>{above}{STORY}{below}</main></body></html>"
    return extract_html("a.html", page.encode()).header


def graph(kind: str, path: str, name: str) -> str:
    return GRAPH.replace("TYPE", kind).replace("PATH", path).replace("NAME", name)


class TestDays:
    @pytest.mark.parametrize("kind", ['"WebPage"', '["WebPage", "FAQPage"]'])
    def test_a_page_of_one_article_states_its_own(self, kind: str):
        assert header(graph(kind, "reservoir/", f"{TITLE} - Dalby Water")).published == DAY

    @pytest.mark.parametrize(
        ("kind", "path", "name"),
        [
            ('["WebPage", "CollectionPage"]', "news/", TITLE),
            ('"WebPage"', "", TITLE),
            ('"WebPage"', "reservoir/", "All about water"),
        ],
    )
    def test_a_list_a_first_page_and_another_page_state_none(self, kind: str, path: str, name: str):
        assert header(graph(kind, path, name)).published is None

    def test_the_time_between_headline_and_text_is_that_of_the_article(self):
        above = '<div><time datetime="2024-03-05T10:00:00Z">3 hours ago</time></div>'
        below = (
            '<p>More</p><ul><li><a href="/b">Boats return</a> <time datetime="2023-01-02">2 January</time></li></ul>'
        )
        assert header(above=above, below=below).published == DAY
        assert header(below=above + below).published is None


class TestPapers:
    @pytest.mark.parametrize(
        ("window", "paper"),
        [
            (f"{TITLE} | by Ada Lind | The Water Notebook | Mar, 2024 | Medium", "The Water Notebook"),
            (f"{TITLE} | by Ada Lind | Medium", "Medium"),
            (f"{TITLE}. On the third dry month | by Ada Lind | Medium", "Medium"),
        ],
    )
    def test_where_all_kinds_publish_the_publication_is_named_first(self, window: str, paper: str):
        head = f'<title>{window}</title><meta property="og:site_name" content="Medium">'
        assert header(head).publisher == paper

    def test_json_ld_names_the_publication_on_a_platform(self):
        head = (
            '<meta property="og:site_name" content="Medium"><script type="application/ld+json">'
            f'{{"@type": "NewsArticle", "headline": "{TITLE}", "publisher": {{"name": "The Water Notebook"}}}}</script>'
        )
        assert header(head).publisher == "The Water Notebook"

    @pytest.mark.parametrize(
        ("tail", "address", "paper"),
        [
            ("Fenwick Online", "https://www.fenwickonline.example/reservoir", "Fenwick Online"),
            ("Water - Dalby Argus", "https://argus.example/r", "Dalby Argus"),
            ("a long look", "https://www.fenwickonline.example/reservoir", None),
            ("Fenwick Online", "https://other.example/reservoir", None),
            ("Fenwick", "https://news.fenwick.example/reservoir", "Fenwick"),
            ("Blog", "https://blog.fenwick.example/reservoir", None),
            ("Fenwick Online", "https://[", None),
        ],
    )
    def test_the_end_of_the_window_s_title_that_the_address_repeats(self, tail: str, address: str, paper: str | None):
        head = f'<title>{TITLE} - {tail}</title><link rel="canonical" href="{address}">'
        assert header(head).publisher == paper


class TestWriters:
    def test_links_to_the_writers_name_them_though_no_line_of_the_text_does(self):
        link = '<address><a rel="author" href="/profile/lind">Ada Lind</a></address>'
        assert header(above=link).author == "Ada Lind"

    def test_a_list_of_writers_is_of_other_articles(self):
        names = ("Ada Lind", "Tom Nobbs", "Oda Krane", "Ned Holt")
        links = "".join(f'<a rel="author" href="/{name[:3]}">{name}</a>' for name in names)
        assert header(below=f"<div>{links}</div>").author is None

    def test_a_link_in_a_teaser_names_no_writer(self):
        assert header(below='<aside><a rel="author" href="/b">Tom Nobbs</a></aside>').author is None

    @pytest.mark.parametrize("stated", ["LIND, Ada", "Ada Lind"])
    def test_a_stated_name_is_put_in_order(self, stated: str):
        assert header(f'<meta name="author" content="{stated}">').author == "Ada Lind"

    def test_catalogues_put_the_family_name_first(self):
        assert header('<meta name="citation_author" content="Lind, Ada">').author == "Ada Lind"
        assert header('<meta name="author" content="Lind, Nobbs">').author == "Lind, Nobbs"

    def test_whom_a_program_puts_is_nobody(self):
        assert header('<meta name="author" content="Super User">', '<p class="byline">by admin</p>').author is None


def test_a_blog_s_heading_day_and_writer_are_read_from_the_names_of_their_elements():
    page = (
        f"<html><head><title>Dalby Water Notes: {TITLE}</title></head><body><div class='post hentry'>"
        f"<h3 class='post-title entry-title'>{TITLE}</h3><div class='post-body entry-content'>{STORY}</div>"
        "<div class='post-footer'><span class='vcard'>Posted by <span itemprop='author'>Ada Lind</span></span>"
        " at <abbr class='published' title='2024-03-05T10:32:00Z'>10:32 AM</abbr></div></div></body></html>"
    )
    assert extract_html("a.html", page.encode()).header == Header(TITLE, None, DAY, "Ada Lind")
