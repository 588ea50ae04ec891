"""Which row and which column of a table a question names, and which of its words the table leaves unexplained.

A name is named by all of its words, in any order. Nothing is guessed: where two rows or two columns fit, none does.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath

from index.verbs import with_other_forms
from index.words import content_words, names, stems
from qa.heading_words import asking_words, heads_for
from qa.same_answer import answer_key
from qa.tables import Row, Table

_BRACKETED = re.compile(r"[(\[][^)\]]*[)\]]")
_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W\d_]")
_TIME_LIKE = re.compile(
    r"\d[:.]\d\d|[ap]\.?m\b|(?:1\d|20)\d\d|\b\d{1,2}\b.*[^\W\d_]{3}|[^\W\d_]{3,}day\b", re.IGNORECASE
)
_ASKS_WHEN = re.compile(r"^\W*(?:\w+\W+){0,2}when\b", re.IGNORECASE)
_ASKS_HOW_MANY = re.compile(r"\bhow (?:many|much)\b", re.IGNORECASE)
_ASKS_WHO = re.compile(r"^\W*who\b", re.IGNORECASE)
_NOUN = re.compile(r"\b(?:which|what)\s+(?:(?:of\s+)?the\s+)?(?P<noun>[^\W\d_]+)", re.IGNORECASE)
_MANY = re.compile(r"\bhow many\s+(?P<noun>[^\W\d_]+)", re.IGNORECASE)
_LONGEST_CAPTION = 80  # characters; a longer line above a table is a sentence
_SUMS = frozenset(stems("total totals subtotal sum all overall average mean median altogether combined whole grand"))
# "In the fire", "during the strike": of an article that tells of it, the table does.
_CIRCUMSTANCE = re.compile(r"\b(?:in|during|at|on|for|after)\s+(?:the|this|that)\s+([^\W\d_]+)\b", re.IGNORECASE)
_OTHER_TIMES = frozenset("last next previous earlier later year month week season yesterday tomorrow ago".split())
# What a question is built of, whatever it asks for.
_BUILT_OF = frozenset(
    stems(
        "many much number amount figure total people person persons exactly according list name give tell all "
        "get gets got win wins won have had take takes took find found use uses used make made cost costs"
    )
) - frozenset(stems("total take takes took cost costs"))


@dataclass(frozen=True)
class Asked:
    """A question as tables are asked it."""

    text: str

    @cached_property
    def stems(self) -> frozenset[str]:
        """All of its words."""
        return frozenset(stems(self.text))

    @cached_property
    def heads(self) -> frozenset[str]:
        """The words of headings that it asks for without naming them."""
        return heads_for(self.stems, self.text)

    @cached_property
    def noun(self) -> str:
        """The stem of what it asks for: the word behind "which", "what" or "how many", if there is one."""
        found = _MANY.search(self.text) or _NOUN.search(self.text)
        return stems(found["noun"])[0] if found else ""

    def names(self, heading: str) -> bool:
        """Tell whether all of a heading's words stand in the question."""
        words = heading_stems(heading)
        return bool(words) and words <= self.stems

    def fits(self, texts: Collection[str]) -> bool:
        """Tell whether most of a column's cells are of the kind that the question asks for: times, numbers, words."""
        kind = (
            _TIME_LIKE
            if _ASKS_WHEN.search(self.text)
            else _DIGIT
            if _ASKS_HOW_MANY.search(self.text)
            else _LETTER
            if _ASKS_WHO.search(self.text)
            else None
        )
        return kind is None or 2 * sum(bool(kind.search(text)) for text in texts) > len(texts)


@lru_cache(maxsize=16_384)
def heading_stems(heading: str) -> frozenset[str]:
    """Return the stems that name a heading or a row: its words of content, without what stands in brackets."""
    bare = _BRACKETED.sub(" ", heading)
    found = content_words(bare if re.search(r"\w", bare) else heading)
    return frozenset(stem for word in found for stem in stems(word))


def named_columns(table: Table, asked: Asked) -> tuple[list[int], bool]:
    """Return the columns that a question names, and whether in full rather than by words that mean the same.

    What names the rows is none of them. Of two, one whose heading holds the other's is meant alone; more than one is
    returned where the question leaves them open.
    """
    columns = [one for one in range(len(table.columns)) if one != table.names and table.columns[one]]
    fitting = [one for one in columns if asked.fits(texts_of(table, one))]
    named = _narrowest(table, [one for one in fitting if asked.names(table.columns[one])])
    if len(named) > 1 and asked.noun:
        wanted = [one for one in named if asked.noun in heading_stems(table.columns[one])]
        named = wanted or named
    if named:
        return named, True
    meant = [
        one
        for one in fitting
        if (own := heading_stems(table.columns[one])) and own <= with_other_forms(asked.stems) | asked.heads
    ]
    if len(meant) > 1 and asked.noun:
        meant = [one for one in meant if asked.noun in heading_stems(table.columns[one])] or meant
    return (meant, False) if meant else (_touched(table, fitting, asked), False)


def texts_of(table: Table, column: int) -> list[str]:
    """Return the words of a column's filled cells."""
    return [row.cells[column].text for row in table.rows if column in row.cells]


def _narrowest(table: Table, columns: Iterable[int]) -> list[int]:
    found = {one: heading_stems(table.columns[one]) for one in columns}
    return [one for one, words in found.items() if not any(words < other for other in found.values())]


def _touched(table: Table, columns: Collection[int], asked: Asked) -> list[int]:
    """Return the columns of which a question holds some words, where those belong to several: it leaves them open."""
    wanted = asked.stems | asked.heads
    found = [one for one in columns if heading_stems(table.columns[one]) & wanted]
    return found if len(found) > 1 else []


def is_sum(table: Table, row: Row) -> bool:
    """Tell whether a row sums others up, by its name: "Total", "All schools" where each row is a school."""
    words = set(stems(table.name(row)))
    return not words or bool(words & _SUMS and words <= _SUMS | heading_stems(table.columns[table.names]) | _BUILT_OF)


def named_rows(table: Table, asked: Asked) -> list[Row]:
    """Return the rows that a question names by all words of their names; a longer name is meant alone."""
    found = [row for row in table.rows if asked.names(table.name(row))]
    # "All schools" is named by no school.
    found = [row for row in found if not is_sum(table, row) or asked.stems.issuperset(stems(table.name(row)))]
    named = {row.span: heading_stems(table.name(row)) for row in found}
    return [
        row for row in table.rows if row.span in named and not any(named[row.span] < other for other in named.values())
    ]


def half_named_rows(table: Table, asked: Asked) -> list[Row]:
    """Return the rows of whose names a question holds some words that head no column, where all hold the same."""
    known = frozenset(stem for heading in table.columns for stem in heading_stems(heading))
    held = [(row, (heading_stems(table.name(row)) - known) & asked.stems) for row in table.rows]
    most = max((len(words) for _, words in held), default=0)
    best = [(row, words) for row, words in held if words and len(words) == most]
    return [row for row, _ in best] if len({words for _, words in best}) == 1 else []


def narrowed(
    table: Table, rows: Collection[Row], asked: Asked, but: Collection[int] = (), named: Collection[str] = ()
) -> tuple[list[Row], list[int]]:
    """Return those of these rows whose other cells say what the question does, and the columns that tell.

    Two values of one column leave it open, and nothing is left of the rows. What the question says of a column's
    heading, or of the names `named`, it says of no cell.
    """
    taken = {stem for words in (*table.columns, *named) for stem in heading_stems(words)}
    kept, by = list(rows), []
    for column in range(len(table.columns)):
        if column == table.names or column in but:
            continue
        texts = [text for text in texts_of(table, column) if _says(text, column, table, asked)]
        said = {answer_key(text): words for text in texts if not (words := heading_stems(text)) <= taken}
        said = {key: words for key, words in said.items() if not any(words < other for other in said.values())}
        if said:
            kept = [row for row in kept if column in row.cells and {answer_key(row.cells[column].text)} == set(said)]
            by.append(column)
    return kept, by


def holds_more(rows: Iterable[Row], kept: Row, by: Collection[int]) -> bool:
    """Tell whether a row's cell says more than that of a row which was kept: "against, by two votes" may be it too."""
    said = {one: heading_stems(kept.cells[one].text) for one in by}
    return any(said[one] < heading_stems(row.cells[one].text) for row in rows for one in by if one in row.cells)


def _says(text: str, column: int, table: Table, asked: Asked) -> bool:
    """Tell whether a question holds a cell's words; a number, and "for" or "no", only with what heads the column."""
    if not asked.names(text):
        return False
    is_plain = _LETTER.search(text) is not None and not set(stems(text)) <= _NO_CONTENT
    return is_plain or asked.names(table.columns[column])


_NO_CONTENT = frozenset(stems("for against no yes none all any own other same a an the on off in out"))


def unexplained(table: Table, asked: Asked, by: Iterable[str]) -> tuple[set[str], set[str]]:
    """Return the words of a question that a table doesn't hold: its names and numbers, and its other words.

    `by` are the names and headings that the question is taken to name. A name that the article's text holds is
    explained where it doesn't stand beside one of them, which it would make another's; a number is not, for the
    article may tell of another year.
    """
    passage = table.passage
    words_of = [*by, *table.columns, table.above, passage.title or "", PurePosixPath(passage.file).stem]
    captions = [line for line in (*table.above.splitlines(), passage.title or "") if len(line) <= _LONGEST_CAPTION]
    heads = frozenset(stem for heading in (*table.columns, *captions) for stem in heading_stems(heading))
    told = with_other_forms(stem for text in words_of for stem in stems(text))
    held = told | asking_words(heads) | _BUILT_OF
    text = frozenset(stems(passage.chunk.text))
    circumstances = {word.lower() for word in _CIRCUMSTANCE.findall(asked.text) if text.issuperset(stems(word))}
    found = [
        word for word in content_words(asked.text) if not held.issuperset(stems(word)) and word not in circumstances
    ]
    capitals = names(asked.text) if asked.text != asked.text.lower() else set()
    first = content_words(asked.text)[:1]
    apart = {
        word for word in found if (word in capitals and [word] != first) or _DIGIT.search(word) or word in _OTHER_TIMES
    }
    named = {word for word in apart if word in capitals and text.issuperset(stems(word))}
    unknown = apart - {word for word in named if not _beside(word, asked.text, by)}
    return unknown, set(found) - apart


def _beside(word: str, question: str, by: Iterable[str]) -> bool:
    """Tell whether a name stands right beside one of these in a question: "Hale Park" is not Hale."""
    found = question.lower()
    written = [re.escape(one.lower()) for one in by if one]
    return any(re.search(rf"\b{re.escape(word)}\s+{one}\b|\b{one}\s+{re.escape(word)}\b", found) for one in written)
