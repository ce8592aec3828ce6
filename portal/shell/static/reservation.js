// The heartbeat of a reservation: <div data-reservation="/address" data-lost="…"> keeps a case reserved while
// its page is open and looked at. When it was lost (409), the page says so and stops asking.
import { announce, token } from "./app.js";

const BEAT_MS = 60000;

async function beat(place) {
  if (document.hidden) return;
  try {
    const answer = await fetch(place.dataset.reservation, {
      method: "POST", credentials: "same-origin",
      headers: { "X-CSRFToken": token(), "HX-Request": "true" },
    });
    if (answer.status !== 409) return;
    const sentence = (await answer.text()).trim();
    const text = answer.headers.get("Content-Type")?.startsWith("text/plain") && sentence;
    announce(text || place.dataset.lost);
    delete place.dataset.reservation;
  } catch {
    // No connection: the next beat tries again, the reservation lasts five minutes.
  }
}

setInterval(() => {
  for (const place of document.querySelectorAll("[data-reservation]")) beat(place);
}, BEAT_MS);
