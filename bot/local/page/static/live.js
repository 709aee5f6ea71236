// Where the page is, and keeping it up to date: the server says that something changed, the page fetches itself anew.

import { patch, remember } from "./patch.js";

const app = document.getElementById("app");
const offline = document.getElementById("offline");
const afterwards = [];
let source = null;
let refreshing = null;
let again = false;
let released = Promise.resolve();

/** Run after each time the page was brought up to date. */
export const onRefresh = (what) => afterwards.push(what);

export function start() {
  remember(app);
  window.addEventListener("popstate", () => visit(location.href, false));
  document.addEventListener("visibilitychange", listen);
  document.addEventListener("click", follow);
  document.addEventListener("pointerdown", hold, true);
  listen();
  afterwards.forEach((what) => what({ arrived: true }));
}

/** Tell the server what was done. Returns what went wrong in words, or null; by then the page shows the outcome. */
export async function send(address, form) {
  const problem = await post(address, form);
  await refresh();
  return problem;
}

async function post(address, form) {
  try {
    const answer = await fetch(address, { method: "POST", body: form });
    if (answer.ok) return null;
    const said = await answer.json().catch(() => ({}));
    return said.problem ?? "This did not work. Please try again.";
  } catch {
    return "The workspace does not answer. Is it still running?";
  }
}

/** Bring the page up to date; calls that come meanwhile are answered by one more round. */
export function refresh() {
  if (refreshing) {
    again = true;
    return refreshing;
  }
  refreshing = rounds().finally(() => (refreshing = null));
  return refreshing;
}

async function rounds() {
  do {
    again = false;
    await show(location.href, false);
  } while (again);
}

/** Go to another place as the same person, without loading anew. */
export async function visit(place, remembered = true) {
  const address = new URL(place, location.href).href;
  if (remembered) history.pushState(null, "", address);
  if (refreshing) await refreshing;
  await show(address, true);
}

async function show(address, arrived) {
  let answer;
  try {
    answer = await fetch(address);
  } catch {
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), "text/html");
  const there = fresh.getElementById("app");
  if (!there || there.dataset.person !== app.dataset.person) return void location.replace(address);
  for (let pressed = null; pressed !== released; ) await (pressed = released);
  if (address !== location.href) return;
  document.title = fresh.title;
  for (const name of ["pane", "tab", "changes"]) app.dataset[name] = there.dataset[name];
  patch(app, there);
  afterwards.forEach((what) => what({ arrived }));
}

/** What is pressed stays where it is until after the click: a press and its release in two places would be none. */
function hold(event) {
  if (!event.isPrimary || event.button) return;
  released = new Promise((letGo) => {
    const after = new AbortController();
    const end = () => {
      after.abort();
      setTimeout(letGo);
    };
    const { signal } = after;
    for (const name of ["pointerup", "pointercancel", "contextmenu", "dragend"]) window.addEventListener(name, end, { capture: true, signal });
    window.addEventListener("pointermove", (moved) => moved.buttons || end(), { capture: true, signal });
    window.addEventListener("blur", end, { signal });
  });
}

function follow(event) {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const mine = link.origin === location.origin && link.pathname.startsWith(app.dataset.person);
  if (!mine || link.target || link.hash || "away" in link.dataset) return;
  event.preventDefault();
  visit(link.href);
}

/** Listen only while the page is in sight: a browser grants few open streams to all its tabs together. */
function listen() {
  source?.close();
  source = null;
  if (document.visibilityState === "hidden") return;
  source = new EventSource(`${app.dataset.person}/changes`);
  source.onopen = () => (offline.hidden = true);
  source.onerror = () => (offline.hidden = document.visibilityState === "hidden");
  source.onmessage = (event) => event.data === app.dataset.changes || refresh();
}

window.addEventListener("pagehide", () => source?.close());
window.addEventListener("pageshow", (event) => event.persisted && listen());
