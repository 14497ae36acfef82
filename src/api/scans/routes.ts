/** Scans: what was looked at, because of what, and how it went. */
import type { Finding } from "#model/finding.ts";
import type { InstanceId, RepositoryId, ScanId } from "#model/ids.ts";
import { settle } from "#model/rule-setting.ts";
import { findRuleSettings } from "#store/issues/rule-settings.ts";
import { getScan, listScans, type ScanRow as StoredScan } from "#store/scans/scans.ts";
import { type Parts, type Routes, viewerOf } from "../api-server.ts";
import { notFound } from "../problem-error.ts";
import { idParams } from "../shapes/id.ts";
import { placeOf } from "../shapes/place-of.ts";
import { toTime } from "../shapes/time.ts";
import { type ScanDetail, type ScanRow, scanAnswer, scansAnswer, scansQuery } from "./contract.ts";

export const scanRoutes: Routes = (server, { app, findRule }) => {
  server.get(
    "/api/scans",
    {
      schema: { summary: "Scans, newest first", querystring: scansQuery, response: { 200: scansAnswer } },
      config: { permission: "read" },
    },
    async (request) => {
      const { offset, limit, repositoryId, instanceId, outcome } = request.query;
      const { rows, total } = await listScans(app.db, viewerOf(request).scope, {
        offset,
        limit,
        repositoryId: repositoryId as RepositoryId | undefined,
        instanceId: instanceId as InstanceId | undefined,
        state: outcome,
      });
      return { rows: rows.map(rowOf), total };
    },
  );

  server.get(
    "/api/scans/:id",
    {
      schema: {
        summary: "One scan, with its problems and what a built commit holds",
        params: idParams,
        response: { 200: scanAnswer },
      },
      config: { permission: "read" },
    },
    async (request) => {
      const scan = await getScan(app.db, viewerOf(request).scope, request.params.id as ScanId);
      if (!scan) throw notFound("scan");
      const settings = await findRuleSettings(app.db, scan.instanceId);
      const findings = scan.findings.flatMap((finding) => settle(finding, settings) ?? []);
      return detailOf({ ...scan, findings }, findRule);
    },
  );
};

function detailOf(
  scan: StoredScan & { readonly findings: readonly Finding[] },
  findRule: Parts["findRule"],
): ScanDetail {
  return {
    ...rowOf(scan),
    problems: scan.problems.map(({ scanner, code, message, path, line, isNotice = false }) => ({
      scanner,
      code,
      message,
      path: path ?? null,
      line: line ?? null,
      isNotice,
    })),
    findings: scan.findings.map(({ rule, severity, message, at, masked }) => ({
      rule,
      title: findRule(rule)?.title ?? rule,
      severity,
      message,
      at: placeOf(at),
      masked: masked ?? null,
    })),
  };
}

function rowOf(scan: StoredScan): ScanRow {
  return {
    id: scan.id,
    instanceId: scan.instanceId,
    repository: {
      id: scan.repositoryId,
      name: scan.repositoryName,
      project: scan.projectName,
      organization: scan.organizationName,
    },
    target: scan.target,
    commit: scan.commit,
    because: { is: scan.because.is, ...(scan.because.is === "person" ? { name: scan.because.name } : {}) },
    startedAt: toTime(scan.started),
    finishedAt: toTime(scan.finished),
    outcome: scan.outcome ?? null,
    stats: scan.stats ?? null,
    problemCount: scan.problems.length,
    message: scan.error ?? null,
  };
}
