// What every page needs: the form token for htmx, upload progress, focus and announcements after swaps,
// a thin bar while loading, dialogs, menus that close, the date picker.
const LOADING_AFTER_MS = 300;
const status = document.getElementById("shell-status");
let loading;

export function token() {
  return document.querySelector("meta[name=csrf-token]")?.content ?? "";
}

export function announce(text) {
  status.textContent = "";
  setTimeout(() => { status.textContent = text; }, 50); // A changed text is read, a repeated one not.
  setTimeout(() => { if (status.textContent === text) status.textContent = ""; }, 10000);
}

document.addEventListener("htmx:configRequest", (event) => {
  event.detail.headers["X-CSRFToken"] = token();
});

document.addEventListener("htmx:beforeRequest", () => {
  clearTimeout(loading);
  loading = setTimeout(() => document.body.insertAdjacentHTML("beforeend", '<div class="progress"></div>'), LOADING_AFTER_MS);
});

// A form that stays in the page after its answer may be sent again on purpose: with a key of its own.
document.addEventListener("htmx:afterRequest", (event) => {
  const form = event.detail.successful && event.detail.elt.closest?.("form");
  const key = form && form.elements.namedItem("form_key");
  if (key) key.value = Array.from(crypto.getRandomValues(new Uint8Array(16)), (each) => each.toString(16).padStart(2, "0")).join("");
});

document.addEventListener("htmx:afterRequest", () => {
  clearTimeout(loading);
  document.querySelectorAll("body > .progress").forEach((bar) => bar.remove());
});

document.addEventListener("htmx:xhr:progress", (event) => {
  const bar = event.target.querySelector?.("progress");
  if (!bar || !event.detail.lengthComputable) return;
  bar.hidden = false;
  bar.value = (100 * event.detail.loaded) / event.detail.total;
});

document.addEventListener("htmx:responseError", (event) => {
  const reference = event.detail.xhr.getResponseHeader("X-Request-ID");
  announce(status.dataset.failed + (reference ? ` ${status.dataset.reference} ${reference}.` : ""));
});
document.addEventListener("htmx:sendError", () => announce(status.dataset.offline));
document.addEventListener("announce", (event) => announce(event.detail.value ?? event.detail.text));

// The task changed: focus its heading. Errors: focus the summary. Anything else: one spoken line.
document.addEventListener("htmx:afterSettle", (event) => {
  const part = event.detail.elt;
  const errors = part.querySelector?.("[data-errors]");
  const heading = part.closest?.("[data-focus-heading]")?.querySelector("h1, h2, h3");
  const goal = errors ?? heading;
  if (goal) {
    goal.tabIndex = -1;
    goal.focus();
  } else if (part.dataset?.announce) announce(part.dataset.announce);
});

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  const dialog = opener && document.getElementById(opener.dataset.opens);
  if (dialog) {
    event.preventDefault();
    dialog.showModal();
  }
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.querySelector("[data-errors]")?.focus();
