// Passkeys: a form with data-passkey asks the browser for one before it is sent.
const bytes = (text) => Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (sign) => sign.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");

function asked(options) {
  const known = (list) => (list ?? []).map((each) => ({ ...each, id: bytes(each.id) }));
  const common = { ...options, challenge: bytes(options.challenge) };
  if (options.user) return { ...common, user: { ...options.user, id: bytes(options.user.id) }, excludeCredentials: known(options.excludeCredentials) };
  return { ...common, allowCredentials: known(options.allowCredentials) };
}

function answered(credential) {
  const given = credential.response;
  const response = { clientDataJSON: text(given.clientDataJSON) };
  if (given.attestationObject) {
    response.attestationObject = text(given.attestationObject);
  } else {
    response.authenticatorData = text(given.authenticatorData);
    response.signature = text(given.signature);
    response.userHandle = given.userHandle ? text(given.userHandle) : null;
  }
  return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, response, clientExtensionResults: {} });
}

for (const form of document.querySelectorAll("form[data-passkey]")) {
  const said = form.querySelector("[role=alert]");
  form.addEventListener("submit", async (event) => {
    if (form.elements.answer.value) return;
    event.preventDefault();
    said.hidden = true;
    try {
      const publicKey = asked(JSON.parse(form.dataset.options));
      form.elements.answer.value = answered(await navigator.credentials[form.dataset.passkey]({ publicKey }));
      form.requestSubmit();
    } catch {
      said.textContent = form.dataset.failed;
      said.hidden = false;
    }
  });
}
