/** Names with their numbers, in groups: each says by what it is known, with unit, as-of and history where one points or goes by the keyboard. */

import { el } from "./dom.js";
import { NONE, age, count, has, isStale, provenance } from "./format.js";

/** What is computed by a model of what would happen, not of what is. */
export const modelled = () => el("span", { class: "tag", text: "modelled", title: "Follows from a model of prices or people, not from what was observed alone" });

/**
 * One number.
 *
 * @param value text or node; "–" where it is not known
 * @param title unit and what it is
 * @param more below (text), model (true: modelled), missing (why it is not known)
 */
export function fact(name, value, title, { below, model, missing } = {}) {
  const unknown = value === NONE || value === null;
  const hint = (unknown && missing ? "Not known: " + missing + ". " : "") + title;
  return { name, value: value ?? NONE, hint, below: unknown && missing ? missing : below, model, unknown };
}

/** A list of them. A place that has the focus stays the same element while numbers change. */
export function facts(label) {
  const rows = new Map();
  const node = el("dl", { class: "facts", "aria-label": label });
  function update(found, at) {
    const names = new Set(found.map(each => each.name));
    for (const [name, row] of rows) if (!names.has(name)) { row.node.remove(); rows.delete(name); }
    found.forEach((each, i) => {
      const row = rows.get(each.name) || made(each.name);
      row.node.title = each.hint + "; " + at;
      row.node.classList.toggle("unknown", each.unknown);
      row.name.replaceChildren(each.name, ...(each.model ? [" ", modelled()] : []));
      row.value.replaceChildren(each.value);
      row.below.textContent = each.below || "";
      row.said.textContent = row.node.title;
      if (node.children[i] !== row.node) node.insertBefore(row.node, node.children[i] || null);
    });
  }
  function made(name) {
    const row = { name: el("dt"), value: el("dd"), below: el("dd", { class: "below" }), said: el("dd", { class: "said" }) };
    row.node = el("div", { tabindex: 0 }, row.name, row.value, row.below, row.said);
    rows.set(name, row);
    return row;
  }
  return { node, update };
}

/** How much history a group rests on. */
export const history = (ms, samples, of) => ms > 0 ? "on " + age(ms) + " of history, " + count(samples) + " " + of : "no history yet";

/** Where a panel says that what it shows is old. */
export function freshness(record) {
  return isStale(record) ? [el("span", { class: "badge warn", text: "stale, " + age(Math.max(record.ageMs, record.stalenessMs)), title: provenance(record) })] : [];
}

/**
 * Two sides of something against each other, by step: bars to the left and to the right of its name.
 *
 * @param rows name, left, right (numbers, null: not known), title
 * @param format writes a number
 */
export function opposed(label, [leftName, rightName], rows, format) {
  const kinds = rows.every(row => !row.leftKind) ? ["long", "short"] : ["", ""];
  const most = Math.max(...rows.flatMap(row => [Math.abs(row.left || 0), Math.abs(row.right || 0)]), Number.MIN_VALUE);
  const bar = (side, kind, v) => {
    const fill = el("i", { class: kind || side });
    fill.style.width = 100 * Math.abs(v || 0) / most + "%";
    return el("td", { class: "half " + side, "aria-hidden": "true" }, el("div", {}, fill));
  };
  return el("table", { class: "opposed", "aria-label": label },
    el("colgroup", {}, ...["number", "half", "middle", "half", "number"].map(kind => el("col", { class: kind }))),
    el("thead", {}, el("tr", {}, el("th", { scope: "col", colspan: 2, class: "right " + kinds[0], text: leftName }), el("th", { scope: "col" }, el("span", { class: "hidden", text: "step" })),
      el("th", { scope: "col", colspan: 2, class: "left " + kinds[1], text: rightName }))),
    el("tbody", {}, ...rows.map(row => el("tr", { title: row.title },
      el("td", { class: "number", text: format(row.left) }), bar("long", row.leftKind, row.left),
      el("th", { scope: "row", class: "middle", text: row.name }),
      bar("short", row.rightKind, row.right), el("td", { class: "number left", text: format(row.right) })))));
}
