/** The policies that every instance begins with. Each can be cloned and switched off; those that are off wait to be switched on. */
import type { Policy } from "#model/policy.ts";

type BuiltIn = Pick<Policy, "id" | "name" | "description" | "when" | "actions"> & Partial<Policy>;

export const builtInPolicies: readonly Policy[] = (
  [
    {
      id: "new-problems",
      name: "New problems",
      description:
        "A change must not bring problems of medium severity or worse. What was there before does not count.",
      enabled: true,
      when: [{ novelty: "new", severity: "medium", inHead: true }],
      triggers: ["pull-request", "ci"],
      actions: ["block", "comment"],
      unfinished: { fails: "closed", afterMinutes: 60 },
    },
    {
      id: "new-secrets",
      name: "New secrets",
      description: "A change must not bring a secret, however severe it is: whoever fetches the branch has it.",
      enabled: true,
      when: [{ scanner: ["secrets"], novelty: "new", inHead: true }],
      triggers: ["pull-request", "ci"],
      actions: ["block", "comment"],
      unfinished: { fails: "closed", afterMinutes: 60 },
    },
    {
      id: "secrets-in-commits",
      name: "Secrets in commits",
      description:
        "A secret that one commit of a pull request brings and a later one takes away: whoever fetches the branch has it. A clone that blocks demands that the branch is written anew.",
      enabled: true,
      when: [{ scanner: ["secrets"], novelty: "new", inHead: false }],
      actions: ["comment"],
    },
    {
      id: "secrets-in-history",
      name: "Secrets in the history",
      description: "A secret that a scan of the history finds: every clone has it, whatever the newest commit holds.",
      enabled: true,
      when: [{ scanner: ["secrets"], novelty: "new", inHead: false }],
      triggers: ["ci"],
      actions: ["block"],
      unfinished: { fails: "closed", afterMinutes: 60 },
    },
    {
      id: "minor-problems",
      name: "Minor problems",
      description: "New problems of low severity are counted, without a comment: nobody reads a dozen of them.",
      enabled: true,
      when: [{ novelty: "new" }],
      triggers: ["pull-request", "ci"],
      actions: ["record"],
    },
    {
      id: "live-secrets",
      name: "Live secrets",
      description:
        "A secret that its provider takes is open to everybody who can read the repository, also an old one.",
      when: [{ scanner: ["secrets"], live: ["live"] }],
      triggers: ["pull-request", "push", "schedule", "ci"],
      actions: ["block", "comment", "work-item", "webhook"],
      unfinished: { fails: "closed", afterMinutes: 60 },
    },
    {
      id: "known-exploited",
      name: "Known exploited vulnerabilities",
      description: "Vulnerabilities that are used in attacks, by the list that CISA keeps, whether new or old.",
      when: [{ scanner: ["vulnerabilities"], knownExploited: true }],
      triggers: ["pull-request", "push", "schedule", "ci"],
      actions: ["block", "comment", "work-item"],
      unfinished: { fails: "closed", afterMinutes: 60 },
    },
    {
      id: "malicious-packages",
      name: "Malicious packages",
      description:
        "A package that is itself the attack acts when it is installed: on build agents, before anything runs.",
      when: [{ rule: ["vulnerabilities/malicious-package"] }],
      triggers: ["pull-request", "push", "schedule", "ci"],
      actions: ["block", "comment", "work-item", "webhook"],
      unfinished: { fails: "closed", afterMinutes: 60 },
    },
    {
      id: "fixable-vulnerabilities",
      name: "Vulnerabilities with a fix",
      description:
        "Severe vulnerabilities of what runs in production, for which a version without them exists: a fix is prepared.",
      when: [{ scanner: ["vulnerabilities"], severity: "high", fixAvailable: true, development: false }],
      triggers: ["push", "schedule"],
      actions: ["fix"],
    },
    {
      id: "copyleft-licenses",
      name: "Copyleft licences",
      description: "New packages whose licence reaches the program that uses them, or allows no commercial use.",
      when: [
        {
          scanner: ["licenses"],
          novelty: "new",
          licenseCategory: ["strong-copyleft", "network-copyleft", "non-commercial"],
        },
      ],
      actions: ["block", "comment"],
    },
    {
      id: "risky-packages",
      name: "Risky packages",
      description:
        "New direct dependencies that are a high risk without a known vulnerability: names that imitate others, scripts that run at installation, abandoned projects.",
      when: [{ scanner: ["operational-risk"], novelty: "new", severity: "high", relation: "direct" }],
      actions: ["block", "comment"],
    },
    {
      id: "release-branches",
      name: "Release branches",
      description: "Towards a release nothing of high severity passes, also what was there before.",
      when: [{ branch: ["release"], severity: "high" }],
      triggers: ["pull-request", "ci"],
      actions: ["block", "comment"],
      unfinished: { fails: "closed", afterMinutes: 60 },
    },
    {
      id: "urgent-problems",
      name: "Urgent problems",
      description:
        "What scores 80 or more on the default branch becomes a work item, one for each group of the same cause.",
      when: [{ branch: ["default"], urgency: 80 }],
      triggers: ["push", "schedule"],
      actions: ["work-item"],
    },
    {
      id: "old-problems",
      name: "Old problems",
      description: "What is critical and has been open for a month becomes a work item.",
      when: [{ branch: ["default"], severity: "critical", age: 30 }],
      triggers: ["schedule"],
      actions: ["work-item"],
    },
  ] satisfies readonly BuiltIn[]
).map((one: BuiltIn) => ({
  enabled: false,
  scope: { repositories: [], projects: [], tags: [] },
  triggers: ["pull-request"],
  graceDays: 0,
  unfinished: { fails: "open", afterMinutes: 60 },
  ...one,
}));
