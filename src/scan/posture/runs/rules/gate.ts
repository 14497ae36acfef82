/** Runs that deployed although the stage that was to look at them first did not run. */
import type { RunRecord } from "#model/posture/pipeline-facts.ts";
import type { PostureAnswer } from "#model/posture/posture-result.ts";
import { examplePipeline } from "../../example-facts.ts";
import { hasWord } from "../../facts/production.ts";
import type { PostureContext } from "../../posture-context.ts";
import { fail, notEvaluated, pass } from "../../posture-rule.ts";
import { isByHand } from "../asked-by.ts";
import { jobRecord } from "../did-run.ts";
import { type GivenRun, onRun, type RunRule } from "../run-rule.ts";

const record = (
  is: RunRecord["is"],
  name: string,
  result: RunRecord["result"],
  change: Partial<RunRecord> = {},
): RunRecord => ({
  is,
  id: `${is}-${name}`,
  name,
  identifier: name,
  result,
  ...change,
});
const stage = (name: string, result: RunRecord["result"]) => record("stage", name, result);
const deploying = examplePipeline({
  uses: [
    {
      kind: "environment",
      name: "production",
      id: "5",
      certainty: "authorised",
      job: "Ship/web",
      isDeployment: true,
      evidence: { what: "azure-pipelines.yml:30" },
    },
  ],
});

export const rules: readonly RunRule[] = [
  onRun({
    id: "cicd/run-gate-skipped",
    aliases: ["ado-run-gate-skipped"],
    title: "A run deployed, and the stage that checks it was skipped",
    severity: "high",
    risks: ["CICD-SEC-1"],
    why: "What was deployed is what the scan or the approval was there to stop, or nobody knows whether it is.",
    abuse:
      "Whoever queues the run deselects the stage with the scan (Stages to run), and the rest goes on as if it had passed.",
    fix: "Find out who skipped it and why; run the stage on the commit that was deployed. In the YAML file set `isSkippable: false` on the stage, and let the deployment depend on its success.",
    links: ["https://learn.microsoft.com/azure/devops/pipelines/yaml-schema/stages-stage"],
    judge: gateAnswer,
    examples: {
      bad: [
        { run: { reason: "manual" }, records: [stage("SecurityScan", "skipped"), stage("Deploy_Prod", "succeeded")] },
        { records: [record("job", "sast", "skipped"), stage("Release", "succeeded")] },
        {
          ran: deploying,
          records: [
            stage("Compliance", "skipped"),
            record("job", "web", "succeeded", { identifier: "Ship.web.__default" }),
          ],
        },
        {
          records: [
            stage("Deploy", "succeeded"),
            record("checkpoint", "Checkpoint.Approval", "skipped", { parentId: "stage-Deploy" }),
          ],
        },
      ],
      good: [
        { records: [stage("SecurityScan", "succeeded"), stage("Deploy", "succeeded")] },
        { records: [stage("SecurityScan", "skipped"), stage("Deploy", "skipped")] },
        { records: [stage("Docs", "skipped"), stage("Deploy", "succeeded")] },
      ],
    },
  }),
];

const guarding: readonly string[] = [
  ..."security scan scans scanning scanner sast dast sca iast pentest codeql credscan secrets snyk trivy checkov semgrep sonar".split(
    " ",
  ),
  ..."sonarqube sonarcloud veracode checkmarx fortify mend whitesource blackduck owasp zap defender grype gitleaks advsec".split(
    " ",
  ),
  ..."vulnerability vulnerabilities compliance policy policies approval approve approvals gate gates review signoff sign off".split(
    " ",
  ),
];
const single = guarding.filter((word) => word !== "off" && word !== "sign");
const deploys: readonly string[] =
  "deploy deploys deployment deployments release releases rollout promote ship apply golive".split(" ");

function gateAnswer(given: GivenRun, { settings }: PostureContext): PostureAnswer {
  const { records, run } = given;
  if (records.is === "unknown") return notEvaluated(`The timeline of the run is not known: ${records.reason}`);
  const done = deployment(given, records.value, settings.productionWords);
  const bypassed = bypassedCheck(records.value);
  const skipped = records.value.filter((one) => one.result === "skipped" && isGate(one));
  const [gate] = skipped;
  if (bypassed) {
    return fail("high", `${bypassed.stage.name} ran, and its check ${bypassed.check.name} was skipped`, {
      evidence: [bypassed.check, bypassed.stage].map((one) => evidenceOf(one, run.url)),
    });
  }
  if (!done || !gate) return pass;
  const isManual = isByHand(run);
  return fail(isManual ? "high" : "medium", `${gate.name} was skipped, and ${done.name} deployed`, {
    ...(!isManual && {
      severityBecause: "nobody chose the stages by hand: its conditions, or what it depends on, skipped it",
    }),
    evidence: [
      { what: `build ${run.id}: reason = ${run.reason}`, url: run.url },
      ...[...skipped.slice(0, 5), done].map((one) => evidenceOf(one, run.url)),
    ],
  });
}

function evidenceOf({ is, identifier, name, result }: RunRecord, url: string) {
  return { what: `timeline: ${is} ${identifier ?? name} has result = ${result}`, url };
}

function isGate({ is, name, identifier, task }: RunRecord): boolean {
  if (is === "task") return /^manualvalidation$/i.test(task?.name ?? "");
  if (is !== "stage" && is !== "job") return false;
  return hasWord(name, single) || hasWord(identifier ?? "", single);
}

/** What was deployed: by the code a deployment job, else by its name. */
function deployment(
  { ran }: GivenRun,
  records: readonly RunRecord[],
  productionWords: readonly string[],
): RunRecord | undefined {
  for (const { isDeployment, job } of ran?.uses ?? []) {
    const found = isDeployment === true && job !== undefined ? jobRecord(job, records) : undefined;
    if (found?.result === "succeeded") return found;
  }
  const words = [...deploys, ...productionWords];
  return records.find(
    (one) =>
      (one.is === "stage" || one.is === "job") &&
      one.result === "succeeded" &&
      !isGate(one) &&
      (hasWord(one.name, words) || hasWord(one.identifier ?? "", words)),
  );
}

/** An administrator may let a stage run without its checks. */
function bypassedCheck(records: readonly RunRecord[]) {
  const byId = new Map(records.map((one) => [one.id, one]));
  for (const check of records) {
    if (check.is !== "checkpoint" || check.result !== "skipped") continue;
    const around = stageOf(check, byId);
    if (around?.result === "succeeded") return { check, stage: around };
  }
  return undefined;
}

function stageOf(check: RunRecord, byId: ReadonlyMap<string, RunRecord>): RunRecord | undefined {
  let at = check;
  for (let step = 0; step < 5; step++) {
    const parent = at.parentId === undefined ? undefined : byId.get(at.parentId);
    if (!parent || parent.is === "stage") return parent;
    at = parent;
  }
  return undefined;
}
