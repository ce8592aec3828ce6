// Accelerators. data-key on a visible link, button or field is the only place a key is defined: "n", "/",
// "g a" (one after the other), "ctrl+enter" (the only one that works while typing). Off: <html data-keys="off">.
const SEQUENCE_MS = 1200;
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
let before = "";
let forget;

const off = () => document.documentElement.dataset.keys === "off";
const scope = () => document.querySelector("dialog[open]") ?? document;
// What stands in a closed menu can be reached by its key all the same.
const shown = (element) => (element.closest("details.menu:not([open])") ?? element).getClientRects().length > 0;
const visible = (element) => !element.disabled && shown(element);

function find(key) {
  return [...scope().querySelectorAll("[data-key]")].find(
    (element) => element.dataset.key === key && visible(element),
  );
}

function press(element) {
  if (element.matches(TYPING)) {
    element.focus();
    element.select?.();
  } else {
    if (element.matches("input")) element.focus();
    element.click();
  }
}

function fillList() {
  const list = document.querySelector("[data-key-list]");
  list.replaceChildren();
  document.querySelector("[data-key-rows]").hidden = !document.querySelector("table[data-rows]");
  for (const element of document.querySelectorAll("[data-key]")) {
    if (!visible(element)) continue;
    const label = element.closest("label") ?? element.labels?.[0] ?? element;
    const words = label.cloneNode(true);
    words.querySelectorAll("kbd, svg, small, option, .n").forEach((part) => part.remove());
    const hint = document.createElement("dt");
    const key = document.createElement("kbd");
    key.textContent = element.dataset.keyShown ?? element.dataset.key.toUpperCase();
    hint.append(key);
    const meaning = document.createElement("dd");
    meaning.textContent = element.getAttribute("aria-label") ?? words.textContent.trim();
    list.append(hint, meaning);
  }
}

document.addEventListener("keydown", (event) => {
  if (off() || event.isComposing || event.defaultPrevented) return;
  const typing = event.target.matches?.(TYPING);
  if (event.ctrlKey || event.metaKey || event.altKey) {
    const goOn = event.key === "Enter" && !event.altKey && find("ctrl+enter");
    if (goOn) { event.preventDefault(); press(goOn); }
    return;
  }
  if (event.key === "Escape" && typing && !document.querySelector("dialog[open]")) return event.target.blur();
  if (typing || (event.key === "Enter" && event.target.matches("a, button, summary"))) return;
  const key = event.key === "Escape" ? "esc" : event.key.toLowerCase();
  const element = find(`${before} ${key}`.trim()) ?? find(key);
  clearTimeout(forget);
  before = "";
  if (element) {
    event.preventDefault();
    if (key === "?") fillList();
    press(element);
  } else if (key.length === 1 && scope().querySelector(`[data-key^="${CSS.escape(key)} "]`)) {
    before = key;
    forget = setTimeout(() => { before = ""; }, SEQUENCE_MS);
  }
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-opens=shell-keys]")) fillList();
});
