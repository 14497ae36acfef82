/** Tells entries of a settings file that can never silence anything, because no rule has the id that they name. */
import type { Allow } from "#model/allow.ts";
import type { Rule } from "#model/rule.ts";
import { scannerNames } from "#model/scanner-name.ts";
import { loadRules } from "../load-rules.ts";
import { nearestName } from "../nearest-name.ts";

export interface OwnRules {
  /** Rules for secrets that the repository brings along. */
  readonly rules: readonly Pick<Rule, "id" | "aliases">[];
  /** It has policies for infrastructure, whose ids are known only when they are read: what may be one is passed over. */
  readonly hasPolicies: boolean;
}

export interface UnknownRule {
  readonly allow: Allow;
  /** Without a full stop. */
  readonly message: string;
}

export async function unknownRules(allows: readonly Allow[], own: OwnRules): Promise<readonly UnknownRule[]> {
  const named = allows.flatMap((allow) => (allow.rule === undefined ? [] : { allow, rule: allow.rule }));
  if (named.length === 0) return [];
  const rules = [...(await loadRules(named.map(({ rule }) => rule))), ...own.rules];
  const names = new Set(rules.flatMap(({ id, aliases }) => [id, ...aliases]));
  return named
    .filter(({ rule }) => !names.has(rule) && !mayBeOthers(rule, own))
    .map(({ allow, rule }) => {
      const nearest = nearestName(rule, names);
      const hint = nearest === undefined ? "" : `; the nearest is ${nearest}`;
      return { allow, message: `No rule has the id ${rule.slice(0, 100)}${hint}` };
    });
}

/** What other scanners call their rules comes in with their results. */
function mayBeOthers(rule: string, { hasPolicies }: OwnRules): boolean {
  if (rule.startsWith("imported/")) return true;
  if (!hasPolicies) return false;
  return rule.startsWith("iac/custom-") || !scannerNames.some((name) => rule.startsWith(`${name}/`));
}
