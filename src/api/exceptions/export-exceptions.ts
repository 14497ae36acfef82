/** The register as CSV, a portion at a time: nothing waits in memory, however long it is. */
import type { Scope } from "#model/scope.ts";
import type { Db } from "#store/database.ts";
import { allExceptions, type ExceptionFilter } from "#store/exceptions/list-exceptions.ts";
import { type Cell, mapRows, rowsAsCsv } from "../shapes/export-rows.ts";
import type { ExceptionRow } from "./contract.ts";
import { rowOf } from "./row-of.ts";

const columns: Readonly<Record<string, (row: ExceptionRow) => Cell>> = {
  id: ({ id }) => id,
  state: ({ state }) => state,
  source: ({ source }) => source,
  instance: ({ instance }) => instance.name,
  project: ({ repository }) => repository?.project ?? null,
  repository: ({ repository }) => repository?.name ?? null,
  rule: ({ rule }) => rule,
  severity: ({ severity }) => severity,
  message: ({ message }) => message,
  path: ({ path }) => path,
  line: ({ line }) => line,
  reason: ({ reason }) => reason,
  comment: ({ comment }) => comment,
  author: ({ author }) => author,
  at: ({ at }) => at,
  until: ({ until }) => until,
  approver: ({ approver }) => approver,
  saidAt: ({ saidAt }) => saidAt,
  endedAt: ({ ended }) => ended?.at ?? null,
  endedBy: ({ ended }) => ended?.by ?? null,
  issues: ({ covers }) => covers.issues,
  pullRequests: ({ covers }) => covers.pullRequests,
};

export function exportExceptions(
  db: Db,
  scope: Scope,
  filter: Omit<ExceptionFilter, "offset" | "limit">,
): AsyncGenerator<string> {
  return rowsAsCsv(mapRows(allExceptions(db, scope, filter), rowOf), columns);
}
