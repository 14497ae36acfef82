/** Where the facts of one package are kept: what was merged, which is read, and beside it what each source said. */
import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Ecosystem } from "#model/ecosystem.ts";

export function ecosystemFolder(folder: string, ecosystem: Ecosystem): string {
  return join(folder, "facts", encodeURIComponent(ecosystem));
}

export interface FactsFile {
  readonly path: string;
  readonly partsPath: string;
  /** The name of the folder that it is in. */
  readonly start: string;
}

/** Names may hold anything: the file is named by their hash. */
export function factsFile(folder: string, ecosystem: Ecosystem, name: string): FactsFile {
  const hash = createHash("sha256").update(name).digest("hex");
  const start = hash.slice(0, 2);
  const stem = join(ecosystemFolder(folder, ecosystem), start, hash);
  return { path: `${stem}.json`, partsPath: `${stem}.parts.json`, start };
}
