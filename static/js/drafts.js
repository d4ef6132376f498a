// Keeps what is typed into a form that says so (data-draft) in this tab: the browser’s Back, a
// refresh and a crash then lose nothing. Never secrets, files, or forms about health or equality;
// gone once the form is sent, with the tab, when the person signs out or somebody else signs in.
const BEFORE = "draft:";
const SENT = "draft-sent";
const OWNER = "draft-owner";
const OWN = ["csrfmiddlewaretoken", "once"];
const SKIPPED = ["password", "file", "submit", "button", "reset", "image"];
const WAIT = 400; // milliseconds between the last letter and keeping it

const store = sessionStorage;
const { who, answer } = document.body.dataset;
const place = BEFORE + location.pathname + location.search;
const form = document.querySelector("form[data-draft]");

function forgetAll() {
  Object.keys(store)
    .filter((key) => key.startsWith("draft"))
    .forEach((key) => store.removeItem(key));
}

function controls() {
  return [...form.elements].filter(
    (one) => one.name && !OWN.includes(one.name) && !SKIPPED.includes(one.type),
  );
}

function isTicked(one) {
  return one.type === "checkbox" || one.type === "radio";
}

function typed() {
  return controls().map((one) => [one.name, isTicked(one) ? one.checked : one.value]);
}

let began = "";
function keep() {
  const now = JSON.stringify(typed());
  if (now !== began) store.setItem(place, now);
}

function putBack(kept) {
  controls().forEach((one, number) => {
    const [name, value] = kept[number] ?? [];
    if (name !== one.name) return; // the form has changed meanwhile: the rest is not its own
    if (isTicked(one)) one.checked = value;
    else one.value = value;
    one.dispatchEvent(new Event("input", { bubbles: true }));
    one.dispatchEvent(new Event("change", { bubbles: true }));
  });
}

function watch() {
  let timer;
  // Two that put words back would fight, and the browser’s own does not know what we began with.
  form.autocomplete = "off";
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(keep, WAIT);
  });
  window.addEventListener("pagehide", keep);
  form.addEventListener("submit", () => {
    keep();
    store.setItem(SENT, place);
  });
}

if (store.getItem(OWNER) !== who) forgetAll();
store.setItem(OWNER, who);
document
  .querySelectorAll('form[action$="/account/logout/"]')
  .forEach((out) => out.addEventListener("submit", forgetAll));

const [visit] = performance.getEntriesByType("navigation");
const again = visit?.type === "back_forward" || visit?.type === "reload";

// What was sent is over, unless it came back to be corrected, or the person came back by themselves
// from a page that is not ours (the line was down).
if (answer === undefined && !again && store.getItem(SENT)) store.removeItem(store.getItem(SENT));
store.removeItem(SENT);

// Going back to the answer of a form would send it once more: go back to the form instead.
if (answer !== undefined) history.replaceState(history.state, "", location.href);

if (form) {
  began = JSON.stringify(typed());
  const kept = store.getItem(place);
  if (kept && again && answer === undefined) putBack(JSON.parse(kept));
  else if (answer === undefined) store.removeItem(place);
  watch();
}
