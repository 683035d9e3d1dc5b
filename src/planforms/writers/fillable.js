// What the fillable page does: keeps what is written in the page, saves it as a file, opens one
// again. It asks nobody for anything. The words it says stand in the attributes of the form.
"use strict";

const form = document.getElementById("form");
const words = form.dataset;
const summary = document.getElementById("errors");
const status = document.getElementById("status");
const MOST_BYTES = 20_000_000;
const DATE = /^[\p{L}., ]*\d{1,4}[.,/\- ]+(\d{1,2}|\p{L}{3,})[.,/\- ]+\d{2,4}$/u;
const TIME = /^(\p{L}+\.? *)?([01]?\d|2[0-4])([.:,h]?[0-5]\d)?$/u;
const NUMBER = /^[\d., \u00a0]*\d[\d., \u00a0]*%?$/;
const MONEY = /^(\p{L}+\.? ?)?[\d., \u00a0]*\d[\d., \u00a0]*([,:]?-| ?\p{L}+\.?)?$/u;
const FORMS = { date: DATE, time: TIME, number: NUMBER, money: MONEY };
let unsaved = false;
let held = null;

const all = (selector) => [...form.querySelectorAll(selector)];
const controls = () => all("[data-path]");
const withPath = (path) => controls().filter((control) => control.dataset.path === path);
const isBox = (control) => control.type === "checkbox" || control.type === "radio";
const isChoice = (control) => isBox(control) || control.tagName === "SELECT";

// What a control holds: its letters, or the keys that are chosen in it.
function heldBy(control) {
  if (control.dataset.keys !== undefined) return control.dataset.keys.split(" ").filter(Boolean);
  if (isBox(control)) return control.checked ? [control.value] : [];
  if (isChoice(control)) return control.value ? [control.value] : [];
  return control.value.trim() ? control.value : "";
}

function values() {
  const found = {};
  for (const control of controls()) {
    const value = heldBy(control);
    const path = control.dataset.path;
    if (typeof value === "string") {
      if (value) found[path] ??= value;
    } else {
      for (const key of value) {
        found[path] ??= [];
        if (!found[path].includes(key)) found[path].push(key);
      }
    }
  }
  return found;
}

function say(text) {
  status.textContent = text;
}

// --- writing ---------------------------------------------------------------------------------

function grow(control) {
  if (control.tagName !== "TEXTAREA") return;
  control.style.height = "auto";
  if (control.scrollHeight > control.clientHeight) {
    control.style.height = `${control.scrollHeight + 4}px`;
  }
}

// A value that the form asks for twice is the same in both places.
function keepInStep(control) {
  for (const other of withPath(control.dataset.path)) {
    if (other === control) continue;
    if (!isBox(other)) {
      other.value = control.value;
      grow(other);
    } else if (other.value === control.value) {
      other.checked = control.checked;
    } else if (control.type === "radio" && control.checked && other.name !== control.name) {
      other.checked = false;
    }
  }
}

function changed(control) {
  unsaved = true;
  say("");
  keepInStep(control);
  grow(control);
}

form.addEventListener("input", (event) => {
  if (event.target.dataset.path) changed(event.target);
});
form.addEventListener("submit", (event) => event.preventDefault());

// A choice that is chosen once more is taken back, by mouse, finger or space bar.
function hold(control) {
  held = control?.type === "radio" && control.checked ? control : null;
}

function takeBack(event) {
  if (!held || event.target !== held) return;
  event.preventDefault();
  const control = held;
  held = null;
  setTimeout(() => {
    control.checked = false;
    changed(control);
  });
}

form.addEventListener("pointerdown", (event) => {
  hold(event.target.closest("label")?.control ?? event.target);
});
form.addEventListener("click", takeBack);
form.addEventListener("keydown", (event) => {
  if (event.key === " ") hold(event.target);
  if (event.key === "Enter" && event.target.tagName === "INPUT") event.preventDefault();
});
form.addEventListener("keyup", (event) => {
  if (event.key === " ") takeBack(event);
});

// --- looking at it before it is saved ----------------------------------------------------------

function nameOf(control) {
  return control.getAttribute("aria-label") ?? control.labels[0]?.textContent ?? "";
}

function isWrong(control) {
  const text = heldBy(control);
  if (!text) return false;
  return !FORMS[control.dataset.type].test(text.trim());
}

function entryOf(control, number) {
  const text = words[`${control.dataset.type}Wrong`].replace("{field}", nameOf(control));
  control.id ||= `wrong-${number}`;
  const link = document.createElement("a");
  link.href = `#${control.id}`;
  link.textContent = text;
  link.addEventListener("click", (event) => {
    event.preventDefault();
    control.focus();
  });
  const entry = document.createElement("li");
  entry.id = `about-${control.id}`;
  entry.append(link);
  control.setAttribute("aria-invalid", "true");
  control.setAttribute("aria-describedby", entry.id);
  return entry;
}

function forget() {
  for (const control of all("[aria-invalid]")) {
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
  summary.hidden = true;
}

function check() {
  forget();
  const wrong = all("[data-type]").filter(isWrong);
  summary.querySelector("ul").replaceChildren(...wrong.map(entryOf));
  if (!wrong.length) return true;
  summary.hidden = false;
  summary.focus();
  return false;
}

// --- saving and opening ------------------------------------------------------------------------

function save() {
  const saved = { planforms: words.identity, values: values() };
  const content = new Blob([JSON.stringify(saved, null, 1), "\n"], { type: "application/json" });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = words.file;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  unsaved = false;
  forget();
  say(words.saved);
}

function clear() {
  for (const control of controls()) {
    if (isBox(control)) control.checked = false;
    else if (control.type !== "hidden") control.value = "";
    grow(control);
  }
  forget();
}

// Whether a form has the same fields: its version, kind and data, in whatever language.
function isSameForm(identity) {
  const [its, mine] = [String(identity).split(" "), words.identity.split(" ")];
  return its.length === mine.length && [0, 1, 2, 5].every((part) => its[part] === mine[part]);
}

function put(path, value) {
  const found = withPath(path);
  const keys = Array.isArray(value) ? value : [];
  for (const control of found) {
    if (isBox(control)) control.checked = keys.includes(control.value);
    else if (control.type === "hidden") continue;
    else control.value = isChoice(control) ? (keys[0] ?? "") : String(value);
    grow(control);
  }
  const now = found.map(heldBy);
  return Array.isArray(value)
    ? value.every((key) => now.flat().includes(key))
    : now.some((one) => one === value);
}

function read(text) {
  try {
    const saved = JSON.parse(text);
    const whole = isSameForm(saved.planforms) && saved.values && typeof saved.values === "object";
    return whole ? Object.entries(saved.values) : null;
  } catch {
    return null;
  }
}

async function open(chooser) {
  const file = chooser.files[0];
  if (!file) return;
  const saved = file.size > MOST_BYTES ? null : read(await file.text());
  chooser.value = "";
  if (!saved) {
    say(words.notOpened);
  } else if (!unsaved || confirm(words.openSure)) {
    clear();
    const all = saved.map(([path, value]) => put(path, value)).every(Boolean);
    unsaved = false;
    say(all ? words.opened : words.openedPartly);
  }
}

document.getElementById("save").addEventListener("click", () => check() && save());
document.getElementById("save-anyway").addEventListener("click", save);
document.getElementById("print").addEventListener("click", () => print());
document.getElementById("open").addEventListener("change", (event) => open(event.target));
document.getElementById("clear").addEventListener("click", () => {
  if (!confirm(words.clearSure)) return;
  clear();
  unsaved = false;
  say("");
});
addEventListener("beforeunload", (event) => {
  if (unsaved) event.preventDefault();
});

// --- printing: all that was written, not only what a control shows of it -----------------------

addEventListener("beforeprint", () => {
  for (const control of all("input[type=text], textarea, select")) {
    const copy = document.createElement("span");
    copy.className = `printed ${control.tagName.toLowerCase()}`;
    const chosen = control.tagName === "SELECT" && control.value;
    copy.textContent = chosen ? control.selectedOptions[0].text : heldBy(control);
    control.after(copy);
  }
});
addEventListener("afterprint", () => {
  for (const copy of all(".printed")) copy.remove();
});

for (const part of document.querySelectorAll(".tools")) part.hidden = false;
form.classList.add("live");
controls().forEach(grow);
