// Publishers and dates: they narrow the list of articles and the questions alike.

import { publishers as fetchPublishers } from "./api.js";
import { byId, element } from "./dom.js";
import { count, narrowing } from "./words.js";

const chosen = new Set();
let changed = () => {};

const isBackwards = () => Boolean(byId("from").value) && byId("to").value !== "" && byId("to").value < byId("from").value;

/** What the API takes: only what is set, and no last day before the first. */
export function filters() {
  const set = {};
  if (chosen.size) set.publishers = [...chosen];
  if (byId("from").value) set.published_from = byId("from").value;
  if (byId("to").value && !isBackwards()) set.published_to = byId("to").value;
  return set;
}

export function clearFilters() {
  chosen.clear();
  for (const box of byId("publishers").querySelectorAll("input")) box.checked = false;
  byId("from").value = byId("to").value = "";
  update();
}

/** Calls `onChange` whenever the choice changes. */
export function watchFilters(onChange) {
  changed = onChange;
  byId("filters").addEventListener("submit", (event) => event.preventDefault());
  for (const id of ["from", "to"]) byId(id).addEventListener("change", update);
  byId("widen").addEventListener("click", () => {
    clearFilters();
    byId("question").focus();
  });
}

/** Shows what there is to choose from. A choice that is no longer there is dropped. */
export async function refreshFilters() {
  const { publishers, published_from: first } = await fetchPublishers();
  const named = publishers.filter((one) => one.name !== null);
  for (const name of chosen) if (!named.some((one) => one.name === name)) chosen.delete(name);
  byId("publishers").querySelector("div").replaceChildren(...named.map(choice));
  byId("publishers").hidden = !named.length;
  byId("dates").hidden = !first;
  const nameless = publishers.find((one) => one.name === null)?.articles ?? 0;
  byId("filters-note").textContent =
    nameless && named.length ? `${count(nameless, "article names", "articles name")} no publisher.` : "";
  update();
}

function choice({ name, articles }) {
  const box = element("input", {
    type: "checkbox",
    checked: chosen.has(name),
    on: {
      change: () => {
        chosen[box.checked ? "add" : "delete"](name);
        update();
      },
    },
  });
  return element("label", {}, box, element("span", {}, name), element("span", { className: "count" }, String(articles)));
}

function update() {
  const wrong = isBackwards() ? "The last day lies before the first, and is left out." : "";
  byId("to").setCustomValidity(wrong);
  byId("dates-note").textContent = wrong;
  const narrowed = narrowing(filters());
  byId("narrow").textContent = narrowed ? `Asking ${narrowed}` : "Asking all articles";
  byId("widen").hidden = !narrowed;
  changed();
}
