// Says before a session ends that it will, and lets staff stay. What is typed is not touched.
const dialog = document.querySelector("dialog[data-session-left]");
const WARN = 300; // seconds before the end

const ask = async (method) => {
  const form = dialog.querySelector("form");
  const options = { method, headers: { Accept: "application/json" }, cache: "no-store" };
  if (method === "POST") options.body = new FormData(form);
  const response = await fetch(form.action, options);
  // Whoever is signed out is sent on to sign in.
  const isOver = response.redirected || !response.ok;
  return isOver ? { seconds: 0, can_stay: false } : response.json();
};

function show(state) {
  for (const part of dialog.querySelectorAll("[data-session-state]")) {
    part.hidden = !part.dataset.sessionState.split(" ").includes(state);
  }
  if (!dialog.open) dialog.showModal();
}

let waiting;
const later = (seconds) => {
  clearTimeout(waiting);
  waiting = setTimeout(look, Math.max(seconds, 1) * 1000);
};

function follow({ seconds, can_stay: canStay }) {
  if (seconds <= 0) {
    show("over");
  } else if (seconds <= WARN) {
    show(canStay ? "soon" : "last");
    later(seconds + 1);
  } else {
    if (dialog.open) dialog.close();
    later(seconds - WARN);
  }
}

// Another window may have been busy: the server knows. Without a connection, ask again.
const look = () => ask("GET").then(follow, () => later(30));

if (dialog) {
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    ask("POST").then(follow, () => later(30));
  });
  dialog.querySelector("[data-session-close]").addEventListener("click", () => dialog.close());
  addEventListener("pageshow", (event) => event.persisted && look());
  later(Number(dialog.dataset.sessionLeft) - WARN);
}
