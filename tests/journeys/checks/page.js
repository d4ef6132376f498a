// Everything that can be read off a page in one go. Returns {family: [faults]}.
// Python's checks/__init__.py says what each family is for; README.md which numbers it answers.
() => {
  const faults = {};
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const short = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 150);
  const say = (family, words, one) => {
    (faults[family] ??= []).push(one ? `${words}: ${short(one)}` : words);
  };
  const drawn = (one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length > 0;
  const tidy = (text) => (text || "").replace(/\s+/g, " ").trim();
  const known = (id) => id && document.getElementById(id);

  // What a screen reader says of an element: a short version of the accessible name's rules.
  const textOf = (one) => {
    if (one.nodeType === Node.TEXT_NODE) return one.data;
    if (one.nodeType !== Node.ELEMENT_NODE || one.getAttribute("aria-hidden") === "true") return "";
    if (one.hidden || one.localName === "script" || one.localName === "style") return "";
    if (one.localName === "img") return one.alt || "";
    if (one.getAttribute("aria-label")) return one.getAttribute("aria-label");
    return [...one.childNodes].map(textOf).join(one.localName === "span" ? "" : " ");
  };
  const nameOf = (one) => {
    const by = (one.getAttribute("aria-labelledby") || "").split(/\s+/).filter(Boolean);
    if (by.length) return tidy(by.map((id) => (known(id) ? textOf(known(id)) : "")).join(" "));
    if (one.getAttribute("aria-label")) return tidy(one.getAttribute("aria-label"));
    if (one.labels?.length) return tidy([...one.labels].map(textOf).join(" "));
    if (one.localName === "input") return tidy(["submit", "button", "reset"].includes(one.type) ? one.value : "");
    return tidy(textOf(one));
  };
  const controls = all("input:not([type=hidden]), select, textarea").filter(drawn);
  const buttons = all("button, input[type=submit], a.govuk-button").filter(drawn);
  const links = all("a[href]").filter(drawn);
  const active = [...new Set([...links, ...buttons, ...controls, ...all("summary").filter(drawn)])];
  const typed = controls.filter((one) => !["radio", "checkbox", "file", "submit"].includes(one.type));

  // --- structure
  if (!/^[a-z]{2}(-[A-Z]{2})?$/.test(document.documentElement.lang)) say("structure", "no language");
  if (!tidy(document.title)) say("structure", "no title");
  const headings = all("h1, h2, h3, h4, h5, h6").filter((one) => one.checkVisibility());
  const levels = headings.map((one) => Number(one.localName[1]));
  if (levels.filter((level) => level === 1).length !== 1) say("structure", `${levels.filter((l) => l === 1).length} h1`);
  levels.forEach((level, at) => {
    const before = at ? levels[at - 1] : 1;
    if (level > before + 1) say("structure", `h${level} after h${before}`, headings[at]);
    if (!tidy(textOf(headings[at]))) say("structure", "empty heading", headings[at]);
  });
  for (const [what, selector] of [["main", "main"], ["banner", "body > header"], ["contentinfo", "body > footer"]]) {
    if (all(selector).length !== 1) say("structure", `${all(selector).length} ${what}`);
  }
  const navs = all("nav").filter(drawn).map(nameOfRegion);
  function nameOfRegion(one) {
    return one.getAttribute("aria-label") || tidy(known(one.getAttribute("aria-labelledby"))?.textContent);
  }
  if (navs.some((name) => !name)) say("structure", "a nav without a name");
  if (new Set(navs).size !== navs.length) say("structure", `navs of one name: ${navs}`);

  // --- references: what points to an id points to one
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "for"]) {
    for (const one of all(`[${attribute}]`)) {
      for (const id of one.getAttribute(attribute).split(/\s+/).filter(Boolean)) {
        if (!known(id)) say("references", `${attribute} points to nothing (${id})`, one);
      }
    }
  }

  // --- targets
  const boxes = active.filter((one) => !one.matches("[type=radio], [type=checkbox]")).map((one) => [one, one.getBoundingClientRect()]);
  const inSentence = (one) => {
    if (getComputedStyle(one).display !== "inline") return false;
    return tidy(one.parentElement.textContent).length > tidy(one.textContent).length;
  };
  const near = (x, y, box) => Math.hypot(x - Math.max(box.left, Math.min(x, box.right)), y - Math.max(box.top, Math.min(y, box.bottom)));
  for (const [one, box] of boxes) {
    if (one.matches("button, .govuk-button, summary, input[type=submit]")) {
      if (box.height < 43.5) say("targets", `a button ${Math.round(box.height)} high`, one);
    } else if ((box.width < 24 || box.height < 24) && !inSentence(one)) {
      const x = (box.left + box.right) / 2;
      const y = (box.top + box.bottom) / 2;
      if (boxes.some(([other, its]) => other !== one && near(x, y, its) < 12)) say("targets", "small and crowded", one);
    }
  }

  // --- names
  const vague = /^(click here|here|more|read more|learn more|find out more|this|this page|link|details)\W*$/i;
  const leads = new Map();
  for (const one of active) {
    const name = nameOf(one);
    if (!name) say("names", "no name", one);
    if (one.localName === "a" && vague.test(name)) say("names", "says nothing by itself", one);
    if (one.localName === "a") {
      const address = one.href.replace(/#.*/, "").replace(/^(mailto:[^?]*).*/, "$1") + (one.getAttribute("href").startsWith("#") ? one.hash : "");
      if (leads.has(name) && leads.get(name) !== address) say("names", `another link is called so (${leads.get(name)})`, one);
      leads.set(name, address);
    }
  }
  const doing = new Map();
  for (const one of all("button, input[type=submit]").filter(drawn)) {
    const does = `${one.form?.action} ${one.name}=${one.value} ${[...new FormData(one.form || undefined)]
      .filter(([key]) => !/token/i.test(key)).map(([key, value]) => `${key}=${value}`)}`;
    const name = nameOf(one);
    if (doing.has(name) && doing.get(name) !== does) say("names", "another button is called so", one);
    doing.set(name, does);
  }

  // --- label in name
  for (const one of all("[aria-label]").filter((one) => one.matches("a, button, input, select, textarea"))) {
    const visible = tidy(one.innerText || [...(one.labels || [])].map((label) => label.innerText).join(" ")).toLowerCase();
    if (visible && !nameOf(one).toLowerCase().includes(visible)) say("label in name", "is called otherwise", one);
  }

  // --- icons and images
  for (const one of all("svg")) {
    const hidden = one.closest("[aria-hidden=true]");
    const named = one.getAttribute("role") === "img" && (one.getAttribute("aria-label") || one.querySelector("title"));
    if (!hidden && !named) say("icons", "neither hidden nor named", one);
  }
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const { data, parentElement } = texts.currentNode;
    if (/\p{Emoji_Presentation}/u.test(data) && !parentElement.closest("[aria-hidden=true], textarea, [data-written]")) {
      say("icons", "an emoji that is read aloud", parentElement);
    }
  }
  for (const one of all("img")) {
    if (!one.hasAttribute("alt")) say("images", "no alt", one);
    if (/\.(png|jpe?g|webp|gif)$|^(image|picture|photo)( of|$)/i.test(one.alt)) say("images", "alt says nothing", one);
  }

  // --- tables and charts
  for (const one of all("table").filter(drawn)) {
    if (!tidy(one.caption?.textContent) && !nameOfRegion(one)) say("tables", "no caption", one);
    if (!all("th", one).length) say("tables", "no headings", one);
    all("th:not([scope])", one).forEach((cell) => say("tables", "no scope", cell));
  }
  for (const one of all("body *")) {
    if (one.scrollWidth <= one.clientWidth + 1 || one.matches("input, textarea, select")) continue;
    if (!["auto", "scroll"].includes(getComputedStyle(one).overflowX) || !drawn(one)) continue;
    const usable = one.tabIndex === 0 && ["region", "group"].includes(one.getAttribute("role")) && nameOfRegion(one);
    if (!usable) say("tables", "scrolls, and no key or name leads to it", one);
  }
  for (const one of all(".gi-chart, [data-chart]").filter(drawn)) {
    const bars = all("li", one);
    const said = bars.length && bars.every((bar) => all(":scope > :not(svg)", bar).filter((word) => tidy(word.textContent)).length > 1);
    if (!said && !one.closest("section, main").querySelector("table")) say("tables", "a chart without its table", one);
  }

  // --- dates, letters counted, what the browser fills in, what may be typed
  all("[type=date], [type=datetime-local], [type=month], [type=week]").forEach((one) => say("dates", "a calendar to operate", one));
  for (const one of controls.filter((control) => /_day$/.test(control.name))) {
    const group = one.closest("fieldset");
    const parts = ["_day", "_month", "_year"].map((part) => one.name.replace(/_day$/, part));
    if (!group?.querySelector("legend") || parts.some((name) => !group.querySelector(`[name="${name}"]`))) say("dates", "not three boxes under a question", one);
  }
  for (const one of all("[data-maxlength]")) {
    const box = one.querySelector("textarea, input");
    const info = one.querySelector(".govuk-character-count__message");
    const told = !document.body.classList.contains("govuk-frontend-supported") || one.querySelector("[aria-live=polite]");
    if (!info || !box?.getAttribute("aria-describedby")?.split(" ").includes(info.id) || !told) say("counts", "the letters left are not announced", one);
  }
  const TOKENS = /^(on|off|name|honorific-prefix|given-name|family-name|nickname|email|username|new-password|current-password|one-time-code|organization|street-address|address-line[123]|postal-code|country-name|tel|tel-national|bday|bday-day|bday-month|bday-year|url|webauthn|username webauthn|organization-title)$/;
  const about = /(^|[-_])(email|phone|tel|postcode|password|name|full_name)$/;
  const mine = /^\/(my|account)\/|\/sign-up\/$/.test(location.pathname) || document.body.dataset.mine;
  for (const one of typed) {
    const token = one.getAttribute("autocomplete");
    if (token !== null && !TOKENS.test(token)) say("autocomplete", `no such word: ${token}`, one);
    if (mine && token === null && (["email", "tel", "password"].includes(one.type) || about.test(one.name))) say("autocomplete", "the browser cannot fill it in", one);
    const pasted = one.dispatchEvent(new ClipboardEvent("paste", { cancelable: true, bubbles: true }));
    if (!pasted) say("typing", "nothing can be pasted", one);
    if (one.maxLength > 0 && one.type !== "search") say("typing", "cuts off without a word", one);
    if (one.placeholder) say("typing", "a hint that vanishes", one);
  }

  // --- asked twice
  const asked = new Map();
  for (const one of controls.filter((control) => control.type !== "submit")) {
    const group = tidy(one.closest("fieldset")?.querySelector("legend")?.textContent);
    const question = `${one.form?.action} ${group} / ${nameOf(one)}`;
    if (asked.has(question) && asked.get(question) !== one.name) say("asked twice", question, one);
    asked.set(question, one.name);
  }

  // --- errors
  const summary = document.querySelector(".govuk-error-summary");
  if (summary) {
    if (!document.title.startsWith("Error: ")) say("errors", `the title does not begin with it: ${document.title}`);
    for (const one of all("a", summary)) {
      const field = known(one.getAttribute("href").slice(1));
      const marked = field?.getAttribute("aria-invalid") === "true" || field?.closest(".govuk-form-group--error");
      const isComparison = field?.matches("section[tabindex='-1'][aria-labelledby]");
      if (!marked && !isComparison) say("errors", "leads to no field that is marked", one);
    }
  }
  for (const one of all(".govuk-error-message:not([aria-hidden=true])").filter(drawn)) {
    const group = one.closest(".govuk-form-group--error");
    const told = one.id && all(`[aria-describedby~="${one.id}"]`, group || document.body);
    if (!told?.length) say("errors", "not read with its field", one);
    else if (!told.some((told) => told.matches("fieldset") || told.getAttribute("aria-invalid") === "true")) say("errors", "its field is not marked", one);
  }

  // --- status, help, media, time, windows, zoom, dragging, hovering, focus
  for (const one of all(".govuk-notification-banner")) {
    if (!["alert", "region", "status"].includes(one.getAttribute("role"))) say("status", "a message that is not announced", one);
  }
  const help = document.querySelector("footer")?.previousElementSibling;
  const ways = ["tel:", "mailto:", "#together"].filter((way) => !help?.querySelector(`a[href*="${way}"]`));
  if (ways.length) say("help", `not before the footer: ${ways}`);
  all("video, audio, embed, object, iframe, marquee, blink").forEach((one) => say("media", "has neither captions nor a reason", one));
  all('a[href$=".pdf"]').forEach((one) => say("media", "a PDF", one));
  all("meta[http-equiv=refresh]").forEach((one) => say("time", "goes on by itself", one));
  all("[target]").filter((one) => one.target === "_blank" && !/new (tab|window)/i.test(nameOf(one))).forEach((one) => say("windows", "opens a window unannounced", one));
  // Where staff type for somebody, which begins with the channel, they begin to type at once.
  all("[autofocus]").filter((one) => !one.form?.elements.channel).forEach((one) => say("windows", "takes the focus", one));
  const view = document.querySelector("meta[name=viewport]")?.content || "";
  if (!/width=device-width/.test(view) || /user-scalable=(no|0)|maximum-scale/.test(view)) say("zoom", `viewport ${view}`);
  all("[draggable=true], [ondragstart]").filter((one) => !one.querySelector("button")).forEach((one) => say("dragging", "can only be dragged", one));
  all("body [title]:not(iframe)").forEach((one) => say("hovering", "shows words only to a mouse", one));
  all("[tabindex]").filter((one) => one.tabIndex > 0).forEach((one) => say("keyboard", "jumps the queue", one));
  all("a:not([href]), [onclick]:not(a, button)").filter(drawn).forEach((one) => say("keyboard", "no key comes to it", one));
  const moving = document.getAnimations().length;
  if (moving) say("motion", `${moving} things move where people asked for stillness`);

  // --- edges of what is typed into: 3 to 1 against what they stand on
  const channel = (value) => { const c = value / 255; return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4; };
  const parse = (colour) => (colour.match(/[\d.]+/g) || [0, 0, 0, 0]).map(Number);
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ratio = (a, b) => { const [x, y] = [light(a), light(b)]; return (Math.max(x, y) + 0.05) / (Math.min(x, y) + 0.05); };
  const ground = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
    }
    return [255, 255, 255];
  };
  for (const one of typed) {
    const edge = getComputedStyle(one);
    const visible = parseFloat(edge.borderTopWidth) >= 1 && ratio(parse(edge.borderTopColor), ground(one.parentElement)) >= 3;
    if (!visible && ratio(ground(one), ground(one.parentElement)) < 3) say("edges", "its edge cannot be seen", one);
  }

  // --- width
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth > width) {
    const wide = all("body *").filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest("[role=region]"));
    say("width", `wider than ${width}`, wide[0] || document.body);
  }
  return faults;
}
