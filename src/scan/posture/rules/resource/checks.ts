/** Branch control and required templates that are there and do not hold, whatever they stand on. */
import { policyTypes } from "#model/posture/code-facts.ts";
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { CheckFact } from "#model/posture/resource-facts.ts";
import type { Severity } from "#model/severity.ts";
import { exampleRepositoryId } from "../../example-facts.ts";
import { type BranchControl, type Weakness, weaknessesOf } from "../../facts/branch-control.ts";
import { checkEvidence, onChecks, usersOf } from "../../facts/checked.ts";
import { prizeOf } from "../../facts/prized-resources.ts";
import { judgeTemplates, type RequiredTemplate } from "../../facts/required-template.ts";
import { worse } from "../../facts/severity-steps.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import { exampleBranchControl, exampleCheck } from "../../resource-examples.ts";

const approvals = "https://learn.microsoft.com/azure/devops/pipelines/process/approvals";
const main = "refs/heads/main";
const repository = {
  id: exampleRepositoryId,
  name: "payments",
  defaultBranch: main,
  isDisabled: false,
  isFork: false,
  size: 10,
  url: "https://dev.azure.com/contoso/Payments/_git/payments",
};
const review = {
  id: 1,
  typeId: policyTypes.minimumReviewers,
  typeName: "Minimum number of reviewers",
  isEnabled: true,
  isBlocking: true,
  scopes: [{ refName: main, match: "exact" as const }],
  settings: { minimumApproverCount: 1 },
};
const onEnvironment = (settings: CheckFact["settings"]) => [exampleCheck("environment", "5", settings)];
const template = (change: Partial<RequiredTemplate["templates"][number]>): RequiredTemplate => ({
  is: "required-template",
  templates: [{ repositoryType: "git", repository: "Payments/payments", ref: main, path: "gate.yml", ...change }],
});

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/branch-control-weak",
    aliases: ["ado-res-branch-control-weak", "*_AuthZ_Enable_Branch_Control"],
    category: "resource",
    title: "Branch control lets branches through that nobody has to review",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "The check is passed by a branch that somebody makes for it, so it holds up nobody who can push.",
    abuse:
      "Somebody makes a branch that the pattern matches, changes the pipeline there, and runs it with the resource.",
    fix: 'The resource > "Approvals and checks" > "Branch control": name the branches exactly (refs/heads/main), tick "Verify branch protection", and untick "Allow branches with unknown protection status".',
    links: [approvals],
    needs: ["checks"],
    checkProject: ({ checks, project, organization }, context) =>
      onChecks("branch-control", checks, project, organization, (settings, check) =>
        controlAnswer(settings, check, project, context),
      ),
    examples: {
      bad: [
        {
          project: {
            checks: onEnvironment(exampleBranchControl({ allowedBranches: ["*"], ensuresProtection: false })),
          },
        },
        { project: { checks: onEnvironment(exampleBranchControl({ allowedBranches: ["*"] })) } },
        { project: { checks: onEnvironment(exampleBranchControl({ allowsUnknownStatus: true })) } },
        {
          project: {
            checks: onEnvironment(
              exampleBranchControl({ allowedBranches: ["refs/heads/release/*"], ensuresProtection: false }),
            ),
          },
        },
        {
          project: {
            checks: onEnvironment(exampleBranchControl({ ensuresProtection: false })),
            repositories: [repository],
            branchPolicies: [],
          },
        },
      ],
      good: [
        { project: { checks: onEnvironment(exampleBranchControl()) } },
        {
          project: { checks: onEnvironment(exampleBranchControl({ allowedBranches: [main, "refs/heads/release/*"] })) },
        },
      ],
    },
  }),
  onProjects({
    id: "cicd/required-template-changeable",
    aliases: ["ado-res-required-template-mutable", "*_DP_Use_Template_From_Protected_Branch"],
    category: "resource",
    title: "A required template can be changed without review",
    severity: "medium",
    risks: ["CICD-SEC-1"],
    why: "The check trusts whatever the template says at the moment; whoever changes the template takes the guard out.",
    abuse:
      "Somebody pushes to the branch that the check names, removes the steps that were to protect, and runs the pipeline.",
    fix: "Keep the template in a repository of the organization, on a branch whose policy asks for reviewers, and name that branch in the check.",
    links: [approvals],
    needs: ["checks"],
    checkProject: ({ checks, project, organization }, context) =>
      onChecks("required-template", checks, project, organization, (settings, check) =>
        templateAnswer(settings, check, project, organization, context),
      ),
    examples: {
      bad: [
        { project: { checks: onEnvironment(template({})), repositories: [repository], branchPolicies: [] } },
        { project: { checks: onEnvironment(template({ repositoryType: "github", repository: "someone/templates" })) } },
      ],
      good: [
        { project: { checks: onEnvironment(template({})), repositories: [repository], branchPolicies: [review] } },
        {
          project: {
            checks: onEnvironment(template({ repositoryType: "github", repository: "contoso-org/templates" })),
          },
          settings: { trustedOwners: ["contoso-org"] },
        },
      ],
    },
  }),
];

const weaknessSeverity: Readonly<Record<Weakness["is"], Severity>> = {
  open: "medium",
  makeable: "medium",
  unreviewed: "medium",
  "unknown-status": "medium",
  unchecked: "medium",
  theory: "low",
};

function controlAnswer(
  settings: BranchControl,
  check: CheckFact,
  project: ProjectFacts,
  context: PostureContext,
): PostureAnswer {
  const weak = weaknessesOf(settings, project, repositoriesOf(check, project));
  const worst = weak.find(({ is }) => is !== "theory") ?? weak[0];
  if (!worst) return pass;
  const prize = prizeOf(check.kind, check.resourceId, project, context.settings);
  const isRaised = prize !== undefined && (worst.is === "open" || worst.is === "unreviewed" || worst.is === "makeable");
  const severity = weaknessSeverity[worst.is];
  return fail(isRaised ? worse(severity) : severity, weak.map(({ says }) => says).join("; "), {
    ...(isRaised && { severityBecause: prize }),
    ...(worst.is === "theory" && { severityBecause: "some policy must be there, or is there today" }),
    evidence: weak.map(({ proof }) => checkEvidence(check, proof)),
  });
}

/** Those of the pipelines that may use the resource; undefined: all pipelines may, or it is not known. */
function repositoriesOf({ kind, resourceId }: CheckFact, project: ProjectFacts): ReadonlySet<string> | undefined {
  const users = usersOf(kind, resourceId, project);
  if (users.length === 0) return undefined;
  return new Set(users.map(({ repository: { id } }) => id));
}

function templateAnswer(
  settings: RequiredTemplate,
  check: CheckFact,
  project: ProjectFacts,
  organization: OrganizationFacts,
  context: PostureContext,
): PostureAnswer {
  const { loose, unsure } = judgeTemplates(settings, project, organization, context.settings);
  if (loose.length === 0) return unsure.length === 0 ? pass : notEvaluated(unsure.join(" "));
  const prize = prizeOf(check.kind, check.resourceId, project, context.settings);
  const isOutside = loose.some(({ isOutside: outside }) => outside);
  return fail(isOutside && prize !== undefined ? "high" : "medium", loose.map(({ says }) => says).join("; "), {
    ...(isOutside && prize !== undefined && { severityBecause: prize }),
    evidence: loose.map(({ proof }) => checkEvidence(check, proof)),
  });
}
