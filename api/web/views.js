// The sides of a disagreement, beside each other: each with the words of its articles and where they stand.

import { element } from "./dom.js";
import { footnoted } from "./marker.js";
import { wordsOf } from "./source.js";
import { agreement, byline } from "./words.js";

const QUOTES_SHOWN = 3; // of one side; what is left over is among the sources

export function views(answer, siblings) {
  if (!answer.views.length) return null;
  const sides = answer.views.map((view) =>
    element(
      "li",
      {},
      element("p", { className: "side", dir: "auto" }, view.answer),
      view.speaker && element("p", { className: "speaker" }, `according to ${view.speaker}`),
      element("p", { className: "agreement" }, `${agreement(view)}.`),
      ...view.citations.slice(0, QUOTES_SHOWN).flatMap((one) => quoted(one, siblings)),
    ),
  );
  return element("ul", { className: "views", "aria-label": "What the articles say" }, ...sides);
}

const quoted = (citation, siblings) => [
  element("blockquote", { dir: "auto" }, ...footnoted(`“${citation.quote}”`, [citation], siblings)),
  element("p", { className: "from" }, byline(citation)),
];

/** The statements that no side quotes word for word: what is left to say where articles differ. */
export function besideViews({ statements, views: sides }) {
  const shown = new Set(sides.flatMap((view) => view.citations.slice(0, QUOTES_SHOWN)).map(wordsOf));
  const told = ({ text, citations }) =>
    citations.length > 0 && citations.every((one) => one.quote === text && shown.has(wordsOf(one)));
  return statements.filter((one) => !told(one));
}
