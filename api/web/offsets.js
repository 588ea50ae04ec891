// The API counts code points; a JavaScript string counts UTF-16 units, two for an emoji.

/** Returns the place of a code point in UTF-16 units, at most the text's length. */
export function unitsAt(text, points) {
  let units = 0;
  for (let passed = 0; passed < points && units < text.length; passed += 1) {
    units += text.codePointAt(units) > 0xffff ? 2 : 1;
  }
  return units;
}

/**
 * Returns where words stand in a text, {start, end} in UTF-16 units, or null when they do not.
 * A text that changed since is searched for the quote.
 */
export function locate(text, { start, end, quote }) {
  const from = unitsAt(text, start);
  const to = from + unitsAt(text.slice(from), end - start);
  if (from < to && (quote === undefined || text.slice(from, to) === quote)) return { start: from, end: to };
  const again = quote ? text.indexOf(quote) : -1;
  return again < 0 ? null : { start: again, end: again + quote.length };
}
