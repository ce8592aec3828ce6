// "Please fill this in." says of which field, in the words that stand beside it.
function nameFields(summary) {
  for (const link of summary.querySelectorAll('a[href^="#"]')) {
    const field = document.getElementById(decodeURIComponent(link.hash.slice(1)));
    const own = field?.labels?.[0] ?? field?.querySelector("legend");
    const name = own?.firstChild?.textContent.trim();
    if (name && !link.textContent.includes(name)) link.prepend(`${name.replace(/:$/, "")}: `);
  }
}

function nameAll(part) {
  for (const summary of part.querySelectorAll?.("[data-errors]") ?? []) nameFields(summary);
}

nameAll(document);
document.addEventListener("htmx:afterSettle", (event) => nameAll(event.detail.elt));
