"""Forms of irregular English verbs, which no stemmer brings together: "fall" and "fell", "buy" and "bought"."""

from collections.abc import Iterable

from index.words import STOP_WORDS, stems

# Each verb with its past forms; regular ones have one stem. "Found" and "left" are words of their own as well: a match
# more in a search does little harm.
_VERBS = """
arise arose arisen, awake awoke awoken, bear bore borne, beat beaten, become became, begin began begun, bend bent,
bind bound, bite bit bitten, bleed bled, blow blew blown, break broke broken, breed bred, bring brought, build built,
burn burnt, buy bought, catch caught, choose chose chosen choice, cling clung, come came, creep crept, deal dealt, dig
dug, draw drew drawn, dream dreamt, drink drank drunk, drive drove driven, eat ate eaten, fall fell fallen, feed fed,
feel felt, fight fought, find found, flee fled, fling flung, fly flew flown flight, forbid forbade forbidden, forget
forgot forgotten, forgive forgave forgiven, freeze froze frozen, give gave given, go went gone, grind ground, grow
grew grown growth, hang hung, hear heard, hide hid hidden, hold held, keep kept, kneel knelt, know knew known, lay
laid, lead led, leap leapt, learn learnt, leave left, lend lent, lie lay lain, light lit, lose lost loss, make made,
mean meant, meet met, mistake mistook mistaken, overcome overcame, pay paid, prove proven, ride rode ridden, ring rang
rung, rise rose risen, run ran, say said, see saw seen, seek sought, sell sold sale, send sent, sew sewn, shake shook
shaken, shine shone, shoot shot, show shown, shrink shrank shrunk, sing sang sung, sink sank sunk, sit sat, sleep
slept, slide slid, smell smelt, sow sown, speak spoke spoken, speed sped, spell spelt, spend spent, spin spun, spring
sprang sprung, stand stood, steal stole stolen, stick stuck, sting stung, stink stank stunk, strike struck stricken,
strive strove striven, swear swore sworn, sweep swept, swell swollen, swim swam swum, swing swung, take took taken,
teach taught, tear tore torn, tell told, think thought, throw threw thrown, undergo underwent undergone, understand
understood, undertake undertook undertaken, wake woke woken, wear wore worn, weave wove woven, weep wept, win won,
wind wound, withdraw withdrew withdrawn, withhold withheld, withstand withstood, write wrote written, die died dies
dead death, marry married marriage wedding
"""


def _families() -> dict[str, frozenset[str]]:
    """Return stem -> those of its verb; stop words are none: the stem of "ate" is "at"."""
    families: dict[str, frozenset[str]] = {}
    for verb in _VERBS.split(","):
        family = frozenset(stem for form in verb.split() for stem in stems(form) if stem not in STOP_WORDS)
        for stem in family:
            families[stem] = families.get(stem, frozenset()) | family
    return families


_FAMILIES = _families()


def with_other_forms(found: Iterable[str]) -> set[str]:
    """Return these stems and those of the other forms of the verbs among them."""
    known = set(found)
    return known.union(*(_FAMILIES[stem] for stem in known if stem in _FAMILIES))
