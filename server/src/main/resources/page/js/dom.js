/** Makes elements. Text from data only ever becomes text: nothing here, or anywhere on the page, takes markup. */

const SVG = "http://www.w3.org/2000/svg";

/** An element; properties are attributes, save class, text, title and on... (listeners). Null children are left out. */
export function el(tag, properties = {}, ...children) {
  return filled(document.createElement(tag), properties, children);
}

/** The same of SVG. */
export function svg(tag, properties = {}, ...children) {
  return filled(document.createElementNS(SVG, tag), properties, children);
}

function filled(node, properties, children) {
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name === "text") node.textContent = value;
    else if (name === "value") node.value = value;
    else if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

/** What a place says while it has nothing to show. Kind: waiting, empty, error. */
export function state(kind, text) {
  return kind === "waiting"
    ? el("div", { class: "state waiting", role: "status" }, el("i"), text)
    : el("div", { class: "state " + kind, role: kind === "error" ? "alert" : null, text });
}

/** A panel with a heading, and what stands at the end of its head line. */
export function panel(heading, end, ...body) {
  return el("section", { class: "panel", "aria-label": heading },
    el("div", { class: "head" }, el("h2", { text: heading }), end ? el("div", { class: "end" }, ...[end].flat()) : null), ...body);
}
