// The page: asks, shows cited answers, opens a source at the cited words. Text is only ever set as text.

const element = (name, properties = {}, ...children) => {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
};
const byId = (id) => document.getElementById(id);

async function request(path, options) {
  let response;
  try {
    response = await fetch(path, options);
  } catch {
    throw new Error("The server does not answer. Is it still running?");
  }
  const body = await response.json();
  if (!response.ok) throw new Error(body.detail ?? body.title);
  return body;
}

const ask = (question) =>
  request("/api/ask", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ question }),
  });

function describe(citation) {
  return [citation.title, citation.publisher, citation.published, citation.file].filter(Boolean).join(" · ");
}

function marker(citation) {
  const button = element("button", { type: "button", className: "marker", title: citation.quote }, String(citation.number));
  button.setAttribute("aria-label", `Source ${citation.number}: ${citation.quote}`);
  button.addEventListener("click", () => openSource(citation, button));
  return button;
}

function card(answer) {
  const item = element("li", {}, element("h2", {}, answer.question));
  if (answer.status === "not_in_sources") {
    item.append(element("p", { className: "statement refused" }, answer.answer));
    return item;
  }
  for (const statement of answer.statements) {
    item.append(element("p", { className: "statement" }, statement.text, ...statement.citations.map(marker)));
  }
  const sources = answer.citations.map((citation) => element("li", { value: citation.number }, describe(citation)));
  item.append(element("ol", { className: "sources" }, ...sources));
  return item;
}

let openedBy = null;

async function openSource(citation, button) {
  try {
    const article = await request(`/api/articles/${encodeURIComponent(citation.article_id)}`);
    // Offsets count code points; a JavaScript string counts UTF-16 units.
    const characters = Array.from(article.text);
    const part = (start, end) => characters.slice(start, end).join("");
    const mark = element("mark", {}, part(citation.start, citation.end));
    byId("source-title").textContent = article.title ?? article.file;
    byId("source-about").textContent = [article.publisher, article.published, article.file].filter(Boolean).join(" · ");
    byId("source-text").replaceChildren(part(0, citation.start), mark, part(citation.end));
    byId("source").hidden = false;
    byId("source-title").focus({ preventScroll: true });
    mark.scrollIntoView({ block: "center" });
    openedBy = button;
  } catch (error) {
    byId("status").textContent = error.message;
  }
}

byId("close-source").addEventListener("click", () => {
  byId("source").hidden = true;
  openedBy?.focus();
});

byId("ask").addEventListener("submit", async (event) => {
  event.preventDefault();
  const input = byId("question");
  const question = input.value.trim();
  if (!question) return;
  byId("status").textContent = "Reading the articles …";
  try {
    byId("answers").prepend(card(await ask(question)));
    byId("status").textContent = "";
    input.value = "";
  } catch (error) {
    byId("status").textContent = error.message;
  }
  input.focus();
});
