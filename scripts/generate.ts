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
}

/** A new catalogue is a row here; a new rule is not. */
const catalogues: readonly Catalogue[] = [
  { files: "src/scan/secrets/rules/*.ts", into: "src/scan/secrets/rules.generated.ts", name: "secretRules" },
];

const root = fileURLToPath(new URL("../", import.meta.url));

for (const catalogue of catalogues) writeIfChanged(join(root, catalogue.into), joined(catalogue));

/** Each file of a catalogue exports `rules`. */
function joined({ files, into, name }: Catalogue): string {
  const sources = globSync(files, { cwd: root })
    .filter((file) => !file.endsWith(".test.ts"))
    .sort();
  const imports = sources.map((file, index) => {
    const from = `./${relative(dirname(into), file).replaceAll("\\", "/")}`;
    return `import { rules as rules${index} } from "${from}"; // ${basename(file, ".ts")}`;
  });
  const spread = sources.map((_, index) => `...rules${index}`).join(", ");
  return `// Written by scripts/generate.ts.\n${imports.join("\n")}\n\nexport const ${name} = [${spread}];\n`;
}

function writeIfChanged(file: string, text: string): void {
  if (existsSync(file) && readFileSync(file, "utf8") === text) return;
  writeFileSync(file, text);
}
