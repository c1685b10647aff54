/** Tables as files: fetched rather than linked, since a link could say neither what it takes nor with which key. */

import { el } from "./dom.js";
import { failed } from "./connection.js";
import * as session from "./session.js";

/** A button that saves what the address answers as CSV. */
export function csv(url, name) {
  return el("button", { type: "button", class: "plain small", text: "CSV", title: "Save " + name + " as CSV, every field with its unit in the API's description",
    "aria-label": "Save " + name + " as CSV", onclick: () => save(url(), name) });
}

async function save(url, name) {
  try {
    const answer = await fetch(url, { headers: { Accept: "text/csv", ...session.headers() }, cache: "no-store" });
    if (!answer.ok) throw Object.assign(new Error("error " + answer.status), { status: answer.status });
    const at = URL.createObjectURL(await answer.blob());
    el("a", { href: at, download: name.replace(/[^\w.-]+/g, "-") + ".csv" }).click();
    setTimeout(() => URL.revokeObjectURL(at), 10000);
  } catch (error) {
    failed(Object.assign(error, { status: error.status ?? 0 }));
  }
}
