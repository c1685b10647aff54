/** Routes of the page, its navigation, and how it stands with the server. */

import * as board from "./board.js";
import * as connection from "./connection.js";
import { el, state } from "./dom.js";
import * as session from "./session.js";
import { signIn } from "./signin.js";

const PAGES = [
  { name: "overview", label: "Overview" },
  { name: "market", label: "Market" },
  { name: "scenario", label: "Scenario" },
  { name: "alerts", label: "Alerts" },
  { name: "accounts", label: "Accounts" },
  { name: "options", label: "Options" },
  { name: "collateral", label: "Collateral" },
  { name: "feeds", label: "Feeds" },
];

const main = document.getElementById("main");
const nav = document.getElementById("nav");
let leave = null;

/** #/name/part?key=value */
function place() {
  const [way, search = ""] = location.hash.replace(/^#\/?/, "").split(/\?(.*)/s);
  const [name, ...rest] = way.split("/");
  return { name: name || "overview", id: decodeURIComponent(rest.join("/")), search: new URLSearchParams(search) };
}

async function show() {
  const { name, id, search } = place();
  const page = PAGES.find(each => each.name === name);
  if (leave) leave.abort();
  leave = new AbortController();
  const { signal } = leave;
  drawNav(name);
  document.title = (page ? page.label + (id ? " " + id : "") + " · " : "") + "Plimsoll";
  main.dataset.page = "";
  if (session.wanted() !== null) {
    signIn(main);
    return;
  }
  if (!page) {
    main.replaceChildren(state("empty", "There is no page " + name + "."));
    return;
  }
  main.replaceChildren(state("waiting", "Reading ..."));
  try {
    const view = await import("./views/" + page.name + ".js");
    if (signal.aborted) return;
    const root = el("div", { class: "dims" });
    main.replaceChildren(root);
    view.show(root, { id, search, signal });
    main.dataset.page = name;
    window.scrollTo(0, 0);
  } catch (error) {
    if (signal.aborted) return;
    console.error(error);
    main.replaceChildren(state("error", "This page could not be drawn: " + error.message));
  }
}

function drawNav(current) {
  nav.replaceChildren(...PAGES.map(page =>
    el("a", { href: "#/" + page.name, "aria-current": page.name === current ? "page" : null, text: page.label, "data-page": page.name })));
  if (session.held()) nav.append(el("button", { type: "button", class: "plain", text: "Sign out", onclick: () => session.use(null) }));
  drawFiring();
}

function drawFiring() {
  const link = nav.querySelector("[data-page=alerts]");
  const firing = board.all().filter(alert => alert.status === "FIRING").length;
  if (link) link.textContent = "Alerts" + (firing ? " (" + firing + ")" : "");
}

function drawBadges() {
  const { list, offline } = connection.badges();
  document.getElementById("badges").replaceChildren(
    ...list.map(({ kind, text, title }) => el("span", { class: "badge " + kind, title, text })));
  document.documentElement.classList.toggle("offline", offline);
}

connection.onChange(drawBadges);
board.onChange(drawFiring);
session.onChange(show);
window.addEventListener("hashchange", show);
board.follow();
show();
