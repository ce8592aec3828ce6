// The report of a visit is kept on this device until the house has it: a lost line, a closed tab or an ended session
// lose nothing. It goes out as soon as there is a net, under the key of its form, so that it is booked once. What is
// kept belongs to who is signed in, and goes when the house says that the visit was reported.
import { token } from "./app.js";

const owner = document.body.dataset.owner, form = document.querySelector("form[data-kept]"), id = form?.dataset.kept;
const line = document.querySelector("[data-line-status]");
let pause, sending = false;
const store = new Promise((done, failed) => {
  const opening = indexedDB.open("visits", 1);
  opening.onupgradeneeded = () => opening.result.createObjectStore("reports");
  Object.assign(opening, { onsuccess: () => done(opening.result), onerror: () => failed(opening.error) });
});
const inStore = async (mode, act) => {
  const asked = act((await store).transaction("reports", mode).objectStore("reports"));
  return new Promise((done, failed) => Object.assign(asked, { onsuccess: () => done(asked.result), onerror: () => failed(asked.error) }));
};
const forget = (visit) => inStore("readwrite", (reports) => reports.delete(visit));
function say(name) {
  if (!line) return;
  line.textContent = name ? line.dataset[name].replace("{time}", new Date().toTimeString().slice(0, 5)) : "";
  line.hidden = !name;
}

async function keep(ready) {
  const fields = [...new FormData(form)].filter(([name]) => !["csrf_token", "form_owner"].includes(name));
  await inStore("readwrite", (reports) => reports.put({ owner, ready, fields }, id));
}

// A file cannot be put back into its field: what was kept of it is sent along.
function putBack(report, onlyFiles) {
  const files = new DataTransfer();
  for (const [name, value] of report.fields) {
    if (value instanceof File && value.size) files.items.add(value);
    if (value instanceof File || onlyFiles) continue; // The house gave everything else back already.
    for (const field of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (["radio", "checkbox"].includes(field.type)) field.checked = field.value === value || field.checked;
      else field.value = value;
    }
  }
  if (files.files.length) form.elements.namedItem("paper").files = files.files;
}

async function send() {
  if (sending) return;
  sending = true;
  say("sending");
  const data = new FormData(form);
  data.set("csrf_token", token());
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, credentials: "same-origin", headers: { "X-CSRFToken": token() } });
    const left = new URL(answer.url).pathname;
    if (answer.redirected && !left.startsWith("/sign-in")) return forget(id).then(() => location.assign(answer.url));
    await keep(false);
    if ([409, 422].includes(answer.status)) return form.submit(); // The house's own page says what is missing.
    say("again");
  } catch {
    await keep(true);
    say("offline");
  } finally { sending = false; }
}

function stamp() { // When it was, not when the net came back.
  const [day, at] = ["happened_on", "happened_at"].map((name) => form.elements.namedItem(name));
  if (day.value || at.value) return;
  const now = new Date(Date.now() - 60000), two = (value) => String(value).padStart(2, "0");
  day.value = `${two(now.getDate())}.${two(now.getMonth() + 1)}.${now.getFullYear()}`;
  at.value = `${two(now.getHours())}:${two(now.getMinutes())}`;
}

if (form && owner) {
  form.addEventListener("input", () => { clearTimeout(pause); pause = setTimeout(() => keep(false).then(() => say("kept")), 300); });
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(pause); stamp(); keep(true).then(send); });
  addEventListener("online", () => inStore("readonly", (reports) => reports.get(id)).then((report) => report?.ready && send()));
  const report = await inStore("readonly", (reports) => reports.get(id));
  const refused = document.querySelector("[data-errors]");
  if (report?.owner === owner) { putBack(report, refused); if (report.ready && !refused) send(); else say("kept"); }
}
document.querySelectorAll("[data-visit-over], [data-visit-done]").forEach((done) => forget(done.dataset.visit ?? done.dataset.visitDone));
