// Shows what belongs to a choice only while it is chosen. govuk-frontend's own module also writes
// aria-expanded on radios, which ARIA does not allow there; a revealed question follows its choice
// in reading order, so nothing more than showing it is needed.
const INPUTS = "input[data-aria-controls]";

function sync(input) {
  const part = document.getElementById(input.dataset.ariaControls);
  const block = input.type === "radio" ? "govuk-radios" : "govuk-checkboxes";
  part.classList.toggle(`${block}__conditional--hidden`, !input.checked);
  if (input.type === "checkbox") input.setAttribute("aria-expanded", String(input.checked));
}

function syncAll() {
  document.querySelectorAll(INPUTS).forEach(sync);
}

export function startReveals() {
  // A radio that loses its choice says nothing, so all are looked at after each change.
  document.addEventListener("change", syncAll);
  // The browser puts earlier answers back after the page has loaded.
  window.addEventListener("pageshow", syncAll);
  syncAll();
}
