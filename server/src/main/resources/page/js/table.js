/** A table that is sorted by its heads, filtered by a field, and turned into cards on a phone. */

import { el, state } from "./dom.js";
import { has } from "./format.js";

/**
 * Makes one. A column: name, by (value to sort by), cell (text or node), title, cls, once (made once per row and then left
 * alone), fixed (cannot be sorted by). Without a by where it begins, rows stay in the order given.
 *
 * @param key of a row: its elements are kept while it stays, so that the focus does, too
 * @param text of a row that the filter looks in; null: no filter
 * @param none what is said where there are no rows
 * @returns node, filter (an input or null), sorter (a select for phones), update(rows), say(kind, text)
 */
export function table({ label, columns, key, text, sortBy = 0, falling = true, rowClass, none = "Nothing to show yet." }) {
  const rows = new Map();
  let data = null;
  const heads = columns.map((column, i) => el("th", { class: column.cls, scope: "col", title: column.hint },
    column.by ? el("button", { type: "button", onclick: () => sort(i) }) : column.name));
  const body = el("tbody");
  const note = el("div");
  const grid = el("table", { class: "cards", "aria-label": label }, el("thead", {}, el("tr", {}, ...heads)), body);
  const filter = text ? el("input", { type: "search", placeholder: "Filter", "aria-label": "Filter " + label, oninput: draw }) : null;
  const sorter = el("select", { class: "sortby", "aria-label": "Sort " + label, onchange: () => { sortBy = Number(sorter.value); draw(); } },
    ...columns.flatMap((column, i) => column.by ? [el("option", { value: i, text: "by " + column.name })] : []));
  sorter.value = sortBy;
  say("waiting", "Reading ...");

  function sort(i) {
    falling = i === sortBy ? !falling : i > 0;
    sortBy = i;
    sorter.value = i;
    draw();
  }

  function update(found) {
    data = found;
    draw();
  }

  function draw() {
    drawHeads();
    if (data === null) return;
    const wanted = filter ? filter.value.trim().toLowerCase() : "";
    const shown = data.filter(row => !wanted || text(row).toLowerCase().includes(wanted)).sort(order);
    const keys = new Set(shown.map(key));
    for (const [id, row] of rows) if (!keys.has(id)) { row.node.remove(); rows.delete(id); }
    shown.forEach((item, i) => {
      const row = rows.get(key(item)) || made(item);
      fill(row, item);
      if (body.children[i] !== row.node) body.insertBefore(row.node, body.children[i] || null);
    });
    if (data.length === 0) say("empty", none);
    else if (shown.length === 0) say("empty", "Nothing matches the filter.");
    else note.replaceChildren();
    grid.hidden = shown.length === 0;
  }

  function drawHeads() {
    columns.forEach((column, i) => {
      if (!column.by) return;
      heads[i].firstChild.textContent = column.name + (i === sortBy ? (falling ? " ↓" : " ↑") : "");
      if (i === sortBy) heads[i].setAttribute("aria-sort", falling ? "descending" : "ascending");
      else heads[i].removeAttribute("aria-sort");
    });
  }

  function order(a, b) {
    const by = columns[sortBy].by;
    if (!by) return 0;
    const x = by(a), y = by(b);
    if (!has(x) || !has(y)) return has(x) ? -1 : has(y) ? 1 : 0;
    return (falling ? -1 : 1) * (x < y ? -1 : x > y ? 1 : 0);
  }

  function made(item) {
    const cells = columns.map(column => el("td", { class: column.cls, "data-name": column.name }));
    columns.forEach((column, i) => { if (column.once) cells[i].append(column.cell(item)); });
    const row = { node: el("tr", {}, ...cells), cells };
    rows.set(key(item), row);
    return row;
  }

  function fill(row, item) {
    row.node.className = rowClass ? rowClass(item) : "";
    columns.forEach((column, i) => {
      if (column.title) row.cells[i].title = column.title(item);
      if (!column.once) row.cells[i].replaceChildren(column.cell(item));
    });
  }

  function say(kind, words) {
    note.replaceChildren(state(kind, words));
    grid.hidden = rows.size === 0;
  }

  draw();
  return { node: el("div", {}, el("div", { class: "scroll" }, grid), note), filter, sorter, update, say,
    isEmpty: () => rows.size === 0 };
}
