"""How the time of each of our patterns grows with its text: `python -m bench.patterns`.

Python's `re` tries one way after the other, and a pattern that can match one stretch in several ways takes quadratic
time, or worse, where in the end none of them fits. For every repetition in a pattern, texts are made that go through it
again and again and then fail; the pattern searches them at three lengths, up to what its room is given at once. Printed
is what grows faster than its text, by the processor's seconds that the longest took. Many are matched at one place only
and not searched for: of those the figure is too high.
"""

import argparse
import importlib
import pkgutil
import random
import re
import signal
import sys
import time
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from rich.console import Console
from rich.table import Table

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as named  # how Python itself reads a pattern
    from re import _parser as parser

# The characters that a room's patterns are given at most: a question or a sentence, in which blanks are single ones
# (qa.questions.one_line); a long line of a file; a request's head.
ROOMS = {"qa": 2_000, "index": 32_000, "api": 32_000}
STEPS = (16, 4, 1)  # parts of that
TOO_LONG = 2  # seconds, after which a search is given up
WORTH_A_LINE = 0.05  # seconds for the longest text
FASTER_THAN_TEXT = 2.5  # times the growth of the text: linear patterns reach 1.3, quadratic ones 4
SAMPLES = 3  # of each repetition
ENDS = ("", "\0", "\n\0", ".", " x", '"')
Parsed = Iterable[tuple[Any, Any]]  # operations with their arguments, as `re` holds a parsed pattern
_CLASSES = {
    named.CATEGORY_SPACE: " ",
    named.CATEGORY_DIGIT: "7",
    named.CATEGORY_WORD: "ab",
    named.CATEGORY_NOT_SPACE: "ab7",
    named.CATEGORY_NOT_DIGIT: "ab ",
    named.CATEGORY_NOT_WORD: " -.",
}
_ANY = "ab7 ."


@dataclass(frozen=True, slots=True)
class Growth:
    """A pattern, where it stands, and the seconds of its worst text at each of STEPS (as far as they were tried)."""

    where: str
    pattern: str
    seconds: tuple[float, ...]
    text: str

    @property
    def faster(self) -> float:
        """How many times faster than the text the time grew, over the last step."""
        before, last = self.seconds[-2:]
        return last / max(before, 1e-5) / (STEPS[0] / STEPS[1])

    @property
    def is_told(self) -> bool:
        """Whether it is slow, and grows faster than the text or never ended."""
        return self.seconds[-1] >= TOO_LONG or (self.seconds[-1] > WORTH_A_LINE and self.faster > FASTER_THAN_TEXT)


class Writer:
    """Writes texts that fit a part of a parsed pattern."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance

    def fits(self, part: Parsed) -> str:
        """Return a text for a sequence of operations; what looks around adds nothing."""
        return "".join(self._of(operation, argument) for operation, argument in part)

    def _of(self, operation: object, argument: Any) -> str:  # noqa: ANN401 - as `re` holds it
        chance = self._chance
        match operation:
            case named.LITERAL:
                return chr(argument)
            case named.NOT_LITERAL:
                return chance.choice([one for one in _ANY if ord(one) != argument])
            case named.ANY:
                return chance.choice(_ANY)
            case named.IN:
                return self._one_of(argument)
            case named.BRANCH:
                return self.fits(chance.choice(argument[1]))
            case named.SUBPATTERN:
                return self.fits(argument[-1])
            case named.ATOMIC_GROUP:
                return self.fits(argument)
            case named.MAX_REPEAT | named.MIN_REPEAT | named.POSSESSIVE_REPEAT:
                least, most, body = argument
                return "".join(self.fits(body) for _ in range(min(max(least, 1), most)))
        return ""

    def _one_of(self, choices: list[tuple[Any, Any]]) -> str:
        if choices[0][0] is named.NEGATE:
            refused = "".join(self._all(choices[1:]))
            return self._chance.choice([one for one in _ANY if one not in refused] or ["ж"])
        return self._chance.choice(list(self._all(choices)) or [""])

    def _all(self, choices: list[tuple[Any, Any]]) -> Iterator[str]:
        for operation, argument in choices:
            if operation is named.LITERAL:
                yield chr(argument)
            elif operation is named.RANGE:
                yield from (chr(argument[0]), chr(argument[1]))
            elif operation is named.CATEGORY:
                yield from _CLASSES.get(argument, "")


def repetitions(part: Parsed, before: str, writer: Writer) -> Iterator[tuple[str, Parsed]]:
    """Yield every unbounded repetition's body, with a text for what stands before it."""
    for operation, argument in part:
        inner = []
        if operation in (named.MAX_REPEAT, named.MIN_REPEAT, named.POSSESSIVE_REPEAT):
            if argument[1] > 50:
                yield before, argument[2]
            inner = [argument[2]]
        elif operation in (named.SUBPATTERN, named.ASSERT, named.ASSERT_NOT):
            inner = [argument[-1]]
        elif operation is named.BRANCH:
            inner = argument[1]
        elif operation is named.ATOMIC_GROUP:
            inner = [argument]
        for one in inner:
            yield from repetitions(one, before, writer)
        before += writer.fits([(operation, argument)])


def texts(pattern: str, flags: int, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield (what stands before, what is said again and again, the end) for every repetition of a pattern."""
    writer = Writer(chance)
    parsed = parser.parse(pattern, flags & ~re.DEBUG)
    for _ in range(SAMPLES):
        for before, body in repetitions(parsed, "", writer):
            again = writer.fits(body)
            for end in ENDS if again else ():
                yield "", again, end
                yield before, again, end
                if before:
                    yield "", before + again, end
        whole = writer.fits(parsed)
        if whole:
            yield "", whole[:-1] or whole, "\0"


def seconds_of(one: re.Pattern[str], text: str) -> float:
    """Return how long a search takes, TOO_LONG where it was given up."""
    begun = time.process_time()
    signal.setitimer(signal.ITIMER_VIRTUAL, TOO_LONG)
    try:
        one.search(text)
    except TimeoutError:
        return float(TOO_LONG)
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
    return time.process_time() - begun


def _give_up(*_: object) -> None:
    raise TimeoutError


def worst(where: str, one: re.Pattern[str], chance: random.Random) -> Growth:
    """Return how a pattern's slowest text grows."""
    room = where.partition(".")[0]
    lengths = [ROOMS[room] // part for part in STEPS]
    found = Growth(where, one.pattern, (0.0, 0.0), "")
    for before, again, end in dict.fromkeys(texts(one.pattern, one.flags, chance)):
        seconds = list[float]()
        for length in lengths:
            text = before + again * (length // len(again)) + end
            if room == "qa":
                text = " ".join(text.split())
            seconds.append(seconds_of(one, text))
            if seconds[-1] >= TOO_LONG or (length >= lengths[1] and seconds[-1] < WORTH_A_LINE / 40):
                break
        if len(seconds) == 1:
            seconds.append(float(TOO_LONG))
        if seconds[-1] >= TOO_LONG:
            return Growth(where, one.pattern, tuple(seconds), f"{before[-30:]}|{again[:30]}|{end}")
        if seconds[-1] > found.seconds[-1]:
            found = Growth(where, one.pattern, tuple(seconds), f"{before[-30:]}|{again[:30]}|{end}")
    return found


def patterns(room: str) -> Iterator[tuple[str, re.Pattern[str]]]:
    """Yield (module.name, pattern) of every compiled pattern that a module of a package holds by a name."""
    package = importlib.import_module(room)
    for found in pkgutil.walk_packages(package.__path__, f"{room}."):
        module = importlib.import_module(found.name)
        for name, value in vars(module).items():
            for one in _held(value):
                yield f"{found.name}.{name}", one


def _held(value: object) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern) and isinstance(value.pattern, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from _held(one)
    elif isinstance(value, tuple | list):
        for one in value:
            yield from _held(one)


def main() -> None:
    """Read the command line, try every pattern and print what grows faster than its text."""
    arguments = argparse.ArgumentParser(description="How the time of each pattern grows with its text.")
    arguments.add_argument("rooms", nargs="*", help=f"packages (default: {' '.join(ROOMS)})")
    seen: dict[tuple[str, int], str] = {}
    for room in arguments.parse_args().rooms or ROOMS:
        for where, one in patterns(room):
            seen.setdefault((one.pattern, one.flags), where)
    signal.signal(signal.SIGVTALRM, _give_up)
    found = []
    for key, where in seen.items():
        found.append(worst(where, re.compile(*key), random.Random(0)))  # noqa: S311 - the same texts each time
        if found[-1].is_told:
            print(found[-1], file=sys.stderr, flush=True)
    slow = sorted((one for one in found if one.is_told), key=lambda one: -one.seconds[-1])
    table = Table("pattern", *(f"1/{part}" for part in STEPS), "text", title=f"{len(slow)} of {len(found)}")
    for growth in slow:
        seconds = [f"{one:.3f} s" for one in growth.seconds]
        table.add_row(growth.where, *seconds, *[""] * (len(STEPS) - len(seconds)), repr(growth.text))
    Console(width=160).print(table)


if __name__ == "__main__":
    main()
