// Footnotes: a number after the words it belongs to.

import { button, element } from "./dom.js";
import { quoteBeside } from "./quote.js";
import { openSource, wordsOf } from "./source.js";

/** A footnote: opens the source at its words. `siblings` are the citations that next and previous lead to. */
function marker(citation, siblings) {
  const made = button(String(citation.number), () => openSource(citation, siblings(), { from: made }), {
    className: "marker",
    "aria-label": `Source ${citation.number}`,
    "data-words": wordsOf(citation),
  });
  quoteBeside(made, citation);
  return made;
}

/** A text and its footnotes, as what an element holds. */
export function footnoted(text, citations, siblings) {
  // The last word and the first footnote stay on one line, unless the word is longer than a phone is wide.
  const [, before, last] = /^(.*?)(\S{0,24})$/s.exec(text.trimEnd());
  const [first, ...others] = citations.map((citation) => marker(citation, siblings));
  return [before, element("span", { className: "together" }, last, first), ...others];
}
