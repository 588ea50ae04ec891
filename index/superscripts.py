"""What stands raised behind a word or a number: a note's sign goes, a power or an ordinal stays readable."""

import re
from collections.abc import Collection

_SQUARED = {"2": "²", "3": "³"}
_NUMBERS = re.compile(r"\[?\s*\d{1,3}(?:\s*[,;–-]\s*\d{1,3})*\s*[\])]?")
_SIGNS = re.compile(r"[*†‡§¶#∗⁎,;.\s\[\]()↩↑⇑^]+")
_BRACKETED = re.compile(r"\[[^\[\]]*\]")
_PAGES = re.compile(r":\s?[\divxlc]+(?:\s?[-–,]\s?[\divxlc]+)*")  # of a book that a note names
_POWER = re.compile(r"[+−–-]?\s?(?:\d+(?:[.,/]\d+)?|[a-z])(?:\s?[+−–*·/-]\s?(?:\d+|[a-z]))*")
# What is squared, cubed or counted by the second; a single letter is a variable.
_UNIT = re.compile(
    r"(?:^|[^\w])(?:(?:[kcdmnµμ]?m|ft|in|yd|mi|km/s|m/s|k?g|[mµμ]?s|sec|min|hr?|[a-zA-Z]|mc|[kmg]?W|cal|ha)"
    r"|sq|[=+·×*/(]\s?[a-zA-Z]{1,2})$"
)
_SUM = re.compile(r"[+−–*·×/=<>^-]\s*[\w()., ]*$")
_SUM_BEHIND = re.compile(r"\s*[=+−×·*/<>≈^]")
_BASE_TEN = re.compile(r"(?:^|[^\w.,]\s?)10$")
_PRICE = re.compile(r"[£$€¥]\s?\d+[.,]?$")
_HOUR = re.compile(r"(?i)\b(?:at|from|until|till|by|before|after)\s(?:1?\d|2[0-4])$")
_MINUTES = re.compile(r"[0-5][05]")
_WHOLE = re.compile(r"(?:^|[^\w.,])\d+$")
_CURRENCY = re.compile(r"(?i)\s?(?:[£$€¥]|(?:euros?|crowns?|kroner|francs?|dollars?|pounds?|kr|chf|eur|usd|zł|kč)\b)")
_NUMBER = re.compile(r"(?:^|[^\w.,])(?:[+−-]?\d+(?:[.,]\d+)*)$")


def raised(before: str, sign: str, after: str, *, is_note: bool, notes: Collection[str] = ()) -> str:
    """Return what `sign`, which stands raised between `before` and `after`, becomes in the text: "" for a note's sign.

    `is_note` says that the document marks it as a note's, `notes` holds the signs with which its notes begin.
    """
    sign = " ".join(sign.split())
    if not sign:
        return ""
    if not before.strip():  # a note begins with it, or an isotope's mass ("¹⁴C")
        return sign if after[:1].isalpha() and after[:1].isupper() and sign.isdigit() and not is_note else f"{sign} "
    if is_note or _SIGNS.fullmatch(sign) or _PAGES.fullmatch(sign) or _BRACKETED.fullmatch(sign):
        return ""
    if len(sign) == 2 and sign.isdigit() and sign not in notes:
        if _PRICE.search(before) or (_WHOLE.search(before) and _CURRENCY.match(after)):
            return sign if before[-1] in ".," else f".{sign}"
        if _HOUR.search(before) and _MINUTES.fullmatch(sign):
            return f":{sign}"
    if after.lstrip()[:1] in ("/", "⁄") and sign.isdigit() and not _BASE_TEN.search(before):  # 4 1/2
        return f" {sign}" if before[-1:].isdigit() else sign
    if before[-1].isspace() and after[:1].isalpha() and sign.isdigit():  # an isotope's mass
        return sign
    if _is_power(before, sign, after, notes):
        return _SQUARED[sign] if sign in _SQUARED and before[-1].isalpha() else f"^{sign}"
    if sign in notes or _NUMBERS.fullmatch(sign):
        return ""
    return sign if " " not in sign and len(sign) <= 6 else f" {sign}"  # 21st, Mme, ™


def _is_power(before: str, sign: str, after: str, notes: Collection[str]) -> bool:
    if not _POWER.fullmatch(sign) or before[-1].isspace():
        return False
    is_signed = not sign[0].isalnum()
    if before[-1].isdigit():
        number = _NUMBER.search(before)
        base = number[0].strip(" (×*·=+−-/") if number else ""
        in_sum = bool(_SUM_BEHIND.match(after) or (number and _SUM.search(before[: number.start() + 1])))
        if sign.isalpha():  # "1e" is the first of something; 2^n
            return in_sum and sign not in notes
        return is_signed or base == "10" or (sign not in notes and (base == "2" or in_sum))
    if before[-1] in ")]":
        inside = before[before.rfind("(["[before[-1] == "]"]) :]
        return bool(re.search(r"[+−×·*/^]|\w\s-\s\w", inside)) or bool(_SUM_BEHIND.match(after))
    if before[-1].isalpha():
        is_short = bool(_UNIT.search(before))
        return is_short and (is_signed or sign in _SQUARED or not sign.isdigit() or bool(_SUM_BEHIND.match(after)))
    return False
