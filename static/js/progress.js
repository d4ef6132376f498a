// Looks every two seconds how far the work is, and shows the page that comes after it.
// Without JavaScript the page loads itself anew.
const part = () => document.querySelector("[data-progress]");

async function look() {
  try {
    const response = await fetch(location.href, { headers: { "X-Requested-With": "progress" } });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector("[data-progress]");
    if (!fresh || page.title !== document.title) return location.reload();
    const said = part().querySelector("[role=status]");
    const words = fresh.querySelector("[role=status]").textContent;
    if (said.textContent !== words) said.textContent = words;
    part().querySelector("progress").value = fresh.querySelector("progress").value;
  } catch {
    // Away for a moment: it looks again.
  }
  setTimeout(look, 2000);
}

if (part()) setTimeout(look, 2000);
