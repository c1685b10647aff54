/** What if: shocks and depth by sliders, the rounds as they unfold, and a link to share. */

import { path, request, send } from "../api.js";
import { el, panel, state } from "../dom.js";
import { count, has, number, price, provenance, signedPercent, size, usd } from "../format.js";
import { watch } from "../states.js";
import { table } from "../table.js";
import { tile } from "../tiles.js";

const NARROW_MS = 300;
/** Markets with a slider of their own from the start: those with the largest open interest. */
const SHOWN = 6;

export function show(root, { search, signal }) {
  const sliders = new Map();
  const depth = slider("Depth that is left", 5, 100, Number(search.get("depth") || 1) * 100, v => v + " %");
  const shocks = el("div", { class: "sliders" }, state("waiting", "Reading markets ..."));
  const more = el("select", { "aria-label": "Add a market or an asset", onchange: () => { add(more.value).input.focus(); more.value = ""; } });
  const run = el("button", { type: "button", class: "main", id: "run", text: "Run", disabled: true, onclick: ask });
  const said = el("span", { class: "quiet", role: "status", id: "said" });
  const share = el("button", { type: "button", class: "plain", text: "Copy link", hidden: true, onclick: copy });
  const answer = el("div", { id: "answer" }, state("empty", "Move a slider, then run: who falls first, what their trades do to prices, who falls next."));
  const preset = (text, percent) => el("button", { type: "button", class: "plain", text, onclick: () => sliders.forEach(each => each.set(percent)) });
  root.append(el("h1", {}, "Scenario ", el("span", { class: "quiet", text: "who falls at these prices, and what their trades do" })),
    panel("Shocks by market", [said, share, run], el("div", { class: "body" }, shocks,
      el("div", { class: "row" }, depth.node, more, el("span", { class: "quiet", text: "All shown:" }), preset("\u221210 %", -10), preset("\u221220 %", -20), preset("+20 %", 20), preset("none", 0)),
      el("p", { class: "note", text: "A market's own shock counts before that of its asset. What has no slider is not shocked, but moves with the trades that are forced in it." }))), answer);

  const stop = new AbortController();
  signal.addEventListener("abort", () => stop.abort());
  watch({ signal: stop.signal, show: ({ markets }) => {
    if (!markets.length) return;
    stop.abort();
    shocks.replaceChildren();
    const ids = markets.map(m => m.id).sort(), assets = [...new Set(markets.map(m => m.baseAsset))].sort();
    const named = [...search.keys()].filter(name => ids.includes(name) || assets.includes(name));
    const largest = [...markets].sort((a, b) => (b.openInterestUsd || 0) - (a.openInterestUsd || 0)).slice(0, SHOWN).map(m => m.id);
    new Set([...named, ...largest]).forEach(add);
    const option = name => el("option", { value: name, text: name });
    more.append(el("option", { value: "", text: "Add ..." }),
      el("optgroup", { label: "Markets" }, ...ids.map(option)),
      el("optgroup", { label: "All markets of an asset" }, ...assets.map(option)));
    run.disabled = false;
    const before = search.get("id");
    if (before) follow(before);
  }, fail: error => shocks.replaceChildren(state("error", "No markets: " + error.message + ". Trying again.")) });

  function add(name) {
    if (!sliders.has(name)) {
      sliders.set(name, slider(name, -60, 60, Number(search.get(name) || 0) * 100, v => signedPercent(v / 100, 0)));
      shocks.append(sliders.get(name).node);
    }
    return sliders.get(name);
  }

  function asked() {
    const shocks = {};
    for (const [name, each] of sliders) if (each.value() !== 0) shocks[name] = each.value() / 100;
    return { shocks, depthHaircut: depth.value() / 100 };
  }

  async function ask() {
    run.disabled = true;
    answer.replaceChildren();
    try {
      const body = asked();
      const { id } = await send("POST", path("scenarios"), body, signal);
      // Kept in the address: going back, or sending it on, shows the same again.
      history.replaceState(null, "", "#/scenario?" + new URLSearchParams({ ...body.shocks, depth: body.depthHaircut, id }));
      await follow(id);
    } catch (error) {
      if (!signal.aborted) said.textContent = "Not run: " + error.message;
    } finally {
      run.disabled = false;
    }
  }

  async function follow(id) {
    said.textContent = "Running ...";
    try {
      for (;;) {
        const found = await request(path("scenarios", id), { signal });
        if (found.status === 200) {
          said.textContent = "";
          share.hidden = false;
          unfold(answer, found.body, signal);
          return;
        }
        await new Promise(resolve => setTimeout(resolve, NARROW_MS));
      }
    } catch (error) {
      if (signal.aborted) return;
      said.textContent = error.status === 404 ? "This scenario is not kept any more: run it again." : "No answer: " + error.message;
    }
  }

  async function copy() {
    try {
      await navigator.clipboard.writeText(location.href);
      said.textContent = "Link copied.";
    } catch {
      said.textContent = location.href;
    }
  }
}

function slider(name, min, max, value, format) {
  const output = el("output");
  const input = el("input", { type: "range", min, max, step: 1, "aria-label": name, "data-shock": name, oninput: draw });
  input.value = value;
  function draw() {
    output.textContent = format(Number(input.value));
    input.setAttribute("aria-valuetext", output.textContent);
  }
  draw();
  return { node: el("label", { class: "field" }, el("span", {}, name + " ", output), input), input, value: () => Number(input.value),
    set: v => { input.value = v; draw(); } };
}

function unfold(place, result, signal) {
  if (!result.net) {
    place.replaceChildren(state("error", "No outcome: slices of accounts did not answer in time (" + result.missingSlices.join(", ") + ")."));
    return;
  }
  const at = "; " + provenance(result) + "; " + count(result.accountsJudged) + " accounts looked at";
  const { net, gross } = result;
  const both = (name, field, format, unit) => tile(name, format(net[field]), unit + ", estimate; bound: " + format(gross[field]) + at, "at most " + format(gross[field]));
  const path = el("tbody", { id: "rounds" });
  const markets = table({ label: "markets of the scenario", key: m => m.market, sortBy: 5, columns: landing(gross) });
  markets.update(net.markets);
  if (!net.markets.length) markets.say("empty", "No price was shocked, and none moved.");
  place.replaceChildren(
    el("div", { class: "tiles" }, both("Accounts that fall", "accounts", count, "count"), both("Forced notional", "notionalUsd", usd, "USD at start prices"),
      both("Bad debt", "badDebtUsd", usd, "USD at landing prices"), both("Taken from winners", "adlUsd", usd, "USD beyond insurance funds"), both("Rounds", "rounds", count, "count"),
      tile("Settled", net.settled && gross.settled ? "yes" : "no", "yes: nobody fell in the last round" + at)),
    panel("Rounds", el("span", { class: "quiet", text: "estimate: prices moved by sales less purchases" }), el("div", { class: "scroll" },
      el("table", { "aria-label": "Rounds" }, el("thead", {}, el("tr", {}, ...["Round", "Accounts", "Pools", "Notional", "Prices now"].map((name, i) => el("th", { class: i === 4 ? "left" : null, scope: "col", text: name })))), path))),
    panel("Where prices land", markets.sorter, markets.node));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const next = i => {
    if (signal.aborted || i >= net.path.length) return;
    path.append(round(net.path[i], net.markets));
    if (still) next(i + 1); else setTimeout(next, NARROW_MS, i + 1);
  };
  next(0);
}

function round(step, markets) {
  const moves = markets.filter(m => has(step.lowPrices[m.market])).map(m => m.market.split(":")[1] + " " + signedPercent(step.lowPrices[m.market] / m.startPrice - 1, 2));
  return el("tr", {}, el("td", { text: step.round === 0 ? "0, the shock" : number(step.round) }), el("td", { text: count(step.accounts) }), el("td", { text: count(step.pools) }),
    el("td", { title: "USD at start prices: " + number(step.notionalUsd, 2), text: usd(step.notionalUsd) }),
    el("td", { class: "left wrap", title: "against the start price", text: moves.join(", ") || "as shocked" }));
}

function landing(gross) {
  const worst = m => gross.markets.find(each => each.market === m.market) || m;
  const from = m => "impact from " + m.impact + ", depth " + m.depthState;
  return [
    { name: "Market", cls: "key left", by: m => m.market, cell: m => m.market, title: from },
    { name: "Start", by: m => m.startPrice, cell: m => price(m.startPrice), title: () => "quote units" },
    { name: "Shocked", by: m => m.shockedPrice, cell: m => price(m.shockedPrice), title: () => "quote units, the shock alone" },
    { name: "Lands", by: m => m.lowPrice, cell: m => price(m.lowPrice), title: m => "quote units, estimate; bound " + price(worst(m).lowPrice) + " to " + price(worst(m).highPrice) + "; " + from(m) },
    { name: "Move", by: m => m.lowPrice / m.startPrice, cell: m => signedPercent(m.lowPrice / m.startPrice - 1), title: () => "landing against start" },
    { name: "Sold", by: m => m.soldUsd, cell: m => usd(m.soldUsd), title: m => "forced sales, USD at the start price; " + size(m.soldSize) + " base units" },
    { name: "Bought", by: m => m.boughtUsd, cell: m => usd(m.boughtUsd), title: m => "forced purchases, USD at the start price; " + size(m.boughtSize) + " base units" },
    { name: "Book", cls: "left", by: m => m.exhausted, cell: m => (m.exhausted ? el("span", { class: "badge warn", text: "exhausted" }) : "holds"), title: m => "unfilled " + size(m.unfilledSize) + " base units" },
  ];
}
