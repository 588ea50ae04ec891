// The conversation, kept in this browser and nowhere else.

const NAME = "footnote.conversation";
const MAX_HISTORY = 50; // what the API reads of earlier messages
const MAX_MESSAGE = 20_000;

/** A turn is {question, filters, answer, failure}; the last two are null until they are known. */
export function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(NAME))?.turns;
    return Array.isArray(kept) ? kept.filter((turn) => typeof turn?.question === "string") : [];
  } catch {
    return []; // damaged, or the browser keeps nothing for us
  }
}

/** Keeps the turns; when the browser's room is full the oldest half is let go, until it fits. */
export function save(turns) {
  for (let kept = turns; kept.length; kept = kept.slice(Math.ceil(kept.length / 2))) {
    try {
      localStorage.setItem(NAME, JSON.stringify({ version: 1, turns: kept }));
      return;
    } catch (error) {
      if (error.name !== "QuotaExceededError") return;
    }
  }
  clear();
}

export function clear() {
  try {
    localStorage.removeItem(NAME);
  } catch {
    // A browser that keeps nothing has nothing to forget.
  }
}

/** Returns what the API is told of earlier turns, oldest first. */
export function history(turns) {
  const answered = turns.filter((turn) => turn.answer);
  const messages = answered.flatMap(({ question, answer }) => [
    { role: "user", content: question },
    { role: "assistant", content: answer.answer },
  ]);
  return messages.slice(-MAX_HISTORY).map((one) => ({ ...one, content: one.content.slice(0, MAX_MESSAGE) }));
}
