/** Approvals that nobody independent has to give, whatever they stand on. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import type { CheckFact } from "#model/posture/resource-facts.ts";
import { exampleDefinition, exampleUser } from "../../example-facts.ts";
import { type Approval, judgeApproval } from "../../facts/approvers.ts";
import { checkEvidence, onChecks, usersOf } from "../../facts/checked.ts";
import { membershipOf } from "../../facts/membership.ts";
import { prizeOf } from "../../facts/prized-resources.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, onProjects, type PostureRule, pass } from "../../posture-rule.ts";
import {
  exampleApproval,
  exampleCheck,
  exampleEnvironment,
  examplePeople,
  examplePermission,
} from "../../resource-examples.ts";

const approvals = "https://learn.microsoft.com/azure/devops/pipelines/process/approvals";
const onEnvironment = (settings: CheckFact["settings"]) => [exampleCheck("environment", "5", settings)];
const approverGroup = (name: string) => ({
  id: name,
  name: `[Payments]\\${name}`,
  descriptor: `vssgp.${name}`,
  isGroup: true,
});

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/approval-not-independent",
    aliases: ["ado-res-approver-weak", "*_Dont_Grant_Broader_Group_Access_As_Approvers"],
    category: "resource",
    title: "An approval can be given by those whose run waits for it",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "The person who starts the run, or anybody else of a large group, clicks it through; nobody independent has to look.",
    abuse: "Somebody changes what is deployed, starts the run and approves it, alone.",
    fix: 'The resource > "Approvals and checks" > "Approvals": untick "Allow approvers to approve their own runs", and name a small group of people who do not write the code.',
    links: [approvals],
    needs: ["checks"],
    checkProject: ({ checks, project, organization }, context) =>
      onChecks("approval", checks, project, organization, (settings, check) =>
        approvalAnswer(settings, check, { project, organization, context }),
      ),
    examples: {
      bad: [
        { project: { checks: onEnvironment(exampleApproval({ requesterMayApprove: true })) } },
        { project: { checks: onEnvironment(exampleApproval({ approvers: [approverGroup("Contributors")] })) } },
        {
          project: { checks: onEnvironment(exampleApproval({ approvers: [approverGroup("Deployers")] })) },
          organization: { people: examplePeople({ Deployers: ["a", "b", "c"].map((name) => exampleUser(name)) }) },
          settings: { broadFrom: 2 },
        },
        {
          project: {
            checks: onEnvironment(
              exampleApproval({
                approvers: [{ id: "b1", name: "Payments Build Service (contoso)", descriptor: "svc.b1" }],
              }),
            ),
          },
        },
        {
          project: {
            checks: onEnvironment(exampleApproval()),
            environments: [exampleEnvironment("production")],
            pipelinePermissions: [examplePermission("environment", "5", false)],
            definitions: [exampleDefinition({ createdBy: "Ada Lovelace" })],
          },
        },
      ],
      good: [
        { project: { checks: onEnvironment(exampleApproval()) } },
        {
          project: { checks: onEnvironment(exampleApproval({ approvers: [approverGroup("Release managers")] })) },
          organization: { people: examplePeople({ "Release managers": [exampleUser("grace")] }) },
        },
      ],
    },
  }),
];

function approvalAnswer(
  approval: Approval,
  check: CheckFact,
  given: {
    readonly project: ProjectFacts;
    readonly organization: OrganizationFacts;
    readonly context: PostureContext;
  },
): PostureAnswer {
  const { project, organization, context } = given;
  const membership = organization.people.is === "known" ? membershipOf(organization.people.value) : undefined;
  const { settings } = context;
  const prize = prizeOf(check.kind, check.resourceId, project, settings);
  const authored = prize === undefined ? [] : usersOf(check.kind, check.resourceId, project);
  const { doubts, unsure } = judgeApproval(approval, { membership, settings, authored });
  if (doubts.length === 0) return unsure.length === 0 ? pass : notEvaluated(unsure.join(" "));
  const isMild = prize === undefined || doubts.every(({ is }) => is === "author");
  const because =
    prize === undefined ? "nothing says that production is behind it" : "somebody else has to start the run";
  return fail(isMild ? "medium" : "high", doubts.map(({ says }) => says).join("; "), {
    ...(isMild && { severityBecause: because }),
    evidence: [
      checkEvidence(
        check,
        `requesterCannotBeApprover = ${!approval.requesterMayApprove}, minRequiredApprovers = ${approval.minimum}, approvers = ${approval.approvers
          .slice(0, 10)
          .map(({ name }) => name)
          .join(", ")}`,
      ),
    ],
  });
}
