"""Sentences that are furniture, by the sort of it: what they are known by. The rules are in index.furniture."""

import re

from index import foreign_words as foreign
from index import furniture_words as words

_PIECE = r"(?:article|story|post|piece|report|content|column|interview)"
_MAILS = r"(?:e-?mails?|newsletters?|mailings?|alerts?|notifications?)"
# Who helped to write an article: "Times writers Ada Lind in Fenwick and Tom Nobbs contributed to this report."
HELPED = re.compile(
    r"(?P<who>[^\W\d_a-z].{2,200}?) (?:also )?contributed"
    r"(?P<did> (?:additional )?(?:reporting|research))?(?P<to>(?: to| for)? this (?:report|story|article))?"
    rf"(?: from {words.NAME})?\.?"
)
WRITERS = frozenset(
    "writer writers reporter reporters correspondent correspondents journalist journalists editor editors producer "
    "producers researcher researchers staff".split()
)
BESIDE_WRITERS = WRITERS | words.PARTICLES | frozenset("at from freelance special news correspondent".split())
# What tells of its writer below an article. Each matches the first sentence of a paragraph.
_OFFICE = (
    r"\b(?:reporter|correspondent|editor|writer|columnist|journalist|contributor|critic|photographer|blogger|intern"
    r"|bureau chief|podcaster|authors?(?:, [^,]{3,30},)? of"
    r"|(?:professor|lecturer|fellow|economist|historian)s?\b.{3,40} at)s?\b"
)
_NO_DEED = r"(?:(?!\b(?:said|says|told|was|were|had|will|would)\b)[^.!?;]){0,200}"
WRITERS_LIFE = re.compile(
    rf"(?:(?P<who>(?-i:{words.FULL_NAME}(?:,? and {words.FULL_NAME})?)) (?:"
    rf"(?:is|are) (?:{_NO_DEED}{_OFFICE}|based in ){_NO_DEED}"
    rf"|covers? {_NO_DEED} (?:for|at) (?:the )?(?-i:[A-Z]){_NO_DEED}"
    rf"|(?:writes?|reports?|blogs?) (?:about|on|for) {_NO_DEED}"
    rf"|joined (?:the )?(?-i:[A-Z]){_NO_DEED} in \d{{4}}\b{_NO_DEED})"
    rf"|the (?:writer|author) is (?:an?|the|our|based) {_NO_DEED})[.!]?",
    re.IGNORECASE,
)
ABOUT_THE_WRITER = re.compile(
    r"about (?:the )?(?:authors?|writers?|reporters?|contributors?)(?:\W*|\s*[:|–—-]\s.*)", re.IGNORECASE
)
# What is said below that begins with a name, or with what stands for one.
OF_SOMEBODY = re.compile(rf"(?:{words.FULL_NAME}|She|He|They|The (?:author|writer))\b")
# Each matches a whole sentence, in a paragraph of any kind; what they ask for is the paper's own.
_OWN = (
    r"(?:newsletters?|inbox|e-?mails?|alerts?|updates?|notifications?|podcasts?|channels?|apps?|"
    r"subscribers?|our|unlimited|"
    r"briefing|digest|free trial|digital access|premium|[\w-]+\.(?:com|org|net|co|example|news))"
)
SENTENCES = {
    "blurb": (
        rf"(?:please )?(?:sign up|subscribe)\b.{{0,200}}\b{_OWN}\b.{{0,120}}",
        r"(?:please )?(?:sign up|subscribe)(?: (?:here|now|today|for free))?[.!]?",
        r"(?:get|receive|want|looking for) .{1,120}\b(?:in|to) your (?:inbox|phone|e-?mail)\b.{0,80}",
        r"download (?:our|the) .{2,60}\bapp\b.{0,60}",
        r"(?:follow|like|join|find) (?:us|me|him|her|them|@\w+|(?:the )?[A-Z][\w ]{1,40}) on (?:x|twitter|"
        r"facebook|instagram|tiktok|threads|"
        r"whatsapp|google news|linkedin|youtube|telegram|bluesky|mastodon|social media)\b.{0,120}",
        r"unsubscribe\b.{0,80}",
        r"view (?:this (?:e-?mail|message|newsletter) )?(?:in|on) (?:your|a|the) (?:web )?browser\W*",
        r"our mailing address is\b.{0,120}",
        r"(?:get|receive) our .{0,40}\b(?:e-?mails?|newsletters?|briefings?)[.!]?",
        r"(?:have|got) (?:a|any) (?:story|tip|news tip|question)s?(?: to share| for us)?\?",
        r"your (?:support|donation|subscription)s? (?:makes?|helps?|funds?)\b.{0,60}"
        r"\b(?:journalism|newsroom|reporting)\b.{0,40}",
        r"(?:e-?mail|twitter|x|instagram|bluesky): ?[\w.+-]*@[\w.-]+\w",
        r"(?:you (?:can|may)|(?:update|change|manage) your (?:e-?mail )?(?:preferences|settings) or) unsubscribe\b"
        r".{0,80}",
        r"to unsubscribe\b.{0,60}?,? (?:please )?(?:click|reply|visit|e-?mail|write|go|follow|send|log)\b.{0,120}",
        rf"to (?:stop|opt out of) (?:receiving|getting) .{{0,40}}\b{_MAILS}\b.{{0,120}}",
        r"if you .{0,80}\bunsubscribe\b.{0,80}",
        rf"if you no longer (?:wish|want) to (?:receive|get|hear)\b.{{0,80}}\b{_MAILS}\b.{{0,80}}",
        r"enter your e-?mail(?: address)?(?:\W*| (?:here|below|to (?:subscribe|sign up|get|receive))\b.{0,60})",
        r"by (?:signing up|subscribing|registering|entering your e-?mail(?: address)?),? you "
        r"(?:agree|consent|accept|confirm|acknowledge)\b.{0,200}",
        r"(?:thanks|thank you) for (?:subscribing|signing up)\b.{0,60}",
        r"(?:never|don['’]t) miss (?:a|an|another) (?:story|article|post|update|issue|episode|beat|thing)[.!]?",
        r"you(?: are|['’]re) receiving this (?:e-?mail|message|newsletter)\b.{0,160}",
        r"was this (?:e-?mail|newsletter) forwarded\b.{0,80}",
        r"(?:please )?(?:support|help fund) (?:our|independent|quality|local) (?:journalism|reporting|newsroom).{0,80}",
        r"(?:write|e-?mail) (?:to )?(?:us |the editor |me |him |her )?(?:at )?[\w.+-]+@[\w.-]+",
        r"(?:click|tap) (?:here|on the link)(?:\W*|(?: now)? (?:to|for|if)\b.{0,120})",
        r"(?:contact|reach) (?:the )?(?:reporter|author|writer|us|newsroom|.{2,40}) at [\w.+-]+@[\w.-]+\w"
        r"(?:,? (?:or|and)\b.{0,60})?[.!]?",
        r"(?:to (?:read|see|watch|hear) (?:more|the full)\b.{1,60}, )(?:click|visit|subscribe|go to)\b.{1,80}",
    ),
    "source": (
        rf"(?:an? (?:[\w-]+ )?version of )?this {_PIECE}(?: has been| is|"
        r" was| also| will)?(?: (?:first|originally|previously))? "
        r"(?:published|appear(?:s|ed)?|posted|syndicated|republished|produced|"
        r"amended|corrected|updated|edited|revised|translated)\b.{1,200}",
        r"(?:©|\(c\) ?\d{4}|copyright ©).{0,120}",
        # "Copyright 2025 rules will cost the town 40 million." tells of the law
        r"copyright (?:\(c\) ?)?\d{4}(?:[-–]\d{2,4})?(?:(?:,| by)?(?: the)? (?-i:[^\W\d_a-z]).{0,120}|\W*)",
        r"all rights reserved\W*",
        r"\(\([^()]{0,80}@[^()]{0,160}\)\)",  # where an agency's reporters are reached
        *foreign.SOURCES,
        r"\(?with (?:files|material|(?:additional )?reporting) from .{2,80}",
    ),
    "player": (
        rf"(?:audio: )?listen to (?:this|the) {_PIECE}(?:\W+\d{{1,2}}(?::\d\d)?(?: ?min(?:ute)?s?)?)?\W*",
        r"0?0:00 ?/ ?\d{1,2}:\d\d",
        r"this (?:audio|recording) (?:is|was) (?:auto-?|computer-?|machine-?)?(?:generated|narrated|read)\b.{0,120}",
    ),
    "byline": (
        r"\(?(?i:(?:with )?(?:additional |extra )?(?:reporting|research|editing|writing)"
        rf"(?: for this (?:story|article))? by:?) {words.NAMES}"
        rf"(?:(?:[,;]| and| in| at| for)? (?i:(?:additional )?(?:editing|writing|reporting) by:? )?{words.NAMES})"
        r"{0,6}\W*",
        rf"{words.FULL_NAME} reported from {words.NAME}"
        rf"(?:(?:,| and|, and) {words.FULL_NAME} from {words.NAME}){{0,4}}\.?",
        rf"(?:Additional r|R)e(?:porting|search) was (?:contributed|provided|done) by {words.NAMES}\.?",
    ),
    # "VELLMOUTH, Thursday.": it runs into the story, and the stop makes it a sentence.
    "dateline": (
        rf"{words.CAPITALISED}(?:[ /]{words.CAPITALISED}){{0,3}}, "
        rf"(?:{words.WEEKDAY}|{words.DAY_AND_MONTH})(?:,? \d{{4}})?\.",
    ),
}
CAPITALS = ("byline", "dateline")  # the labels whose sentences are known by capitals, too
