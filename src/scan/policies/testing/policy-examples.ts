/** Policies, places and findings for tests: usual ones, changed in what a test is about. */
import type { Finding } from "#model/finding.ts";
import type { Policy } from "#model/policy.ts";
import type { PolicyPlace, PolicySubject } from "#model/verdict.ts";

export const exampleNow = new Date("2026-03-01T12:00:00Z");

export function examplePolicy(changed: Partial<Policy> & Pick<Policy, "id">): Policy {
  return {
    name: changed.id,
    enabled: true,
    when: [],
    scope: { repositories: [], projects: [], tags: [] },
    triggers: ["pull-request"],
    actions: ["block"],
    graceDays: 0,
    unfinished: { fails: "open", afterMinutes: 60 },
    ...changed,
  };
}

export const examplePlace: PolicyPlace = {
  repository: "Shop/web",
  project: "Shop",
  tags: ["pci"],
  branch: ["default", "protected"],
  trigger: "pull-request",
};

export function exampleSubject({
  daysOld = 0,
  urgency,
  novelty = "new",
  ...finding
}: Partial<Finding> &
  Partial<Pick<PolicySubject, "urgency" | "novelty">> & { readonly daysOld?: number } = {}): PolicySubject {
  return {
    finding: {
      rule: "iac/azure-storage-allows-http",
      aliases: ["CKV_AZURE_3"],
      severity: "high",
      message: "The storage account takes requests without encryption",
      at: { path: "infra/main.tf", startLine: 3, startColumn: 1, endLine: 3, endColumn: 9 },
      fingerprint: "f1",
      ...finding,
    },
    novelty,
    firstSeen: new Date(exampleNow.getTime() - daysOld * 86_400_000),
    ...(urgency !== undefined && { urgency }),
  };
}
