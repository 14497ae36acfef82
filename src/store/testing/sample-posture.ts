/** Posture to test with: an organization that was looked at once, with a pipeline that fails a rule and an attack path through it. */
import type { AttackPath, PathNode } from "#model/posture/attack-path.ts";
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";
import type { PipelineOverview } from "#model/posture/pipeline-overview.ts";
import type { Db } from "../database.ts";
import { json } from "../json.ts";
import { replaceAttackPaths } from "../posture/attack-paths.ts";
import { addBills } from "../posture/pipeline-bills.ts";
import { keepPipelineFile } from "../posture/pipeline-files.ts";
import { keepPipelinePreview } from "../posture/pipeline-previews.ts";
import { replacePipelines } from "../posture/pipelines.ts";
import { saveFacts } from "../posture/posture-facts.ts";
import { type NewResult, replaceResults } from "../posture/posture-results.ts";
import { insertPostureRun, savePostureDay } from "../posture/posture-runs.ts";
import { savePostureSettings } from "../posture/posture-settings.ts";
import { saveSettingsPlaces } from "../posture/settings-places.ts";
import { type SampleWorld, sampleTime } from "./sample-world.ts";

type Of = Pick<SampleWorld, "instanceId" | "organizationId" | "projectId">;

export async function samplePosture(db: Db, { instanceId, organizationId, projectId }: Of): Promise<void> {
  const owner = { id: organizationId, instanceId };
  const organization = { ...owner, name: "contoso" };
  const projects = [{ id: projectId, name: "sample-project" }];
  await saveSettingsPlaces(db, { organization, url: "https://dev.azure.com/contoso", projects, at: sampleTime });
  await savePostureSettings(db, {
    ...{ instanceId, enabled: true, usesPortal: false, settings: { staleAfter: 30 } },
    ...{ changedBy: "ada", changedAt: sampleTime },
  });
  await saveFacts(db, owner, [
    {
      ...{ projectId, key: "generalSettings", hash: "h", readAt: sampleTime },
      fact: json({ is: "known", at: sampleTime.toISOString(), value: {} }),
    },
    {
      ...{ projectId: null, key: "people", hash: "u", readAt: sampleTime },
      fact: json({ is: "unknown", why: "scope", reason: "The credential lacks Graph (Read)." }),
    },
  ]);
  await replaceResults(db, owner, sampleResults(projectId), sampleTime);
  const counts = { pass: 1, fail: 1, notEvaluated: 0 };
  const calls = { total: 12, byKey: { generalSettings: 4, definitions: 8 } };
  const run = { startedAt: sampleTime, finishedAt: sampleTime, version: "v", calls, counts, gaps: [] };
  await insertPostureRun(db, owner, run);
  await savePostureDay(db, owner, new Map([["settings", counts]]), sampleTime);
  await replacePipelines(db, owner, {
    projects: [projectId],
    pipelines: [{ projectId, definitionId: 7, about: samplePipeline }],
    at: sampleTime,
  });
  await addBills(db, owner, [{ bill: sampleBill(projectId), hash: "b" }], sampleTime);
  await keepPipelineFile(db, { instanceId, repositoryId: "r", commit: "c", path: "a.yml" }, "steps: []", sampleTime);
  const preview = { is: "expanded", yaml: "steps: []" };
  await keepPipelinePreview(db, organizationId, { projectId, definitionId: 7, of: "h" }, preview, sampleTime);
  await replaceAttackPaths(db, owner, { paths: [samplePath(projectId)], at: sampleTime });
}

function sampleResults(projectId: SampleWorld["projectId"]): readonly NewResult[] {
  const project = { resourceKind: "project", resourceId: projectId, resourceName: "sample-project" };
  return [
    {
      ...{ fingerprint: "p", rule: "cicd/settings-job-token-reaches-organization", category: "settings", projectId },
      ...{ ...project, answer: "pass", evidence: [], hash: "p" },
    },
    {
      ...{ fingerprint: "f", rule: "cicd/sample-pipeline-rule", category: "pipeline", projectId },
      ...{ resourceKind: "pipeline", resourceId: "7", resourceName: "=ci", answer: "fail", severity: "high" },
      ...{ reason: "runs code of forks", evidence: [{ what: "pipeline 7: forks = true" }], hash: "f" },
    },
  ];
}

const samplePipeline: PipelineOverview = {
  ...{ name: "=ci", folder: "\\", url: "https://dev.azure.com/contoso/p/_build?definitionId=7", kind: "yaml" },
  ...{ isEnabled: true, revision: 3, starts: ["Pushes to main"], gaps: [] },
  repository: { kind: "azure-repos", id: "r", name: "web" },
  source: { ref: "refs/heads/main", commit: "c".repeat(40), path: "azure-pipelines.yml" },
  identity: { name: "Project Build Service", reach: "project" },
  exposure: {
    pullRequests: { is: "no" },
    forks: { is: "yes", says: "Pull requests of forks", evidence: { what: "pipeline 7: forks = true" } },
    ...{ openBranches: { is: "unknown" }, webhooks: { is: "no" }, injections: [] },
  },
  uses: [{ kind: "connection", name: "prod", certainty: "authorised", isDeployment: true }],
};

export function sampleBill(projectId: string, version = "1.0.0"): PipelineBill {
  return {
    ...{ projectId, definitionId: 7, name: "=ci", revision: 3, url: "", starts: ["Pushes to main"], gaps: [] },
    source: { repository: "web", commit: "c".repeat(40), path: "azure-pipelines.yml" },
    identity: { name: "Project Build Service", reach: "project" },
    items: [{ kind: "task", name: "Bash", version, certainty: "authorised", jobs: ["build/compile"], evidence: [] }],
  };
}

function samplePath(projectId: string): AttackPath {
  const entry: PathNode = { kind: "identity", id: "contributors", name: "Contributors", projectId };
  const pipeline: PathNode = { kind: "pipeline", id: `${projectId}/7`, name: "=ci", projectId };
  const target: PathNode = { kind: "cloud", id: "prod", name: "Production" };
  const sure = { guards: [], certainty: "authorised", evidence: [{ what: "pipeline 7: forks = true" }] } as const;
  return {
    ...{
      id: "contributors>prod",
      rule: "cicd/sample-path",
      severity: "critical",
      certainty: "authorised",
      alternatives: 0,
    },
    ...{ entry, target },
    edges: [
      { is: "starts", from: entry, to: pipeline, says: "Contributors start =ci.", ...sure },
      { is: "assumes", from: pipeline, to: target, says: "=ci acts as Production.", ...sure },
    ],
    cut: {
      changes: [
        {
          ...{ edge: 0, what: "Switch forks off.", closes: 1, of: 1 },
          sideEffects: { runs: 0, days: 30, pipelines: [] },
        },
      ],
      isComplete: true,
    },
  };
}
