import type { Rule } from "#model/rule.ts";
import { packageJudges } from "./packages/package-judges.ts";

/** The rules that these ids may name; a catalogue that none of them is of is not loaded. */
export async function loadRules(ids: Iterable<string>): Promise<readonly Rule[]> {
  const all = [...ids];
  if (all.some((id) => !isSmall(id))) return (await import("./rules.ts")).rules;
  const { secretRules } = await import("./secrets/rules.generated.ts");
  const { packageRules } = await import("./package-rules.ts");
  return [...secretRules, ...packageRules];
}

/** Of a catalogue that is loaded in no time: all but that of infrastructure. */
function isSmall(id: string): boolean {
  return ["secrets", ...packageJudges].some((name) => id.startsWith(`${name}/`));
}
