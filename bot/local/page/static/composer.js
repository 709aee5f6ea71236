// The field to write in: Enter sends, commands and people are offered while one types, a draft waits where it was left.

import { onRefresh, send } from "./live.js";

const GROWS_TO = 180;

export function start() {
  document.addEventListener("keydown", onKey);
  document.addEventListener("input", (event) => within(event) && typed(event.target));
  document.addEventListener("submit", onSubmit);
  document.addEventListener("pointerdown", onOffer);
  document.addEventListener("focusout", (event) => within(event) && hideOffers(event.target.form));
  onRefresh(restoreDrafts);
}

const within = (event) => event.target.matches("[data-composer] textarea");

function onKey(event) {
  if (!within(event) || event.isComposing) return;
  const field = event.target;
  if (offersOpen(field) && chooseByKey(event, field)) return event.preventDefault();
  if (event.key !== "Enter" || event.shiftKey) return;
  event.preventDefault();
  field.form.requestSubmit();
}

async function onSubmit(event) {
  const form = event.target;
  if (!form.matches("[data-composer]")) return;
  event.preventDefault();
  const field = form.elements.text;
  const text = field.value;
  if (!text.trim() || form.ariaBusy === "true") return;
  form.ariaBusy = "true";
  const sent = send(form.action, new FormData(form));
  field.value = "";
  typed(field);
  const problem = await sent;
  form.ariaBusy = "false";
  note(form, problem);
  if (problem && !field.value) {
    field.value = text;
    typed(field);
  }
}

/** What could not be sent, and why: seen by nobody else. */
function note(form, problem) {
  const notes = form.parentElement.querySelector("[data-notes]");
  notes.replaceChildren();
  if (!problem) return;
  const words = document.createElement("p");
  words.textContent = problem;
  const kind = document.createElement("small");
  kind.textContent = "Only visible to you";
  notes.append(words, kind);
}

function typed(field) {
  grow(field);
  keepDraft(field);
  offer(field);
}

function grow(field) {
  field.style.height = "auto";
  field.style.height = `${Math.min(field.scrollHeight, GROWS_TO)}px`;
}

// drafts

const draftKey = (field) => `draft ${document.getElementById("app").dataset.person} ${field.form.dataset.key}`;

function keepDraft(field) {
  if (field.value) sessionStorage.setItem(draftKey(field), field.value);
  else sessionStorage.removeItem(draftKey(field));
}

function restoreDrafts() {
  for (const field of document.querySelectorAll("[data-composer] textarea")) {
    if ("restored" in field.dataset) continue;
    field.dataset.restored = "";
    field.value = sessionStorage.getItem(draftKey(field)) ?? "";
    grow(field);
  }
}

// offers

const offersOf = (field) => field.form.querySelector(".offers");
const offersOpen = (field) => !offersOf(field).hidden;
const shownOffers = (list) => [...list.children].filter((option) => !option.hidden);

/** What is being typed that could be completed: a command at the beginning, or a name after @. */
function begun(field) {
  const before = field.value.slice(0, field.selectionStart);
  return /^\/\S*$/.exec(before)?.[0] ?? /(?:^|\s)(@[^\s@]*(?: [^\s@]*)?)$/.exec(before)?.[1] ?? null;
}

function offer(field) {
  const list = offersOf(field);
  const start = begun(field)?.toLowerCase();
  for (const option of list.children) option.hidden = !start || !fits(option.dataset.insert.toLowerCase(), start);
  const shown = shownOffers(list);
  const done = shown.length === 1 && shown[0].dataset.insert.toLowerCase() === start;
  list.hidden = !shown.length || done;
  mark(field, list.hidden ? null : shown[0]);
  document.getElementById("said").textContent = list.hidden ? "" : `${shown.length} suggestions`;
}

const fits = (insert, start) =>
  insert.startsWith(start) || (start[0] === "@" && insert.split(" ").some((word) => word.startsWith(start.slice(1)) && start.length > 1));

function mark(field, chosen) {
  for (const option of offersOf(field).children) option.ariaSelected = String(option === chosen);
  if (chosen) field.setAttribute("aria-activedescendant", chosen.id);
  else field.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest" });
}

function chooseByKey(event, field) {
  const shown = shownOffers(offersOf(field));
  const at = shown.findIndex((option) => option.ariaSelected === "true");
  if (event.key === "ArrowDown") mark(field, shown[(at + 1) % shown.length]);
  else if (event.key === "ArrowUp") mark(field, shown[(at - 1 + shown.length) % shown.length]);
  else if (event.key === "Escape") hideOffers(field.form);
  else if ((event.key === "Tab" || event.key === "Enter") && !event.shiftKey) insert(field, shown[at]);
  else return false;
  if (event.key === "Escape") event.stopPropagation();
  return true;
}

function onOffer(event) {
  const option = event.target.closest(".offers [role=option]");
  if (!option) return;
  event.preventDefault();
  insert(option.closest("form").elements.text, option);
}

function insert(field, option) {
  const caret = field.selectionStart;
  const from = caret - begun(field).length;
  field.setRangeText(`${option.dataset.insert} `, from, caret, "end");
  typed(field);
  field.focus();
}

function hideOffers(form) {
  form.querySelector(".offers").hidden = true;
  mark(form.elements.text, null);
}
