/** Single numbers, large. */

import { el } from "./dom.js";

/** Value, below: text or node; title: unit, as-of and coverage. */
export function tile(name, value, title, below, extra) {
  return el("div", { class: "tile", title }, el("div", { class: "name", text: name }), el("div", { class: "value" }, value),
    extra || null, below ? el("div", { class: "below" }, below) : null);
}
