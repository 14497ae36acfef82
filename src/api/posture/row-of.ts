/** What the store knows of posture, as it goes over the wire. */
import type { Severity } from "#model/severity.ts";
import type { PostureOverview } from "#store/posture/list-posture.ts";
import type { ResultCount, StoredResult } from "#store/posture/list-posture-results.ts";
import type { Parts } from "../api-server.ts";
import { evidenceOf } from "../shapes/evidence.ts";
import { toTime } from "../shapes/time.ts";
import type { PostureOrganization, ResultRow } from "./contract.ts";

export interface Counted {
  readonly pass: number;
  readonly fail: number;
  readonly notEvaluated: number;
  readonly failures: Record<Severity, number>;
}

export function countedOf(counts: readonly ResultCount[]): Counted {
  const of = (is: ResultCount["answer"], severity?: Severity) =>
    counts
      .filter((one) => one.answer === is && (severity === undefined || one.severity === severity))
      .reduce((sum, { count }) => sum + count, 0);
  return {
    pass: of("pass"),
    fail: of("fail"),
    notEvaluated: of("not-evaluated"),
    failures: {
      critical: of("fail", "critical"),
      high: of("fail", "high"),
      medium: of("fail", "medium"),
      low: of("fail", "low"),
    },
  };
}

export function organizationRow(overview: PostureOverview, counts: readonly ResultCount[]): PostureOrganization {
  const { id, name, url, instanceId, instanceName, enabled, attackPaths, pipelines, isRunning, dueAt } = overview;
  return {
    ...{ id, name, url: url ?? null, instanceId, instance: instanceName, enabled },
    ...countedOf(counts),
    ...{ attackPaths, pipelines, lastRun: lastRunOf(overview), nextRunAt: enabled ? toTime(dueAt) : null, isRunning },
  };
}

function lastRunOf({ lastRun }: PostureOverview): PostureOrganization["lastRun"] {
  if (!lastRun) return null;
  const { startedAt, finishedAt, calls } = lastRun;
  const byKey = Object.entries(calls.byKey).map(([key, count]) => ({ key, calls: count }));
  return {
    startedAt: new Date(startedAt).toISOString(),
    finishedAt: new Date(finishedAt).toISOString(),
    calls: calls.total,
    callsByKey: byKey.sort((a, b) => b.calls - a.calls),
  };
}

export function resultRowOf(result: StoredResult, findRule: Parts["findRule"]): ResultRow {
  const { rule, category, projectId, project, resourceKind, resourceId, resourceName, resourceUrl, source } = result;
  return {
    ...{ rule, title: findRule(rule)?.title ?? rule, category, source, answer: result.answer },
    resource: { kind: resourceKind, id: resourceId, name: resourceName, url: resourceUrl ?? null },
    project: projectId ? { id: projectId, name: project ?? "" } : null,
    severity: result.severity ?? null,
    severityBecause: result.because ?? null,
    reason: result.reason ?? null,
    fix: result.fix ?? null,
    evidence: result.evidence.map(evidenceOf),
    since: toTime(result.since),
    judgedAt: toTime(result.judgedAt),
    issue: result.issueId && result.issueState ? { id: result.issueId, state: result.issueState } : null,
  };
}
