// The source beside the conversation, scrolled to the exact words.

import { article } from "./api.js";
import { writePlace } from "./address.js";
import { announce, byId, draw, element } from "./dom.js";
import { inUnits, line } from "./looks.js";
import { locate } from "./offsets.js";
import { openSection, showPanel } from "./panel.js";
import { hideQuote } from "./quote.js";
import { origin, titleOf } from "./words.js";

const PART = 100; // paragraphs and what lies between them: a few screens

let shown = null; // the article that was last read
let siblings = [];
let at = -1;
let asked = 0;

/**
 * Opens an article at `place`, {article_id, start, end, quote}; without an end it is opened at its beginning.
 * `list` holds the places that previous and next lead to.
 */
export async function openSource(place, list = [place], { from, back = false, address = "push" } = {}) {
  const mine = (asked += 1);
  hideQuote();
  siblings = list;
  at = list.findIndex((one) => one === place || (one.number && one.number === place.number));
  if (address) writePlace(place, address);
  markOpen(place);
  showPanel("source", { title: place.file ? titleOf(place) : "Source", back, from });
  showSteps();
  try {
    if (shown?.id !== place.article_id) {
      byId("source-about").textContent = "Opening …";
      byId("source-text").replaceChildren();
      const fetched = await article(place.article_id);
      if (mine !== asked) return; // another was asked for meanwhile
      shown = fetched;
    }
    render(shown, place);
  } catch (error) {
    if (mine !== asked) return;
    byId("source-about").textContent = "";
    tell(error.status === 404 ? "This article is no longer there." : error.message);
  }
}

/** Marks the footnotes whose words are shown, or none. */
export function markOpen(place) {
  const words = place && wordsOf(place);
  for (const one of document.querySelectorAll(".marker")) {
    if (one.dataset.words === words) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  }
}

export const wordsOf = ({ article_id: id, start, end }) => `${id} ${start} ${end}`;

/** Has the next opening read the article anew. */
export function forgetSource() {
  shown = null;
}

export function watchSource() {
  draw(byId("source-previous"), "back", "Previous citation");
  draw(byId("source-next"), "next", "Next citation");
  byId("source-previous").addEventListener("click", () => step(-1));
  byId("source-next").addEventListener("click", () => step(1));
  byId("panel").addEventListener("keydown", (event) => {
    const way = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!way || openSection() !== "source" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    step(way);
  });
}

function step(way) {
  const next = siblings[at + way];
  if (!next || openSection() !== "source") return;
  const pressed = document.activeElement;
  openSource(next, siblings, { from: pressed, address: "replace" });
  // The focus stays where it was, so that one can go on; at either end the button is no more.
  (pressed.disabled || !byId("source").contains(pressed) ? byId("source-text") : pressed).focus({ preventScroll: true });
}

function showSteps() {
  byId("source-steps").hidden = siblings.length < 2 || at < 0;
  byId("source-place").textContent = `${at + 1} of ${siblings.length}`;
  byId("source-previous").disabled = at <= 0;
  byId("source-next").disabled = at >= siblings.length - 1;
}

function render(read, place) {
  const box = byId("source-text");
  const span = place.end ? locate(read.text, place) : null;
  byId("panel-title").textContent = titleOf(read);
  byId("source-about").textContent = origin(read, { title: false });
  tell(place.end && !span ? "These words are no longer in the article: it was changed since." : "");
  box.replaceChildren(...parts(read, span));
  const marked = box.querySelector("mark");
  if (!marked) {
    box.scrollTop = 0;
    return;
  }
  scrollTo(box, marked);
  requestAnimationFrame(() => scrollTo(box, marked)); // parts that came into view now have their true height
  announce(`Highlighted: ${place.shown ?? read.text.slice(span.start, span.end)}`);
}

function scrollTo(box, marked) {
  const [words, view] = [marked.getBoundingClientRect(), box.getBoundingClientRect()];
  box.scrollTop += words.top - view.top - Math.max(0, (view.height - words.height) / 3);
}

/** The text in parts that the browser lays out only when they come into view: a long report opens at once. */
function parts(read, span) {
  const pieces = paragraphs(read.text, inUnits(read.text, read.looks ?? []), span);
  const made = [];
  for (let from = 0; from < pieces.length; from += PART) {
    made.push(element("div", { className: "part" }, ...pieces.slice(from, from + PART)));
  }
  return made;
}

/** The text in paragraphs, its line ends between them, so that the box holds exactly the article's text. */
function paragraphs(text, looks, span) {
  let next = 0;
  return [...text.matchAll(/[\r\n]+|[^\r\n]+/g)].map(({ 0: piece, index }) => {
    if (piece[0] === "\n" || piece[0] === "\r") return piece;
    const first = next;
    while (next < looks.length && looks[next].start < index + piece.length) next += 1;
    return line(piece, index, looks.slice(first, next), span);
  });
}

function tell(text) {
  byId("source-note").textContent = text;
  byId("source-note").hidden = !text;
  if (text) announce(text);
}
