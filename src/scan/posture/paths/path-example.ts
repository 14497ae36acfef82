/** For examples of rules on paths: one path, and an organization of which all that decides is known. */
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { PostureExample } from "../posture-example.ts";
import { exampleProjectId } from "../posture-example.ts";
import { pathRules } from "./path-rules.ts";

export function examplePath(rule: keyof typeof pathRules, change: Partial<AttackPath> = {}): AttackPath {
  const entry = {
    kind: "identity",
    id: `${exampleProjectId}/contributors`,
    name: "Contributors of Payments",
    projectId: exampleProjectId,
  } as const;
  const branch = { kind: "branch", id: `${exampleProjectId}/r1/*`, name: "a new branch of payments" } as const;
  const target = { kind: "cloud", id: "azurerm/s1", name: "subscription Production" } as const;
  const edge = { guards: [], certainty: "authorised" } as const;
  return {
    id: "3f",
    rule: pathRules[rule],
    entry,
    target,
    severity: "critical",
    certainty: "authorised",
    edges: [
      {
        ...edge,
        is: "can-create-branch",
        from: entry,
        to: branch,
        says: "They push a branch.",
        evidence: [{ what: "permissions on repoV2: Contributors is allowed GenericContribute (4)" }],
      },
      {
        ...edge,
        is: "uses",
        from: branch,
        to: target,
        says: "It signs in.",
        evidence: [{ what: "azure-pipelines.yml:14" }],
      },
    ],
    alternatives: 0,
    cut: { changes: [], isComplete: false },
    ...change,
  };
}

/** Nothing is unknown, and there is no path. */
export const settledOrganization: PostureExample = {
  organization: { people: { users: [], groups: [], members: {} }, feeds: [] },
  project: {
    repositories: [],
    branchPolicies: [],
    definitions: [],
    access: { git: empty(), build: empty(), taskGroups: empty(), releases: empty() },
    pipelinePermissions: [],
    checks: [],
    connections: [],
    variableGroups: [],
    secureFiles: [],
    environments: [],
    queues: [],
    resourceRoles: [],
    generalSettings: {},
  },
};

function empty() {
  return { actions: {}, lists: [] };
}
