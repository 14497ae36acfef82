/** Who has to agree before a classic release goes to production. */
import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { ReleaseFact, ReleaseStage } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer, PostureResource } from "#model/posture/posture-result.ts";
import type { Severity } from "#model/severity.ts";
import { exampleRelease, exampleStage } from "../../example-facts.ts";
import { releaseEditor } from "../../facts/pages-of.ts";
import { type ProductionStage, productionStages } from "../../facts/production-stages.ts";
import { milder } from "../../facts/severity-steps.ts";
import { fail, onProjects, type PostureRule, pass } from "../../posture-rule.ts";

const links = ["https://learn.microsoft.com/azure/devops/pipelines/release/approvals/approvals"];

function staged(...stages: readonly Partial<ReleaseStage>[]) {
  const all = stages.map((stage, index) => exampleStage({ id: index + 1, rank: index + 1, ...stage }));
  return { project: { releases: [exampleRelease({ stages: all })] } };
}

export const rules: readonly PostureRule[] = [
  onProjects({
    id: "cicd/release-production-without-approval",
    aliases: ["ado-rel-no-predeploy-approval", "ADO-RD-001", "ADO_Release_AuthZ_Enable_PreDeployment_Approvals"],
    category: "release",
    title: "A classic release goes to production without anybody's approval",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "Whatever a build produced is deployed as soon as somebody, or a trigger, starts a release.",
    abuse: "Somebody who may create releases picks the run of their own branch and deploys it to production.",
    fix: 'Edit the release pipeline > the stage > Pre-deployment conditions: switch on "Pre-deployment approvals" and name a group that does not create releases.',
    links,
    needs: ["releases"],
    checkProject: ({ releases, project, organization }, { settings }) =>
      releases.flatMap((release) =>
        productionStages(release, settings.productionWords).map((production) => ({
          resource: stageResource(organization, project, release, production.stage),
          answer: approvalAnswer(release, production),
        })),
      ),
    examples: {
      bad: [
        staged({ isApprovalAutomatic: true, approvers: [] }),
        staged({ name: "Test" }, { name: "PROD-EU", isApprovalAutomatic: true, approvers: [] }),
        staged({ name: "First" }, { name: "Customers", isApprovalAutomatic: true, approvers: [] }),
      ],
      good: [
        staged({ name: "Dev", isApprovalAutomatic: true }, { name: "Production", approvers: ["Release board"] }),
        staged({ name: "Nonprod", isApprovalAutomatic: true }, { name: "Live" }),
      ],
    },
  }),
  onProjects({
    id: "cicd/release-creator-approves",
    aliases: ["ado-rel-self-approval", "ADO-RD-002"],
    category: "release",
    title: "Whoever starts a classic release may approve it",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "The approval is a click by the one who wants it: nobody else has to agree.",
    abuse: "Somebody creates a release from their own run and approves its deployment to production themselves.",
    fix: 'Edit the release pipeline > the stage > Pre-deployment conditions > Approval policies: switch on "The user requesting a release or deployment should not approve it", and switch off "Skip approval if the same approver approved the previous stage".',
    links,
    needs: ["releases"],
    checkProject: ({ releases, project, organization }, { settings }) =>
      releases.flatMap((release) => {
        const production = productionStages(release, settings.productionWords);
        return release.stages
          .filter(({ isApprovalAutomatic, approvers }) => !isApprovalAutomatic && approvers.length > 0)
          .map((stage) => ({
            resource: stageResource(organization, project, release, stage),
            answer: selfAnswer(
              release,
              stage,
              production.some((one) => one.stage === stage),
            ),
          }));
      }),
    examples: {
      bad: [
        staged({ creatorMayApprove: true }),
        staged({ skipsApprovalIfSameApprover: true }),
        staged({ name: "Test", creatorMayApprove: true }),
      ],
      good: [staged({ creatorMayApprove: false, skipsApprovalIfSameApprover: false })],
    },
  }),
];

function stageResource(
  organization: OrganizationFacts,
  project: ProjectFacts,
  release: ReleaseFact,
  stage: ReleaseStage,
): PostureResource {
  return {
    kind: "release-stage",
    id: `${release.id}/${stage.id}`,
    name: `${release.name} / ${stage.name}`,
    projectId: project.id,
    url: releaseEditor(organization, project, release.id),
  };
}

function approvalAnswer({ id, url }: ReleaseFact, { stage, because }: ProductionStage): PostureAnswer {
  if (!stage.isApprovalAutomatic && stage.approvers.length > 0) return pass;
  return fail(because === undefined ? "high" : "medium", `${stage.name} is deployed to without anybody's approval`, {
    evidence: [
      {
        what: `release definition ${id}: environments[${stage.name}].preDeployApprovals has no approver (isAutomated)`,
        url,
      },
    ],
    fix: `Pre-deployment conditions of ${stage.name}: switch on "Pre-deployment approvals" and name who approves.`,
    ...(because !== undefined && { severityBecause: because }),
  });
}

/** Worst where one person alone gets to production. */
function selfAnswer(
  { id, url }: ReleaseFact,
  { name, creatorMayApprove, skipsApprovalIfSameApprover, approvers, requiredApprovers }: ReleaseStage,
  isProduction: boolean,
): PostureAnswer {
  if (!creatorMayApprove && !skipsApprovalIfSameApprover) return pass;
  const field = creatorMayApprove
    ? "releaseCreatorCanBeApprover"
    : "autoTriggeredAndPreviousEnvironmentApprovedCanBeSkipped";
  // Zero stands for all of them.
  const asked = requiredApprovers === 0 ? approvers.length : requiredApprovers;
  const reasons = [
    ...(isProduction ? [] : ["the stage is not production"]),
    ...(creatorMayApprove ? [] : ["somebody approved an earlier stage"]),
    ...(asked > 1 ? [`${asked} people have to approve`] : []),
  ];
  const severity = reasons.reduce<Severity>((worst) => milder(worst), "high");
  const says = creatorMayApprove
    ? `whoever starts the release may approve ${name}`
    : `${name} needs no approval of its own after the same person approved an earlier stage`;
  return fail(severity, says, {
    evidence: [
      {
        what: `release definition ${id}: environments[${name}].preDeployApprovals.approvalOptions.${field} = true`,
        url,
      },
    ],
    fix: creatorMayApprove
      ? 'Switch on "The user requesting a release or deployment should not approve it".'
      : 'Switch off "Skip approval if the same approver approved the previous stage".',
    ...(reasons.length > 0 && { severityBecause: reasons.join("; ") }),
  });
}
