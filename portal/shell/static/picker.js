// The browser's own date picker beside a date field that takes what people type.
function ready(root) {
  for (const button of root.querySelectorAll("[data-picker][hidden]")) button.hidden = false;
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-picker]");
  if (!button) return;
  const field = document.getElementById(button.dataset.picker);
  let picker = button.querySelector("input");
  if (!picker) {
    picker = document.createElement("input");
    picker.type = "date";
    picker.className = "sr";
    picker.tabIndex = -1;
    picker.setAttribute("aria-hidden", "true");
    button.append(picker);
    picker.addEventListener("change", () => {
      const [year, month, day] = picker.value.split("-");
      if (!day) return;
      field.value = `${day}.${month}.${year}`;
      field.dispatchEvent(new Event("input", { bubbles: true }));
      field.focus();
    });
  }
  const typed = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(field.value.trim());
  if (typed) picker.value = `${typed[3]}-${typed[2].padStart(2, "0")}-${typed[1].padStart(2, "0")}`;
  picker.showPicker?.();
});

ready(document);
document.addEventListener("htmx:afterSettle", (event) => ready(event.detail.elt));
