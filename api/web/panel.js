// The panel beside the conversation. On a narrow screen it lies over the page and holds the focus.

import { byId, draw } from "./dom.js";

const over = matchMedia("(max-width: 1099px)"); // panel.css has the same width

let opener = null;
let closed = () => {};

export const openSection = () => (byId("panel").hidden ? null : document.body.dataset.panel);

/** Shows one section of the panel. The focus goes to its title, and back to `from` when the panel closes. */
export function showPanel(section, { title, back = false, from = document.activeElement }) {
  const panel = byId("panel");
  if (!panel.contains(from)) opener = from;
  for (const part of panel.querySelectorAll(":scope > section")) part.hidden = part.id !== section;
  byId("panel-title").textContent = title;
  byId("panel-back").hidden = !back;
  panel.hidden = false;
  document.body.dataset.panel = section;
  byId("open-articles").setAttribute("aria-expanded", String(section === "articles"));
  cover();
  byId("panel-title").focus({ preventScroll: true });
}

export function closePanel() {
  if (byId("panel").hidden) return;
  byId("panel").hidden = true;
  delete document.body.dataset.panel;
  byId("open-articles").setAttribute("aria-expanded", "false");
  cover();
  const back = opener?.isConnected && opener !== document.body ? opener : byId("question");
  back.focus({ preventScroll: true });
  opener = null;
  closed();
}

export function watchPanel({ onClose, onBack }) {
  closed = onClose;
  draw(byId("panel-close"), "close");
  draw(byId("panel-back"), "back", "Back to the articles");
  byId("panel-close").addEventListener("click", closePanel);
  byId("panel-back").addEventListener("click", onBack);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.defaultPrevented && !byId("key-dialog").open) closePanel();
  });
  over.addEventListener("change", cover);
}

/** What lies under the panel cannot be reached while it does. */
function cover() {
  const covered = over.matches && !byId("panel").hidden;
  for (const below of [byId("bar"), byId("conversation"), document.querySelector(".skip")]) below.inert = covered;
  const panel = byId("panel");
  panel.setAttribute("role", covered ? "dialog" : "complementary");
  if (covered) panel.setAttribute("aria-modal", "true");
  else panel.removeAttribute("aria-modal");
}
