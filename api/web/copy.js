// An answer with its sources as text or Markdown, and onto the clipboard.

import { addressOf } from "./address.js";
import { element } from "./dom.js";
import { besideViews } from "./views.js";
import { day, origin, titleOf } from "./words.js";

export function asText(answer) {
  const sources = answer.citations.map((one) => `[${one.number}] “${one.quote}” ${origin(one)}`);
  return parts(answer.question, said(answer, oneLine, plainMark), sides(answer, oneLine, plainMark), sources);
}

/** Footnotes as most readers of Markdown know them; each leads back to the words. */
export function asMarkdown(answer) {
  const sources = answer.citations.map((one) => `[^${one.number}]: “${escaped(one.quote)}” ${linked(one)}`);
  return parts(`**${escaped(answer.question)}**`, said(answer, escaped, noteMark), sides(answer, escaped, noteMark), sources);
}

const plainMark = (citation) => ` [${citation.number}]`;
const noteMark = (citation) => `[^${citation.number}]`;
const oneLine = (text) => text.replace(/\s+/g, " ").trim();
const escaped = (text) => oneLine(text).replace(/[\\`*_[\]<>#|~&]/g, "\\$&");

const parts = (question, body, views, sources) =>
  `${[question, body, views.join("\n"), sources.join("\n")].filter(Boolean).join("\n\n")}\n`;

/** The note and the statements; what a side quotes is in its footnote already. */
function said(answer, write, mark) {
  const statements = besideViews(answer).map((one) => write(one.text) + one.citations.map(mark).join(""));
  return [answer.note && write(answer.note), ...statements].filter(Boolean).join(" ") || write(answer.answer);
}

function sides(answer, write, mark) {
  return answer.views.map((view) => {
    const who = view.speaker ? ` (according to ${write(view.speaker)})` : "";
    return `- ${write(view.answer)}${who}${view.citations.map(mark).join("")}`;
  });
}

function linked(place) {
  const address = `${location.origin}/${addressOf(place)}`;
  const known = [place.publisher, place.published && day(place.published), place.title && place.file].filter(Boolean);
  return [`[${escaped(titleOf(place))}](${address})`, ...known.map(escaped)].join(", ");
}

/** Copies text; a page that came over plain HTTP from another machine has no clipboard but the old one. */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const holder = element("textarea", { value: text, className: "unseen", "aria-hidden": "true" });
    const before = document.activeElement;
    document.body.append(holder);
    holder.select();
    const copied = document.execCommand("copy");
    holder.remove();
    before?.focus();
    return copied;
  }
}
