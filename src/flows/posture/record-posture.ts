/** Writes all that a look at an organization's settings found out in one transaction: either all of it is there, or nothing is. */
import { createHash } from "node:crypto";
import type { AttackPath } from "#model/posture/attack-path.ts";
import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import { placesOfPath } from "#model/posture/path-places.ts";
import type { PipelineBill } from "#model/posture/pipeline-bill.ts";
import type { PostureCategory } from "#model/posture/posture-result.ts";
import { postureRulesVersion } from "#scan/posture/rules.generated.ts";
import { getOrganization, type OrganizationRow } from "#store/instances/organizations.ts";
import { findRuleSettings } from "#store/issues/rule-settings.ts";
import { notifyLive } from "#store/live.ts";
import { scoreOrganizationAgain, scorePathsAgain } from "#store/posture/attack-path-places.ts";
import { openAttackPaths, replaceAttackPaths } from "#store/posture/attack-paths.ts";
import { addBills, type NewBill } from "#store/posture/pipeline-bills.ts";
import { replacePipelines } from "#store/posture/pipelines.ts";
import { listLostFacts, saveFacts } from "#store/posture/posture-facts.ts";
import { listJudgedResources, type NewResult, replaceResults } from "#store/posture/posture-results.ts";
import {
  insertPostureRun,
  lastPostureRun,
  lockPosture,
  type PostureCounts,
  type PostureRun,
  savePostureDay,
} from "#store/posture/posture-runs.ts";
import { saveSettingsPlaces } from "#store/posture/settings-places.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { putOff } from "./ask-for-posture.ts";
import type { Judgement } from "./judge-facts.ts";
import { factsToStore } from "./known-facts.ts";
import { pathsToKeep } from "./paths-to-keep.ts";
import { recordSettingsIssues } from "./record-settings-issues.ts";
import { resultsToStore } from "./results-to-store.ts";

export interface LookedAt {
  readonly organization: OrganizationRow;
  readonly url: string;
  readonly facts: OrganizationFacts;
  readonly calls: PostureRun["calls"];
  readonly startedAt: Date;
  readonly judgement: Judgement;
}

export async function recordPosture(app: Pick<App, "db" | "jobs" | "now">, looked: LookedAt): Promise<void> {
  const { organization, url, facts, calls, startedAt, judgement } = looked;
  const { id, instanceId } = organization;
  const at = app.now();
  const results = resultsToStore(judgement.results);
  await inTransaction(app.db, async (tx) => {
    await lockPosture(tx, id);
    if (!(await getOrganization(tx, id))) return;
    const places = await saveSettingsPlaces(tx, { organization, url, projects: facts.projects, at });
    const before = await listJudgedResources(tx, id);
    await saveFacts(tx, organization, factsToStore(facts, at));
    const lost = await listLostFacts(tx, id);
    const formerPaths = await openAttackPaths(tx, id);
    const keptPaths = await pathsToKeep(tx, id, { paths: judgement.paths, lost });
    await replaceResults(tx, organization, results, at);
    await replaceAttackPaths(tx, organization, {
      paths: judgement.paths,
      keep: new Set(keptPaths.map((path) => path.id)),
      at,
    });
    await replacePipelines(tx, organization, {
      projects: projectsWithPipelines(facts),
      pipelines: judgement.pipelines,
      at,
    });
    await addBills(tx, organization, judgement.bills.map(billToStore), at);
    const decided = await findRuleSettings(tx, instanceId);
    // As it counted that day, whatever people decide about a rule later.
    const counts = countsOf(results.filter(({ rule }) => decided.get(rule)?.enabled !== false));
    const run = {
      startedAt,
      finishedAt: at,
      version: postureRulesVersion,
      calls,
      counts: sumOf(counts),
      gaps: judgement.gaps,
    };
    const isFirst = (await lastPostureRun(tx, id)) === undefined;
    await insertPostureRun(tx, organization, run);
    const former = formerPaths.map(({ path }) => path);
    const moved = movedPlaces(former, judgement.paths);
    if (isFirst) await scoreOrganizationAgain(tx, organization);
    else if (moved.length > 0) await scorePathsAgain(tx, organization, moved);
    await recordSettingsIssues(app, tx, { organization, places, results, before, lost, keptPaths, at });
    await savePostureDay(tx, organization, counts, at);
    await putOff(tx, id, at);
    await notifyLive(tx, { is: "posture-changed", instanceId, organizationId: id });
  });
}

/** Through which paths lead now and did not before, or the other way round. */
function movedPlaces(before: readonly AttackPath[], now: readonly AttackPath[]): readonly string[] {
  const key = ({ id, severity, edges }: AttackPath) => `${id} ${severity} ${edges.length}`;
  const [was, is] = [new Set(before.map(key)), new Set(now.map(key))];
  const moved = [...before.filter((path) => !is.has(key(path))), ...now.filter((path) => !was.has(key(path)))];
  return [...new Set(moved.flatMap(placesOfPath))];
}

/** Where it is not known which pipelines there are, those that were known stay. */
function projectsWithPipelines({ projects }: OrganizationFacts) {
  return projects.flatMap(({ id, definitions }) => (definitions.is === "known" ? [id] : []));
}

function billToStore(bill: PipelineBill): NewBill {
  const said = JSON.stringify(bill, (key, value: unknown) => (key === "at" ? undefined : value));
  return { bill, hash: createHash("sha256").update(said).digest("base64url") };
}

function countsOf(results: readonly NewResult[]): ReadonlyMap<PostureCategory, PostureCounts> {
  const byCategory = Map.groupBy(results, ({ category }) => category);
  return new Map(
    [...byCategory].map(([category, all]) => {
      const count = (answer: NewResult["answer"]) => all.filter((one) => one.answer === answer).length;
      return [category, { pass: count("pass"), fail: count("fail"), notEvaluated: count("not-evaluated") }];
    }),
  );
}

function sumOf(counts: ReadonlyMap<PostureCategory, PostureCounts>): PostureCounts {
  const all = [...counts.values()];
  return {
    pass: all.reduce((sum, { pass }) => sum + pass, 0),
    fail: all.reduce((sum, { fail }) => sum + fail, 0),
    notEvaluated: all.reduce((sum, { notEvaluated }) => sum + notEvaluated, 0),
  };
}
