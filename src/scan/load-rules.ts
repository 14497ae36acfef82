import type { Rule } from "#model/rule.ts";

/** The rules that these ids may name; a catalogue that none of them is of is not loaded. */
export async function loadRules(ids: Iterable<string>): Promise<readonly Rule[]> {
  for (const id of ids) if (!id.startsWith("secrets/")) return (await import("./rules.ts")).rules;
  return (await import("./secrets/rules.generated.ts")).secretRules;
}
