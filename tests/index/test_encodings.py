"""Bytes become the characters that were meant, whatever their encoding; where that cannot be told, they are refused."""

from contextlib import suppress

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from index.encodings import decoded
from index.errors import UnreadableArticle

repeatable = settings(derandomize=True, deadline=None, database=None, max_examples=100)
NEWS = "The council met on Monday. “We’ll open in May – at last,” said José Müller of the Café Royal, and paid €5.\r\n"
# What articles hold: letters of the larger scripts, blanks and stops.
words = st.text(st.characters(codec="utf-8", categories=["Ll", "Lu", "Lo"]), min_size=1, max_size=9)
lines = st.lists(words, min_size=2, max_size=9).map(" ".join)
ITS_OWN = {  # with characters that the encodings that these are taken for have beyond those of the name
    "cp1251": "лёд",
    "cp932": "氷①",
    "big5": "冰",
    "gb18030": "冰㐀",
    "cp949": "얼음똠",
    "euc_jp": "氷が来た",
    "iso8859-8": "קרח",
    "cp874": "น้ำ",
}


def read(content: bytes) -> str | None:
    try:
        return decoded(content, "a.txt")
    except UnreadableArticle:
        return None


def refusal(content: bytes, stated: str | None = None, *, mend: bool = False) -> str:
    with pytest.raises(UnreadableArticle) as caught:
        decoded(content, "a.txt", stated=stated, mend=mend)
    return caught.value.reason


class TestWideCharactersWithoutAMark:
    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    @pytest.mark.parametrize("text", ["A ferry", NEWS, "Лёд пришёл.\nДа.", "氷が来た。\n船は待った。\n", "نعم لا"])
    def test_they_are_known_by_their_white_space(self, text: str, encoding: str):
        assert decoded(text.encode(encoding), "a.txt") == text

    @pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
    @repeatable
    @given(text=lines)
    def test_they_are_read_right_or_not_at_all(self, text: str, encoding: str):
        assert read(text.encode(encoding)) in (text, None)

    @pytest.mark.parametrize(
        "content",
        [
            b"some words\x00 and some more wordy words",
            b"ab \x00cd \x00ef",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00",
            "Half a sentence".encode("utf-16-le")[:-1],
            b"A\x00 \x00\x00\xd8",
        ],
        ids=["damaged", "strewn with null bytes", "a picture", "cut short", "half a character"],
    )
    def test_bytes_that_only_look_like_them_are_not(self, content: bytes):
        assert "\x00" in (read(content) or "\x00")  # whoever asked for the text looks for these


class TestIso2022:
    @pytest.mark.parametrize("encoding", ["iso2022_jp", "iso2022_kr"])
    def test_it_is_known_by_its_escapes(self, encoding: str):
        text = {"iso2022_jp": "港で氷が割れた。\nThe ice broke.", "iso2022_kr": "항구에서 얼음이 깨졌다."}[encoding]
        assert decoded(text.encode(encoding), "a.txt") == text

    def test_colours_of_a_terminal_are_none(self):
        assert decoded(b"\x1b[31mred\x1b[0m", "a.txt") == "\x1b[31mred\x1b[0m"


class TestStated:
    @pytest.mark.parametrize(
        ("name", "encoding"),
        [
            ("latin1", "cp1252"),
            ("ISO-8859-1", "cp1252"),
            (" us-ascii ", "cp1252"),
            ("x-cp1251", "cp1251"),
            ("sjis", "cp932"),
            ("x-x-big5", "big5"),
            ("gb2312", "gb18030"),
            ("ks_c_5601-1987", "cp949"),
            ("x-euc-jp", "euc_jp"),
            ("iso-8859-8-i", "iso8859-8"),
            ("x-mac-roman", "mac-roman"),
            ("dos-874", "cp874"),
        ],
    )
    def test_it_goes_by_the_names_that_browsers_know(self, name: str, encoding: str):
        text = ITS_OWN.get(encoding, "Señor Åkesson")
        assert decoded(text.encode(encoding), "a.html", stated=name) == text

    @pytest.mark.parametrize("name", ["utf-8", "utf-16", "x-user-defined", "replacement", "unicode_escape", "none"])
    def test_a_name_that_cannot_be_right_is_not_followed(self, name: str):
        assert decoded(NEWS.encode("cp1252"), "a.html", stated=name) == NEWS

    def test_utf_8_counts_more_than_what_is_stated(self):
        assert decoded("Señor Ångström".encode(), "a.html", stated="windows-1252") == "Señor Ångström"

    def test_one_that_the_bytes_contradict_is_named_in_the_refusal(self):
        assert refusal("Лёд пришёл.".encode("cp866"), "euc-jp") == (
            "it is not valid UTF-8 (at byte 0), nor euc-jp, as it says, and what else it is cannot be told for sure. "
            "Save it as UTF-8."
        )

    def test_a_refusal_does_not_say_twice_that_it_is_not_utf_8(self):
        assert refusal("Лёд пришёл.".encode("cp866"), "UTF-8").lower().count("utf-8 (") == 1
        assert "nor" not in refusal("Лёд пришёл.".encode("cp866"), "UTF-8")


class TestGuess:
    @pytest.mark.parametrize(
        "text", ["“We are open”, said Ms Lind – and left.\n", "It costs 40 € a night.\n", "It’s the café’s night…\n"]
    )
    def test_quotes_and_dashes_of_windows_are_read_where_it_states_nothing(self, text: str):
        assert decoded(text.encode("cp1252"), "a.txt") == text

    def test_windows_1252_is_read_where_it_states_nothing(self):
        assert decoded(NEWS.encode("cp1252"), "a.txt") == NEWS

    @pytest.mark.parametrize(
        "text",
        [
            "El Niño llegó al puerto de Peñíscola, según la señora Núñez, y mañana seguirá.",
            "Le père Noël n’a pas été aperçu à la fenêtre, où qu’il fût, dit l’hôtelière.",
            "Søren Kierkegård fra Ærø siger, at færgen sejler igen på tirsdag.",
        ],
    )
    def test_so_are_whole_texts_of_the_languages_that_it_is_made_for(self, text: str):
        assert decoded(text.encode("cp1252"), "a.txt") == text

    @pytest.mark.parametrize("word", ["naïve", "Zoë", "Noël’s", "Anaïs", "Citroën"])
    def test_a_diaeresis_shows_by_the_vowel_before_it(self, word: str):
        text = f"The mayor spoke of the {word} of the north and paid £4."
        assert decoded(text.encode("cp1252"), "a.txt") == text

    @pytest.mark.parametrize("encoding", ["cp1251", "koi8-r"])
    def test_russian_is_told_by_its_letters(self, encoding: str):
        text = "Лёд пришёл в гавань ночью, и одиннадцать судов ждали."
        assert decoded(text.encode(encoding), "a.txt") == text

    @pytest.mark.parametrize(
        ("text", "encoding"),
        [
            ("Lech Wałęsa and Jarosław Kaczyński met on Monday.", "cp1250"),
            ("Lech Wałęsa and Jarosław Kaczyński met on Monday.", "iso8859-2"),
            ("Antonín Dvořák was born near Prague.", "cp1250"),
            ("Recep Tayyip Erdoğan spoke in Şırnak.", "cp1254"),
            ("The president, Gitanas Nausėda, met Valdis Dombrovskis in Šiauliai.", "cp1257"),
            ("José Müller paid at the café.", "mac-roman"),
            ("José Müller paid at the café.", "cp850"),
            ("Beránková said no.", "cp852"),
            ("Mr 高橋 said that the ferry sails.", "euc_jp"),
            ("Mr 张岩 said that the ferry sails.", "gbk"),
            ("The Þingvellir ferry", "cp1252"),
            ("Ingrida Simonytė spoke to Zoė.", "cp1257"),
            ("Naďa Jirešová met Zoë.", "cp1250"),
        ],
    )
    def test_a_name_is_never_turned_round_to_get_a_text(self, text: str, encoding: str):
        assert refusal(text.encode(encoding)).endswith("cannot be told for sure. Save it as UTF-8.")

    @repeatable
    @given(text=st.text("abcdefghij klm.éäöüßóç’“”–", min_size=1))
    def test_a_text_of_letters_that_are_the_same_everywhere_is_right_or_refused(self, text: str):
        with suppress(UnicodeDecodeError):
            text.encode("cp1252").decode()
            assume(text.isascii())  # others that happen to be valid UTF-8, such as "ß–", are read as that
        assert read(text.encode("cp1252")) in (text, None)


class TestMending:
    BROKEN = ("Das große Schiff fährt über den schönen See. " * 3).encode() + b"\xc3 Ende"

    def test_a_slip_in_utf_8_does_not_cost_the_rest(self):
        assert decoded(self.BROKEN, "a.html", mend=True).endswith("See. \ufffd Ende")

    def test_a_text_that_is_kept_to_the_letter_is_not_mended(self):
        assert "at byte 147" in refusal(self.BROKEN)
