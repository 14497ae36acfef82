/**
 * Writes the lists that nobody keeps by hand: every rule file of a catalogue, imported and joined.
 * The results are named `*.generated.ts` and are not committed.
 */
import { existsSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";

interface Catalogue {
  readonly files: string;
  readonly into: string;
  readonly name: string;
  /** What each file exports. */
  readonly exported: string;
  readonly type?: { readonly name: string; readonly from: string };
}

/** A new catalogue is a row here; a new rule is not. */
const catalogues: readonly Catalogue[] = [
  {
    files: "src/scan/secrets/rules/*.ts",
    into: "src/scan/secrets/rules.generated.ts",
    name: "secretRules",
    exported: "rules",
  },
  {
    files: "src/scan/iac/policies/**/*.ts",
    into: "src/scan/iac/policies.generated.ts",
    name: "policies",
    exported: "policies",
    type: { name: "Policy", from: "./policy.ts" },
  },
];

const root = fileURLToPath(new URL("../", import.meta.url));

for (const catalogue of catalogues) writeIfChanged(join(root, catalogue.into), joined(catalogue));

function joined({ files, into, name, exported, type }: Catalogue): string {
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
  return `// Written by scripts/generate.ts.\n${imports.join("\n")}\n\nexport const ${name}${annotation} = [${spread}];\n`;
}

function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
}
