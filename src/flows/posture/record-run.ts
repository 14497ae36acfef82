/** Writes down what rules say of a run that has ended, and what follows from it. */
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import type { PostureResult } from "#model/posture/posture-result.ts";
import { getOrganization, type OrganizationRow } from "#store/instances/organizations.ts";
import { listFindings, pathOf } from "#store/issues/occurrences.ts";
import { notifyLive } from "#store/live.ts";
import { setLastRun } from "#store/posture/pipelines.ts";
import { addRunResults } from "#store/posture/posture-results.ts";
import { listSettingsPlaces, settingsBranch } from "#store/posture/settings-places.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { lookSoon } from "./ask-for-posture.ts";
import { findingsByPlace, settingPath } from "./findings-of-results.ts";
import type { OpenPosture } from "./open-posture.ts";
import { runAtAGlance } from "./overview-of-pipeline.ts";
import { replaceSettingsFindings } from "./record-settings-issues.ts";
import { resultsToStore } from "./results-to-store.ts";

export interface JudgedRun {
  readonly organization: OrganizationRow;
  readonly project: OpenPosture["projects"][number];
  readonly run: RunFact;
  readonly results: readonly PostureResult[];
  /** Its pipeline is another one than when the settings were looked at. */
  readonly isChanged: boolean;
}

export async function recordRun(app: Pick<App, "db" | "jobs" | "now">, judged: JudgedRun): Promise<void> {
  const { organization, project, run, isChanged } = judged;
  const { id, instanceId } = organization;
  const at = app.now();
  const results = resultsToStore(judged.results);
  await inTransaction(app.db, async (tx) => {
    if (!(await getOrganization(tx, id))) return;
    const places = await listSettingsPlaces(tx, id);
    // That a run is fine is said of every one: only the others are kept.
    await addRunResults(
      tx,
      organization,
      results.filter(({ answer }) => answer !== "pass"),
      at,
    );
    const replaced = [...new Set(results.map(settingPath))];
    const own = new Set(results.map(({ fingerprint }) => fingerprint));
    for (const [repositoryId, found] of findingsByPlace(id, results, places)) {
      const where = { instanceId, repositoryId, branch: settingsBranch };
      const changed = { is: "files", paths: new Set(replaced) } as const;
      // Pipelines of different folders may share their names, and so may their runs.
      const others = (await listFindings(tx, where)).filter(
        (one) => replaced.includes(pathOf(one)) && !own.has(one.fingerprint),
      );
      await replaceSettingsFindings(app, tx, where, { at, replaced, findings: [...found, ...others], changed });
    }
    await setLastRun(tx, { projectId: project.id, definitionId: run.definitionId }, runAtAGlance(run));
    if (isChanged) await lookSoon(tx, id, at);
    await notifyLive(tx, { is: "posture-changed", instanceId, organizationId: id });
  });
}
