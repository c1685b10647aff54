/** The key or token that this tab was given: kept for this tab alone, and sent as a header, never in an address or a cookie. */

const NAME = "plimsoll.key";
const listeners = new Set();
let asked = null;

/** Whether there is one. */
export const held = () => sessionStorage.getItem(NAME) !== null;

/** What every request carries. */
export const headers = () => (held() ? { Authorization: "Bearer " + sessionStorage.getItem(NAME) } : {});

/** Why a key is asked for, in a sentence; null: none is. */
export const wanted = () => asked;

/** The server does not know who asks. */
export function refused(why) {
  if (asked !== null) return;
  asked = held() ? why : "";
  listeners.forEach(listener => listener());
}

/** Begins anew with this key; null takes it away. Nothing that was shown to another one stays. */
export function use(key) {
  if (key) sessionStorage.setItem(NAME, key); else sessionStorage.removeItem(NAME);
  location.reload();
}

export function onChange(listener) {
  listeners.add(listener);
}
