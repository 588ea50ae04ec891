"""Of web pages: what is text though it looks like a sign, what is a sign and looks like text, and what is kept."""

import pytest

from index.web_pages import extract_html
from tests.index.test_web_pages import marked, read


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
            ("at £3<sup>4</sup> million", "at £3 million"),
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


def test_a_page_of_one_short_paragraph_is_an_article():
    page = "<html><head><title>Ice</title></head><body><main><h1>Ice</h1><p>The harbour froze.</p></main></body></html>"
    assert "The harbour froze." in extract_html("a.html", page.encode()).text
