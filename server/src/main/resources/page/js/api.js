/** Requests to this server. A failure is an Error with a sentence for people; its status is 0 where nothing answered. */

import { look } from "./parts.js";
import * as session from "./session.js";

const WITHIN_MS = 15000;

export const path = (...parts) => "/api/v1/" + parts.map(encodeURIComponent).join("/");
export const query = parameters => "?" + new URLSearchParams(
  Object.entries(parameters).filter(([, value]) => value !== null && value !== undefined && value !== ""));

export async function get(url, signal) {
  const { body } = await request(url, { signal });
  look(url, body);
  return body;
}

/** Posts or deletes with a JSON body. */
export async function send(method, url, body, signal) {
  return (await request(url, {
    method, signal, body: body === undefined ? undefined : JSON.stringify(body),
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
  })).body;
}

/** Answer and status: 202 means that it is not there yet. */
export async function request(url, options) {
  const signals = [AbortSignal.timeout(WITHIN_MS), options.signal].filter(Boolean);
  let answer;
  try {
    answer = await fetch(url, { ...options, headers: { ...options.headers, ...session.headers() }, cache: "no-store", signal: AbortSignal.any(signals) });
  } catch (error) {
    if (options.signal && options.signal.aborted) throw error;
    throw failure(0, error.name === "TimeoutError" ? "no answer within 15 s" : "no connection to the server");
  }
  const text = await answer.text();
  let body = null;
  try { body = text ? JSON.parse(text) : null; } catch { /* Not ours: a proxy's page, say. The status tells. */ }
  if (answer.status === 401) session.refused((body && body.detail) || "the server does not know this key");
  if (!answer.ok) {
    throw failure(answer.status, answer.status === 503 && body && body.title === "Not ready"
      ? "starting, or moving its state" : (body && body.detail) || "error " + answer.status);
  }
  return { status: answer.status, body };
}

function failure(status, message) {
  const error = new Error(message);
  error.status = status;
  return error;
}
