/** How this page stands with its server: one place for all readings, shown in the head of the page. */

const listeners = new Set();
let trouble = null;
let answeredAt = null;
let notes = new Map();

/** Something was answered. */
export function answered() {
  const changed = trouble !== null || answeredAt === null;
  trouble = null;
  answeredAt = Date.now();
  if (changed) tell();
}

/** A request failed. Answers that name a mistake of ours are no trouble with the connection. */
export function failed(error) {
  if (error.status === 0 || error.status >= 500) {
    trouble = error.message;
    tell();
  }
}

/** A note of some part of the page: kind (sim, warn) and text; null takes it away. */
export function note(name, kind, text, title) {
  const before = JSON.stringify(notes.get(name));
  if (text) notes.set(name, { kind, text, title }); else notes.delete(name);
  if (before !== JSON.stringify(notes.get(name))) tell();
}

/** What is to be shown. */
export function badges() {
  const list = [...notes.values()];
  if (trouble) {
    list.push({ kind: "bad", text: trouble, title: answeredAt ? "last answer " + new Date(answeredAt).toISOString() : "no answer yet" });
  } else if (answeredAt) {
    list.push({ kind: "good", text: "live", title: "answers come; states and alerts are shown as they change" });
  }
  return { list, offline: trouble !== null };
}

export function onChange(listener) {
  listeners.add(listener);
}

function tell() {
  listeners.forEach(listener => listener());
}
