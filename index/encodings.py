"""Bytes become characters: in the encoding that they are in, and a file is refused where that cannot be told.

What a file's mark, its bytes or its own statement show is certain. What is left is guessed at, and a guess must be
better than likely: in the wrong encoding a text reads well but for its names, and those are what it is asked for.
"""

import re
from contextlib import suppress

import regex
import webencodings

from index.errors import UnreadableArticle

BINARY_FILE = "it is a binary file, not text. Remove it, or save what it says as text."

_MARKS = (  # UTF-32's first: it begins like UTF-16's
    ("utf-8", b"\xef\xbb\xbf"),
    ("utf-32-le", b"\xff\xfe\x00\x00"),
    ("utf-32-be", b"\x00\x00\xfe\xff"),
    ("utf-16-le", b"\xff\xfe"),
    ("utf-16-be", b"\xfe\xff"),
)
_SHIFTS = (  # ISO 2022 keeps to seven bits and says in front where its two-byte characters begin
    (re.compile(rb"\x1b\$[@B]"), ("iso2022_jp", "iso2022_jp_ext")),
    (re.compile(rb"\x1b\$\)C"), ("iso2022_kr",)),
)
# Nearly all old files of Latin script are in one of these: what reads the same in all is sure.
_LATIN = ("cp1252", "cp1250", "cp1254", "cp1257", "iso8859-2")
# What a detector calls them, and what browsers take them for. Those that it mistakes too often are not here.
_TRUSTED = {
    **dict.fromkeys(("iso-8859-1", "iso-8859-15", "windows-1252"), "cp1252"),
    "windows-1251": "cp1251",
    "koi8-r": "koi8-r",
}
# Blanks with their two bytes exchanged: EN QUAD and two that stand in no text of the others' kind.
_EXCHANGED_SPACE = re.compile("[\u2000\u0a00\u0d00]")
_OF_OTHER_SYSTEMS = ("ibm", "mac")  # DOS and old Macs: there, the same bytes are other letters
_CYRILLIC = frozenset({"windows-1251", "koi8-r"})
_FEWEST_CYRILLIC = 10
_CAPITAL_BEFORE_A_DIGIT = regex.compile(r"[\p{Lu}--[A-Z]]\d", regex.VERSION1)
_ONLY_SIGNS = re.compile("[\x00-\x7f£§°€‘’“”–—…•½¼¾±×·²³]*")  # no letter, which could be another
_BEYOND_ASCII = re.compile(r"[^\W\d_a-zA-Z]")  # letters; all of Windows' encodings have the same quotes and dashes
_CONTROLS = re.compile("[\x80-\x9f]")
# "Zoë", "naïve" in Windows-1252: two dots part a vowel from the one before, where no other encoding's letter stands.
_DIAERESIS = re.compile(rb"(?<=[aeiou])(?:\xeb|\xef(?=[b-df-hj-np-tv-z]))")
_MAX_DETECTED = 1_000_000  # bytes; more tells no more
_NO_TEXT = regex.compile(r"[\p{Cc}\p{Cn}\p{Co}\p{Cs}--\t\n\f\r\x1b]", regex.VERSION1)
_MISREAD = regex.compile(
    r"[\p{Cc}\p{Cn}\p{Co}--\t\n\f\r]"  # no text has them
    r"|\p{Latin}[\p{Cyrillic}\p{Greek}]|[\p{Cyrillic}\p{Greek}]\p{Latin}"  # a word has letters of one script
    r"|\p{Ll}[\p{Lu}--[A-Z]]"  # "RenÈ"
    r"|\p{L}[[\p{S}--\p{ASCII}]¡§¶¿†‡‰‚„‹¹²³¼½¾‘“”…]\p{L}|\p{L}[‚„¿¡†‡‰]|[†‡‰™]\p{L}|[\u2500-\u259f]"  # "Jos‚"
    r"|\p{L}\u00a0[\p{Ll}\s.,]"  # DOS has á in its place
    r"|[ÐðÞþÝýŸÿ¤ƒ]",  # in Windows-1252 alone, which others use for letters that are more frequent
    regex.VERSION1,
)


def decoded(content: bytes, file: str, *, stated: str | None = None, mend: bool = False) -> str:
    """Return the characters of a file's bytes, less a byte order mark. Raises UnreadableArticle when they are no text.

    `stated` is the encoding that the file says it has, by any name that browsers know. That is often wrong, so what
    the bytes show comes first. With `mend`, U+FFFD stands for a slip here and there in UTF-8.
    """
    encoding, mark = next(((name, mark) for name, mark in _MARKS if content.startswith(mark)), ("utf-8", b""))
    body = content[len(mark) :]
    if not mark and (text := _shifted(body) or _wide(body)):
        return text
    try:
        return body.decode(encoding)
    except UnicodeDecodeError as error:
        where = f"valid {encoding.upper()} (at byte {error.start + len(mark)})"
    if mark:
        raise UnreadableArticle(file, f"it is not {where}. Save it as UTF-8.")
    if 0 in body:  # the sign of a binary file rather than of another encoding
        raise UnreadableArticle(file, BINARY_FILE)
    if text := _as_stated(body, stated) or (_mended(body) if mend else None) or _guessed(body):
        return text
    also = f", nor {stated}, as it says" if stated and webencodings.lookup(stated) is not webencodings.UTF8 else ""
    raise UnreadableArticle(
        file, f"it is not {where}{also}, and what else it is cannot be told for sure. Save it as UTF-8."
    )


def _shifted(body: bytes) -> str | None:
    """Return the text of ISO 2022, which could be taken for ASCII with control characters in it."""
    for sign, encodings in _SHIFTS:
        if b"\x1b" in body and sign.search(body):
            for encoding in encodings:
                with suppress(UnicodeDecodeError):
                    return body.decode(encoding)
    return None


def _wide(body: bytes) -> str | None:
    """Return the text of UTF-16 or UTF-32 without a mark, which shows by the null bytes of white space."""
    if b"\x00" not in body or len(body) % 2:
        return None
    for encoding in ("utf-32-le", "utf-32-be"):
        with suppress(UnicodeDecodeError):
            text = body.decode(encoding)
            return None if _NO_TEXT.search(text) else text
    if body.count(0) * 4 < len(body) and _is_plain(body.replace(b"\x00", b"")):
        return None  # one byte a character, and null bytes strewn in: damaged
    found = []
    for encoding in ("utf-16-le", "utf-16-be"):
        with suppress(UnicodeDecodeError):
            text = body.decode(encoding)
            if re.search(r"[ \r\n]", text) and not _EXCHANGED_SPACE.search(text) and not _NO_TEXT.search(text):
                found.append(text)
    return found[0] if len(found) == 1 else None


def _is_plain(body: bytes) -> bool:
    with suppress(UnicodeDecodeError):
        return not _NO_TEXT.search(body.decode())
    return False


def _as_stated(body: bytes, stated: str | None) -> str | None:
    """Return the text in the encoding of this name, as browsers know it; None when it has another."""
    encoding = webencodings.lookup(stated) if stated else None
    if encoding is None or encoding.name in ("replacement", "x-user-defined") or encoding.name.startswith("utf-"):
        return None  # browsers, too, take a page for UTF-8 that says UTF-16 in single bytes
    with suppress(UnicodeDecodeError):
        # GBK's decoder is GB 18030's, which has more characters.
        return body.decode("gb18030") if encoding.name == "gbk" else encoding.codec_info.decode(body, "strict")[0]
    return None


def _mended(body: bytes) -> str | None:
    """Return the text of UTF-8 that was cut short or has a slip in it."""
    text = body.decode(errors="replace")
    broken = text.count("\ufffd")
    return text if broken * 4 < len(body) - len(body.decode("ascii", "ignore")) - broken else None


def _guessed(body: bytes) -> str | None:
    """Return the text of bytes that state no encoding, if it is the same in all that they may be in, or well told."""
    without = _DIAERESIS.sub(b"e", body)
    if without != body:
        text = without.decode() if without.isascii() else _guessed(without)
        read = body.decode("cp1252", "replace")
        return read if text == _DIAERESIS.sub(b"e", body).decode("cp1252", "replace") else None
    from cchardet import detect  # noqa: PLC0415 - few files need it

    lines = b"\n".join(line for line in body.split(b"\n") if not line.isascii())
    guess = (detect(lines[:_MAX_DETECTED])["encoding"] or "").lower()
    texts = set()
    for encoding in _LATIN:
        with suppress(UnicodeDecodeError):
            texts.add(body.decode(encoding))
    # ISO's have controls where Windows' have quotes, and some have capitals where others have signs: "Ł40", "£40".
    texts = {text for text in texts if not (_CONTROLS.search(text) or _CAPITAL_BEFORE_A_DIGIT.search(text))}
    if len(texts) == 1 and _ONLY_SIGNS.fullmatch(text := next(iter(texts))):
        return text
    if len(texts) != 1:
        texts = set()
        with suppress(UnicodeDecodeError, KeyError):
            texts.add(body.decode(_TRUSTED[guess]))
    if len(texts) != 1 or guess.startswith(_OF_OTHER_SYSTEMS):
        return None
    text = texts.pop()
    foreign = guess in _CYRILLIC and _BEYOND_ASCII.search(text) and not _is_cyrillic(text)
    return None if _MISREAD.search(text) or foreign else text


def _is_cyrillic(text: str) -> bool:
    """Tell whether Cyrillic letters are many and mostly small: two-byte characters, misread, are few or capitals."""
    capitals, others = len(re.findall("[Ѐ-Я]", text)), len(re.findall("[а-џ]", text))
    return others >= max(_FEWEST_CYRILLIC, capitals * 2)
