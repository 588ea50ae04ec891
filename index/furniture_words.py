"""What furniture is known by: words and patterns; the rules are in index.datelines, index.headers, index.furniture.

English first, as are the models; a few words of other languages stand in the names of papers.
"""

import re

from index import foreign_words as foreign

# --- names of papers ---

# A capitalised name that ends in one of these is a paper's, where a paper is to be named;
PAPERS = frozenset(
    "times herald gazette courier echo ledger chronicle tribune telegraph examiner enquirer inquirer observer argus "
    "advertiser bulletin sentinel dispatch messenger mercury standard journal review post guardian recorder register "
    "globe mail mirror clarion bugle intelligencer avis avisen tidende posten zeitung anzeiger kurier presse "
    "corriere gazzetta diario correo jornal".split()
) | frozenset(foreign.PAPERS.split())
# These name parts of a paper, too: "Weather Bulletin", "Book Review".
PAPERS_OR_SECTIONS = frozenset("review bulletin post standard mail journal register record".split())
PAPER_ARTICLES = frozenset(foreign.ARTICLES.split())
NO_ACRONYMS = PAPER_ARTICLES | {"sun", "new", "voz"}
PAPER_ENDINGS = ("blad", "bladet", "blatt", "zeitung", "tidende", "tidning")
# one that ends in one of these only where more tells so: capitals throughout, a date or an issue's number beside it.
MAYBE_PAPERS = frozenset(
    "news today letter magazine digest monitor wire daily weekly star sun express citizen record reporter leader voice "
    "press signal lantern beacon crier".split()
)
# one of these alone between a byline and a day is no section, headline or office.
PAPERS_BESIDE_A_BYLINE = frozenset("digest monitor daily weekly express".split())
PAPER_BEGINNINGS = frozenset("daily evening morning weekly sunday".split())
AGENCIES = (
    "news agency",
    "press agency",
    "press association",
    "news service",
    "press service",
    "newswire",
    "news wire",
)
PLACES_WITH_THE = frozenset("hague netherlands gambia bahamas bronx philippines maldives vatican kremlin".split())
ORGANISATIONS = frozenset(
    "council committee commission government ministry department office agency authority board bureau cabinet senate "
    "parliament party union league association federation foundation institute university college school church club "
    "company corporation group society trust bank court police army navy family team band orchestra house".split()
)
OFFICES = frozenset(
    "editor author writer reverend president minister secretary mayor governor king queen prince princess duke duchess "
    "pope bishop archbishop professor doctor judge chairman director captain".split()
)
RELEASE = re.compile(
    r"\b(?:(?:press|media|news) (?:release|statement)|pressemitteilung|communiqué de presse|nota de prensa)\b",
    re.IGNORECASE,
)
# What stands beside them and names no paper.
SECTIONS = frozenset(
    """
    world|international|europe|africa|asia|americas|middle east|national|local|region|politics|business|economy|money|
    markets|finance|companies|culture|arts|books|film|music|sport|sports|football|science|technology|tech|health|
    environment|nature|climate|education|transport|travel|society|life|lifestyle|style|food|opinion|comment|editorial|
    analysis|column|letters|features|feature|interview|explainer|fact check|news|world news|latest|breaking|
    breaking news|exclusive|live|video|obituaries|weather|media|crime|law|uk|us|home|front page|special report|report|
    for immediate release|press release|news release|media release
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
) | frozenset(foreign.SECTIONS.split("|"))
PARTICLES = frozenset(
    "of the and & in on for de del della der den di du da la le les el al von van zu und og och y e".split()
)

# Where writers and publications of all kinds publish; each names itself as the site.
PLATFORMS = frozenset("medium|substack|wordpress|wordpress.com|blogger|linkedin|tumblr|ghost|facebook".split("|"))

# --- the record that a database, or a wire, puts around an article ---

# "BC-GB--Dalby Reservoir, 1st Ld-Writethru,0612", as agencies name their articles.
SLUG = r"\^?[A-Z]{2,3}(?:--?[\w’' ]{2,30}){1,4},(?:(?: ?[\w -]{2,40},)?\d{3,5}<?| \d\w\w Ld\b[\w -]{0,30})"
# A line that tells that such a record is there,
EXPORTED = re.compile(
    r"(?i:(?:length|word count): ?\d[\d,]* words|load-date: .+|end of document|full text:?)"
    rf"|Document [A-Z]{{3,8}}\w{{14,24}}|{SLUG}"
)
# and what stands in it, beside fields that state something.
RECORD = re.compile(
    r"(?i:\d+ of \d+ documents?|\d edition|(?:copyright(?: ©| \(c\))?|©) ?\d{4}.{0,120}|all rights reserved\W*"
    r"|body:?|full text:?|classification"
    r"|end of document|(?:load-date|publication-type|document-type|language|graphic|dateline|subject|geographic|person"
    r"|company|organization|industry|ticker|journal-code|acc-no|edition|eds\.?|credit|correction-date|urn|issn): ?.+)"
    rf"|Document [A-Z]{{3,8}}\w{{14,24}}|[A-Z]{{2}}-[A-Z]{{2}}-\d\d-\d\d-\d\d \d{{4}}(?:GMT|E[SD]T)|{SLUG}"
)

# --- datelines ---

WEEKDAY = (
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\.?"
    rf"|(?:{foreign.WEEKDAYS}))"
)
_ZONE = r"(?:\s(?:GMT|UTC|BST|CES?T|E[SD]T|P[SD]T)\b)"
_AM = r"(?:\s?[ap]\.?m\b\.?)"
TIME = (
    rf"{foreign.TIME}|(?:[01]?\d|2[0-4]):[0-5]\d(?::[0-5]\d)?{_AM}?{_ZONE}?|(?:[01]?\d|2[0-4])\.[0-5]\d(?:{_AM}{_ZONE}?|"
    rf"{_ZONE})|\d{{1,2}}{_AM}"
)
TIME_BEHIND_A_STAMP = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
DAY_AND_MONTH = r"\d{1,2}(?:st|nd|rd|th)? MONTH\b|MONTH \d{1,2}(?:st|nd|rd|th)?\b(?!,? \d{4})".replace(
    "MONTH",
    r"(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\.?",
)
STAMP = (
    r"(?:(?:first|last|originally) )?(?:published|updated|posted|modified|issued|filed|released|created|"
    rf"embargoed until|{foreign.PUBLISHED}|{foreign.UPDATED})"
    rf"(?: (?:on|at|online|in print|{foreign.BEHIND_A_STAMP})\b)*:?"
)
# "First published in the print edition of 4 May 2026": stands behind a stamp.
IN_AN_EDITION = r" in (?:the|our|its) (?:[\w-]+ )?(?:edition|issue|paper|newspaper)(?: (?:of|on|for|dated)\b)?"
FOREIGN_AND, FOREIGN_AT = foreign.AND, foreign.AT
FOREIGN_CHANGED, FOREIGN_UPDATED = foreign.CHANGED, foreign.UPDATED
STAMPED_FIRST = re.compile(rf"(?:first |originally )?(?:published|posted|issued|{foreign.PUBLISHED})\b", re.IGNORECASE)
STAMPED = re.compile(STAMP, re.IGNORECASE)
# What stands before the day of an article where a colon follows; before another, it tells of the story: "Opened:".
DAY_LABELS = (
    rf"(?:{STAMP}|(?:publication |press |issue |release |pub )?date(?: (?:published|posted|issued|released|of "
    rf"(?:publication|issue|release)))?|dated|dateline|issue|edition|on|{WEEKDAY}|{foreign.PUBLISHED}|datum|fecha|data)"
)
OF_ANOTHER_DAY = re.compile(
    rf"(?!{DAY_LABELS}\s*:)[^\W\d_][\w’'./ -]{{1,40}}: |(?:born|died|opened|closed|built|launched|elected|appointed"
    r"|arrested|married|completed|expires|effective|valid until|deadline"
    r"|(?:founded|established)(?! (?:in )?\d{4}\b))\b",
    re.IGNORECASE,
)
EDITION = (
    r"(?:(?:special|extra|english|evening|morning|first|second|third|late|final|weekend|international|online|print|"
    r"digital|city|national) edition|(?:issue|no\.|nr\.|number|vol\.|volume) ?\d+|"
    r"(?:page|pages|pg\.|p\.|pp\.) ?[A-Z]?\d+(?:[-–]\d+)?|p\d+|front page|in english|\d+[ -]min(?:ute)?s? read|"
    r"(?:reading|read) time:? \d+ min(?:ute)?s?|(?:established|founded|est\.) (?:in )?\d{4}|\d+ comments?)"
)
PERIODICAL = re.compile(r"\b(?:issue|no\.|nr\.|vol\.|volume) ?\d", re.IGNORECASE)

# --- bylines ---

CAPITALISED = r"[^\W\d_a-z][\w.'’-]*"
NAME = rf"{CAPITALISED}(?: (?:(?:de|del|der|den|di|du|da|la|le|van|von|al|bin|ibn|y|e) ){{0,2}}{CAPITALISED}){{0,3}}"
FULL_NAME = NAME.replace("{0,3}", "{1,3}")
NAMES = rf"{NAME}(?:(?:, {NAME}){{0,5}} (?:and|&) {NAME})?"
ROLE = (
    r"(?:[\w’'-]+ ){0,4}(?:reporters?|correspondents?|editors?|writers?|columnists?|contributors?|critic|analyst|"
    r"staff|photographer|journalist|bureau chief)\b[^.!?]{0,60}"
)
# With nothing behind it, which a headline would have: "Nell Ashdown | Staff Writer".
SHORT_ROLE = (
    r"(?i:(?:[\w’'-]+ ){0,3}(?:reporter|correspondent|editor|writer|columnist|contributor|photographer|journalist))"
)
BYLINE_OPENING = (
    r"(?i:(?:(?:written|posted|published|submitted|story|reporting|reported|words|text|analysis|opinion|report) )?by:?"
    r"|(?:words|text|author|byline):)"
)
# "Von" and "Par" also begin names, so a full one must follow.
FOREIGN_BYLINE = (
    rf"(?i:{foreign.BYLINE_OPENINGS}) (?P<names>{FULL_NAME}(?:(?:, {FULL_NAME}){{0,5}} (?:{foreign.AND}) {FULL_NAME})?)"
    rf"(?: (?:{foreign.AT}) (?P<place>{NAME})|, (?P<role>[^|·•.!?]{{2,70}}))?"
)
HOUSE_BYLINE = re.compile(
    r"(?:(?:by|from) )?(?:our|the|a) (?:own )?(?:[\w-]+ )?(?:correspondents?|reporters?|staff(?: writers?)?)"
    r"(?:,? (?:and|in) [\w .,'’-]{1,40})?|(?:by )?(?:staff|agency|news ?desk|editorial staff)"
    r"(?: (?:reporters?|writers?|reports?|correspondents?))?|(?:by )?agencies",
    re.IGNORECASE,
)
NO_NAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december christmas easter noon midnight dear hello".split()
) | frozenset((*foreign.MONTHS, *foreign.WEEKDAYS.split("|")))

# What programs put for a writer who has none.
NOBODY = ("super user", "superuser", "administrator", "admin", "webmaster", "site admin", "root", "unknown author")

# --- what stands among the paragraphs ---

# Each matches at the beginning of a paragraph, which is furniture as a whole.
LINKS = (
    r"(?:also read|read also|read more|read next|read the full (?:story|article|report)(?: here)?|"
    r"see also|more on this|"
    r"more on [^:.]{1,40}|more from [^:.]{1,40}|more (?:stories|news|coverage)|"
    r"related(?: (?:articles?|stories|story|coverage|content|links?|topics?|news|reading))?|"
    r"recommended(?: for you| reading)?|"
    r"further reading|you (?:may|might) also like|don['’]t miss|most (?:read|popular)|editors?['’]s? picks?|watch now|"
    r"watch live|watch more|listen now|explore more|trending(?: now)?|"
    rf"{foreign.LINKS})"
)
CONTENTS = (
    r"(?:(?:also )?in this (?:issue|article|edition|week['’]s issue)|table of contents|contents|on this page|"
    r"what['’]s inside|jump to)"
)
_OWN_PAPER = r"(?:the (?-i:[A-Z])[\w'’-]*(?: (?-i:[A-Z])[\w'’-]*){0,3}|our \w+)"
_DAY = r"(?:(?:on )?(?:satur|sun|mon|tues|wednes|thurs|fri)day|tomorrow|next week|next month)"
TEASERS = (
    rf"(?:in (?:tomorrow|{_DAY})['’]s (?:edition|issue|paper|newsletter)|(?:{_DAY}|coming soon) in {_OWN_PAPER}"
    rf"|in (?:the|our) next (?:edition|issue|instalment)|read in {_OWN_PAPER}(?: {_DAY})?)"
)
ADVERTISEMENTS = (
    r"(?:advertisement|advertising|sponsored(?: content)?|promoted(?: content)?|(?:story|"
    r"article) continues below(?: advertisement)?|"
    rf"skip advert(?:isement)?|{foreign.ADVERTISEMENTS})"
)
TAGS = (
    r"(?:tags?|tagged(?: with| as)?|filed under|posted (?:in|under)|keywords?|topics?|categor(?:y|ies)|"
    rf"{foreign.TAGS})\s*:"
    r" ?[^.]{1,200}$"
)
NAVIGATION = frozenset(
    "unsubscribe|view in browser|view online|manage preferences|update preferences|forward to a friend|"
    "home|menu|search|log in|login|sign in|sign up|register|my account|subscribe|subscriptions|"
    "newsletters|about|about us|contact|"
    "contact us|help|faq|privacy|privacy policy|cookies|cookie policy|cookie settings|terms|terms of use|"
    "terms of service|"
    "terms and conditions|sitemap|archive|archives|rss|jobs|advertise|more|previous|next|back|"
    "back to top|skip to content|"
    "skip to main content|close|all|podcasts|photos|events|shop|puzzles|crosswords|e-paper|epaper|top stories|"
    "previous article|next article|accessibility".split("|")
)
# A line of nothing else stands alone; the shorter ones are furniture only beside others.
SURE_NAVIGATION = frozenset(
    "log in|sign in|back to top|skip to content|skip to main content|privacy policy|cookie policy|"
    "cookie settings|terms of use|"
    "terms of service|terms and conditions|my account|previous article|next article|contact us|"
    "manage your subscription|manage subscription|manage your preferences|update your preferences|email preferences|"
    "newsletter sign-up|newsletter signup|sign up for newsletters|"
    f"{foreign.SURE_NAVIGATION}".split("|")
)
SHARE = frozenset(
    "share|tweet|email|e-mail|print|save|copy link|pin|pin it|whatsapp|facebook|twitter|linkedin|reddit|"
    "telegram|pinterest|"
    "flipboard|bluesky|threads|messenger|x|like|bookmark|comments|leave a comment|add a comment|"
    "share this|share this article|"
    "share this story|share article|view comments|show comments|post a comment|gift article|listen|"
    f"{foreign.SHARE}".split("|")
)
SHARE_LINE = (
    r"share (?:this|it|on|via|the)(?: [\w-]+){1,4}|share(?: this)?:.{0,60}|\d[\d,.]*k? (?:comments?|"
    r"shares?|likes?|views?)|"
    r"comments? \(\d+\)|join the (?:conversation|discussion)"
)
# A picture's credit: the word for a picture and whose it is, or an agency's mark.
PICTURE = (
    rf"(?:file )?(?:{foreign.PICTURES}|(?:photo(?:graph)?|picture|image|pic|graphic|illustration|video|map|chart)s?)"
    r"(?: credit)?(?:: ?| by | courtesy of | from )|credit: ?|photo illustration by |courtesy(?: of |: ?)"
)
AGENCY = (
    r"(?:getty(?: images)?|reuters|afp|ap photo|ap|epa|pa wire|pa media|shutterstock|alamy|istock|"
    r"unsplash|nurphoto|xinhua|"
    r"imago|bloomberg|anadolu|wikimedia commons|zuma press|[\w-]+ images|archive|(?:photo|image)(?:s|graphs?)?)"
)
AGENCY_SIGN_OFF = r"\(?[A-Z]{2,5}(?:[/ ][a-z]{2,3}){1,4}(?: \d{4})?\)?"
PAGE_NUMBER = r"(?:page|p\.|pg\.?) ?\d{1,4}(?: ?(?:of|/|\|) ?\d{1,4})?|[-–—] ?(?:page )?\d{1,4} ?[-–—]"
