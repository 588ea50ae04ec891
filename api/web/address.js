// The page's address: #source=<article>&start=<n>&end=<n>, in code points, leads back to the words that are shown.

/** Returns the place that the address names, {article_id, start, end}, or null. */
export function placeInAddress() {
  const named = new URLSearchParams(location.hash.slice(1));
  const id = named.get("source");
  if (!id) return null;
  const [start, end] = ["start", "end"].map((name) => Number.parseInt(named.get(name) ?? "0", 10));
  return { article_id: id, start: start || 0, end: end || 0 };
}

export const addressOf = ({ article_id: source, start, end }) =>
  `#${new URLSearchParams(end ? { source, start, end } : { source })}`;

/** Names a place in the address; going back then leads to what was shown before. */
export function writePlace(place, how) {
  const hash = addressOf(place);
  if (hash !== location.hash) history[how === "replace" ? "replaceState" : "pushState"](null, "", hash);
}

export function clearPlace() {
  if (location.hash) history.pushState(null, "", location.pathname + location.search);
}
