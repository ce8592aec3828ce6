// What people write is kept in this tab until it is saved: a reload, a way back or an ended session lose nothing.
// Every posted form with a text area takes part. A draft belongs to who is signed in (<body data-owner>), is never
// put over something else, and goes when the form was sent and the house answered with another page.
import { announce } from "./app.js";

const PREFIX = "draft ";
const PAUSE_MS = 400;
const owner = document.body.dataset.owner;
let pause;

function taking(form) {
  return form?.method === "post" && !form.dataset.autosave && !form.dataset.kept && form.querySelector("textarea");
}

function key(form) {
  return PREFIX + new URL(form.action || location.href, location.href).pathname;
}

function fields(form) {
  return [...form.elements].filter((each) => each.name && !["hidden", "password", "file", "submit", "button"].includes(each.type));
}

function keep(form) {
  const values = fields(form).filter((each) => !["radio", "checkbox"].includes(each.type) || each.checked).map((each) => [each.name, each.value]);
  sessionStorage.setItem(key(form), JSON.stringify({ owner, values }));
}

function putBack(form, draft) {
  let changed = false;
  for (const field of fields(form)) {
    const said = draft.values.filter(([name]) => name === field.name).map(([, value]) => value);
    if (["radio", "checkbox"].includes(field.type)) {
      const checked = said.includes(field.value);
      changed ||= field.checked !== checked;
      field.checked = checked;
    } else if (said.length && (field.value === "" || field.value === field.defaultValue) && field.value !== said[0]) {
      field.value = said[0];
      changed = true;
    }
  }
  return changed;
}

function begin(form) {
  if (document.querySelector("[data-errors]")) return keep(form); // The house gave everything back already.
  const draft = JSON.parse(sessionStorage.getItem(key(form)) ?? "null");
  if (!draft || draft.sent || !putBack(form, draft)) return;
  form.closest("details")?.setAttribute("open", "");
  announce(document.getElementById("shell-status").dataset.draft);
}

if (owner) {
  for (const name of Object.keys(sessionStorage).filter((each) => each.startsWith(PREFIX))) {
    const draft = JSON.parse(sessionStorage.getItem(name));
    if (draft.sent || draft.owner !== owner) sessionStorage.removeItem(name);
  }
  for (const form of document.forms) if (taking(form)) begin(form);
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!owner || !taking(form)) return;
  clearTimeout(pause);
  pause = setTimeout(() => keep(form), PAUSE_MS);
});

document.addEventListener("submit", (event) => {
  clearTimeout(pause);
  const kept = owner && taking(event.target) && sessionStorage.getItem(key(event.target));
  if (kept) sessionStorage.setItem(key(event.target), JSON.stringify({ ...JSON.parse(kept), sent: true }));
});
