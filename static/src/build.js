// Writes static/css and static/js from the sources here. The result is committed, so that running
// the portal needs no node.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { build, transformSync } from "esbuild";
import { NodePackageImporter, compile } from "sass";

const OUT = new URL("../", import.meta.url).pathname;
const TARGET = "es2020";

// A crown, a crest, a font or a source map that is not shipped would stop collectstatic.
function refuseForeignFiles(name, text) {
  const found = text.match(/url\((?!["']?data:)[^)]*\)|sourceMappingURL|GDS Transport/);
  if (found) throw new Error(`${name} mentions “${found[0]}”, which the portal does not ship`);
}

function write(name, text) {
  refuseForeignFiles(name, text);
  writeFileSync(OUT + name, text);
  console.log(`${name}: ${(text.length / 1024).toFixed(1)} KB`);
}

// No prefixing and no lowering: look/ is written for the browsers that it meets.
// One rule a line: two changes to the look then meet in a merge, and do not collide.
const minified = (css) =>
  transformSync(css, { loader: "css", minify: true }).code.replace(/}(?=[^}\s])/g, "}\n");

async function bundled(options) {
  const made = await build({ ...options, bundle: true, legalComments: "none", write: false });
  return made.outputFiles[0].text;
}

mkdirSync(OUT + "css", { recursive: true });
mkdirSync(OUT + "js", { recursive: true });

const govuk = compile("scss/govuk.scss", { importers: [new NodePackageImporter()], quietDeps: true });
write("css/govuk.css", minified(govuk.css));
write("css/look.css", minified(await bundled({ entryPoints: ["look/index.css"] })));
for (const name of ["js/ready.js", "js/drafts.js"]) write(name, readFileSync(name, "utf8"));

const script = { entryPoints: ["js/main.js"], minify: true, format: "esm", target: TARGET };
write("js/main.js", await bundled(script));
