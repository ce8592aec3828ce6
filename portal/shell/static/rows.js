// Rows of a list by keys: J and K move, Enter opens, X ticks. A table asks for it by data-rows; the row in
// hand carries aria-selected, and its first link with data-preview (if any) is followed by htmx.
const TYPING = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";

function rows() {
  const table = [...document.querySelectorAll("table[data-rows]")].find((one) => one.getClientRects().length);
  return table ? [...table.querySelectorAll("tbody tr:not(.gh):not(.em)")] : [];
}

// The link that opens what the row is about; a preview only shows it at the side.
const opener = (row) => row.querySelector("a[href]:not([data-preview])") ?? row.querySelector("a[href]");

function choose(row, all) {
  for (const other of all) other.toggleAttribute("aria-selected", false);
  row.setAttribute("aria-selected", "true");
  row.scrollIntoView({ block: "nearest" });
  (opener(row) ?? row).focus({ preventScroll: true });
  row.querySelector("[data-preview]")?.dispatchEvent(new CustomEvent("preview", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  if (document.documentElement.dataset.keys === "off" || event.defaultPrevented) return;
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.matches?.(TYPING)) return;
  if (document.querySelector("dialog[open]")) return;
  const all = rows();
  const at = all.findIndex((row) => row.getAttribute("aria-selected") === "true");
  const key = event.key.toLowerCase();
  if (!all.length || !["j", "k", "x", "enter"].includes(key)) return;
  if (key === "j" || key === "k") {
    choose(all[Math.min(Math.max(at + (key === "j" ? 1 : -1), 0), all.length - 1)], all);
  } else if (at < 0 || (key === "enter" && event.target.matches("a, button, summary"))) {
    return;
  } else if (key === "x") {
    all[at].querySelector("input[type=checkbox]:not(:disabled)")?.click();
  } else {
    opener(all[at])?.click();
  }
  event.preventDefault();
});

// One box that ticks all that may be ticked.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-tick-all]")) return;
  for (const box of event.target.closest("table").querySelectorAll("tbody input[type=checkbox]:not(:disabled)")) {
    box.checked = event.target.checked;
  }
});
