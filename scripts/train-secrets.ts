/**
 * Counts the table of triples and trains the model for secrets that no provider's shape explains. Run it after changes of
 * features, names, syntax or generators: `node scripts/train-secrets.ts`. The same sources give the same bytes.
 * It uses generated values and the packages named in `packages.ts`; no labelled set, and no secret of anybody.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { groupTable } from "./train-secrets/count-groups.ts";
import { packTriples, tripleTable } from "./train-secrets/count-triples.ts";
import { readPackages } from "./train-secrets/packages.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const scoring = join(root, "src/scan/secrets/scoring");
const tables = {
  triples: join(scoring, "rarity-table.ts"),
  groups: join(root, "src/scan/secrets/prefilter/group-table.ts"),
};

const packages = readPackages(root);
write(
  tables.triples,
  `/** Base64 of the deflated table of triples; written by scripts/train-secrets.ts. */
export const rarityTable =
  "${packTriples(tripleTable(packages))}";
`,
);
write(
  tables.groups,
  `/** Base64 of the deflated table of groups; written by scripts/train-secrets.ts. */
export const groupTable =
  "${groupTable(packages)}";
`,
);
// The features read the table, so the model comes after it.
const { trainModel } = await import("./train-secrets/train-model.ts");
trainModel(packages, join(scoring, "model.json"), join(scoring, "trained-on.json"));

function write(file: string, text: string): void {
  if (readFileSync(file, "utf8") !== text) writeFileSync(file, text);
}
