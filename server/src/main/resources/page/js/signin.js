/** Asks for an API key or a token. */

import { el } from "./dom.js";
import * as session from "./session.js";

export function signIn(root) {
  const key = el("input", { type: "password", id: "key", autocomplete: "off", required: true, spellcheck: "false" });
  const why = session.wanted();
  root.replaceChildren(el("section", { class: "panel signin", "aria-label": "Sign in" },
    el("div", { class: "head" }, el("h1", { text: "Sign in" })),
    el("form", { onsubmit: event => {
      event.preventDefault();
      if (key.value.trim()) session.use(key.value.trim());
    } },
    el("label", { for: "key", text: "API key or token" }), key, el("button", { type: "submit", class: "main", text: "Sign in" }),
    why ? el("p", { class: "state error", role: "alert", text: why }) : null,
    el("p", { class: "quiet", text: "It stays in this tab, until you close it or sign out." }))));
  key.focus();
}
