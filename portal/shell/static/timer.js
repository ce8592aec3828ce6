// Time that passes: <span data-timer-from="2026-11-23T09:30:00+01:00"> counts minutes and seconds of a call,
// data-dismiss-after="10" takes a message away, but not while somebody points at it or has the focus in it.
const SECOND_MS = 1000;

function shown(seconds) {
  const parts = [Math.floor(seconds / 60), seconds % 60];
  return parts.map((part) => String(part).padStart(2, "0")).join(":");
}

function tick() {
  for (const clock of document.querySelectorAll("[data-timer-from]")) {
    const passed = Math.floor((Date.now() - Date.parse(clock.dataset.timerFrom)) / SECOND_MS);
    clock.textContent = shown(Math.max(passed, 0));
  }
  for (const message of document.querySelectorAll("[data-dismiss-after]")) {
    if (message.matches(":hover, :focus-within")) continue;
    const left = Number(message.dataset.dismissAfter) - 1;
    message.dataset.dismissAfter = String(left);
    if (left <= 0) message.remove();
  }
}

setInterval(tick, SECOND_MS);
tick();
