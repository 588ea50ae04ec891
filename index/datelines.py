"""A line above an article's body, or below it: when it was printed, where, and who wrote it."""

import re
from dataclasses import dataclass
from datetime import date

from index import furniture_words as words
from index.days import only_date, without_days
from index.head_lines import is_of_another_day
from index.person_names import cased, in_order, is_nobody

_LONGEST = 200  # characters; a longer line is no dateline, and needn't be looked through
_MOST_NAMES = 3  # beside the day: of a paper, a place, a part of the paper
_GONE = "¦"  # stands for what has been understood
_WIDE = re.compile(r"\s{3,}|\t+")
_TIME = re.compile(rf"(?<![\w$£€.:])(?:{words.TIME})(?![\w%])|\b(?:{words.DAY_AND_MONTH})", re.IGNORECASE)
_STAMPED_TIME = re.compile(rf"(?<!\w)(?P<stamp>{words.STAMP})\s+{words.TIME_BEHIND_A_STAMP}(?!\w)", re.IGNORECASE)
_IN_AN_EDITION = re.compile(rf"(?<!\w)(?P<stamp>{words.STAMP}){words.IN_AN_EDITION}", re.IGNORECASE)
_WEEKDAY = re.compile(rf"\b{words.WEEKDAY}(?=[,.\s]*{_GONE})|(?<={_GONE}), ?{words.WEEKDAY}(?!\w)", re.IGNORECASE)
_STAMP = re.compile(
    rf"(?:(?<=[|{_GONE}.,;·•–—-])|(?<=[|{_GONE}.,;·•–—-]\s)|^)\s*{words.STAMP}(?=\s*(?:[{_GONE}|·•,]|$))", re.IGNORECASE
)
_EDITION = re.compile(rf"(?<!\w){words.EDITION}(?!\w)", re.IGNORECASE)
# Without a year, a day may be one of the story: "Date: Sunday, 3 December", above what is played then.
_SAYS_SO = re.compile(rf"(?<!\w)(?:{words.STAMP}|{words.EDITION})(?!\w)", re.IGNORECASE)
_BYLINE = re.compile(
    rf"(?:(?<=[|{_GONE}·•.,;–—-])|(?<=[|{_GONE}·•.,;–—-]\s)|^)\s*{words.BYLINE_OPENING} (?P<names>{words.NAMES})"
    rf"(?:,? (?:in|(?P<for>for)|at|reporting from) (?P<place>(?:{words.CAPITALISED}[ ,]{{0,2}}){{1,4}})"
    rf"|, (?P<role>[^|{_GONE}·•.!?]{{2,70}}))?(?: (?:on|at)(?=\s{_GONE}))?(?=,?\s*(?:[|{_GONE}·•;/]|\s[–—-]\s|$))"
)
_FOREIGN_BYLINE = re.compile(
    rf"(?:(?<=[|{_GONE}·•.,;–—-])|(?<=[|{_GONE}·•.,;–—-]\s)|^)\s*{words.FOREIGN_BYLINE}(?=,?\s*(?:[|{_GONE}·•;/]|$))"
)
_UPDATED = re.compile(rf"(?i)[\s,;|(·•–—-]*\b(?:(?:last )?(?:updated|modified)|{words.FOREIGN_UPDATED})\b")
_EMPHASIS = re.compile(r"(?<!\w)(?:\*{1,2}|_{1,2})(?=\w)|(?<=\w)(?:\*{1,2}|_{1,2})(?!\w)")  # of Markdown
_LINK = re.compile(r"\[([^\[\]]{1,80})\]\([^()\s]{0,300}\)")  # of Markdown
_PICTURES_BY = re.compile(
    r"[|,;/·•\s]\s*(?i:photo(?:graph)?s?|photography|pictures?|images?|illustrations?|fotos?|editing)(?i: by\b|:) "
    rf"{words.NAMES}$"
)
_BY = re.compile(r"(?i)^by:?\s+")
_NAME_AND_ROLE = re.compile(
    rf"(?P<names>{words.FULL_NAME})(?:, (?:{words.ROLE}|{words.SHORT_ROLE})| [|·] {words.SHORT_ROLE})"
)
_ROLE = re.compile(words.ROLE, re.IGNORECASE)
_FROM = re.compile(r"^From (?=[A-Z])")
_FROM_A_WRITER = re.compile(rf"(?<!\w)From (?={words.FULL_NAME} (?:in|at) {words.CAPITALISED})")
_FULL_NAMES = rf"{words.FULL_NAME}(?:(?:, {words.FULL_NAME}){{0,5}} (?:and|&|{words.FOREIGN_AND}) {words.FULL_NAME})?"
_NAME_AND_PLACE = re.compile(rf"(?P<names>{_FULL_NAMES}),? (?:in|{words.FOREIGN_AT}) (?:{words.CAPITALISED} ?){{1,3}}")
_CAPITALS_AND_PLACE = re.compile(  # "NELL ASHDOWN at Dock Lane"
    rf"(?P<names>[^\W\d_a-z]{{2,}}(?: [^\W\d_a-z]{{2,}}){{1,2}}) (?:at|in) (?P<place>(?:{words.CAPITALISED} ?){{1,3}})"
)
_PLACE_BEHIND = re.compile(r" \([^\W\d_a-z][^()]{1,30}\)$")  # "Harbour Herald (Quillon)"
_PUBLISHED_BY = re.compile(r"\W*published by", re.IGNORECASE)
_BY_LAST_NAME = re.compile(rf"((?i:^by:?)) ([^\W\d_a-z]{{2,}}(?:[ -][^\W\d_a-z]{{2,}})?, {words.CAPITALISED})(?=$)")
_BY_NOBODY = re.compile(rf"((?i:\bby:?)) ((?i:{'|'.join(words.NOBODY)}))(?!\w)")
_BRACKETED = re.compile(rf"[\[(](?P<names>{words.FULL_NAME})[\])]")
_TITLE_PARTS = re.compile(r"\s+[|–—-]\s+")
_RUBRICS = re.compile(r"\s+\|\s+")
_NAME_ALONE = re.compile(_FULL_NAMES)
_SEGMENT = re.compile(rf"[|{_GONE}·•»>;]|//?(?=\s|$)|\s[-–—/]\s|[,.](?=\s|$|{_GONE})")
# A date that belongs to the words around it: "Frost of March 3, 2022", "5 March 2024 was cold".
_FILED = re.compile(rf"(?<={_GONE}) (?:in|under) [^|{_GONE}]{{2,60}}$")  # "Posted on 4 May 2026 in News"
_IN_A_SENTENCE = re.compile(rf"[^\W_]\s*{_GONE}|{_GONE}\s*[a-z]")
_SENTENCE_END = re.compile(r"(?<![ap]\.m)(?<!\b[A-Z])[.!?…][\"'”’)\]]*$")


@dataclass(frozen=True, slots=True)
class HeadLine:
    """What a line states; `kind` is "dateline" or "byline" where it does nothing else, else None.

    `dated` tells that a day, a time or an edition stands in it, apart from its other words; `is_bare` that it has none.
    """

    kind: str | None = None
    published: date | None = None
    publisher: str | None = None
    author: str | None = None
    dated: bool = False
    is_bare: bool = False


def read_head_line(line: str) -> HeadLine:
    """Return what a line states about its article."""
    line = line.strip().strip("*_ ")
    if len(line) > _LONGEST or is_of_another_day(line):
        return HeadLine()
    line = _LINK.sub(r"\1", line)
    line = _BY_LAST_NAME.sub(lambda found: f"{found[1]} {in_order(found[2])}", line)
    line = _BY_NOBODY.sub(lambda found: f"{found[1]} {found[2].title()}", line)
    line = _FROM_A_WRITER.sub("By ", _PICTURES_BY.sub(f" {_GONE}", _EMPHASIS.sub("", line)))
    if words.HOUSE_BYLINE.fullmatch(line):
        return HeadLine("byline")
    for pattern in (_BRACKETED, _NAME_AND_ROLE):
        if (
            (named := pattern.fullmatch(line))
            and not _is_only_a_paper(named["names"])
            and (author := _author(named["names"]))
        ):
            return HeadLine("byline", _day(line), paper_among(line[named.end("names") :]), author)
    rest = _understood(line)
    if words.STAMPED.match(line):
        rest = _FILED.sub("", rest)
    dated = _GONE in rest and bool(without_days(line, _GONE) != line or _SAYS_SO.search(line))
    byline = _BYLINE.search(rest) or _FOREIGN_BYLINE.search(rest)
    author = _author(byline["names"]) if byline and _is_byline(byline) else None
    by_a_paper = bool(byline and author and (_PUBLISHED_BY.match(byline[0]) or _is_the_paper(author)))
    if byline and author:
        rest = rest[: byline.start()] + _GONE + rest[byline.end() :]
    segments = [one.strip(' "“”()[]:-–—*') for one in _SEGMENT.split(rest)]
    segments = [one for one in segments if any(character.isalpha() for character in one)]
    names = [one for one in segments if one.casefold() not in words.SECTIONS]
    apart = not _IN_A_SENTENCE.search(rest)
    if not apart or not (dated or author) or not all(map(is_capitalised, names)) or len(names) > _MOST_NAMES:
        return HeadLine(dated=dated and apart)
    publisher = _publisher(line, segments, names) if dated else None
    if byline and author:
        publisher = publisher or _publisher_in(byline, by_a_paper=by_a_paper)
        author = None if by_a_paper else author
    kind = "byline" if author and not (publisher and dated) else "dateline"
    author = None if author and is_nobody(author) else author
    return HeadLine(kind, _day(line), publisher, author, dated, is_bare=not segments)


def _is_the_paper(author: str) -> bool:
    return author.startswith("The ") and is_paper(author)


def _publisher_in(byline: re.Match[str], *, by_a_paper: bool) -> str | None:
    """Return the paper that a byline names: "by A for B", "By A, B", "Published by B"."""
    if by_a_paper:
        return as_named(byline["names"]) if is_paper(byline["names"], maybe=True) else None
    if byline.groupdict().get("for") and is_paper(byline["place"], maybe=True):
        return as_named(byline["place"].strip(" ,"))
    return paper_among(byline["role"] or "")


def paper_among(behind: str) -> str | None:
    """Return the one paper in what stands behind a writer's name: "Ada Lind, town editor, Coast Daily"."""
    papers = list(filter(_is_paper_behind, behind.split(",")))
    return as_named(papers[0]) if len(papers) == 1 else None


def _day(line: str) -> date | None:
    """Return the one day in a line, or the one before that of an update."""
    return only_date(line) or only_date(_UPDATED.split(line, maxsplit=1)[0])


def is_byline_below(line: str) -> bool:
    """Tell whether a line names a writer without saying so: "Nell Ashdown", "Nell Ashdown in Vellmouth"."""
    found = _NAME_ALONE.fullmatch(line) or _NAME_AND_PLACE.fullmatch(line) or _in_capitals(line)
    return bool(found) and line.casefold() not in words.SECTIONS and not is_paper(line) and not line.isupper()


def named_alone(line: str) -> str | None:
    """Return the writers of a line that is known to be a byline, and holds their full names and nothing else."""
    is_name = _NAME_ALONE.fullmatch(line) and is_byline_below(line) and not _ROLE.fullmatch(line)
    author = _author(line) if is_name else None
    return None if author and is_nobody(author) else author


def written_by(line: str) -> str | None:
    """Return the writer named in a line such as "Nell Ashdown in Vellmouth"."""
    found = _NAME_AND_PLACE.fullmatch(line) or _in_capitals(line)
    return _author(found["names"]) if found else None


def _in_capitals(line: str) -> re.Match[str] | None:
    """Return the match of a name in capitals before a place that isn't: two teams would be written alike."""
    found = _CAPITALS_AND_PLACE.fullmatch(line)
    return found if found and found["names"].isupper() and not found["place"].isupper() else None


def paper_in(line: str) -> str | None:
    """Return the name of the paper that a line without a date consists of, sections and editions aside."""
    rest = _EDITION.sub(_GONE, _WIDE.sub(" | ", _LINK.sub(r"\1", line.strip().strip("*_# "))))
    segments = [one.strip() for one in _SEGMENT.split(rest)]
    named = [one for one in segments if any(map(str.isalpha, one)) and one.casefold() not in words.SECTIONS]
    name = _PLACE_BEHIND.sub("", named[0]) if len(named) == 1 else ""
    return as_named(name) if is_paper(name, maybe=name.isupper()) else None


def paper_beside_a_byline(line: str) -> str | None:
    """Return the paper that a line between a byline and a day names: "Harbour & Hill Weekly"."""
    name = line.strip().strip("*_ ")
    is_one = is_paper(name, maybe=True) and name.rsplit(maxsplit=1)[-1].casefold() in words.PAPERS_BESIDE_A_BYLINE
    return as_named(name) if is_one else None


def paper_behind(title: str) -> tuple[str | None, str | None]:
    """Return the headline and the paper of a line such as "Ice holds ships | The essay | Coast Gazette", else none."""
    *above, last = _TITLE_PARTS.split(title)
    if not above or not _is_only_a_paper(last):
        return None, None
    rest = title.removesuffix(last).rstrip(" |–—-")
    told = [part for part in _RUBRICS.split(rest) if part.casefold() not in words.SECTIONS]
    return (told[0] if told and " " in told[0] else rest), as_named(last)


def is_paper(name: str, *, maybe: bool = False) -> bool:
    """Tell whether a name is a paper's; with `maybe`, also where something else must make it sure."""
    parts = name.split()
    if not 1 <= len(parts) <= 5 or not is_capitalised(name):
        return False
    first, last = parts[0].casefold(), parts[-1].casefold()
    is_of_somewhere = first in words.PAPER_ARTICLES and len(parts) > 2
    ends = {last, parts[1].casefold()} if is_of_somewhere else {last}  # "The Times of Vellmouth"
    if len(parts) > 1 and (ends & words.PAPERS or (first in words.PAPER_BEGINNINGS and len(parts) <= 3)):
        return True
    if last.endswith(words.PAPER_ENDINGS) or (len(parts) > 1 and name.casefold().endswith(words.AGENCIES)):
        return True
    lowered = {part.casefold() for part in parts}
    no_papers = lowered & (words.PLACES_WITH_THE | words.ORGANISATIONS | words.OFFICES) or last.endswith("s")
    with_the = first == "the" and 2 <= len(parts) <= 4 and not no_papers
    return maybe and (with_the or (len(parts) > 1 and last in words.MAYBE_PAPERS))


def _is_only_a_paper(name: str) -> bool:
    """Tell whether a name is a paper's, and neither a part's of one nor a person's: "Book Review", "Emily Post"."""
    return is_paper(name) and name.rsplit(maxsplit=1)[-1].casefold() not in words.PAPERS_OR_SECTIONS


def is_capitalised(name: str) -> bool:
    """Tell whether every word begins with a capital, those between the parts of names aside."""
    return (
        all(not part[0].islower() or part in words.PARTICLES for part in name.split()) and name[:1] == name[:1].upper()
    )


def as_named(name: str) -> str:
    """Return a paper's name as it is written in a text: a masthead in capitals is set so, and is no other paper."""
    name = " ".join(name.split())
    if not name.isupper():
        return name
    return " ".join(_cased(part, first=not place) for place, part in enumerate(name.split()))


def _cased(word: str, *, first: bool) -> str:
    lowered = word.lower()
    if lowered in words.PARTICLES and not first:
        return lowered
    is_acronym = not re.search("[aeiouyäöüåæøáéíóú]", lowered) or (len(word) < 4 and lowered not in words.NO_ACRONYMS)
    return word if is_acronym else word.capitalize()


def _understood(line: str) -> str:
    rest = without_days(_IN_AN_EDITION.sub(r"\g<stamp>", _WIDE.sub(" | ", line)), _GONE)
    rest = _TIME.sub(_GONE, _STAMPED_TIME.sub(rf"\g<stamp> {_GONE}", rest))
    rest = _WEEKDAY.sub(_GONE, _WEEKDAY.sub(_GONE, rest))
    rest = _EDITION.sub(f"|{_GONE}", rest)
    return _STAMP.sub(_GONE, _STAMP.sub(_GONE, rest))


def _is_byline(found: re.Match[str]) -> bool:
    """Tell "By Ada Lind, health editor" from "By Monday, three ships had come"."""
    names = found["names"].split()
    if found["role"] is None:
        return True
    return len(names) > 1 and len(found["role"].split()) <= 8


def _is_paper_behind(role: str) -> bool:
    """Tell whether what stands behind a writer's name is a paper: "By Ada Lind, Coast Daily"."""
    return is_paper(role.strip(), maybe=True) and not _ROLE.fullmatch(role.strip())


def _author(names: str) -> str | None:
    names = _BY.sub("", names)
    parts = names.replace(",", "").split()
    if any(part.casefold().strip(".") in words.NO_NAMES for part in parts):
        return None
    return cased(names.rstrip(" .,"))


def _publisher(line: str, segments: list[str], named: list[str]) -> str | None:
    """Return the paper that a dateline names, where it is sure: a place may stand there, or a section."""
    if not named:
        return None
    behind = list(filter(_is_only_a_paper, named[1:]))
    stated = behind[0] if len(behind) == 1 and not is_paper(named[0]) else named[0]
    name = _FROM.sub("", stated)
    beside_a_section = len(segments) > 1 and segments[0] == stated and segments[1].casefold() in words.SECTIONS
    sure = bool(_day(line)) or words.PERIODICAL.search(line) is not None
    if is_paper(name, maybe=sure) or (words.PERIODICAL.search(line) and segments[0] == stated):
        return as_named(name)
    return as_named(name) if beside_a_section and sure and not name.isupper() else None
