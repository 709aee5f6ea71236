// The page as a whole: what is in view, what has focus, dialogs, menus, and the app's tabs.

import * as composer from "./composer.js";
import * as live from "./live.js";
import * as surfaces from "./surfaces.js";

const app = document.getElementById("app");
const narrow = matchMedia("(max-width: 760px)");
const CLOSE_TO_THE_END = 80;
const ROOM_ABOVE = 12;
const views = new WeakMap();
let tab = "";

function settle({ arrived }) {
  for (const log of document.querySelectorAll("[data-scroll]")) follow(log);
  if (arrived) focusOnArrival();
  for (const dialog of document.querySelectorAll("[data-modal]:not([open])")) open(dialog);
  announceTab(arrived);
}

/** A log stays at its end, unless somebody scrolled up to read; a long message is read from its beginning. */
function follow(log) {
  const messages = [...log.querySelectorAll("li.message")];
  const view = views.get(log) ?? watch(log, messages.slice(0, -1));
  const fresh = messages.filter((message) => !view.known.has(message.dataset.key));
  view.known = new Set(messages.map((message) => message.dataset.key));
  const mine = fresh.some((message) => message.matches(".message-mine"));
  if (view.atEnd || mine) log.scrollTop = fresh.length ? topOf(fresh[0], log) : log.scrollHeight;
  else if (fresh.length) newer(log).hidden = false;
}

function watch(log, known) {
  const view = { atEnd: true, known: new Set(known.map((message) => message.dataset.key)) };
  views.set(log, view);
  log.addEventListener("scroll", () => {
    view.atEnd = log.scrollHeight - log.scrollTop - log.clientHeight < CLOSE_TO_THE_END;
    if (view.atEnd) newer(log).hidden = true;
  });
  newer(log).addEventListener("click", () => (log.scrollTop = log.scrollHeight));
  return view;
}

const newer = (log) => log.parentElement.querySelector("[data-newer]");
const topOf = (message, log) => message.offsetTop - log.offsetTop - ROOM_ABOVE;

/** One arrives where one writes; on a phone at the heading, as the keyboard would cover half the screen. */
function focusOnArrival() {
  if (document.querySelector("dialog[open]")) return;
  const pane = document.querySelector(app.dataset.pane === "thread" ? ".thread" : ".main");
  const target = narrow.matches ? pane?.querySelector("[data-heading]") : pane?.querySelector("textarea");
  (target ?? pane?.querySelector("[data-heading]"))?.focus({ preventScroll: true });
}

function open(dialog) {
  dialog.showModal();
  dialog.addEventListener("cancel", (event) => {
    if (event.target !== dialog) return;
    event.preventDefault();
    surfaces.dismiss(dialog, false);
  });
  dialog.addEventListener("close", () => "leaving" in dialog.dataset || surfaces.dismiss(dialog, false));
  const field = dialog.querySelector("[data-focus], .dialog-body :is(input:not([type=hidden]), select, textarea)");
  (field ?? dialog.querySelector(".dialog-body")).focus();
}

/** The app hears when one of its tabs is opened. */
function announceTab(arrived) {
  const before = tab;
  tab = app.dataset.tab;
  if (!arrived || !tab || tab === before) return;
  const data = new FormData();
  data.set("tab", tab);
  live.send(`${app.dataset.person}/opened`, data);
}

function onEscape(event) {
  if (event.key !== "Escape" || event.defaultPrevented) return;
  const menu = document.querySelector("details.menu[open]");
  const thread = document.querySelector(".thread");
  if (menu) {
    event.preventDefault();
    menu.open = false;
    menu.querySelector("summary").focus();
  } else if (thread && !document.querySelector("dialog[open]")) live.visit(thread.dataset.close);
}

function closeMenus(event) {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
}

surfaces.start();
composer.start();
document.addEventListener("keydown", onEscape);
document.addEventListener("click", closeMenus);
live.onRefresh(settle);
live.start();
