// Adding articles: files dropped anywhere on the page or chosen, one after another, each with its progress.

import { upload } from "./api.js";
import { announce, button, byId, element } from "./dom.js";
import { count } from "./words.js";

const DONE_SHOWN_MS = 6000;

let queue = Promise.resolve();
let onAdded = () => {};

/** Lets people add files. `onDrop` is called before the first of them is sent, `added` after each. */
export function watchUploads({ onDrop, added }) {
  onAdded = added;
  byId("choose").addEventListener("click", () => byId("files").click());
  byId("files").addEventListener("change", () => {
    send([...byId("files").files]);
    byId("files").value = "";
  });
  const allowed = (event) => !byId("add").hidden && event.dataTransfer?.types.includes("Files");
  addEventListener("dragover", (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault(); // else the browser leaves the page to show the file
    event.dataTransfer.dropEffect = allowed(event) ? "copy" : "none";
    byId("drop").hidden = !allowed(event);
  });
  addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) byId("drop").hidden = true;
  });
  addEventListener("drop", (event) => {
    byId("drop").hidden = true;
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    if (!allowed(event)) return;
    onDrop();
    send([...event.dataTransfer.files]);
  });
}

function send(files) {
  for (const file of files) {
    const row = new Row(file.name);
    queue = queue.then(() => row.send(file));
  }
  byId("add").scrollIntoView({ block: "nearest" }); // files can be dropped when it is out of sight
}

/** A file on its way. */
class Row {
  constructor(name) {
    this.name = name;
    this.bar = element("progress", { max: 1, value: 0, "aria-label": `Sending ${name}` });
    this.said = element("span", { className: "said" }, "waiting");
    this.element = element("li", {}, element("span", { className: "name" }, name), this.said, this.bar);
    byId("uploads").append(this.element);
  }

  async send(file) {
    try {
      const { articles, left_out: leftOut = {} } = await upload(file, (share) => this.progress(share));
      this.end("done", `added${articles.length > 1 ? ` as ${count(articles.length, "article")}` : ""}`);
      const unread = Object.entries(leftOut).map(([name, reason]) => element("p", {}, `${name} was left out: ${reason}`));
      this.element.append(...unread);
      if (!unread.length) setTimeout(() => this.element.remove(), DONE_SHOWN_MS);
      await onAdded();
    } catch (error) {
      this.end("failure", error.message);
      this.element.append(button("Dismiss", () => this.dismiss(), { "aria-label": `Dismiss ${this.name}` }));
    }
  }

  progress(share) {
    this.bar.value = share;
    // All is sent long before a large file is read and indexed.
    this.said.textContent = share < 1 ? `${Math.floor(share * 100)} %` : "being read …";
    if (share >= 1) this.bar.removeAttribute("value");
  }

  end(how, said) {
    this.bar.remove();
    this.element.className = how;
    this.said.textContent = said;
    announce(`${this.name}: ${said}`);
  }

  dismiss() {
    this.element.remove();
    byId("choose").focus();
  }
}
