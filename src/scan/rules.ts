import type { Rule } from "#model/rule.ts";
import { secretRules } from "./secrets/rules.generated.ts";

/** Every rule of every scanner, by id. */
export const rules: readonly Rule[] = [...secretRules].sort((a, b) => (a.id < b.id ? -1 : 1));

const byId = new Map(rules.map((rule) => [rule.id as string, rule]));

/** A rule by its id, or by an id that another tool gives it; undefined if nobody does. */
export function findRule(id: string): Rule | undefined {
  return byId.get(id) ?? rules.find((rule) => rule.aliases.includes(id));
}
