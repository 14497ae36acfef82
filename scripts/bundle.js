// Joins the scanner of infrastructure, with its catalogue of hundreds of files, into one file in `.cache/bundle`: loading
// it so costs a third. Setup runs it when the sources are newer; bin/sallyport.js uses it only while it is current.
// Plain JavaScript: the types of vite would bring those of the browser into the checks of all scripts.
import { fileURLToPath } from "node:url";
import { build, parseAst } from "vite";

const root = fileURLToPath(new URL("../", import.meta.url));

await build({
  configFile: false,
  root,
  logLevel: "warn",
  publicDir: false,
  plugins: [withoutExamples()],
  ssr: { noExternal: true },
  build: {
    ssr: "src/scan/iac/iac-scanner.ts",
    outDir: ".cache/bundle",
    emptyOutDir: true,
    target: "node24",
    minify: true,
    rolldownOptions: { output: { entryFileNames: "iac-scanner.js", codeSplitting: false } },
  },
});

/** The examples of policies, half of the catalogue's text, are for tests. */
function withoutExamples() {
  return {
    name: "without-examples",
    transform(code, id) {
      if (!id.includes("/src/scan/iac/policies/")) return null;
      let text = code;
      for (const [start, end] of examplesIn(parseAst(code)).toReversed()) {
        text = `${text.slice(0, start)}{ bad: [], good: [] }${text.slice(end)}`;
      }
      return { code: text, map: null };
    },
  };
}

/** Where the values of members named `examples` stand, in the order of the text; none within another. */
function examplesIn(node) {
  if (Array.isArray(node)) return node.flatMap(examplesIn);
  if (typeof node !== "object" || node === null) return [];
  if (isExamples(node)) return [[node.value.start, node.value.end]];
  return Object.values(node).flatMap(examplesIn);
}

function isExamples({ type, key, value, shorthand }) {
  return type === "Property" && key?.name === "examples" && shorthand !== true && value?.type === "ObjectExpression";
}
