// Talking to the server. What fails is a Problem whose message is fit to be shown.

import { askForKey, currentKey } from "./key.js";
import { events } from "./sse.js";

/** Tells "unreachable" when the server does not answer and "unready" when it cannot yet; connection.js listens. */
export const server = new EventTarget();

export class Problem extends Error {
  constructor({ type = "", title = "", detail = "", status = 0 }) {
    super(detail || title || `The server answered with status ${status}.`);
    this.kind = type.split(":").pop();
    this.status = status;
  }
}

const broken = (detail) => new Problem({ type: "unreachable", detail });

const json = (body) => ({
  method: "POST",
  headers: { "content-type": "application/json" },
  body: JSON.stringify(body),
});

export const status = () => read("/api/status");
export const publishers = () => read("/api/publishers");
export const articles = (parameters) => read(`/api/articles?${parameters}`);
export const article = (id) => read(`/api/articles/${encodeURIComponent(id)}`);
export const remove = (id) => read(`/api/articles/${encodeURIComponent(id)}`, { method: "DELETE" });

/** Asks, and yields the events of the answer. Raises Problem, also when the answer breaks off before its end. */
export async function* ask(body, signal) {
  const response = await accepted("/api/ask/stream", { ...json(body), signal });
  try {
    for await (const event of events(response.body)) {
      yield event;
      if (event.event === "done" || event.event === "error") return;
    }
  } catch (error) {
    if (error.name === "AbortError") throw error;
  }
  server.dispatchEvent(new Event("unreachable"));
  throw broken("The answer broke off: the connection to the server was lost.");
}

/** Sends a file. `onProgress` is told the share that was sent, 0 to 1. Resolves to what was added. */
export async function upload(file, onProgress) {
  const reply = await keyed((headers) => {
    const request = new XMLHttpRequest(); // fetch cannot tell how much was sent
    const body = new FormData();
    body.append("file", file);
    return new Promise((resolve, reject) => {
      request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
      request.onload = () => resolve(request);
      request.onerror = () => reject(broken("The server does not answer, or hung up before it had read the file."));
      request.open("POST", "/api/articles");
      for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
      request.send(body);
    });
  });
  const answered = parsed(reply.responseText);
  if (reply.status >= 300) throw new Problem({ ...answered, status: reply.status });
  return answered;
}

async function read(path, options) {
  const response = await accepted(path, options);
  return parsed(await response.text());
}

/** Returns the response to a request that was accepted; raises Problem for any other. */
async function accepted(path, options = {}) {
  const response = await keyed((headers) => reach(path, { ...options, headers: { ...options.headers, ...headers } }));
  if (response.ok) return response;
  const problem = new Problem({ ...parsed(await response.text()), status: response.status });
  if (problem.kind === "not-ready") server.dispatchEvent(new Event("unready"));
  throw problem;
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    server.dispatchEvent(new Event("unreachable"));
    throw broken("The server does not answer. Is it still running?");
  }
}

/** Sends with the key of this tab, and asks for one as long as the server does. */
async function keyed(send) {
  for (;;) {
    const key = currentKey();
    const reply = await send(key ? { authorization: `Bearer ${key}` } : {});
    if (reply.status !== 401) return reply;
    // Another request may have been given a key meanwhile.
    if (key === currentKey() && !(await askForKey())) return reply;
  }
}

/** Returns what a body says; a proxy's page of HTML says nothing that we read. */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
