/** Facts that decide about paths and are not known, as sentences: what all projects lack is said once. */

import { factKind } from "#model/posture/fact-key.ts";
import type { OrganizationFacts, OrganizationKey, ProjectKey } from "#model/posture/organization-facts.ts";
import type { JudgedPipeline } from "../pipelines/judged-pipeline.ts";

export const decidingOfProject = [
  "repositories",
  "branchPolicies",
  "definitions",
  "access",
  "pipelinePermissions",
  "checks",
  "connections",
  "variableGroups",
  "secureFiles",
  "environments",
  "queues",
  "resourceRoles",
  "generalSettings",
] as const satisfies readonly ProjectKey[];

export const decidingOfOrganization = ["people", "feeds"] as const satisfies readonly OrganizationKey[];

const mostGaps = 60;

export function gapsOfPaths(facts: OrganizationFacts, pipelines: readonly JudgedPipeline[] = []): readonly string[] {
  const lacking = new Map<string, string[]>();
  for (const project of facts.projects) {
    for (const key of decidingOfProject) {
      const fact = project[key];
      if (fact.is === "known") continue;
      const said = `${titleOf(key)} are not known: ${fact.reason}`;
      lacking.set(said, [...(lacking.get(said) ?? []), project.name]);
    }
  }
  const ofOrganization = decidingOfOrganization.flatMap((key) => {
    const fact = facts[key];
    return fact.is === "known" ? [] : [`${titleOf(key)} are not known: ${fact.reason}`];
  });
  const ofProjects = [...lacking].map(([said, names]) => `${sayProjects(names)}: ${said}`);
  const unread = pipelines.filter(({ definition, source }) => definition.kind === "yaml" && !source);
  const ofCode =
    unread.length > 0
      ? [`The files of ${unread.length} pipelines were not read, ${unread[0]?.definition.name} is one of them.`]
      : [];
  return [...ofOrganization, ...ofProjects, ...ofCode].slice(0, mostGaps);
}

function sayProjects(names: readonly string[]): string {
  const [first = ""] = names;
  return names.length === 1 ? first : `${first} and ${names.length - 1} more`;
}

function titleOf(key: ProjectKey | OrganizationKey): string {
  const { title } = factKind(key);
  return title.charAt(0).toUpperCase() + title.slice(1);
}
