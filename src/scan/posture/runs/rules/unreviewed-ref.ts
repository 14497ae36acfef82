/** Runs of code that nobody reviewed, and that used what is worth guarding. */
import { policyTypes } from "#model/posture/code-facts.ts";
import type { RunRecord } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { examplePipeline, exampleRepositoryId } from "../../example-facts.ts";
import { checksOf, sayCheck } from "../../facts/checks-of.ts";
import { milder } from "../../facts/severity-steps.ts";
import type { ResourceUse } from "../../pipelines/judged-pipeline.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, pass } from "../../posture-rule.ts";
import type { PostureSettings } from "../../posture-settings.ts";
import { exampleConnectionId, exampleKeyConnection } from "../../resource-examples.ts";
import { auditedUses } from "../audited-uses.ts";
import { jobRecord, wasUsed } from "../did-run.ts";
import { type PrivilegedUse, privilegedUses, sayUses } from "../privileged-uses.ts";
import { reviewedRef } from "../reviewed-ref.ts";
import { type GivenRun, onRun, type RunRule } from "../run-rule.ts";

const use = (change: Partial<ResourceUse> = {}): ResourceUse => ({
  kind: "connection",
  name: "azure-payments",
  id: exampleConnectionId,
  certainty: "authorised",
  job: "deploy/apply",
  evidence: { what: "azure-pipelines.yml:14" },
  ...change,
});
const job = (result: RunRecord["result"], identifier = "deploy.apply.__default"): RunRecord => ({
  is: "job",
  id: "j1",
  name: "apply",
  identifier,
  result,
});
const ran = examplePipeline({ uses: [use()] });
const repositories = [
  {
    id: exampleRepositoryId,
    name: "payments",
    defaultBranch: "refs/heads/main",
    isDisabled: false,
    isFork: false,
    size: 1,
    url: "https://dev.azure.com/contoso/Payments/_git/payments",
  },
];
const review = {
  id: 1,
  typeId: policyTypes.minimumReviewers,
  typeName: "Minimum number of reviewers",
  isEnabled: true,
  isBlocking: true,
  scopes: [{ repositoryId: exampleRepositoryId, match: "default-branch" as const }],
  settings: { minimumApproverCount: 2 },
};
const project = { repositories, branchPolicies: [review], connections: [exampleKeyConnection()] };

export const rules: readonly RunRule[] = [
  onRun({
    id: "cicd/run-unreviewed-code-used-resource",
    aliases: ["ado-run-unreviewed-ref-privileged"],
    title: "Code that nobody reviewed used a guarded resource",
    severity: "high",
    risks: ["CICD-SEC-4"],
    why: "Whoever wrote this branch had the rights of the connection, or read the secrets, before anybody looked at what they wrote.",
    abuse:
      "Somebody pushes a branch or opens a pull request whose build steps take the secrets or sign in to the cloud; the run is all it takes.",
    fix: "Look at what the run did, and change the secrets that it could read. Then add branch control to the resource (Approvals and checks > Branch control, protected branches only).",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/process/approvals"],
    judge: unreviewedAnswer,
    examples: {
      bad: [
        { project, ran, run: { branch: "refs/heads/feature" }, records: [job("succeeded")] },
        { ran, run: { branch: "refs/pull/12/merge" }, records: [job("failed", "deploy.apply.linux")] },
        { project: { ...project, branchPolicies: [] }, ran, records: [job("succeeded")] },
        { project, ran, run: { branch: "refs/tags/v1" }, records: [job("succeeded")] },
        {
          organization: {
            auditEvents: [
              {
                id: "e1",
                action: "Pipelines.DeploymentJobCompleted",
                at: "2026-03-01T11:08:00Z",
                actor: { id: "a", name: "Ada" },
                details: "",
                data: { PipelineId: 7, RunName: "20260301.100", EnvironmentName: "production" },
              },
            ],
          },
          run: { branch: "refs/pull/12/merge" },
        },
      ],
      good: [
        { project, ran, records: [job("succeeded")] },
        { project, ran, run: { branch: "refs/heads/feature" }, records: [job("skipped")] },
        {
          project,
          ran,
          run: { branch: "refs/heads/feature" },
          records: [
            { ...job("skipped"), is: "stage", name: "deploy", identifier: "deploy" },
            job("succeeded", "build.compile.__default"),
          ],
        },
        {
          project: { ...project, connections: [exampleKeyConnection({ type: "sonarqube", scheme: "Token" })] },
          ran,
          run: { branch: "refs/pull/12/merge" },
          records: [job("succeeded")],
        },
        { project, ran: examplePipeline({}), run: { branch: "refs/heads/feature" } },
      ],
    },
  }),
];

function unreviewedAnswer(given: GivenRun, { settings }: PostureContext): PostureAnswer {
  const reviewed = reviewedRef(given);
  if (reviewed.is === "reviewed") return pass;
  const found = usesOfRun(given, settings);
  if (!("uses" in found)) return found;
  const used = privilegedUses(found.uses, given.project, settings);
  if (used.length === 0) return pass;
  if (reviewed.is === "unknown") return notEvaluated(reviewed.reason);
  const isLess = reviewed.is === "tag" || !used.some(({ isGreat }) => isGreat);
  const looked = approvedBy(used, given);
  const severity = isLess ? "medium" : "high";
  const because = looked ?? (isLess ? lessBecause(reviewed.is) : undefined);
  const said = `${reviewed.says}, and used ${sayUses(used.map(({ use: one }) => one))}`;
  return fail(looked === undefined ? severity : milder(severity), said, {
    ...(because !== undefined && { severityBecause: because }),
    evidence: [
      reviewed.evidence,
      ...used.slice(0, 10).flatMap(({ use: one }) => [one.evidence, ...recordsOf(one, given)]),
    ],
  });
}

/** What its jobs used that did run, and what the audit log adds; or why it is not known. */
function usesOfRun(
  given: GivenRun,
  settings: PostureSettings,
): PostureAnswer | { readonly uses: readonly ResourceUse[] } {
  const { ran: code, records } = given;
  const audited = auditedUses(given);
  if (!code) return audited.length > 0 ? { uses: audited } : withoutCode(given);
  if (privilegedUses(code.uses, given.project, settings).length === 0) {
    if (audited.length > 0 || code.gaps.length === 0) return { uses: audited };
    return notEvaluated(`Its code is not fully known: ${code.gaps[0]}`);
  }
  if (records.is === "unknown") {
    return audited.length > 0
      ? { uses: audited }
      : notEvaluated(`The timeline of the run is not known: ${records.reason}`);
  }
  return { uses: [...code.uses.filter((one) => wasUsed(one, records.value)), ...audited] };
}

function lessBecause(is: "tag" | "unreviewed"): string {
  return is === "tag"
    ? "the commit may have been reviewed before it was tagged"
    : "no cloud and nothing of production is among it";
}

/** What its jobs used nobody knows then; whether anything was asked for, the timeline tells. */
function withoutCode({ records }: GivenRun): PostureAnswer {
  if (records.is === "known" && records.value.length > 0 && !records.value.some(({ is }) => is === "checkpoint"))
    return pass;
  return notEvaluated("The code of the run could not be read, so it is not known what it used.");
}

/** The approval that each of them waits for, if each does. */
function approvedBy(used: readonly PrivilegedUse[], { project: own }: GivenRun): string | undefined {
  if (own?.checks.is !== "known") return undefined;
  const { value } = own.checks;
  const approvals = used.map(({ use: { kind, id } }) =>
    id === undefined ? undefined : checksOf(value, kind, id).find(({ settings: { is } }) => is === "approval"),
  );
  const [first] = approvals;
  return first && approvals.every((one) => one !== undefined) ? `${sayCheck(first)} had to be given first` : undefined;
}

function recordsOf({ job: name }: ResourceUse, { records, run }: GivenRun) {
  const record = name === undefined || records.is === "unknown" ? undefined : jobRecord(name, records.value);
  if (!record) return [];
  return [{ what: `timeline: job ${record.identifier ?? record.name} has result = ${record.result}`, url: run.url }];
}
