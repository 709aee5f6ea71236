// Brings the page in line with a newer copy of it, touching only what changed, so that focus, scrolling and
// half-typed text stay where they are. Elements are matched by data-key; inside data-keyed the children are matched.

const served = new WeakMap();

/** Remember how an element came from the server, before anybody types in it or opens it. */
export function remember(element) {
  for (const keyed of [element, ...element.querySelectorAll("[data-key]")]) served.set(keyed, keyed.outerHTML);
}

/** Make `old` like `fresh`. */
export function patch(old, fresh) {
  if (served.get(old) === fresh.outerHTML) return;
  served.set(old, fresh.outerHTML);
  patchChildren(old, fresh);
}

function patchChildren(old, fresh) {
  const before = new Map(keyedChildren(old).map((child) => [child.dataset.key, child]));
  let previous = null;
  for (const child of keyedChildren(fresh)) {
    const same = before.get(child.dataset.key);
    before.delete(child.dataset.key);
    previous = place(old, previous, same, child);
  }
  for (const gone of before.values()) leave(gone);
}

function keyedChildren(element) {
  return [...element.children].filter((child) => "key" in child.dataset);
}

function place(parent, previous, same, child) {
  const next = previous ? previous.nextElementSibling : parent.firstElementChild;
  if (!same) {
    parent.insertBefore(child, next);
    remember(child);
    return child;
  }
  if (same !== next && same.previousElementSibling !== previous) parent.insertBefore(same, next);
  if ("keyed" in same.dataset && "keyed" in child.dataset) {
    patch(same, child);
    return same;
  }
  if (served.get(same) === child.outerHTML) return same;
  replace(same, child);
  return child;
}

function replace(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const caret = focused && "selectionStart" in focused ? [focused.selectionStart, focused.selectionEnd] : null;
  remember(fresh);
  old.replaceWith(fresh);
  keepTyped(old, fresh);
  if (focused) refocus(fresh, focused, caret);
}

/** Text that was typed and choices that were made, but not sent, go over to the new copy. */
function keepTyped(old, fresh) {
  const fields = [...fresh.querySelectorAll("[name]")];
  for (const field of old.querySelectorAll("[name]")) {
    const twin = fields.find((other) => other.name === field.name && (!isBox(field) || other.value === field.value));
    if (twin && isBox(field) && field.checked !== field.defaultChecked) twin.checked = field.checked;
    if (twin && !isBox(field) && field.type !== "hidden" && isDirty(field)) twin.value = field.value;
  }
}

const isBox = (field) => field.type === "checkbox" || field.type === "radio";

function isDirty(field) {
  if (field.options) return [...field.options].some((option) => option.selected !== option.defaultSelected);
  return field.value !== field.defaultValue;
}

function refocus(fresh, focused, caret) {
  const twin =
    (focused.id && document.getElementById(focused.id)) ||
    candidates(fresh).find((other) => sameAct(other, focused)) ||
    candidates(fresh)[0];
  if (!twin) return;
  twin.focus({ preventScroll: true });
  if (caret && caret[0] !== null && "setSelectionRange" in twin) twin.setSelectionRange(...caret);
}

const candidates = (element) => [...element.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")];

function sameAct(one, other) {
  if (one.dataset.action) return one.dataset.action === other.dataset.action && one.dataset.value === other.dataset.value;
  return one.tagName === other.tagName && one.textContent.trim() === other.textContent.trim();
}

/** A dialog is closed before it goes, so that the browser gives focus back to where it was. */
function leave(element) {
  if (element.tagName === "DIALOG" && element.open) {
    element.dataset.leaving = "";
    element.close();
  }
  element.remove();
}
