/** Asks every rule on runs about one that has ended. A rule that fails to answer is told, and the others go on. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureResult } from "#model/posture/posture-result.ts";
import type { PostureContext } from "../posture-context.ts";
import { notEvaluated } from "../posture-rule.ts";
import { runRules } from "./rules.generated.ts";
import type { RunEvidence } from "./run-evidence.ts";
import { type RunRule, runResource } from "./run-rule.ts";

export function judgeRun(
  evidence: RunEvidence,
  facts: OrganizationFacts,
  context: PostureContext,
): readonly PostureResult[] {
  return runRules.flatMap((rule) => runResultsOf(rule, evidence, facts, context));
}

export function runResultsOf(
  rule: RunRule,
  evidence: RunEvidence,
  facts: OrganizationFacts,
  context: PostureContext,
): readonly PostureResult[] {
  try {
    return rule.check(evidence, facts, context).map(({ resource, answer }) => ({ rule: rule.id, resource, answer }));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const answer = notEvaluated(`The rule failed (${what}); please report this.`);
    return [{ rule: rule.id, resource: runResource({ ...evidence, organization: facts }), answer }];
  }
}
