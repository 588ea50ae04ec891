"""Of web pages: what is text though it looks like a sign, what is a sign and looks like text, and what is kept."""

from datetime import date

import pytest

from index.web_pages import extract_html
from tests.index.test_web_pages import LAST, marked, read


class TestNumbersAndSigns:
    @pytest.mark.parametrize(
        ("written", "said"),
        [
            ("as Section <a href='#S2'>2</a> says", "as Section 2 says"),
            ("it had <a href='#votes'>31</a> votes", "it had 31 votes"),
            ("as was shown [<a href='#bib.b3'>3</a>] before", "as was shown [3] before"),
            ("the fee fell<a href='#fn3'>3</a> in May", "the fee fell in May"),
            ("the fee fell<a href='#ref5'>[5]</a> in May", "the fee fell in May"),
            ("the 14<span class='sup'>1</span> dead", "the 14 dead"),
            ("the 14<span style='font-size:70%; vertical-align: super'>1</span> dead", "the 14 dead"),
            ("the 14<button class='footnote'>1</button> dead", "the 14 dead"),
            ("150×10<sup>9</sup>/L of it", "150×10^9/L of it"),
            ("4<sup>1</sup>/<sub>2</sub> miles", "4 1/2 miles"),
            ("at £1<sup>29</sup> a pint", "at £1.29 a pint"),
            ("at £1.<sup>29</sup> a pint", "at £1.29 a pint"),
            ("the mayor<span style='clip: rect(0 0 0 0)'>, opens new tab</span> left", "the mayor left"),
            ("at £3<sup>4</sup> million", "at £3 million"),
            ("at 4<sup>50</sup> euros", "at 4.50 euros"),
            ("it was open from 7<sup>30</sup> on", "it was open from 7:30 on"),
            ("the dead numbered 7<sup>30</sup> and more", "the dead numbered 7 and more"),
        ],
    )
    def test_a_note_s_sign_goes_and_a_number_of_the_sentence_stays(self, written: str, said: str):
        assert f"The clerk wrote {said}." in read(f"<p>The clerk wrote {written}.</p>").text

    @pytest.mark.parametrize(
        "written",
        ["<s>12</s> 9 crowns", "<strike>12</strike> 9 crowns", "9 crowns<ruby><rp>(</rp><rt>kan</rt><rp>)</rp></ruby>"],
    )
    def test_what_is_struck_out_or_tells_how_to_say_it_is_not_read(self, written: str):
        assert "It costs 9 crowns, said Tarn." in read(f"<p>It costs {written}, said Tarn.</p>").text


class TestWhatIsKept:
    @pytest.mark.parametrize("name", ["Share prices", "Comments from residents", "Social care", "Membership fees"])
    def test_a_section_that_is_named_by_its_heading(self, name: str):
        slug = name.lower().replace(" ", "-")
        section = (
            f"<section id='{slug}'><h2>{name}</h2><p>The clerk said that the bill came to 71 million.</p></section>"
        )
        assert f"{name}\nThe clerk said that the bill came to 71 million." in read(section).text

    def test_and_not_one_that_is_named_otherwise(self):
        other = (
            "<section id='share-prices'><h2>Tell others</h2><p>Put this story before your friends today.</p></section>"
        )
        assert "friends" not in read(other).text

    @pytest.mark.parametrize(
        "box", ["<aside><h3>Correction</h3>", "<aside class='fact-box'>", "<aside class='info-box'><h3>Ice</h3>"]
    )
    def test_a_box_with_a_correction_or_with_facts(self, box: str):
        assert "The ice was 21 inches thick." in read(f"{box}<p>The ice was 21 inches thick.</p></aside>").text

    @pytest.mark.parametrize("name", ["call-to-action", "promo", "sidebar", "share", "sign-up", "social", "dialog"])
    def test_a_box_that_is_named_like_one_beside_the_article_and_tells_a_part_of_it(self, name: str):
        said = "You need no licence if you hold a permit."
        assert said in read(f"{LAST * 3}<div class='{name}'><p>{said}</p></div>").text

    @pytest.mark.parametrize(
        "box",
        [
            "<div class='promo'><p>Get the tide tables of all ports for 3 crowns.</p></div>",
            "<div class='promo'><p>You find the tide tables of all ports <a href='/t'>here</a>.</p></div>",
            "<div class='donate'><p>The work is paid for by readers like you.</p></div>",
            "<div class='social'><p>You can share this story with all ports.</p></div>",
            "<div class='sidebar'><h3>Most read</h3><p>The tide came early to all the ports.</p></div>",
            "<div class='comments'><p>The tide came early to all the ports.</p></div>",
            "<div role='dialog'><p>The tide came early to all the ports.</p></div>",
        ],
    )
    def test_and_not_one_that_links_or_asks(self, box: str):
        assert len(read(LAST * 3 + box).text) == len(read(LAST * 3).text)

    @pytest.mark.parametrize("heading", ["", "<h3>The ice</h3>"])
    def test_an_aside_that_tells_a_part_of_the_story(self, heading: str):
        assert (
            "The ice was 21 inches thick in March."
            in read(f"<aside>{heading}<p>The ice was 21 inches thick in March.</p></aside>").text
        )

    @pytest.mark.parametrize(
        "aside",
        [
            "<p>Sign up for the ice letter and get it every day.</p>",
            "<h3>Related</h3><p>The ice of 1963 was thicker than that.</p>",
            "<p>Read about <a href='/ice'>the ice of the year 1963</a> in our archive.</p>",
            "<p>Ice in the north</p>",
        ],
    )
    def test_and_not_one_that_leads_elsewhere(self, aside: str):
        assert len(read(f"<aside>{aside}</aside>").text) == len(read("").text)

    def test_a_sentence_that_is_shown_again_in_an_aside_is_read_once(self):
        again = "<aside><p>The harbour of Quillon froze over on Monday night.</p></aside>"
        assert read(again.replace(" night.", " night, and eleven ships lay still until the ice broke.")).text == (
            read("").text
        )

    def test_a_note_in_the_margin_stands_behind_its_paragraph(self):
        note = "<span class='sidenote'>He had held it since 1999.</span>"
        assert (
            "The mayor left office on Monday.\nHe had held it since 1999.\n"
            in read(f"<p>The mayor left office{note} on Monday.</p>").text
        )

    def test_a_part_of_a_page_that_was_saved_without_its_body(self):
        part = (
            f"<title>Ice</title><article><h1>Ice in Quillon</h1><p>{'The ferry stopped on Monday. ' * 3}</p></article>"
        )
        assert "The ferry stopped on Monday." in extract_html("a.html", part.encode()).text

    def test_a_list_of_links_that_a_sentence_leads_to(self):
        ships = "".join(f"<li><a href='/{name}'>{name} of Quillon</a></li>" for name in ("Anna", "Berta", "Clara"))
        found = read(f"<p>Three ships were lost in the ice:</p><ul>{ships}</ul>")
        assert "Three ships were lost in the ice:\nAnna of Quillon\nBerta of Quillon\nClara of Quillon" in found.text
        assert marked(found, "furniture") == []
        assert "Anna" not in read(f"<p>Read more about it:</p><ul>{ships}</ul>").text

    def test_a_paragraph_that_a_button_unfolds(self):
        part = "<button aria-controls='when'>When?</button><div id='when' hidden><p>The fee is paid in May.</p></div>"
        assert "The fee is paid in May." in read(part).text
        assert "The fee is paid in May." not in read(part.replace("aria-controls='when'", "")).text

    @pytest.mark.parametrize(
        "part",
        [
            "<h3>When is it paid?</h3><div hidden><p>{}</p></div>",
            "<h3>When is it paid?</h3><div hidden='until-found' id='when'><p>{}</p></div>",
            "<div><h3><button>When is it paid?</button></h3></div><div style='display:none'>{}</div>",
            "<dl><dt>When is it paid?</dt><dd style='display: none'>{}</dd></dl>",
            "<button class='accordion'>When is it paid?</button><div style='display:none'><p>{}</p></div>",
            "<div class='faq'><button>When is it paid?</button><div hidden><p>{}</p></div></div>",
            "<div role='button' aria-controls='a'>When is it paid?</div><div id='a' style='display: none;'>{}</div>",
            "<button aria-expanded='true'>When is it paid?</button><div><p>{}</p></div>",
        ],
    )
    def test_an_answer_that_its_question_unfolds(self, part: str):
        text = read(part.format("In May, at the desk.")).text
        assert "When is it paid?" in text
        assert "In May, at the desk." in text

    def test_an_answer_of_few_words(self):
        assert "It is." in read("<h3>Is it free?</h3><div style='display:none'>It is.</div>").text

    @pytest.mark.parametrize(
        "part",
        ["<div role='tabpanel' hidden><p>{}</p></div>", "<div hidden><p>{}</p></div><button>Read more</button>"],
    )
    def test_a_panel_of_tabs_and_the_rest_of_a_story(self, part: str):
        assert "In May, at the desk." in read(part.format("In May, at the desk.")).text

    @pytest.mark.parametrize(
        "part",
        [
            "<p>It was cold.</p><div hidden><p>{}</p></div>",
            "<h3>Fees</h3><div hidden class='modal'><p>{}</p></div>",
            "<h3>Fees</h3><div hidden role='alert'><p>{}</p></div>",
            "<h3>Fees</h3><div hidden><form><p>{}</p></form></div>",
            "<h3>Fees</h3><div hidden><a href='/'>{}</a></div>",
            "<nav><h3>Fees</h3><div hidden><p>{}</p></div></nav>",
        ],
    )
    def test_what_nobody_unfolds_in_the_article_stays_hidden(self, part: str):
        assert "at the desk" not in read(part.format("In May, at the desk.")).text


class TestShapes:
    def test_a_table_of_blocks_is_known_by_its_roles(self):
        rows = [("columnheader", "Fare", "Single"), ("cell", "Child", "3.10"), ("cell", "Adult", "6.20")]
        blocks = "".join(
            f"<div role=row><span role={kind}>{name}</span><span role={kind}>{said}</span></div>"
            for kind, name, said in rows
        )
        found = read(f"<div role=table>{blocks}</div>")
        assert "Fare | Single\nChild | 3.10\nAdult | 6.20" in found.text
        assert ("6.20", "Adult, Single") in marked(found, "cell")

    @pytest.mark.parametrize("tag", ["div", "span"])
    def test_rows_of_short_blocks_with_figures_are_a_table(self, tag: str):
        rows = "".join(
            f"<div class=row><{tag}>{a}</{tag}><{tag}>{b}</{tag}></div>" for a, b in (("Child", 3), ("Man", 6))
        )
        found = read(f"<div class=fares>{rows}</div>")
        assert "Child | 3\nMan | 6" in found.text
        assert ("6", "Man") in marked(found, "cell")

    def test_blocks_of_words_or_links_are_none(self):
        links = "".join(f"<li><span>{n}</span><span><a href='/{n}'>The ice of {n}</a></span></li>" for n in (1, 2))
        words = "".join(f"<div><p>{name} spoke of it.</p><p>He was not sure.</p></div>" for name in ("Tarn", "Orr"))
        assert "|" not in read(f"<ul>{links}</ul><div>{words}</div>").text

    def test_a_short_term_stands_on_a_line_with_what_is_said_of_it(self):
        terms = "<dl><dt>Child</dt><dd>3.10</dd><div><dt>Adult:</dt><dd><b>6.20</b> each</dd></div></dl>"
        assert "Child: 3.10\nAdult: 6.20 each" in read(terms).text

    def test_a_term_of_which_several_things_are_said_stays_above_them(self):
        assert "Crew\nAnna Orr\nJan Tarn" in read("<dl><dt>Crew</dt><dd>Anna Orr</dd><dd>Jan Tarn</dd></dl>").text


class TestHeadingsOfTables:
    def test_a_row_of_headings_within_heads_what_is_below_it(self):
        rows = (
            "<tr><th>Ferry</th><th>Single</th></tr><tr><td>Child</td><td>3</td></tr>"
            "<tr><th>Bus</th><th>Return</th></tr><tr><td>Child</td><td>7</td></tr>"
        )
        found = read(f"<table>{rows}</table>")
        assert ("3", "Single") in marked(found, "cell")
        assert ("7", "Return") in marked(found, "cell")

    def test_years_over_figures_head_them(self):
        rows = (
            "<tr><td>Fare</td><td>2023</td><td>2024</td></tr><tr><td>Adult</td><td>5.10</td><td>6.20</td></tr>"
            "<tr><td>Child</td><td>2.50</td><td>3.10</td></tr>"
        )
        assert ("3.10", "Child, 2024") in marked(read(f"<table>{rows}</table>"), "cell")

    def test_years_over_years_head_nothing(self):
        rows = "<tr><td>Born</td><td>1923</td><td>1924</td></tr><tr><td>Died</td><td>1999</td><td>2004</td></tr>"
        assert ("2004", "Died, 1924") not in marked(read(f"<table>{rows}</table>"), "cell")


class TestPagesMadeOfBlocks:
    PAGE = "<main><h1>Ice in Quillon</h1><div class='block text-block'><div>{}</div></div>{}</main>"

    @pytest.mark.parametrize("name", ["block quote-block", "tide-widget tide-widget-quote"])
    def test_a_caption_and_a_quotation_in_the_last_blocks(self, name: str):
        quote = "<figure><blockquote><span>“</span>Wait until it breaks.<span>”</span></blockquote></figure>"
        blocks = (
            f"<div class='{name}'><figure><figcaption><p>The pier, 1963</p></figcaption></figure></div>"
            f"<div class='{name}'>{quote}</div>"
        )
        text = extract_html(
            "a.html", self.PAGE.replace("block text-block", name).format(LAST * 2, blocks).encode()
        ).text
        assert text.splitlines()[-2:] == ["The pier, 1963", "“Wait until it breaks.”"]

    @pytest.mark.parametrize(
        "block",
        [
            "<div class='block related-block'><p>The ice of 1963 was thicker than that.</p></div>",
            "<div class='block'><p><a href='/ice'>The ice of 1963 was thicker than that.</a></p></div>",
        ],
    )
    def test_and_no_block_that_leads_elsewhere(self, block: str):
        page = self.PAGE.format(LAST * 2, "{}")
        assert extract_html("a.html", page.format(block).encode()).text == (
            extract_html("a.html", page.format("").encode()).text
        )

    def test_a_short_point_above_the_text(self):
        points = "<ul><li>The port pays 40 crowns a day</li><li>Shares fall 9%</li></ul>"
        text = extract_html("a.html", f"<article><h1>Ice in Quillon</h1>{points}{LAST * 3}</article>".encode()).text
        assert text.splitlines()[1:3] == ["The port pays 40 crowns a day", "Shares fall 9%"]


class TestPagesLaidOutByTables:
    PAGE = (
        "<table><tr><td colspan=2><font size=5><b>The Tide</b></font></td></tr><tr><td><a href='/'>Start</a></td>"
        "<td><font size='+2'><b>Ice in Quillon</b></font><br><i>By Odile Tarn</i><br>5 March 1999"
        "<p>The harbour froze over on Monday night, and eleven ships lay still.{}"
        "<p>The port will pay each crew 40 crowns a day, which it had promised.</td></tr></table>"
    )

    def test_its_cells_hold_paragraphs_and_the_line_in_a_larger_font_is_the_headline(self):
        found = extract_html("a.html", f"<body>{self.PAGE.format('')}".encode())
        assert found.text.splitlines() == [
            "Ice in Quillon",
            "By Odile Tarn",
            "5 March 1999",
            "The harbour froze over on Monday night, and eleven ships lay still.",
            "The port will pay each crew 40 crowns a day, which it had promised.",
        ]
        assert (found.header.title, found.header.published) == ("Ice in Quillon", date(1999, 3, 5))

    def test_a_table_of_figures_in_a_cell_is_read_once(self):
        figures = "<table><tr><td>Year<td>Ships</tr><tr><td>1998<td>41,000</tr></table>"
        text = extract_html("a.html", f"<body>{self.PAGE.format(figures)}".encode()).text
        assert (text.count("Year | Ships\n1998 | 41,000"), text.count("41,000")) == (1, 1)

    def test_a_table_whose_cells_say_about_as_much_stays_one(self):
        cell = "<p>The pier was mended.</p><p>It took a year of work, and the port paid all of it.</p>"
        rows = "".join(f"<tr><td>{ward}</td><td>{cell}</td></tr>" for ward in ("Orr", "Quillon"))
        assert "Orr | The pier was mended. It took" in read(f"<table>{rows}</table>").text


class TestDocumentsSavedAsPages:
    @pytest.mark.parametrize("name", ["c5 title", "MsoTitle"])
    def test_the_title_is_a_paragraph_named_so_above_all_headings(self, name: str):
        story = f"{LAST}<h1>Why</h1>{LAST}"
        found = extract_html("a.html", f"<body><p class='{name}'><span>Ice in Quillon</span></p>{story}".encode())
        assert (found.header.title, found.text.splitlines()[0]) == ("Ice in Quillon", "Ice in Quillon")

    def test_and_not_one_within_the_text(self):
        page = f"<body><h1>Ice in Quillon</h1>{LAST}<p class='title'>Why</p>{LAST}"
        assert extract_html("a.html", page.encode()).header.title == "Ice in Quillon"

    @pytest.mark.parametrize(
        ("sign", "note"),
        [
            ("<sup><a href='#n1' id='r1'>[1]</a></sup>", "<p><a href='#r1' id='n1'>[1]</a><span> {}</span></p>"),
            (
                "<a href='#n1' name='r1'><span>[1]</span></a>",
                "<div id=f1><p><a href='#r1' name='n1'>[1]</a> {}</p></div>",
            ),
        ],
    )
    @pytest.mark.parametrize("said", ["Post, 3 March.", "The port told its crews so on 3 March, in a letter."])
    def test_a_note_that_leads_back_to_its_sign_is_read(self, sign: str, note: str, said: str):
        text = f"<h1>Ice in Quillon</h1>{LAST}<p>The harbour froze.{sign} It was cold.</p>{LAST}"
        page = f"<body><div class='Section'>{text}</div><div><hr>{note.format(said)}</div>"
        lines = extract_html("a.html", page.encode()).text.splitlines()
        assert (lines[2], lines[-1]) == ("The harbour froze. It was cold.", f"[1] {said}")

    def test_a_line_of_the_contents_is_no_note(self):
        contents = "<div><p><a href='#s' id='t'>1</a> Of frost</p></div>"
        page = f"<main><h1>Quillon</h1><h2><a href='#t' id='s'>1</a> The ice</h2>{LAST * 2}</main>{contents}"
        assert "Of frost" not in extract_html("a.html", page.encode()).text


def test_a_page_of_one_short_paragraph_is_an_article():
    page = "<html><head><title>Ice</title></head><body><main><h1>Ice</h1><p>The harbour froze.</p></main></body></html>"
    assert "The harbour froze." in extract_html("a.html", page.encode()).text

    @pytest.mark.parametrize("head", [("", "Q3 2025", "Q3 2024"), ("Port", "Sept. 30, 2025", "Sept. 30, 2024")])
    def test_words_with_figures_head_columns_though_no_cell_is_said_to(self, head: tuple[str, ...]):
        rows = "".join(
            f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in (head, ("Fares", "12.5", "9.1"))
        )
        assert ("9.1", f"Fares, {head[2]}") in marked(read(f"<table>{rows}</table>"), "cell")

    def test_a_first_row_in_bold_heads_words(self):
        rows = "<tr><td><b>Port</b></td><td><b>Mayor</b></td></tr><tr><td>Quillon</td><td>Odile Tarn</td></tr>"
        assert ("Odile Tarn", "Quillon, Mayor") in marked(read(f"<table>{rows}</table>"), "cell")
        plain = rows.replace("<b>", "").replace("</b>", "")
        assert ("Odile Tarn", "Quillon") in marked(read(f"<table>{plain}</table>"), "cell")

    def test_a_picture_s_caption_within_a_table_heads_nothing(self):
        rows = (
            "<tr><th colspan=2>The pier</th></tr><tr><td colspan=2><img>The pier from the south</td></tr>"
            "<tr><th scope=row>Length</th><td>412 m</td></tr>"
        )
        assert ("412 m", "Length, The pier") in marked(read(f"<table>{rows}</table>"), "cell")


class TestWhatTheWindowAdds:
    @pytest.mark.parametrize(
        ("window", "publisher"),
        [
            ("Ice in Quillon - The Coast Guardian", "The Coast Guardian"),
            ("Ice in Quillon | Quillon Harbour Board", "Quillon Harbour Board"),
            ("Opinion | Ice in Quillon - The Coast Guardian", "The Coast Guardian"),
            ("Ice in Quillon | Politics", None),
            ("Ice in Quillon | Odile Tarn", None),
        ],
    )
    def test_a_paper_s_or_an_office_s_name_is_the_publisher(self, window: str, publisher: str | None):
        assert read("", head=f"<title>{window}</title>").header.publisher == publisher

    def test_a_section_before_the_headline_is_not_the_title(self):
        shared = "<meta property='og:title' content='Opinion | Ice in Quillon'>"
        head = f"{shared}<title>Opinion | Ice in Quillon - The Coast Guardian</title>"
        assert read("", head=head).header.title == "Ice in Quillon"
