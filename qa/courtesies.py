"""What is only polite in a question is taken off it once: what is left asks for the same in fewer words."""

import re

_ASKING = r"(?:who|whom|whose|what|which|when|where|why|how)\b"
_GREETING = re.compile(
    r"^\W*(?:(?:(?:hi|hello|hey|good (?:morning|afternoon|evening)|thanks|thank you|please)\b[\s,.!]+"
    r"|(?:ok|okay|well|right|sorry|now|excuse me)\b\s*[,.!]+\s*))+(?=\w)",
    re.IGNORECASE,
)
_LINK = r"^(?P<link>\W*(?:(?:and|but|so|also),? )?)"
_CAN_YOU = re.compile(
    rf"{_LINK}(?:can|could|would|will) you(?: (?:please|kindly|perhaps|maybe|possibly|just))* "
    r"(?=(?:tell|list|give|name|explain|say|show|describe|remind|summari[sz]e|sum|outline|recap|recommend|find|"
    r"clarify)\b)",
    re.IGNORECASE,
)
_PLEASE = re.compile(rf"{_LINK}(?:please,? )+(?=\w)", re.IGNORECASE)
_TELL_ME = (
    r"(?:(?:please )?(?:tell|remind|show|explain to) (?:me|us)(?: again| exactly| please)?|"
    r"(?:do|would) you (?:happen to )?know|(?:have you )?any idea|"
    r"i(?:['’]d| would) (?:like|love|want) to (?:know|find out)|i (?:want|need) to know|"
    r"i(?:['’]m| am) wondering|i (?:was )?wonder(?:ing)?|let me know)[,:]?"
)
_TELL_ME_WHAT = re.compile(rf"{_LINK}{_TELL_ME} (?={_ASKING})", re.IGNORECASE)
_TELL_ME_WHETHER = re.compile(rf"{_LINK}{_TELL_ME} (?:if|whether) (?P<clause>.+?)\W*$", re.IGNORECASE)
_AT_THE_END = re.compile(
    r"(?<!\bsaid)(?<!\bsay)(?:,? (?:for me|please|kindly|thanks|thank you)(?: (?:in advance|very much|a lot))?)+"
    r"\s*(?P<end>[?.!]*)$",
    re.IGNORECASE,
)


def without_courtesy(question: str) -> str:
    """Return a question without greeting, "please" and "could you tell me"; the same where nothing else is left.

    "Do you know whether the harbour opened?" becomes "Is it true that the harbour opened?".
    """
    plain = _AT_THE_END.sub(lambda match: match["end"], _GREETING.sub("", question))
    for polite in (_CAN_YOU, _PLEASE, _TELL_ME_WHAT):
        plain = polite.sub(lambda match: match["link"], plain)
    if match := _TELL_ME_WHETHER.match(plain):
        plain = f"{match['link']}is it true that {match['clause']}?"
    if plain == question or not any(letter.isalnum() for letter in plain):
        return question
    return plain[:1].upper() + plain[1:] if question[:1].isupper() else plain
