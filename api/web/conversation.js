// The conversation: asks, shows what comes, and keeps it in this browser.

import { ask } from "./api.js";
import { byId } from "./dom.js";
import { clearFilters, filters } from "./filters.js";
import { clear, history, load, save } from "./store.js";
import { TurnView } from "./turn.js";

let turns = [];
let running = null; // what stops the answer under way

export const isBusy = () => running !== null;
export const stop = () => running?.abort();

/** The citations of all answers, for an address that names one of them. */
export const cited = () => turns.map((turn) => [...(turn.answer?.citations ?? []), ...(turn.answer?.pointers ?? [])]);

/** Shows the conversation that this browser kept. `onChange` is told when a question starts and ends. */
export function openConversation(onChange) {
  changed = () => {
    byId("welcome").hidden = turns.length > 0;
    byId("new-conversation").hidden = turns.length === 0;
    onChange();
  };
  turns = load();
  for (const turn of turns) {
    if (!turn.answer) turn.failure ??= "The page was left before the answer came.";
    byId("turns").append(new TurnView(turn, actions).element);
  }
  changed();
  byId("turns").lastElementChild?.scrollIntoView({ block: "start" });
}

let changed = () => {};

/** Forgets the conversation. Returns what brings it back. */
export function newConversation() {
  stop();
  const [kept, shown] = [turns, [...byId("turns").children]];
  turns = [];
  clear();
  byId("turns").replaceChildren();
  changed();
  return () => {
    turns = [...kept, ...turns];
    byId("turns").prepend(...shown);
    save(turns);
    changed();
  };
}

/** Asks a question, in the articles that it is narrowed to. */
export async function askQuestion(question, narrowed = filters()) {
  if (running) return;
  const earlier = history(turns);
  const turn = { question, filters: narrowed, answer: null, failure: null };
  const view = new TurnView(turn, actions);
  turns.push(turn);
  running = new AbortController();
  save(turns); // so that a page that is left in mid-answer still has the question
  changed();
  show(view);
  try {
    await receive(view, { question, history: earlier, ...narrowed }, running.signal);
  } catch (error) {
    view.fail(error.name === "AbortError" ? "Stopped." : error.message);
  }
  view.settle();
  running = null;
  if (turns.includes(turn)) save(turns);
  changed();
}

const actions = {
  again: (turn) => {
    if (running) return undefined;
    byId("turns").children[turns.indexOf(turn)].remove();
    turns = turns.filter((one) => one !== turn);
    return askQuestion(turn.question, turn.filters);
  },
  wider: (turn) => {
    clearFilters();
    return askQuestion(turn.question, filters());
  },
  ask: (question) => askQuestion(question),
};

async function receive(view, body, signal) {
  view.begin();
  for await (const { event, data } of ask(body, signal)) {
    if (event === "retrieval") view.retrieved(data);
    else if (event === "quick") view.quick(data);
    else if (event === "statement") view.add(data);
    else if (event === "error") throw new Error(data.detail ?? data.title);
    else if (event === "done") view.finish(data);
  }
}

/** Brings the question to the top; its answer has the room below, so nothing moves while it comes. */
function show(view) {
  for (const turn of byId("turns").children) turn.classList.remove("current");
  view.element.classList.add("current");
  byId("turns").append(view.element);
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  view.element.scrollIntoView({ block: "start", behavior: calm ? "instant" : "smooth" });
}
