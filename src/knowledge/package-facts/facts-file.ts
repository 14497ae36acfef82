import { createHash } from "node:crypto";
import { join } from "node:path";
import type { Ecosystem } from "#model/ecosystem.ts";

/** Where the facts of one package are kept. Names may hold anything: the file is named by their hash. */
export function factsFile(folder: string, ecosystem: Ecosystem, name: string): string {
  const hash = createHash("sha256").update(name).digest("hex");
  return join(folder, "facts", encodeURIComponent(ecosystem), hash.slice(0, 2), `${hash}.json`);
}
