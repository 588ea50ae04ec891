"""How sure an answer is and how it came about, in one plain line: what is quoted, worded, left out and why."""

from qa.records import Answer

UNCERTAIN = 0.5  # below it, every second answer of the evaluation is wrong


def colophon_of(answer: Answer) -> str:
    """Return how sure the answer is and how it came about; "" for a refusal of which nothing was left out."""
    return " ".join(filter(None, (sureness_of(answer), account_of(answer))))


def sureness_of(answer: Answer) -> str:
    """Return how sure the answer is, the share of such answers that the evaluation found right; "" for a refusal."""
    if answer.status != "answered":
        return ""
    share = f"{answer.confidence:.0%}".replace("%", " %")
    uncertain = answer.confidence < UNCERTAIN
    return f"Uncertain, confidence {share}: read what stands around the words." if uncertain else f"Confidence {share}."


def account_of(answer: Answer) -> str:
    """Return the line; "" where everything is quoted and nothing was left out."""
    verified = sum(one.basis == "verified" for one in answer.statements)
    quoted = len(answer.statements) - verified
    if not verified and not answer.dropped:
        return ""
    said = [f"{_sentences(quoted)} quoted"] if quoted else []
    if verified:
        said.append(f"{_sentences(verified)} worded by the language model and checked against the words cited")
    if answer.dropped:
        reasons = ", ".join(f"{reason} ({count})" for reason, count in answer.dropped_reasons.items())
        said.append(f"{_sentences(answer.dropped)} left out{f': {reasons}' if reasons else ''}")
    return f"{'; '.join(said)}."


def _sentences(count: int) -> str:
    return "1 sentence" if count == 1 else f"{count} sentences"
