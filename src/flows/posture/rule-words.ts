/** What the API tells of the rules on settings: it does not see the scan room. */
import type { FactKey } from "#model/posture/fact-key.ts";
import type { RuleId } from "#model/rule.ts";
import { type PostureRuleWords, postureWords } from "#scan/posture/posture-words.ts";

export type { PostureRuleWords } from "#scan/posture/posture-words.ts";

export function postureRuleWords(): readonly PostureRuleWords[] {
  return [...postureWords.values()];
}

export function postureRule(id: string): PostureRuleWords | undefined {
  return postureWords.get(id as RuleId);
}

/** Which rules wait for a fact. */
export function rulesByFact(): ReadonlyMap<FactKey, readonly PostureRuleWords[]> {
  const byFact = new Map<FactKey, PostureRuleWords[]>();
  for (const rule of postureWords.values()) {
    for (const key of rule.needs) byFact.set(key, [...(byFact.get(key) ?? []), rule]);
  }
  return byFact;
}
