"""Words and phrases that mean the same, or the opposite, in most English prose; and the past forms of irregular verbs.

A word behind `~` may take another's place, but is never exchanged itself: it has too many meanings.

Data for statements that are made by program (models/made_sentences.py). A pair stands here when an editor would take
one for the other in nine sentences of ten; the tenth is the noise that training bears.
"""

import random
import re

NOT_SUPPORTED = "not_supported"  # the label of a statement of which only that much is sure
SAME = """
~about|~around|roughly|approximately ; more than|~over ; nearly|almost ; began|started ; bought|purchased
built|constructed ; founded|established|set up ; ended|came to an end ; took place|happened|was held
because of|~due to|owing to ; killed|~left dead ; died|lost their lives ; said|stated|told reporters
announced|made known ; asked|requested ; most of|the majority of ; many|a large number of ; several|~a number of
children|~kids ; film|movie ; company|firm ; companies|firms ; country|nation ; countries|nations
workers|employees ; staff|employees ; police officers|officers ; doctors|physicians
resigned|stepped down ; cancelled|called off
postponed|put off ; increased|rose|went up ; decreased|fell|went down ; ~rise|increase ; ~fall|drop|decrease
large|big ; small|~little ; important|significant ; main|principal ; primarily|mainly ; used to|formerly
received|was given ; obtained|~got ; show|demonstrate ; showed|demonstrated ; located|situated ; created|~made
remained|stayed ; allowed|permitted ; banned|prohibited|forbade ; required|needed ; helped|assisted
tried|attempted ; decided|made up their minds ; chose|picked ; ~left|departed from ; arrived at|reached
entered|went into ; returned|went back|came back ; moved|relocated ; stopped|ceased|halted ; continued|went on
finished|completed ; won|was victorious in ; defeated|beat ; attacked|launched an attack on ; destroyed|wiped out
damaged|harmed ; injured|hurt|wounded ; arrested|took into custody ; accused of|charged with ; elected|voted in
appointed|~named ; ~led|headed ; wrote|authored ; published|brought out ; released|issued ; agreed|consented
refused|declined|would not ; rejected|turned down ; approved|gave the green light to ; opposed|was against
supported|backed|was in favour of ; warned|cautioned ; claimed|maintained ; believes|thinks ; believed|thought
well known|famous ; usually|normally|as a rule ; often|frequently ; rarely|seldom ; now|at present
later|afterwards ; previously|~before ; every year|annually ; yearly|annual ; each|~every ; whole|entire
~home|house ; houses|homes ; road|street ; car|vehicle ; cars|vehicles ; ship|vessel ; plane|aircraft ; ~money|funds
~cost|price ; job|~post ; jobs|~posts ; contains|includes ; consists of|is made up of ; is called|is known as
was called|was known as ; became|turned into ; grew|~increased ; reduce|~cut|~lower ; reduced|~cut|lowered
raise|increase ; raised|increased ; spent|paid out ; earned|~made ; in order to|~to ; per cent|percent|%
million people|million inhabitants ; residents|inhabitants ; citizens|~people ; enough|sufficient ; difficult|~hard
quickly|fast|rapidly ; immediately|at once ; finally|in the end ; entirely|completely ; responsible for|in charge of
capable of|able to perform ; born in|a native of ; lives in|resides in ; lived in|resided in ; discovered|~found
invented|devised ; studied|examined ; study|investigation ; meeting|gathering ; ~war|conflict
agreement|deal|accord ; law|~legislation ; rules|regulations ; ~aim|goal|objective ; aims|goals ; reason|cause
~result|outcome ; results|outcomes ; ~area|region ; district|~quarter
""".replace("\n", " ; ")

OPPOSITE = """
began|ended ; started|stopped ; before|after ; increase|decrease ; increased|decreased ; rose|fell ; rising|falling
won|lost ; first|last ; north|south ; east|west ; northern|southern ; eastern|western ; accepted|rejected
approved|rejected ; opened|closed ; more|fewer ; higher|lower ; highest|lowest ; largest|smallest ; older|younger
oldest|youngest ; early|late ; always|never ; buy|sell ; bought|sold ; arrived|left ; supported|opposed
allowed|banned ; success|failure ; men|women ; failed|succeeded ; agreed|refused ; strong|weak ; rich|poor
high|low ; cheap|expensive ; best|worst ; better|worse ; legal|illegal ; possible|impossible ; public|private
inside|outside ; above|below ; with|without ; gained|lost ; major|minor ; same|different ; husband|wife
father|mother ; son|daughter ; brother|sister ; winter|summer ; morning|evening ; left|right ; majority|minority
victory|defeat ; friend|enemy ; allies|enemies ; true|false ; guilty|innocent ; raised|lowered ; most|least
longer|shorter ; long|short ; old|new ; hot|cold ; warm|cold ; common|rare ; often|rarely ; all|none ; both|neither
defeated|lost to ; exported|imported ; borrowed|lent ; lent|borrowed ; hired|fired ; employed|dismissed
entered|left ; joined|left ; created|destroyed ; strengthened|weakened ; encouraged|discouraged ; defended|attacked
praised|criticised ; confirmed|denied ; remembered|forgot ; safe|dangerous ; healthy|ill ; alive|dead
national|foreign ; urban|rural
"""

# base past participle
IRREGULAR = """
send sent sent ; build built built ; find found found ; hold held held ; lead led led ; make made made
pay paid paid ; sell sold sold ; tell told told ; win won won ; buy bought bought ; bring brought brought
catch caught caught ; teach taught taught ; hit hit hit ; cut cut cut ; put put put ; shoot shot shot ; meet met met
leave left left ; lose lost lost ; set set set ; beat beat beaten ; take took taken ; give gave given
write wrote written ; steal stole stolen ; choose chose chosen ; drive drove driven ; see saw seen ; know knew known
begin began begun ; break broke broken ; draw drew drawn ; fight fought fought ; forget forgot forgotten
keep kept kept ; strike struck struck ; throw threw thrown ; wear wore worn ; overthrow overthrew overthrown
become became become ; come came come ; go went gone ; get got got ; grow grew grown ; fall fell fallen
rise rose risen ; run ran run ; say said said ; speak spoke spoken ; spend spent spent ; stand stood stood
think thought thought ; understand understood understood ; feel felt felt ; deal dealt dealt ; die died died
have had had ; do did done ; fly flew flown ; hide hid hidden ; eat ate eaten ; seek sought sought ; bear bore born
"""


def groups(table: str) -> list[tuple[str, ...]]:
    """Return the groups of a table above, each with two or more words."""
    cut = [tuple(word.strip() for word in group.split("|")) for group in table.replace("\n", ";").split(";")]
    return [group for group in cut if len(group) > 1]


SAME_GROUPS, OPPOSITE_GROUPS = groups(SAME), groups(OPPOSITE)
_FORMS = [tuple(line.split()) for line in IRREGULAR.replace("\n", ";").split(";") if line.strip()]
PAST_OF = {base: past for base, past, _ in _FORMS}
PARTICIPLE_OF_PAST = {past: participle for _, past, participle in _FORMS}
PAST_OF_PARTICIPLE = {participle: past for _, past, participle in _FORMS}


def past(base: str) -> str:
    """Return the past form of a verb: from the table, or by rule."""
    if base in PAST_OF:
        return PAST_OF[base]
    if base.endswith("e"):
        return f"{base}d"
    if base.endswith("y") and base[-2:-1] not in "aeiou":
        return f"{base[:-1]}ied"
    return f"{base}ed"


NOT_NAMES = frozenset(
    (
        "The A An In On At It He She They This That These Those After Before When While As For From By With But And "
        "However If Although Both Most Some Their His Her"
    ).split()
)
_WORD_GROUPS = {
    word: [o.lstrip("~") for o in group if o != word] for group in SAME_GROUPS for word in group if word[0] != "~"
}
_SAME = re.compile(rf"\b({'|'.join(sorted(map(re.escape, _WORD_GROUPS), key=len, reverse=True))})\b")


def capital(text: str) -> str:
    """With a capital first letter."""
    return text[:1].upper() + text[1:]


def small(text: str) -> str:
    """With a small first letter, where the first word is no name."""
    return text[:1].lower() + text[1:] if text.split(" ", 1)[0].strip(",") in NOT_NAMES else text


def reworded(text: str, chance: random.Random, most: int = 3) -> str:
    """Exchange up to `most` words for others of the same meaning."""
    left = most

    def other(match: re.Match[str]) -> str:
        nonlocal left
        if left <= 0 or chance.random() < 0.3:
            return match[0]
        left -= 1
        return chance.choice(_WORD_GROUPS[match[0]])

    return _SAME.sub(other, text)
