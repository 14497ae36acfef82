/** Asks every rule about the settings of an organization. A rule that fails to answer is told, and the others go on. */
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { PostureResult } from "#model/posture/posture-result.ts";
import type { PostureContext } from "./posture-context.ts";
import { notEvaluated, organizationResource, type PostureRule } from "./posture-rule.ts";
import { postureRules } from "./rules.generated.ts";

export function judgePosture(facts: OrganizationFacts, context: PostureContext): readonly PostureResult[] {
  return [
    ...postureRules.flatMap((rule) => resultsOf(rule, facts, context)),
    ...context.pipelines.flatMap(({ results }) => results),
  ];
}

export function resultsOf(
  rule: PostureRule,
  facts: OrganizationFacts,
  context: PostureContext,
): readonly PostureResult[] {
  try {
    return rule.check(facts, context).map(({ resource, answer }) => ({ rule: rule.id, resource, answer }));
  } catch (error) {
    const what = error instanceof Error ? error.message : String(error);
    const answer = notEvaluated(`The rule failed (${what}); please report this.`);
    return [{ rule: rule.id, resource: organizationResource(facts), answer }];
  }
}
