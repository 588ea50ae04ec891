// The parts of an answer as elements.

import { asMarkdown, asText, copy } from "./copy.js";
import { announce, button, element } from "./dom.js";
import { footnoted } from "./marker.js";
import { quoteBeside } from "./quote.js";
import { openSource } from "./source.js";
import { agreement, basis, caveats, engineNote, origin, readable, sureness } from "./words.js";

const EXCERPT = 260; // characters of a passage: two or three sentences
const LONG = 40; // characters of a short answer that no longer fit on one line in large letters

export const statement = (one, siblings) =>
  element("p", { className: "statement", dir: "auto" }, ...footnoted(readable(one), one.citations, siblings));

/** What stands above the statements: the short answer or how the articles differ, and how many say so. */
export function lead(answer, read) {
  const said = (answer.views.length ? answer.note : null) ?? answer.short_answer ?? answer.note;
  const note = answer.note !== said && answer.note;
  const support = answer.views.length ? "" : agreement(answer);
  return [
    said && element("p", { className: said === answer.note ? "note" : said.length > LONG ? "short long" : "short", dir: "auto" }, said),
    note && element("p", { className: "agreement", dir: "auto" }, note),
    support && element("p", { className: "agreement" }, `${support}.`),
    !said && read && element("p", { className: "agreement" }, `${read}.`),
  ].filter(Boolean);
}

/** The articles' own words, shown while a language model still writes. */
export function quotes(answer) {
  const siblings = () => answer.citations;
  return element(
    "section",
    { className: "quick" },
    element("p", { className: "agreement" }, "In the articles’ own words, while the answer is being written:"),
    answer.short_answer && element("p", { className: "short", dir: "auto" }, answer.short_answer),
    ...answer.statements.map((one) => statement(one, siblings)),
    sources(answer, siblings),
  );
}

/** The sources with their numbers, each of which opens. */
export function sources(answer, siblings) {
  if (!answer.citations.length) return null;
  const items = answer.citations.map((one) => {
    const made = button(origin(one), () => openSource(one, siblings(), { from: made }), { className: "source" });
    quoteBeside(made, one);
    return element("li", { value: one.number }, made);
  });
  return element("ol", { className: "sources", "aria-label": "Sources" }, ...items);
}

/** How the question was understood, which engine answered, what was left out, and the answer to take along. */
export function colophon(answer) {
  const understood = answer.standalone_question !== answer.question && `Understood as: ${answer.standalone_question}`;
  const lines = [understood, sureness(answer), basis(answer), ...caveats(answer), answer.status === "answered" && engineNote(answer)];
  return element(
    "footer",
    {},
    ...lines.filter(Boolean).map((line) => element("p", {}, line)),
    element("p", { className: "buttons" }, copier("Copy", answer, asText), copier("Copy as Markdown", answer, asMarkdown)),
  );
}

function copier(label, answer, write) {
  const made = button(label, async () => {
    const said = (await copy(write(answer))) ? "Copied" : "The browser does not let this page copy";
    announce(said);
    made.textContent = said;
    setTimeout(() => (made.textContent = label), 2000);
  });
  return made;
}

/** Words at which to read on, each of which opens: they answer nothing. */
export function nearest(places, heading) {
  if (!places.length) return null;
  const items = places.map((place) => {
    const made = button(origin(place), () => openSource(place, places, { from: made }), { className: "source" });
    return element("li", {}, element("blockquote", { dir: "auto" }, excerpt(place.shown ?? place.quote)), made);
  });
  return element(
    "section",
    { className: "nearest" },
    element("h3", {}, heading),
    element("ul", {}, ...items),
  );
}

function excerpt(text) {
  const characters = Array.from(text.replace(/\s+/g, " ").trim());
  if (characters.length <= EXCERPT) return characters.join("");
  return `${characters.slice(0, EXCERPT).join("").replace(/\s+\S*$/, "")}\u00a0…`;
}
