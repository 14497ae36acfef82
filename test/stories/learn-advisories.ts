/** What the world knows against packages, as far as a story tells it: only that, not the sample's. */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { KnowledgeSource } from "#knowledge/sources.ts";
import { updateKnowledge } from "#knowledge/update/update-knowledge.ts";
import type { House } from "./house.ts";

/** Adds to what was learned before: advisories as OSV writes them, by their ids. */
export async function learnAdvisories(house: House, advisories: Readonly<Record<string, string>>): Promise<void> {
  const { folder } = house.app.knowledge;
  const records = join(folder, "records");
  mkdirSync(records, { recursive: true });
  for (const [id, text] of Object.entries(advisories)) writeFileSync(join(records, `${id}.json`), text);
  const from = { is: "folder", folder: records } as const;
  const source: KnowledgeSource = { name: "records", kind: "osv", licence: "CC0-1.0", isRequired: true, from };
  await updateKnowledge({ folder, sources: [source] });
  // The copy is looked at every two seconds: here nobody waits for that.
  house.app.knowledge.close();
}
