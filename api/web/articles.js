// The list of articles: searched, narrowed, a page at a time; uploads can be removed.

import { articles, remove } from "./api.js";
import { announce, button, byId, element } from "./dom.js";
import { filters } from "./filters.js";
import { showPanel } from "./panel.js";
import { markOpen, openSource } from "./source.js";
import { count, day, titleOf } from "./words.js";

const PAGE = 50;
const TYPING_PAUSE_MS = 200;

let offset = 0;
let asked = 0;
let typing = 0;
let changed = () => {};

export function openArticles(from) {
  markOpen(null);
  showPanel("articles", { title: "Articles", from });
  return refreshArticles();
}

/** Calls `onChange` when an upload was removed. */
export function watchArticles(onChange) {
  changed = onChange;
  byId("search").addEventListener("input", () => {
    clearTimeout(typing);
    typing = setTimeout(refreshArticles, TYPING_PAUSE_MS);
  });
  byId("more").addEventListener("click", () => fetchPage(offset));
}

/** Shows the list from its beginning. Nothing is fetched while nobody sees it. */
export async function refreshArticles() {
  if (!byId("articles").hidden && !byId("panel").hidden) await fetchPage(0);
}

async function fetchPage(from) {
  const mine = (asked += 1);
  try {
    const page = await articles(parameters(from));
    if (mine !== asked) return; // more was typed meanwhile
    const items = page.articles.map(row);
    if (from) byId("list").append(...items);
    else byId("list").replaceChildren(...items);
    if (from) items[0]?.querySelector("button").focus();
    offset = from + page.articles.length;
    byId("found").textContent = page.total ? count(page.total, "article") : "No article fits.";
    byId("more").hidden = offset >= page.total;
  } catch (error) {
    if (mine === asked) byId("found").textContent = error.message;
  }
}

function parameters(from) {
  const wanted = new URLSearchParams({ offset: from, limit: PAGE });
  const { publishers = [], ...dates } = filters();
  for (const name of publishers) wanted.append("publisher", name);
  for (const [name, value] of Object.entries(dates)) wanted.set(name, value);
  const query = byId("search").value.trim();
  if (query) wanted.set("query", query);
  return wanted;
}

function row(article) {
  const about = [
    article.publisher,
    article.published && day(article.published),
    article.title && article.file,
    count(article.characters, "character"),
    article.upload && "added by you",
  ];
  const place = { ...article, article_id: article.id, start: 0, end: 0 };
  const open = button(titleOf(article), () => openSource(place, [place], { back: true, from: open }), { className: "title" });
  const item = element("li", {}, open, element("p", {}, about.filter(Boolean).join(" · ")));
  if (article.upload) item.append(remover(article, item));
  return item;
}

/** A button that asks once more before it removes. */
function remover(article, item) {
  let sure = false;
  const name = titleOf(article);
  const made = button("Remove", async () => {
    if (!sure) {
      sure = true;
      made.textContent = "Remove for good?";
      made.classList.add("sure");
      return;
    }
    made.disabled = true;
    try {
      await remove(article.id);
    } catch (error) {
      made.disabled = false;
      item.append(element("p", { className: "failure", role: "alert" }, error.message));
      return;
    }
    announce(`${name} was removed`);
    changed();
    await refreshArticles();
    byId("search").focus();
  });
  const calm = () => {
    sure = false;
    made.textContent = "Remove";
    made.classList.remove("sure");
  };
  made.setAttribute("aria-description", name);
  made.addEventListener("blur", calm);
  return made;
}
