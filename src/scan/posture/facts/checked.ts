/** Rules on checks: one answer for each resource that has checks of a kind that are on. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { DefinitionFact } from "#model/posture/pipeline-facts.ts";
import type { Evidence, PostureAnswer } from "#model/posture/posture-result.ts";
import type { CheckFact } from "#model/posture/resource-facts.ts";
import { compareSeverity } from "#model/severity.ts";
import type { ResourceAnswer } from "../posture-rule.ts";
import { sayCheck } from "./checks-of.ts";
import { checkedResource, permissionOf } from "./resources-of.ts";

type Settings<Is> = Extract<CheckFact["settings"], { readonly is: Is }>;

export function onChecks<Is extends CheckFact["settings"]["is"]>(
  is: Is,
  checks: readonly CheckFact[],
  project: ProjectFacts,
  organization: OrganizationFacts,
  judge: (settings: Settings<Is>, check: CheckFact) => PostureAnswer,
): readonly ResourceAnswer[] {
  const answers = new Map<string, ResourceAnswer>();
  for (const check of checks) {
    if (!check.isEnabled || check.settings.is !== is) continue;
    const resource = checkedResource(check.kind, check.resourceId, project, organization);
    const key = `${resource.kind} ${resource.id.toLowerCase()}`;
    const answer = judge(check.settings as Settings<Is>, check);
    const before = answers.get(key);
    answers.set(key, before ? { resource, answer: better(before.answer, answer) } : { resource, answer });
  }
  return [...answers.values()];
}

/** A run has to get through all checks: the one that holds decides. */
function better(a: PostureAnswer, b: PostureAnswer): PostureAnswer {
  if (a.is !== "fail") return a.is === "pass" || b.is !== "pass" ? a : b;
  if (b.is !== "fail") return b;
  const milder = compareSeverity(a.severity, b.severity) > 0 ? a : b;
  return { ...milder, evidence: [...a.evidence, ...b.evidence] };
}

export function checkEvidence(check: CheckFact, what: string): Evidence {
  return { what: `${sayCheck(check)}: ${what}`, ...(check.url !== undefined && { url: check.url }) };
}

/** Pipelines that are authorised by name. */
export function usersOf(kind: CheckFact["kind"], id: string, project: ProjectFacts): readonly DefinitionFact[] {
  const { pipelinePermissions, definitions } = project;
  if (pipelinePermissions.is === "unknown" || definitions.is === "unknown") return [];
  const permission = permissionOf(pipelinePermissions.value, kind, id);
  if (!permission || permission.allPipelines) return [];
  return definitions.value.filter((definition) => permission.definitionIds.includes(definition.id));
}
