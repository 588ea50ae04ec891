// The page: joins its parts.

import { clearPlace, placeInAddress } from "./address.js";
import { status } from "./api.js";
import { openArticles, refreshArticles, watchArticles } from "./articles.js";
import { say, watchConnection } from "./connection.js";
import { askQuestion, cited, isBusy, newConversation, openConversation, stop } from "./conversation.js";
import { button, byId, draw, element } from "./dom.js";
import { refreshFilters, watchFilters } from "./filters.js";
import { closePanel, openSection, watchPanel } from "./panel.js";
import { watchQuote } from "./quote.js";
import { forgetSource, markOpen, openSource, watchSource } from "./source.js";
import { watchUploads } from "./uploads.js";
import { count } from "./words.js";

const question = byId("question");
const UNDO_SHOWN_MS = 10_000;
let known = false;

/** Shows what the server holds: how many articles, examples, filters, whether files may be added. */
async function refresh() {
  try {
    const { articles, examples, uploads } = await status();
    byId("holdings").textContent = articles ? `${count(articles, "article")} to ask.` : "There are no articles yet.";
    byId("examples").replaceChildren(...examples.map(example));
    byId("add").hidden = !uploads;
    await refreshFilters();
    known = true;
  } catch (error) {
    known = false;
    if (error.kind !== "unreachable" && error.kind !== "not-ready") say(error.message);
  }
}

const example = (text) => element("li", {}, button(text, () => send(text), { className: "example" }));

async function send(text) {
  const asked = text.trim();
  if (!asked || isBusy()) return;
  question.value = "";
  if (matchMedia("(pointer: coarse)").matches) question.blur(); // a keyboard on the screen would hide the answer
  await askQuestion(asked);
  if (!known) await refresh(); // a key was given meanwhile, or the articles have been read
}

function showState() {
  const busy = isBusy();
  draw(byId("send"), busy ? "stop" : "send", busy ? "Stop" : "Ask");
  byId("send").disabled = !busy && !question.value.trim();
}

function watchQuestionBox() {
  question.addEventListener("input", showState);
  question.addEventListener("keydown", (event) => {
    // Enter asks, Shift+Enter begins a line; while a word is being composed Enter belongs to the keyboard.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    send(question.value);
  });
  byId("ask").addEventListener("submit", (event) => {
    event.preventDefault();
    if (isBusy()) stop();
    else send(question.value);
    question.focus();
  });
}

/** Opens the source that the address names; next and previous lead through the answer that cites it. */
function followAddress() {
  const place = placeInAddress();
  if (!place) {
    if (openSection() === "source") closePanel();
    return;
  }
  const same = (one) => ["article_id", "start", "end"].every((name) => one[name] === place[name]);
  const list = cited().findLast((citations) => citations.some(same)) ?? [place];
  openSource(list.find(same) ?? place, list, { address: null });
}

function sourceClosed() {
  markOpen(null);
  clearPlace();
}

async function articlesChanged() {
  forgetSource();
  await refresh();
  await refreshArticles();
}

watchConnection(articlesChanged);
watchQuote();
watchSource();
watchPanel({ onClose: sourceClosed, onBack: () => openArticles() });
watchFilters(refreshArticles);
watchArticles(() => {
  forgetSource();
  refresh();
});
watchUploads({ onDrop: () => openArticles(), added: articlesChanged });
watchQuestionBox();
byId("open-articles").addEventListener("click", (event) => {
  if (openSection() === "articles") closePanel();
  else openArticles(event.currentTarget);
});
byId("narrow").addEventListener("click", (event) => openArticles(event.currentTarget));
byId("new-conversation").addEventListener("click", () => {
  const bringBack = newConversation();
  closePanel();
  const undo = button("Bring it back", () => {
    bringBack();
    say("");
    question.focus();
  });
  say("The conversation was removed from this browser. ", UNDO_SHOWN_MS, undo);
  question.focus();
});
addEventListener("popstate", followAddress);
openConversation(showState);
followAddress();
refresh();
