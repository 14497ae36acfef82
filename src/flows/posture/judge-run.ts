/**
 * Reads a run that has ended again, with its timeline, its code as it ran and as it stands, and its logs where something about
 * it is new or went wrong, and writes down what rules say. What runs did is added, never replaced; twice changes nothing more.
 */
import { judgeRun } from "#scan/posture/runs/judge-run.ts";
import { openAttackPaths } from "#store/posture/attack-paths.ts";
import { lastPostureRun } from "#store/posture/posture-runs.ts";
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { readStoredFacts } from "./known-facts.ts";
import { openPosture } from "./open-posture.ts";
import { readRunEvidence } from "./read-run-evidence.ts";
import { recordRun } from "./record-run.ts";

export async function judgeRunOfPipeline(app: App, job: JobData["judge-run"], signal: AbortSignal): Promise<void> {
  // Before the first look nothing is known that a run could be judged by.
  if (!(await lastPostureRun(app.db, job.organization))) return;
  const opened = await openPosture(app, job.organization, "the last look");
  const project = opened?.projects.find(({ id }) => id === job.project);
  if (!opened || !project) return;
  const { organization, url, choice } = opened;
  const about = { id: organization.id, name: organization.name, url };
  const facts = await readStoredFacts(app.db, about, [project], project.id);
  if (!facts) return;
  const read = await readRunEvidence(app, opened, { facts, project, build: job.build, signal });
  const { evidence, isChanged } = read;
  const paths = (await openAttackPaths(app.db, organization.id)).map(({ path }) => path);
  const pipelines = [evidence.ran, evidence.standing].flatMap((one) => one ?? []);
  const context = { settings: choice.settings, now: app.now(), pipelines, paths };
  await recordRun(app, {
    organization,
    project,
    run: evidence.run,
    results: judgeRun(evidence, facts, context),
    isChanged,
  });
}
