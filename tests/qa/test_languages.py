"""A judge of English is asked about English; what is quoted from an article is never foreign."""

import pytest

from qa.languages import is_in_another_language

EVIDENCE = "Anselm Krug, a potter, built the oven of La Paz in 1911."


@pytest.mark.parametrize(
    "statement",
    [
        "Anselm Krug hat den Ofen mit Lehm gebaut.",
        "Der Ofen wurde 1911 von Anselm Krug gebaut.",
        "Le four a été construit par Anselm Krug en 1911.",
        "El horno fue construido por Anselm Krug en 1911.",
        "Il forno è stato costruito da Anselm Krug nel 1911.",
        "Печь построил Ансельм Круг в 1911 году.",
        "炉は1911年に作られた。",
    ],
)
def test_another_is_told(statement: str) -> None:
    assert is_in_another_language(statement, EVIDENCE)


@pytest.mark.parametrize(
    "statement",
    [
        "Anselm Krug built the oven in 1911.",
        "Krug built it.",
        "Potter Krug made La Paz's oven.",
        "The oven, die and mould were his.",
        "1911",
        "",
    ],
)
def test_english_is_not(statement: str) -> None:
    assert not is_in_another_language(statement, EVIDENCE)
