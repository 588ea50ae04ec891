// The key that a server may ask for: kept in this tab only.

import { byId } from "./dom.js";

const NAME = "footnote.key";
let asking = null;

export const currentKey = () => sessionStorage.getItem(NAME);

/** Asks for a key, once for all who need one. Resolves to whether one was given. */
export function askForKey() {
  asking ??= new Promise((resolve) => {
    const dialog = byId("key-dialog");
    const refused = currentKey() !== null;
    byId("key-title").textContent = refused ? "The server did not accept this key" : "This server asks for a key";
    const finish = (given) => {
      dialog.close();
      asking = null;
      resolve(given);
    };
    byId("key-form").onsubmit = (event) => {
      event.preventDefault();
      sessionStorage.setItem(NAME, byId("key").value.trim());
      byId("key").value = "";
      finish(true);
    };
    byId("key-cancel").onclick = () => finish(false);
    dialog.oncancel = () => finish(false);
    dialog.showModal();
    byId("key").focus();
  });
  return asking;
}
