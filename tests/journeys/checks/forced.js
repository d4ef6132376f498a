// With colours of the reader's own: what is pressed or typed into still has an edge.
() => [...document.querySelectorAll("button, .govuk-button, input:not([type=hidden]), select, textarea, summary")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.getClientRects().length)
  .filter((one) => {
    const bare = (style) => (parseFloat(style.borderTopWidth) === 0 || style.borderTopStyle === "none")
      && (parseFloat(style.outlineWidth) === 0 || style.outlineStyle === "none");
    const underlined = getComputedStyle(one).textDecorationLine.includes("underline");
    return bare(getComputedStyle(one)) && !underlined && one.type !== "file" && !one.matches("summary");
  })
  .map((one) => `forced colours: no edge: ${one.outerHTML.replace(/\s+/g, " ").slice(0, 150)}`)
