// Tells that the server is away or not ready yet, asks until it is back, and says so.

import { server } from "./api.js";
import { byId } from "./dom.js";

const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 10_000; // a laptop that sleeps for hours should not ask every second
const BACK_SHOWN_MS = 4000;

let waiting = false;
let shown = 0;

/** Calls `onBack` whenever the server answers again. */
export function watchConnection(onBack) {
  const lost = async () => {
    if (waiting) return;
    waiting = true;
    await backAgain();
    waiting = false;
    say("The server is back.", BACK_SHOWN_MS);
    onBack();
  };
  server.addEventListener("unreachable", lost);
  server.addEventListener("unready", lost);
}

async function backAgain() {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 1.5, LONGEST_PAUSE_MS)) {
    try {
      const response = await fetch("/readyz", { cache: "no-store" });
      if (response.ok) return;
      say((await response.json()).detail);
    } catch {
      say("The server does not answer. This page goes on trying.");
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

/** Shows a notice above the question box, with what can be done about it, for `ms` milliseconds or until the next. */
export function say(text, ms = 0, ...actions) {
  const notice = byId("notice");
  if (notice.textContent !== text) notice.replaceChildren(text, ...actions); // said once, not at every try
  clearTimeout(shown);
  if (ms) shown = setTimeout(() => (notice.textContent = ""), ms);
}
