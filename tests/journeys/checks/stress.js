// The page under what people do to it: room between letters and lines, letters of twice the size.
// A style sheet that is built by script is none of those that the content policy refuses.
() => {
  const faults = {};
  const short = (one) => one.outerHTML.replace(/\s+/g, " ").slice(0, 150);
  const say = (family, words, one) => (faults[family] ??= []).push(one ? `${words}: ${short(one)}` : words);
  const everything = [...document.querySelectorAll("body *")].filter((one) => one.checkVisibility());
  const written = everything.filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()));

  const clipped = () => everything.filter((one) => {
    if (one.matches("input, textarea, select, svg, svg *, option") || one.clientHeight <= 2 || one.clientWidth <= 2) return false;
    const { overflowX, overflowY, textOverflow } = getComputedStyle(one);
    const cutX = ["hidden", "clip"].includes(overflowX) && one.scrollWidth > one.clientWidth + 1;
    const cutY = ["hidden", "clip"].includes(overflowY) && one.scrollHeight > one.clientHeight + 1;
    return (cutX || cutY || (textOverflow === "ellipsis" && one.scrollWidth > one.clientWidth)) && one.textContent.trim();
  });
  const under = (family, css, more) => {
    const before = [...document.adoptedStyleSheets]; // the list itself changes under our hands
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(css);
    document.adoptedStyleSheets = [...before, sheet];
    const already = new Set(plain);
    clipped().filter((one) => !already.has(one)).forEach((one) => say(family, "cut off", one));
    const width = document.documentElement.clientWidth;
    if (document.documentElement.scrollWidth > width + 1) {
      const wide = everything.filter((one) => one.getBoundingClientRect().right > width + 1 && !one.closest("[role=region]"));
      say(family, `wider than ${width}`, wide[wide.length - 1] || document.body);
    }
    more?.();
    document.adoptedStyleSheets = before;
  };
  const plain = clipped();
  plain.forEach((one) => say("cut off", "cut off as it is", one));
  under("text spacing", "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; } p { margin-bottom: 2em !important; }");
  const sizes = new Map(written.map((one) => [one, parseFloat(getComputedStyle(one).fontSize)]));
  under("large text", ":root { font-size: 200% !important; }", () => {
    for (const [one, size] of sizes) {
      if (one.closest("svg") || one.clientWidth === 1) continue; // drawn, or only read aloud
      if (parseFloat(getComputedStyle(one).fontSize) < size * 1.7) { say("large text", "does not grow", one); break; }
    }
  });
  return faults;
}
