// Joins what a scan loads, about a thousand files with the catalogue of policies, into a few in `.cache/bundle`: loading it
// so costs a fifth. Setup runs it when the sources are newer; bin/sallyport.js uses it only while it is current.
// Plain JavaScript: the types of vite would bring those of the browser into the checks of all scripts.
import { readFileSync, writeFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { serialize } from "node:v8";
import { deflateRawSync } from "node:zlib";
import { build, parseAst } from "vite";
import { bundle, inputsFile, root } from "./bundle-state.js";

/** What is asked for by its name; a server asks for some of it too, see `imports` in package.json. Its own commands stay outside. */
const entries = {
  main: "src/cli/main.ts",
  scan: "src/scan/scan.ts",
  "secret-rules": "src/scan/secrets/rules.generated.ts",
  "secret-plan": "src/scan/secrets/own-plan.ts",
  "scan-thread": "src/flows/scan-files/scan-thread.ts",
  "read-ahead-thread": "src/cli/scan/sources/read-ahead-thread.ts",
  "history-thread": "src/flows/scan-history/history-thread.ts",
  "iac-scanner": "src/scan/iac/iac-scanner.ts",
  "packages-scanner": "src/scan/packages/packages-scanner.ts",
  "cicd-scanner": "src/scan/cicd/cicd-scanner.ts",
};
/**
 * What is loaded together lies together, each group with all that it needs and no group before it has: eighty small files
 * more take 15 ms of a scan's start.
 */
const groups = [
  {
    name: "read-ahead",
    test: /\/(?:prefilter\/(?:prefilter|prefilter-memory|prefilter\.generated|precomputed)|search\/decode-bytes|sources\/read-regular-file)\.ts$/,
    priority: 6,
  },
  { name: "command-line", test: /\/src\/cli\/program\.ts$/, priority: 5 },
  { name: "formats", test: /\/src\/scan\/formats\//, minShareCount: 2, priority: 4 },
  { name: "scan-command", test: /\/src\/cli\/scan\/(?:scan|judge-scanned)\.ts$/, priority: 3 },
  {
    name: "packages",
    test: /\/(?:packages-scanner|judge-(?:packages|vulnerabilities)|knowledge-copy)\.ts$/,
    priority: 2,
  },
  { name: "more-of-packages", test: /\/judge-(?:licenses|operational-risk)\.ts$/, priority: 1 },
];
const leftAlone = /\/src\/cli\/(?:serve|advisories)\/(?:serve|doctor|backup|advisories)\.ts$/;

const { output } = await build({
  configFile: false,
  root,
  logLevel: "warn",
  publicDir: false,
  plugins: [withoutExamples(), besideEachOther()],
  ssr: { noExternal: true, external: ["pino"] },
  build: {
    ssr: true,
    outDir: bundle,
    emptyOutDir: true,
    target: "node24",
    minify: true,
    rolldownOptions: {
      input: Object.fromEntries(Object.entries(entries).map(([name, path]) => [name, root + path])),
      external: leftAlone,
      // What is loaded late by one and at once by another lies in the group of the first that needs it.
      checks: { ineffectiveDynamicImport: false },
      // All side by side, as deep as src/cli: addresses of files are told from src/cli/own-folder.ts. A server that runs meanwhile meets no part of
      // this bundle under the name of a part of its own.
      output: { entryFileNames: "[name].js", chunkFileNames: "[name]-[hash].js", codeSplitting: { groups } },
    },
  },
});
await writeRules();
await writePlan();
const inputs = output
  .flatMap(({ moduleIds = [] }) => moduleIds)
  .filter((id) => id.startsWith(root) && !id.includes("/node_modules/"));
writeFileSync(inputsFile, JSON.stringify([...new Set(inputs)].map((id) => id.slice(root.length))));

/** The rules for secrets as data, in place of what makes them at each start. Nobody asks a bundle for their examples. */
async function writeRules() {
  const entry = readFileSync(`${bundle}/secret-rules.js`, "utf8");
  const [, name, part] = /^export\s*\{\s*(\w+) as secretRules\s*\}\s*from\s*"\.\/([\w.-]+)\.js"/.exec(entry) ?? [];
  const rules = output.find(({ fileName }) => fileName === `${part}.js`);
  if (rules?.exports.join() !== name)
    throw new Error(`bundle: expected a part with nothing but the rules, found ${entry}`);
  const { secretRules } = await import(pathToFileURL(`${bundle}/secret-rules.js`).href);
  const nothing = { bad: [], good: [] };
  writeFileSync(`${bundle}/${part}.bin`, serialize(secretRules.map((rule) => ({ ...rule, examples: nothing }))));
  writeFileSync(
    `${bundle}/${part}.js`,
    `import { readFileSync } from "node:fs";
import { deserialize } from "node:v8";
export const ${name} = deserialize(readFileSync(new URL("${part}.bin", import.meta.url)));
`,
  );
}

/** What module of the plan works out of the rules takes its place: that is a fifth of a small scan. */
async function writePlan() {
  const file = `${bundle}/secret-plan.js`;
  const { ownPlan } = await import(pathToFileURL(file).href);
  const packed = deflateRawSync(serialize(ownPlan), { level: 9 }).toString("base64");
  writeFileSync(
    file,
    `import { deserialize } from "node:v8";
import { inflateRawSync } from "node:zlib";
export const ownPlan = deserialize(inflateRawSync(Buffer.from("${packed}", "base64")));
`,
  );
}

/** Addresses of entries, which code gives to threads, are those in the bundle. */
function besideEachOther() {
  const names = new Map(
    Object.entries(entries).map(([name, path]) => [`import.meta.resolve("#${path.slice("src/".length)}")`, name]),
  );
  return {
    name: "beside-each-other",
    transform(code) {
      if (!code.includes("import.meta.resolve(")) return null;
      let text = code;
      for (const [address, name] of names) text = text.replaceAll(address, `import.meta.resolve("./${name}.js")`);
      return { code: text, map: null };
    },
  };
}

/** The examples of policies and rules, half of the catalogue's text, are for tests. */
function withoutExamples() {
  return {
    name: "without-examples",
    transform(code, id) {
      if (!/\/src\/scan\/(?:iac\/policies|cicd\/rules|posture\/rules|posture\/runs\/rules)\//.test(id)) return null;
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
