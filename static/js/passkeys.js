// Makes and shows passkeys. Each form says which: data-passkey="create" or "get". What the browser
// answers goes into its hidden field. Without JavaScript the forms stay away, and a note says so.
const fromText = (text) =>
  Uint8Array.from(atob(text.replace(/-/g, "+").replace(/_/g, "/")), (letter) => letter.charCodeAt(0));

const toText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replace(/\+/g, "-")
    .replace(/\//g, "_")
    .replace(/=+$/, "");

const withBytes = (list = []) => list.map((one) => ({ ...one, id: fromText(one.id) }));

function opened(publicKey) {
  const key = { ...publicKey, challenge: fromText(publicKey.challenge) };
  if (key.user) key.user = { ...key.user, id: fromText(key.user.id) };
  key.excludeCredentials = withBytes(key.excludeCredentials);
  key.allowCredentials = withBytes(key.allowCredentials);
  return key;
}

// A passkey that can sign in by itself is liked better, and a key that cannot is fine as well.
function liked(key) {
  key.authenticatorSelection = {
    ...key.authenticatorSelection,
    residentKey: "preferred",
    requireResidentKey: false,
    userVerification: "preferred",
  };
  return key;
}

function closed(credential) {
  const answer = {};
  for (const part of ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"]) {
    if (credential.response[part]) answer[part] = toText(credential.response[part]);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: answer,
  };
}

async function optionsOf(form) {
  if (form.dataset.options) {
    const data = JSON.parse(form.dataset.options);
    return (data.creation_options || data.request_options).publicKey;
  }
  const response = await fetch(form.dataset.optionsFrom, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error("no options");
  return (await response.json()).request_options.publicKey;
}

async function ask(form) {
  const publicKey = opened(await optionsOf(form));
  const credential =
    form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: liked(publicKey) })
      : await navigator.credentials.get({ publicKey });
  form.elements.credential.value = JSON.stringify(closed(credential));
  form.submit();
}

const known = Boolean(window.PublicKeyCredential);
for (const note of document.querySelectorAll("[data-passkey-unknown]")) note.hidden = known;
for (const form of document.querySelectorAll("form[data-passkey]")) {
  const failed = form.querySelector("[data-passkey-failed]");
  form.hidden = !known;
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    failed.hidden = true;
    ask(form).catch(() => {
      failed.hidden = false;
    });
  });
}
