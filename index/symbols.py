"""The signs of the font Symbol, which documents write as letters of other fonts: its "m" is a µ."""

_FROM_BLANK = " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
_FROM_EURO = "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…|—↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊⟨®©™∑"
_SIGNS = {0x20 + place: sign for place, sign in enumerate(_FROM_BLANK)}
_SIGNS |= {0xA0 + place: sign for place, sign in enumerate(_FROM_EURO)}
_SIGNS |= {0xF1: "⟩", 0xF2: "∫"}
_PRIVATE = 0xF000  # where programs put the signs of such fonts in Unicode


def sign_of(code: int, font: str) -> str:
    """Return what a font of signs shows for a byte, or for a code of Unicode's private use: a bullet but for Symbol.

    Other codes are what they are in any font.
    """
    code = code - _PRIVATE if _PRIVATE <= code <= _PRIVATE + 0xFF else code
    if code > 0xFF or code == 0x20:
        return chr(code)
    return _SIGNS.get(code, "•") if font.casefold() == "symbol" else "•"
