// Buttons that only make sense with a script are hidden until it is there. What they do works
// without them: the address stands beside, and every browser prints.
export function startSharing() {
  for (const button of document.querySelectorAll("button[data-copy]")) {
    if (!navigator.clipboard) continue;
    const said = document.createElement("span");
    said.setAttribute("role", "status");
    button.after(" ", said);
    button.hidden = false;
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(button.dataset.copy);
      said.textContent = button.dataset.done;
    });
  }
  // A button that prints by itself belongs to print.js.
  for (const row of document.querySelectorAll("[data-print]:not(button)")) {
    row.hidden = false;
    row.querySelector("button").addEventListener("click", () => window.print());
  }
}
