// Runs before the page is drawn, so nothing that is about to be folded away flickers.
if ("noModule" in HTMLScriptElement.prototype) {
  document.body.classList.add("js-enabled", "govuk-frontend-supported");
}
