// How an article's text is shown. Its characters all stay there, in their order, as text: signs are only not seen.

import { element } from "./dom.js";

const BLOCKS = new Set(["heading", "item", "quotation", "rule", "head", "row"]);
const UNSEEN = new Set(["sign", "edge"]);
const NAMES = { strong: "strong", emphasis: "em", code: "code" };

/** Returns looks, [start, end, kind] in code points and in order of place, in UTF-16 units. */
export function inUnits(text, looks) {
  const places = [...new Set(looks.flatMap(([start, end]) => [start, end]))].sort((one, other) => one - other);
  const units = new Map();
  let [passed, at] = [0, 0];
  for (const place of places) {
    for (; passed < place && at < text.length; passed += 1) at += text.codePointAt(at) > 0xffff ? 2 : 1;
    units.set(place, at);
  }
  return looks.map(([start, end, kind]) => ({ start: units.get(start), end: units.get(end), kind }));
}

/** Returns a line of the text as an element; `span` holds the words to mark. It begins at `index`. */
export function line(piece, index, looks, span) {
  const kinds = looks.map((one) => one.kind);
  const blocks = kinds.filter((kind) => BLOCKS.has(kind));
  const whole = { start: index, end: index + piece.length };
  // A line of nothing but signs takes no place.
  const unseen = !blocks.length && looks.some((one) => one.kind === "sign" && one.start <= index && one.end >= whole.end);
  const cells = looks.filter((one) => one.kind === "cell");
  const inner = looks.filter((one) => NAMES[one.kind] || UNSEEN.has(one.kind));
  const write = (from, to) => words(piece, index, from, to, inner, span);
  const children = cells.length
    ? cells.map((cell) => element("span", { className: "cell" }, ...write(cell.start, cell.end)))
    : write(whole.start, whole.end);
  return element("p", { dir: "auto", className: [...new Set(blocks), unseen && "sign"].filter(Boolean).join(" ") }, ...children);
}

/** The words of a line between two places, those to mark together. */
function words(piece, index, from, to, looks, span) {
  const marked = span && { start: Math.max(from, span.start), end: Math.min(to, span.end) };
  if (!marked || marked.start >= marked.end) return runs(piece, index, from, to, looks);
  return [
    ...runs(piece, index, from, marked.start, looks),
    element("mark", {}, ...runs(piece, index, marked.start, marked.end, looks)),
    ...runs(piece, index, marked.end, to, looks),
  ];
}

function runs(piece, index, from, to, looks) {
  const here = looks.filter((one) => one.start < to && from < one.end);
  const cuts = [from, to, ...here.flatMap((one) => [one.start, one.end])].filter((cut) => cut >= from && cut <= to);
  const places = [...new Set(cuts)].sort((one, other) => one - other);
  return places.slice(0, -1).map((start, number) => {
    const over = here.filter((one) => one.start <= start && start < one.end);
    const text = piece.slice(start - index, places[number + 1] - index);
    if (over.some((one) => UNSEEN.has(one.kind))) return element("span", { className: "sign" }, text);
    return over.reduce((inside, one) => element(NAMES[one.kind], {}, inside), text);
  });
}
