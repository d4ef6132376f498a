// Where Tab should stop, in order; each is then given the focus, looked at, and named.
() => {
  const short = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 120);
  const can = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const there = [...document.querySelectorAll(can)].filter((one) =>
    one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length && !one.disabled && one.tabIndex >= 0);
  const stops = there.filter((one) => {
    if (one.type !== "radio") return true;
    const group = there.filter((other) => other.type === "radio" && other.name === one.name && other.form === one.form);
    return one === (group.find((other) => other.checked) || group[0]);
  });
  const faults = [];
  let before = null;
  for (const one of stops) {
    one.focus();
    const box = one.getBoundingClientRect();
    const corners = [[.5, .5], [.02, .1], [.98, .1], [.02, .9], [.98, .9]].map(([x, y]) => [box.left + box.width * x, box.top + box.height * y]);
    const free = corners.filter(([x, y]) => {
      const top = document.elementFromPoint(x, y);
      return top && (top === one || one.contains(top) || top.contains(one) || [...(one.labels || [])].some((label) => label.contains(top)));
    });
    if (!free.length && one.matches(":focus")) faults.push(`focus: covered: ${short(one)}`);
    const part = one.closest("section, form, aside, nav, table, fieldset, ul, ol, header, footer, [class*=panel]");
    const place = { part, top: box.top + scrollY, bottom: box.bottom + scrollY, left: box.left };
    if (before && before.part === part && place.bottom <= before.top && place.left <= before.left + 8) faults.push(`tab order: goes back up: ${short(one)}`);
    before = place;
  }
  document.activeElement.blur();
  scrollTo(0, 0);
  stops.forEach((one, number) => { one.dataset.stop = number; });
  window.stopsMet = [];
  if (!window.listensToStops) {
    window.listensToStops = true;
    document.addEventListener("focusin", (event) => window.stopsMet.push(event.target.dataset.stop ?? short(event.target)), true);
  }
  const kind = (one) => [one.localName, one.type || "", one.className, one.closest("[class*='gi-'], footer, header")?.className || "", getComputedStyle(one.parentElement).backgroundColor].join("|");
  return { faults, count: stops.length, kinds: stops.map(kind), names: stops.map(short) };
}
