// Making elements. Text is only ever set as text: nothing here, or elsewhere, reads a string as HTML.

const SVG = "http://www.w3.org/2000/svg";
const SHAPES = {
  back: "M15 5l-7 7 7 7",
  next: "M9 5l7 7-7 7",
  close: "M6 6l12 12M18 6L6 18",
  send: "M12 19V5M5.5 11.5L12 5l6.5 6.5",
  stop: "M7.5 7.5h9v9h-9z",
};

export const byId = (id) => document.getElementById(id);

/** Returns an element. A name with a hyphen is set as an attribute, any other as a property; `on` holds listeners. */
export function element(name, { on = {}, ...properties } = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.includes("-") || key === "role") made.setAttribute(key, value);
    else made[key] = value;
  }
  for (const [event, listener] of Object.entries(on)) made.addEventListener(event, listener);
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

export const button = (label, onClick, { className = "", ...properties } = {}) =>
  element("button", { type: "button", className: `plain ${className}`, ...properties, on: { click: onClick } }, label);

/** Returns a drawing that says nothing to a screen reader; the button around it has a name of its own. */
export function icon(name) {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("aria-hidden", "true");
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", SHAPES[name]);
  drawing.append(line);
  return drawing;
}

/** Shows a button as a drawing; its words become its name. */
export function draw(made, name, label = made.textContent) {
  made.setAttribute("aria-label", label);
  made.title = label;
  made.replaceChildren(icon(name));
}

/** Has screen readers say something that the eye sees elsewhere. */
export function announce(text) {
  byId("announcer").textContent = text;
}
