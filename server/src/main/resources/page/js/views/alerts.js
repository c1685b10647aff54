/** The live board: what fires, who has taken it up, until when it is silent. */

import { path, send } from "../api.js";
import * as board from "../board.js";
import { el, panel } from "../dom.js";
import { age, has, iso, plain, provenance } from "../format.js";
import { table } from "../table.js";

const ORDER = { FIRING: 0, PENDING: 1, RESOLVED: 2 };
const URGENT = { CRITICAL: 0, WARNING: 1, INFO: 2 };
const BADGE = { CRITICAL: "bad", WARNING: "warn", INFO: "" };
const WHO = "plimsoll-who";

export function show(root, { signal }) {
  const who = el("input", { type: "text", maxlength: 100, placeholder: "your name", "aria-label": "Your name", value: localStorage.getItem(WHO) || "",
    onchange: () => localStorage.setItem(WHO, who.value.trim()) });
  const status = el("select", { "aria-label": "Status", onchange: draw }, ...[["open", "firing and pending"], ["FIRING", "firing"], ["all", "all, resolved too"]]
    .map(([value, text]) => el("option", { value, text })));
  const said = el("span", { class: "quiet", role: "status" });
  const live = el("span", { class: "badge" });
  const rows = table({ label: "alerts", key: a => a.key, text: a => [a.ruleId, a.subject, a.severity, a.sentence].join(" "), sortBy: 0, falling: false,
    rowClass: a => (a.status === "RESOLVED" ? "stale" : ""), columns: columns(act) });
  root.append(el("h1", {}, "Alerts ", live), panel("The board", [said, who, status, rows.sorter, rows.filter], rows.node));
  board.onChange(draw, signal);
  draw();

  function draw() {
    const state = board.streamState();
    live.textContent = state === "live" ? "live" : state === "broken" ? "stream broken, trying again" : "connecting";
    live.className = "badge " + (state === "live" ? "good" : state === "broken" ? "bad" : "");
    if (state === "connecting" && board.all().length === 0) return;
    rows.update(board.all().filter(a => status.value === "all" || (status.value === "open" ? a.status !== "RESOLVED" : a.status === status.value)));
    if (board.all().length === 0) rows.say("empty", "No alerts: nothing that the rules watch has happened.");
  }

  async function act(button, words, method, alert, what, body) {
    const name = who.value.trim();
    if (!name) {
      said.textContent = "Say who you are first.";
      who.focus();
      return;
    }
    button.disabled = true;
    said.textContent = words + " ...";
    try {
      await send(method, path("alerts", alert.id, what), { by: name, reason: "from the page", ...body }, signal);
      said.textContent = words + ": taken. The board shows it when the rules have it.";
    } catch (error) {
      said.textContent = "Not done: " + error.message;
    } finally {
      button.disabled = false;
    }
  }
}

const reading = r => (has(r.value) ? plain(r.value) : "not known") + " " + (r.comparison === "BELOW" ? "<" : r.comparison === "ABOVE" ? ">" : r.comparison.toLowerCase())
  + " " + plain(r.threshold) + " " + r.unit;

function columns(act) {
  return [
    { name: "Alert", cls: "key left", by: a => [ORDER[a.status], URGENT[a.severity], String(1e15 - a.sinceMs)].join(), title: a => "rule " + a.ruleId + "; " + provenance(a),
      cell: a => el("span", {}, el("span", { class: "badge " + BADGE[a.severity], text: a.severity.toLowerCase() }), " " + a.status.toLowerCase()) },
    { name: "Subject", cls: "left", by: a => a.subject, title: a => "rule " + a.ruleId, cell: a => el("span", {}, a.subject, el("span", { class: "venue", text: a.ruleId })) },
    { name: "What", cls: "left wrap", title: a => a.readings.map(r => r.metric + " " + reading(r)).join("; ") + "; " + provenance(a), cell: a => a.sentence },
    { name: "Since", by: a => a.sinceMs, title: a => "since " + iso(a.sinceMs) + ", fired " + iso(a.firedMs), cell: a => age(Math.max(0, Date.now() - a.sinceMs)) },
    { name: "Taken up", cls: "left", by: a => a.acknowledgedBy || "", cell: a => a.acknowledgedBy
      ? el("span", { class: "badge good", text: a.acknowledgedBy }) : has(a.silencedUntilMs) && a.silencedUntilMs > Date.now() ? "" : el("span", { class: "quiet", text: "nobody" }),
      title: a => (has(a.silencedUntilMs) ? "silent until " + iso(a.silencedUntilMs) : "not silenced") },
    { name: "Do", cls: "left wide", once: true, cell: a => {
      const button = (text, run) => { const b = el("button", { type: "button", class: "plain", text, "aria-label": text + " " + a.ruleId + " on " + a.subject, onclick: () => run(b, current(a)) }); return b; };
      return el("span", {}, button("Acknowledge", (b, it) => act(b, "Acknowledge", "POST", it, "ack", {})), " ",
        button("Silence 1 h", (b, it) => act(b, "Silence", "POST", it, "silence", { for: "1h" })));
    } },
    { name: "Silent until", by: a => a.silencedUntilMs, cell: a => (has(a.silencedUntilMs) && a.silencedUntilMs > Date.now() ? iso(a.silencedUntilMs).slice(11, 16) + " UTC" : "–"),
      title: a => iso(a.silencedUntilMs) },
  ];
}

/** The row stays while episodes of its rule and subject follow each other: actions are for the present one. */
const current = alert => board.all().find(each => each.key === alert.key) || alert;
