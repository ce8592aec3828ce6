// Theme before the first paint: ?theme=dark or ?theme=light overrides what the server put into <html>
// (screenshots); a click on a choice switches at once. Without script the form posts instead.
const asked = new URLSearchParams(location.search).get("theme");
if (asked === "dark" || asked === "light") document.documentElement.dataset.theme = asked;

document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-theme-choice]");
  if (!choice) return;
  event.preventDefault();
  if (choice.value === "system") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = choice.value;
  document.cookie = `theme=${choice.value}; path=/; max-age=31536000; SameSite=Lax`;
  for (const other of document.querySelectorAll("[data-theme-choice]")) {
    other.setAttribute("aria-pressed", String(other === choice));
  }
});
