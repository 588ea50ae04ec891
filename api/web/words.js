// How the page words what the API counts.

const DAY = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
const NUMBER = new Intl.NumberFormat("en-GB");

export const number = (value) => NUMBER.format(value);
export const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

/** An ISO day in words; what is no day is left as it is. */
export function day(iso) {
  const date = new Date(`${iso}T00:00:00Z`);
  return Number.isNaN(date.valueOf()) ? iso : DAY.format(date);
}

export const titleOf = (article) => article.title ?? article.file;

/** Title, publisher, date and file: what is known of where words stand, and which days they name. */
export function origin(place, { title = true } = {}) {
  const known = [title && place.title, place.publisher, place.published && day(place.published)];
  const named = title || place.title; // a file without a title is its own title
  const days = (place.days ?? []).map((said) => `${said.words}: ${day(said.day)}`);
  return [...known, named && place.file, place.page && `page ${place.page}`, ...days].filter(Boolean).join(" · ");
}

/** Who published words and when, in short: the title or the file stands in for a publisher that is not known. */
export const byline = (place) =>
  [place.publisher ?? titleOf(place), place.published && day(place.published)].filter(Boolean).join(" · ");

/** How many articles say so, and how many of them on their own: near copies of one text count once. */
export function agreement({ articles, independent }) {
  if (!articles) return "";
  if (articles === 1) return "One article says so";
  if (independent >= articles) return `${number(articles)} articles say so, independently`;
  if (independent <= 1) return `${number(articles)} articles say so, in copies of one text`;
  return `${number(articles)} articles say so, ${number(independent)} of them independently`;
}

/** Which articles a question is narrowed to, or "" when to none. */
export function narrowing({ publishers = [], published_from: from, published_to: to }) {
  const names = publishers.length > 2 ? [count(publishers.length, "publisher")] : publishers;
  const dates = [from && `from ${day(from)}`, to && `${from ? "" : "up "}to ${day(to)}`].filter(Boolean).join(" ");
  if (!names.length) return dates && `articles ${dates}`;
  return [names.join(" and "), dates].filter(Boolean).join(", ");
}

const ENGINES = {
  extractive: "Found word for word by the extractive engine",
  llm: "Written by the language model and checked against the articles",
};

/** Which engine answered, and why another did not. */
export function engineNote(answer) {
  const seconds = (answer.timings_ms?.total ?? 0) / 1000;
  const told = seconds < 0.1 ? "under 0.1" : seconds < 10 ? seconds.toFixed(1) : Math.round(seconds);
  const time = seconds ? `, in ${told}\u00a0s` : "";
  return `${ENGINES[answer.engine] ?? `Answered by the engine ${answer.engine}`}${time}.`;
}

const UNCERTAIN = 0.5; // below it, every second answer of the evaluation is wrong

/** How sure the answer is: the share of such answers that the evaluation found right. */
export function sureness({ status, confidence }) {
  if (status !== "answered") return "";
  const share = `${Math.round(confidence * 100)}\u00a0%`;
  return confidence < UNCERTAIN ? `Uncertain, confidence ${share}: read what stands around the words.` : `Confidence ${share}.`;
}

export function caveats(answer) {
  const said = [];
  if (answer.incomplete) said.push(`The answer broke off${because(answer)}; what is shown stands.`);
  else if (answer.fallback_reason) said.push(`Another engine had to step in${because(answer)}.`);
  if (answer.dropped) {
    const what = answer.dropped === 1 ? "statement that did not hold was" : "statements that did not hold were";
    const why = Object.entries(answer.dropped_reasons ?? {}).map(([reason, times]) => `${reason} (${number(times)})`);
    said.push(`${number(answer.dropped)} ${what} left out${why.length ? `: ${why.join(", ")}` : ""}.`);
  }
  return said;
}

/** Which sentences are quoted, and which a language model worded; "" where all are quoted. */
export function basis({ statements }) {
  const places = statements.flatMap((one, at) => (one.basis === "verified" ? [] : [at + 1]));
  if (places.length === statements.length) return "";
  const checked = "worded by the language model and checked against the words cited";
  if (!places.length) return `${statements.length === 1 ? "The sentence is" : "All sentences are"} ${checked}.`;
  const which = `${places.length === 1 ? "Sentence" : "Sentences"} ${places.join(", ").replace(/, (\d+)$/, " and $1")}`;
  return `${which} ${places.length === 1 ? "is" : "are"} quoted, the rest is ${checked}.`;
}

const because = (answer) => (answer.fallback_reason ? `: ${answer.fallback_reason.replace(/[.\s]+$/, "")}` : "");

/** Which words of the question stand in no article, or "". */
export function unknownWords({ unknown_words: words = [] }) {
  if (!words.length) return "";
  const quoted = words.map((word) => `“${word}”`);
  const listed = quoted.length > 1 ? `${quoted.slice(0, -1).join(", ")} or ${quoted.at(-1)}` : quoted[0];
  return `No article has the word${quoted.length > 1 ? "s" : ""} ${listed}.`;
}

/** A statement as it is shown: one in an article's own words as a person reads them (see `shown` of a citation). */
export function readable(statement) {
  const first = statement.citations[0];
  const same = first?.shown && first.quote.replace(/\s+/g, " ").trim() === statement.text;
  return same ? first.shown : statement.text;
}
