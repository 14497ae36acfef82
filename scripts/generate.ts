/**
 * Writes the lists that nobody keeps by hand: every rule file of a catalogue, imported and joined.
 * The results are named `*.generated.ts` and are not committed.
 */
import { createHash } from "node:crypto";
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { hashOfCode, versions } from "./code-versions.ts";

interface Catalogue {
  readonly files: string;
  readonly into: string;
  readonly name: string;
  /** What each file exports. */
  readonly exported: string;
  readonly type?: { readonly name: string; readonly from: string };
  /** Folders whose content changes results: its hash is exported, as part of the scanner's version. */
  readonly versionOf?: readonly string[];
}

/**
 * A new catalogue is a row here; a new rule is not. Files come in the order of their paths: of two rules for secrets that fit a
 * value equally, the first is told.
 */
const catalogues: readonly Catalogue[] = [
  {
    files: "src/scan/secrets/rules/**/*.ts",
    into: "src/scan/secrets/rules.generated.ts",
    name: "secretRules",
    exported: "rules",
  },
  {
    files: "src/scan/secrets/live/providers/*.ts",
    into: "src/scan/secrets/live/providers.generated.ts",
    name: "liveProviders",
    exported: "providers",
    type: { name: "LiveProvider", from: "./live-provider.ts" },
  },
  {
    files: "src/scan/iac/policies/**/*.ts",
    into: "src/scan/iac/policies.generated.ts",
    name: "policies",
    exported: "policies",
    type: { name: "Policy", from: "./policy.ts" },
    versionOf: ["src/scan/iac", "src/scan/formats"],
  },
  {
    files: "src/scan/cicd/rules/**/*.ts",
    into: "src/scan/cicd/rules.generated.ts",
    name: "pipelineRules",
    exported: "rules",
    type: { name: "PipelineRule", from: "./azure/pipeline-rule.ts" },
    versionOf: ["src/scan/cicd", "src/scan/formats"],
  },
  {
    files: "src/scan/posture/rules/**/*.ts",
    into: "src/scan/posture/rules.generated.ts",
    name: "postureRules",
    exported: "rules",
    type: { name: "PostureRule", from: "./posture-rule.ts" },
    versionOf: ["src/scan/posture", "src/scan/cicd", "src/scan/formats"],
  },
  {
    files: "src/scan/posture/runs/rules/*.ts",
    into: "src/scan/posture/runs/rules.generated.ts",
    name: "runRules",
    exported: "rules",
    type: { name: "RunRule", from: "./run-rule.ts" },
  },
  {
    files: "src/scan/packages/readers/**/*-reader.ts",
    into: "src/scan/packages/readers.generated.ts",
    name: "packageReaders",
    exported: "readers",
    type: { name: "PackageReader", from: "./package-reader.ts" },
    versionOf: ["src/scan/packages", "src/scan/formats"],
  },
  {
    files: "src/scan/imports/languages/*-imports.ts",
    into: "src/scan/imports/languages.generated.ts",
    name: "importLanguages",
    exported: "languages",
    type: { name: "ImportLanguage", from: "./import-language.ts" },
    versionOf: ["src/scan/imports"],
  },
];

/** Loops that are written in WebAssembly's text: of each the bytes, in base64. */
const loops: readonly { readonly from: string; readonly into: string; readonly name: string }[] = [
  {
    from: "src/scan/secrets/prefilter/prefilter.wat",
    into: "src/scan/secrets/prefilter/prefilter.generated.ts",
    name: "prefilterCode",
  },
];

/** Of the file of a loop. */
const end = '";\n';

const root = fileURLToPath(new URL("../", import.meta.url));

for (const catalogue of catalogues) writeIfChanged(join(root, catalogue.into), joined(catalogue));
for (const { into, name, of, without } of versions) {
  writeIfChanged(
    join(root, into),
    `// Written by scripts/generate.ts.\nexport const ${name} = "${hashOfCode(of, without)}";\n`,
  );
}

for (const loop of loops) await assemble(loop);

/** The assembler is loaded only for a text that it has not seen. */
async function assemble({ from, into, name }: (typeof loops)[number]): Promise<void> {
  const text = readFileSync(join(root, from), "utf8");
  const head = `// Written by scripts/generate.ts, from ${createHash("sha256").update(text).digest("hex")}.\n`;
  const file = join(root, into);
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  // A disk that was full may have cut it off behind its head.
  if (before.startsWith(head) && before.endsWith(end)) return;
  const { default: openAssembler } = await import("wabt");
  const module = (await openAssembler()).parseWat(from, text);
  const { buffer } = module.toBinary({});
  module.destroy();
  writeFileSync(file, `${head}export const ${name} = "${Buffer.from(buffer).toString("base64")}${end}`);
}

function joined({ files, into, name, exported, type, versionOf }: Catalogue): string {
  const sources = globSync(files, { cwd: root })
    .filter((file) => !file.endsWith(".test.ts"))
    .sort();
  const imports = sources.map((file, index) => {
    const from = `./${relative(dirname(into), file).replaceAll("\\", "/")}`;
    return `import { ${exported} as ${exported}${index} } from "${from}"; // ${basename(file, ".ts")}`;
  });
  if (type) imports.push(`import type { ${type.name} } from "${type.from}";`);
  const spread = sources.map((_, index) => `...${exported}${index}`).join(", ");
  const annotation = type ? `: readonly ${type.name}[]` : "";
  const version = versionOf ? `export const ${name}Version = "${hashOfCode(versionOf)}";\n` : "";
  return `// Written by scripts/generate.ts.\n${imports.join("\n")}\n\nexport const ${name}${annotation} = [${spread}];\n${version}`;
}

function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
}
