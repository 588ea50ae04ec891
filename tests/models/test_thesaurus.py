"""Questions in other words: only where a word's sense is clear, in the form in which it stood."""

import random
from pathlib import Path

import pytest

from models.thesaurus import Thesaurus

# As WordNet's files are laid out: a licence, then a line for each word or synset; see wndb(5WN).
Synsets = dict[str, tuple[list[str], list[str]]]

NOUNS: Synsets = {
    "00000101": (["ship"], ["00000202"]),
    "00000202": (["vessel", "watercraft"], []),
    "00000303": (["reason", "ground"], []),
    "00000404": (["soil", "ground"], []),
    "00000505": (["child", "kid"], []),
}
VERBS: Synsets = {"00000606": (["buy", "purchase"], []), "00000707": (["cancel", "call_off"], [])}
USES = {
    "ship%1": [("1", 9)], "vessel%1": [("1", 4)], "reason%1": [("1", 8)], "ground%1": [("1", 4), ("2", 5)],
    "soil%1": [("1", 3)], "child%1": [("1", 20)], "kid%1": [("1", 6)],
    "buy%2": [("1", 20)], "purchase%2": [("1", 3)], "cancel%2": [("1", 5)], "call_off%2": [("1", 1)],
}  # fmt: skip


def write(folder: Path, name: str, part: str, synsets: Synsets) -> None:
    senses: dict[str, list[str]] = {}
    data = ["  1 the licence"]
    for offset, (words, kinds) in synsets.items():
        listed = " ".join(f"{word} 0" for word in words)
        pointers = " ".join(f"@ {kind} {part} 0000" for kind in kinds)
        data.append(f"{offset} 06 {part} {len(words):02x} {listed} {len(kinds):03d} {pointers} | as one says")
        for word in words:
            senses.setdefault(word, []).append(offset)
    index = [f"{word} {part} {len(all_)} 0 {len(all_)} 0 {' '.join(all_)}" for word, all_ in senses.items()]
    (folder / f"data.{name}").write_text("\n".join(data))
    (folder / f"index.{name}").write_text("\n".join(["  1 the licence", *index]))
    (folder / f"{name}.exc").write_text({"noun": "children child", "verb": "bought buy"}.get(name, ""))


@pytest.fixture(scope="module")
def thesaurus(tmp_path_factory: pytest.TempPathFactory) -> Thesaurus:
    folder = tmp_path_factory.mktemp("wordnet")
    write(folder, "noun", "n", NOUNS)
    write(folder, "verb", "v", VERBS)
    write(folder, "adj", "a", {})
    lines = [f"{word}:06:00:: {sense} {uses}" for word, counted in USES.items() for sense, uses in counted]
    (folder / "cntlist.rev").write_text("\n".join(lines))
    return Thesaurus(folder)


@pytest.mark.parametrize(
    ("word", "others"),
    [
        ("ship", ["vessel"]),  # the name of its kind; "watercraft" nobody says
        ("ships", ["vessels"]),
        ("bought", ["purchased"]),
        ("buying", ["purchasing"]),
        ("cancelled", ["called off"]),
        ("children", ["kids"]),
        ("vessel", []),
        ("ground", []),  # a reason as often as soil
        ("reason", []),
        ("unheard", []),
    ],
)
def test_a_word_stands_for_another_only_where_its_sense_is_clear(thesaurus: Thesaurus, word: str, others: list[str]):
    assert thesaurus.others(word) == others


def test_names_and_the_words_that_ask_stay(thesaurus: Thesaurus):
    asked = "Which Ship was bought by the children's club?"
    found = {thesaurus.reworded(asked, random.Random(seed)) for seed in range(30)}
    assert found == {asked, "Which Ship was purchased by the children's club?"}


def test_no_more_words_are_exchanged_than_said(thesaurus: Thesaurus):
    found = [thesaurus.reworded("Who bought ships, ships, ships?", random.Random(seed), 1) for seed in range(30)]
    assert all(one.count("vessels") + one.count("purchased") <= 1 for one in found)


def test_a_question_is_also_put_as_people_type_it(thesaurus: Thesaurus):
    found = {thesaurus.asked_otherwise("Why was the ship late?", random.Random(seed)) for seed in range(200)}
    assert {"Why was the ship late?", "How come was the ship late?", "why was the ship late"} <= found
