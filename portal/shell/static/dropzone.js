// A file field one can drop files on: shows what was chosen, refuses what is too large before sending.
const MEGA = 1000 * 1000;
const KILO = 1000;
const LIMIT_MEGA = 1024 * 1024;

function show(zone) {
  const field = zone.querySelector("input[type=file]");
  const list = zone.querySelector("[data-files]");
  const limit = Number(zone.dataset.maxMb) * LIMIT_MEGA;
  const number = new Intl.NumberFormat(document.documentElement.lang, { maximumFractionDigits: 1 });
  const size = (bytes) => (bytes < MEGA
    ? `${number.format(Math.max(1, Math.round(bytes / KILO)))} KB` : `${number.format(bytes / MEGA)} MB`);
  let tooLarge = false;
  list.replaceChildren(...[...field.files].map((file) => {
    const line = document.createElement("li");
    line.textContent = `${file.name} (${size(file.size)})`;
    if (file.size > limit) {
      tooLarge = true;
      line.className = "c-bad strong";
      line.append(`: ${zone.dataset.tooLarge}`);
    }
    return line;
  }));
  field.setCustomValidity(tooLarge ? zone.dataset.tooLarge : "");
}

function zoneOf(event) {
  return event.target.closest?.("[data-dropzone]");
}

document.addEventListener("change", (event) => {
  if (zoneOf(event) && event.target.type === "file") show(zoneOf(event));
});

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.classList.add("over");
  });
}

document.addEventListener("dragleave", (event) => {
  const zone = zoneOf(event);
  if (zone && !zone.contains(event.relatedTarget)) zone.classList.remove("over");
});

document.addEventListener("drop", (event) => {
  const zone = zoneOf(event);
  if (!zone) return;
  event.preventDefault();
  zone.classList.remove("over");
  zone.querySelector("input[type=file]").files = event.dataTransfer.files;
  show(zone);
});

// The browser's own check is off (novalidate), so a file that is too large is stopped here.
document.addEventListener("submit", (event) => {
  const field = [...event.target.querySelectorAll("[data-dropzone] input")].find((one) => !one.validity.valid);
  if (!field) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  field.focus();
}, true);
