// Long forms save by themselves: <form data-autosave="/address">. The answer is the sentence to show in
// [data-autosave-status]; if saving fails, its data-failed is shown and the next change tries again.
import { token } from "./app.js";

const PAUSE_MS = 1500;
const waiting = new WeakMap();

// The sentence stands in the form, or elsewhere on the page and names the form.
const statusOf = (form) => form.querySelector("[data-autosave-status]")
  ?? document.querySelector(`[data-autosave-status][data-form="${form.id}"]`);

async function save(form) {
  const line = statusOf(form);
  const say = (text) => { if (line) line.textContent = text; };
  const data = new FormData(form);
  for (const [name, value] of [...data]) if (value instanceof File) data.delete(name);
  try {
    const answer = await fetch(form.dataset.autosave, {
      method: "POST", body: data, credentials: "same-origin",
      headers: { "X-CSRFToken": token(), "HX-Request": "true" },
    });
    if (!answer.ok) throw new Error(String(answer.status));
    say((await answer.text()).trim());
    delete form.dataset.unsaved;
  } catch {
    say(line?.dataset.failed ?? "");
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.form;
  if (!form?.dataset.autosave) return;
  form.dataset.unsaved = "1";
  const line = statusOf(form);
  if (line?.dataset.unsaved) line.textContent = line.dataset.unsaved;
  clearTimeout(waiting.get(form));
  waiting.set(form, setTimeout(() => save(form), PAUSE_MS));
});

document.addEventListener("submit", (event) => {
  clearTimeout(waiting.get(event.target));
  delete event.target.dataset.unsaved;
});

addEventListener("beforeunload", (event) => {
  if (document.querySelector("form[data-unsaved]")) event.preventDefault();
});
