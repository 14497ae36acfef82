/** All issues of an instance as text, page by page: nothing waits in memory, however many there are. */
import type { InstanceId, IssueId } from "#model/ids.ts";
import { isSpan } from "#model/span.ts";
import type { Db } from "#store/database.ts";
import type { IssueRow } from "#store/issues/issues.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import type { Parts } from "../api-server.ts";
import { branchName } from "../shapes/branch-name.ts";
import { csvField } from "../shapes/csv-field.ts";
import { toTime } from "../shapes/time.ts";
import type { ExportedIssue } from "./contract.ts";

const pageSize = 500;

type FindRule = Parts["findRule"];

export async function* exportJson(db: Db, id: InstanceId, findRule: FindRule): AsyncGenerator<string> {
  let isFirst = true;
  yield "[";
  for await (const issue of exportedIssues(db, id, findRule)) {
    yield `${isFirst ? "" : ","}\n${JSON.stringify(issue)}`;
    isFirst = false;
  }
  yield "\n]\n";
}

const columns = [
  "id",
  "state",
  "archived",
  "severity",
  "scanner",
  "rule",
  "title",
  "message",
  "organization",
  "project",
  "repository",
  "branch",
  "path",
  "line",
  "masked",
  "onlyInHistory",
  "firstSeen",
  "lastSeen",
  "dismissedBy",
  "dismissReason",
  "skipReason",
  "skipPath",
  "skipLine",
] as const satisfies readonly (keyof ExportedIssue)[];

/** RFC 4180, with a mark at the head by which spreadsheets know UTF-8. */
export async function* exportCsv(db: Db, id: InstanceId, findRule: FindRule): AsyncGenerator<string> {
  yield `\uFEFF${columns.join(",")}\r\n`;
  for await (const issue of exportedIssues(db, id, findRule)) {
    yield `${columns.map((column) => csvField(issue[column])).join(",")}\r\n`;
  }
}

async function* exportedIssues(db: Db, id: InstanceId, findRule: FindRule): AsyncGenerator<ExportedIssue> {
  for (const archived of [false, true]) {
    let after: IssueId | undefined;
    do {
      const scope = { is: "instances", ids: [id] } as const;
      const page = { sort: "first-seen", after, offset: 0, limit: pageSize } as const;
      const { rows } = await listIssues(db, scope, { archived, ...page });
      for (const row of rows) yield exported(row, archived, findRule);
      after = rows.length < pageSize ? undefined : rows.at(-1)?.id;
    } while (after !== undefined);
  }
}

function exported(row: IssueRow, archived: boolean, findRule: FindRule): ExportedIssue {
  const { finding, state } = row;
  return {
    id: row.id,
    state: state.is,
    archived,
    severity: row.severity,
    scanner: row.scanner,
    rule: row.rule,
    title: findRule(row.rule)?.title ?? row.finding.imported?.title ?? row.rule,
    message: row.message,
    organization: row.organizationName,
    project: row.projectName,
    repository: row.repositoryName,
    branch: branchName(row.branch),
    path: row.path,
    line: isSpan(finding.at) ? finding.at.startLine : null,
    masked: finding.masked ?? null,
    onlyInHistory: row.onlyInHistory,
    firstSeen: toTime(row.firstSeen),
    lastSeen: toTime(row.lastSeen),
    dismissedBy: state.is === "dismissed" ? state.by : null,
    dismissReason: state.is === "dismissed" ? state.reason : null,
    skipReason: state.is === "silenced" ? state.reason : null,
    skipPath: state.is === "silenced" ? (state.at?.path ?? null) : null,
    skipLine: state.is === "silenced" ? (state.at?.startLine ?? null) : null,
  };
}
