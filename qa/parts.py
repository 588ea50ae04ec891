"""A question that asks for several things becomes several questions, each with an answer of its own."""

import re

MOST_PARTS = 4
_WH = r"(?:who|whom|whose|what|when|where|why|which|how)"
_BEFORE_WH = r"(?:(?:at|by|for|from|in|on|to|with)\s+)?"
_AUXILIARY = r"(?:is|are|was|were|do|does|did|has|have|had|will|would|can|could|should|must)"
_BETWEEN = re.compile(
    rf"(?P<ended>\?)\s+(?:(?:and|but|also|then)\s+)?(?=\S)"
    rf"|(?P<joined>[,;]?\s+(?:and|but|or)\s+)(?:also\s+|then\s+)?(?={_BEFORE_WH}{_WH}\b)"
    rf"|[,;]\s+(?={_BEFORE_WH}{_WH}\b)",
    re.IGNORECASE,
)
_QUESTION_WORD = re.compile(rf"\b{_WH}\b", re.IGNORECASE)
_OPENS = re.compile(rf"{_BEFORE_WH}{_WH}\b|{_AUXILIARY}\b", re.IGNORECASE)
# An auxiliary before its subject: no clause within a sentence has one ("when it opens", "which Hurst patented").
_INVERTED = re.compile(rf"{_BEFORE_WH}{_WH}(?:\s+[\w'’-]+){{0,3}}?\s+{_AUXILIARY}\b|{_AUXILIARY}\b", re.IGNORECASE)
# "Who won, and with which film?": one thing, which one sentence tells.
_NO_VERB = re.compile(rf"{_BEFORE_WH}{_WH}(?:\s+(?!{_AUXILIARY}\b)[\w'’-]+)?", re.IGNORECASE)
# "When, where and how did it end?": one sentence, asked of each.
_TOGETHER = re.compile(
    rf"\W*(?P<all>{_WH}(?:(?:,|,?\s+and|\s*/)\s+{_WH})+)\s+(?P<rest>{_AUXILIARY}\b.+)", re.IGNORECASE
)
# "When was she born and where?": the same of what is named behind.
_BEHIND = re.compile(
    rf"\W*(?P<first>when|where|why|how)\s+(?P<rest>{_AUXILIARY}\s+[^,;?]+?),?\s+and\s+(?P<last>when|where|why|how)\W*",
    re.IGNORECASE,
)


def parts_of(question: str) -> tuple[str, ...]:
    """Return what a question asks for as questions of their own, in order; itself alone where that is one thing."""
    if together := _TOGETHER.fullmatch(question):
        words = _QUESTION_WORD.findall(together["all"])
        rest = together["rest"].rstrip(" ?!.")
        return tuple(f"{word.capitalize()} {rest}?" for word in words[:MOST_PARTS])
    if behind := _BEHIND.fullmatch(question):
        rest = behind["rest"]
        return tuple(f"{word.capitalize()} {rest}?" for word in (behind["first"], behind["last"]))
    begin, parts = 0, list[str]()
    for cut in _BETWEEN.finditer(question):
        if _is_whole(question[begin : cut.start()], cut, question[cut.end() :]):
            parts.append(question[begin : cut.start()])
            begin = cut.end()
    parts = [part.strip(" ,;?") for part in [*parts, question[begin:]]]
    if not 1 < len(parts) <= MOST_PARTS or any(_NO_VERB.fullmatch(part) or not _OPENS.match(part) for part in parts):
        return (question,)
    return tuple(f"{part[0].upper()}{part[1:]}?" for part in parts)


def _is_whole(before: str, cut: re.Match[str], after: str) -> bool:
    """Tell whether a question ends here and another begins, rather than a clause of the same one."""
    if cut["ended"]:
        return True
    opens = _OPENS.match(before.strip())
    if opens is None or len(_QUESTION_WORD.findall(before)) != len(_QUESTION_WORD.findall(opens[0])):
        return False  # "Who decides what is built and what is not?"
    return bool(cut["joined"]) or _INVERTED.match(after) is not None
