// The quote beside a footnote on hover and focus. It stays under the pointer, and Escape takes it away.

import { byId } from "./dom.js";
import { origin } from "./words.js";

const GAP = 8; // between footnote and quote, and the edge of the window
const LINGER_MS = 150; // enough to move the pointer from the footnote onto the quote

let owner = null;
let leaving = 0;

/** Shows the quote of `citation` when the pointer or the focus is on `marker`. */
export function quoteBeside(marker, citation) {
  marker.addEventListener("pointerenter", (event) => event.pointerType !== "touch" && show(marker, citation));
  marker.addEventListener("pointerleave", hideSoon);
  marker.addEventListener("focus", () => marker.matches(":focus-visible") && show(marker, citation));
  marker.addEventListener("blur", hideQuote);
}

export function hideQuote() {
  clearTimeout(leaving);
  byId("quote").hidden = true;
  owner?.removeAttribute("aria-describedby");
  owner = null;
}

/** Listens to what concerns the quote itself. */
export function watchQuote() {
  byId("quote").addEventListener("pointerenter", () => clearTimeout(leaving));
  byId("quote").addEventListener("pointerleave", hideSoon);
  document.addEventListener("scroll", hideQuote, { passive: true });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !owner) return;
      hideQuote();
      event.stopPropagation(); // this Escape closes the quote, not also the source behind it
    },
    { capture: true },
  );
}

function hideSoon() {
  clearTimeout(leaving);
  leaving = setTimeout(hideQuote, LINGER_MS);
}

function show(marker, citation) {
  hideQuote();
  const quote = byId("quote");
  quote.querySelector(".words").textContent = `“${citation.shown ?? citation.quote}”`;
  quote.querySelector(".from").textContent = origin(citation);
  quote.hidden = false;
  owner = marker;
  marker.setAttribute("aria-describedby", "quote");
  const at = marker.getBoundingClientRect();
  const size = quote.getBoundingClientRect();
  const left = Math.min(Math.max(GAP, at.left - size.width / 4), innerWidth - size.width - GAP);
  const above = at.top - size.height - GAP;
  quote.style.left = `${left}px`;
  quote.style.top = `${above > GAP ? above : at.bottom + GAP}px`;
}
