// Buttons, menus and forms of the app: what is pressed or chosen goes to the server, which asks the app.

import { send } from "./live.js";

const person = () => document.getElementById("app").dataset.person;
const HELD_BY_TYPING = /^(Arrow(Up|Down|Left|Right)|Home|End|PageUp|PageDown|Backspace|Delete|.)$/;
let lastKey = "";

export function start() {
  document.addEventListener("click", onClick);
  document.addEventListener("change", onChange);
  document.addEventListener("focusout", onLeave);
  document.addEventListener("pointerdown", () => (lastKey = ""), true);
  document.addEventListener("keydown", onKey, true);
  document.addEventListener("input", count);
  document.addEventListener("submit", onSubmit);
}

function onClick(event) {
  const pressed = event.target.closest("[data-press]");
  if (pressed) return void withConfirmation(pressed, () => act(pressed, "press"));
  const dismissed = event.target.closest("[data-dismiss]");
  if (dismissed) dismiss(dismissed.closest("dialog"), dismissed.dataset.dismiss === "everything");
}

// choices that count at once

/** Arrow keys run through the options of a menu: what they pass is not chosen until Enter, or until one goes on. */
function onChange(event) {
  const field = event.target;
  limit(field);
  if (!("fires" in field.dataset)) return;
  if (lastKey !== " " && HELD_BY_TYPING.test(lastKey)) field.dataset.held = "";
  else fire(field);
}

function onKey(event) {
  lastKey = event.key;
  if (event.key !== "Enter" || !("fires" in event.target.dataset)) return;
  const isText = event.target.type === "text";
  if (!isText && !("held" in event.target.dataset)) return;
  event.preventDefault();
  fire(event.target);
}

/** Going on to another field settles the choice; going on to the next of the same radio buttons does not. */
function onLeave(event) {
  const field = event.target;
  if (!field.dataset || !("held" in field.dataset)) return;
  delete field.dataset.held;
  if (!event.relatedTarget?.name || event.relatedTarget.name !== field.name) fire(field);
}

function fire(field) {
  delete field.dataset.held;
  withConfirmation(field, () => act(field, "choose"), () => takeBack(field));
}

function takeBack(field) {
  if (field.options) for (const option of field.options) option.selected = option.defaultSelected;
  else if (field.type === "checkbox" || field.type === "radio") {
    for (const box of field.form.querySelectorAll(`[name='${CSS.escape(field.name)}']`)) box.checked = box.defaultChecked;
  } else field.value = field.defaultValue;
}

/** No more than so many of a group of boxes. */
function limit(field) {
  const group = field.closest("[data-most]");
  if (!group || field.type !== "checkbox") return;
  const chosen = group.querySelectorAll("input:checked").length;
  if (chosen > Number(group.dataset.most)) field.checked = false;
}

// sending

async function act(control, deed) {
  const form = control.form ?? control.closest("[data-surface]");
  if (control.ariaBusy === "true") return;
  const data = new FormData(form);
  data.set("block", control.dataset.block);
  data.set("action", control.dataset.action);
  if (deed === "press" && "value" in control.dataset) data.set("value", control.dataset.value);
  control.closest("details")?.removeAttribute("open");
  const done = await busily(control, `${person()}/${deed}`, data);
  if (done && "thumb" in control.dataset) markThumb(control);
}

/** Of two thumbs the pressed one shows, until the app draws the message anew. */
function markThumb(pressed) {
  for (const thumb of pressed.parentElement.querySelectorAll("[data-thumb]")) thumb.ariaPressed = String(thumb === pressed);
}

async function busily(control, address, data) {
  const frame = control.closest(".block, .dialog-foot") ?? control.parentElement;
  frame.querySelector(".trouble")?.remove();
  control.ariaBusy = "true";
  const problem = await send(address, data);
  control.ariaBusy = "false";
  if (problem) warn(frame.isConnected ? frame : twin(frame), problem);
  return !problem;
}

const twin = (frame) => document.querySelector(`[data-key="${CSS.escape(frame.dataset.key)}"]`);

/** The warning sign beside what was pressed, with words. */
function warn(frame, problem) {
  const words = document.createElement("p");
  words.className = "trouble";
  words.role = "alert";
  words.innerHTML = '<svg class="icon" aria-hidden="true"><use href="#icon-warning"></use></svg> ';
  words.append(problem);
  frame?.append(words);
  words.scrollIntoView({ block: "nearest" });
}

// forms

async function onSubmit(event) {
  const form = event.target;
  if (form.matches("[data-surface]")) event.preventDefault();
  if (!form.matches("[data-submit]")) return;
  const button = form.querySelector("[type=submit]");
  if (!button || button.ariaBusy === "true") return;
  const dialog = form.closest("dialog");
  await busily(button, `${person()}/submit`, new FormData(form));
  if (dialog.isConnected) form.querySelector("[aria-invalid=true], fieldset:has(+ .error) input")?.focus();
}

export function dismiss(dialog, everything) {
  const data = new FormData();
  data.set("view", dialog.dataset.modal);
  if (everything) data.set("everything", "");
  return send(`${person()}/dismiss`, data);
}

// the question before the act

function withConfirmation(control, yes, no = () => {}) {
  const question = document.getElementById(control.dataset.confirm ?? "");
  if (!question) return yes();
  const answer = (event) => {
    const button = event.target.closest("[data-answer]");
    if (!button) return;
    question.close(button.dataset.answer);
  };
  question.returnValue = "no";
  question.addEventListener("click", answer);
  question.addEventListener(
    "close",
    () => {
      question.removeEventListener("click", answer);
      if (question.returnValue === "yes") yes();
      else no();
    },
    { once: true },
  );
  question.showModal();
}

/** How many characters are left. */
function count(event) {
  const counter = event.target.parentElement?.querySelector(":scope > .counter");
  if (!counter || !event.target.dataset.most) return;
  const left = Number(event.target.dataset.most) - event.target.value.length;
  counter.textContent = left;
  counter.classList.toggle("counter-over", left < 0);
}
