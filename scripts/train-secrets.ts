/**
 * Counts the table of triples and trains the model for secrets that no provider's shape explains. Run it after changes of
 * features, names, syntax or generators: `node scripts/train-secrets.ts`. The same sources give the same bytes.
 * It uses generated values and the packages named in `packages.ts`; no labelled set, and no secret of anybody.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packTriples, pairTable, tripleTable } from "./train-secrets/count-triples.ts";
import { readPackages } from "./train-secrets/packages.ts";

const root = fileURLToPath(new URL("../", import.meta.url));
const scoring = join(root, "src/scan/secrets/scoring");
const tableFile = join(scoring, "rarity-table.ts");

const packages = readPackages(root);
const triples = tripleTable(packages);
const table = `/** Base64 of the deflated table of triples; written by scripts/train-secrets.ts. */
export const rarityTable =
  "${packTriples(triples)}";

/** Base64 of the table of pairs that follows from it. */
export const pairTable =
  "${pairTable(triples)}";
`;
if (readFileSync(tableFile, "utf8") !== table) writeFileSync(tableFile, table);
// The features read the table, so the model comes after it.
const { trainModel } = await import("./train-secrets/train-model.ts");
trainModel(packages, join(scoring, "model.json"), join(scoring, "trained-on.json"));
