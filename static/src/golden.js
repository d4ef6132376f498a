// Copies govuk-frontend's own examples of the controls in use to tests/coprod/golden, where
// test_controls.py compares what the form pack draws with them. Run by `make assets`.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";

const OUT = new URL("../../tests/coprod/golden/", import.meta.url);
const EXAMPLES = {
  "character-count": ["default", "with hint and error"],
  checkboxes: ["with conditional items", "with error message", "small with hint", "with legend as a page heading"],
  "date-input": ["with autocomplete values", "with error on day input", "with values and name prefix"],
  "error-summary": ["default", "with everything"],
  fieldset: ["styled as medium text"],
  "file-upload": ["enhanced", "enhanced, with error message and hint", "enhanced, multiple files"],
  input: ["inputmode", "with autocomplete attribute", "with error and hint", "with label as page heading", "with prefix and suffix and error", "with width-10 class"],
  "password-input": ["with error message", "with new-password autocomplete"],
  radios: ["inline", "with conditional items", "with fieldset and error message", "with hints on items"],
  select: ["with hint text and error message"],
  textarea: ["with default value", "with error message", "with hint"],
};

mkdirSync(OUT, { recursive: true });
for (const [component, names] of Object.entries(EXAMPLES)) {
  const file = `node_modules/govuk-frontend/dist/govuk/components/${component}/fixtures.json`;
  const { fixtures } = JSON.parse(readFileSync(file, "utf8"));
  for (const name of names) {
    const found = fixtures.find((one) => one.name === name);
    if (!found) throw new Error(`govuk-frontend has no example “${name}” of ${component}`);
    const slug = name.replace(/[^a-z0-9]+/g, "-");
    writeFileSync(new URL(`${component}--${slug}.html`, OUT), `${found.html}\n`);
  }
}
