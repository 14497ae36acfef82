import type { RegisterEntry } from "#store/exceptions/list-exceptions.ts";
import { skipOf } from "../shapes/skip.ts";
import { toTime } from "../shapes/time.ts";
import type { ExceptionRow } from "./contract.ts";

/** An entry of the register as the wire carries it. */
export function rowOf(entry: RegisterEntry): ExceptionRow {
  return entry.is === "code" ? ofCode(entry) : decided(entry);
}

function decided(entry: RegisterEntry & { readonly is: "decided" }): ExceptionRow {
  const { exception, issues, pullRequests } = entry;
  const { id, state, source, instanceId, repositoryId, anchor, about, reason, comment, author, madeAt } = exception;
  const { rule, severity, message, path = null } = about;
  return {
    ...{ id, state: state.is, source, instance: { id: instanceId, name: entry.instanceName } },
    repository: repositoryId === undefined ? null : repositoryOf(entry, repositoryId),
    anchor: anchor.is === "rule" ? { ...anchor, paths: [...anchor.paths] } : anchor,
    ...{ rule, severity, message, path, line: null, reason, comment, author, at: toTime(madeAt) },
    ...{ until: toTime(exception.until), approver: exception.approver ?? null, saidAt: exception.saidAt ?? null },
    ended: "at" in state ? { at: toTime(state.at), by: "by" in state ? state.by : null } : null,
    ...{ covers: { issues, pullRequests }, skip: null, justification: exception.justification ?? null },
  };
}

function ofCode(entry: RegisterEntry & { readonly is: "code" }): ExceptionRow {
  const { instanceId, repositoryId, rule, severity, message, path, line, skip, since } = entry;
  return {
    ...{ id: null, state: "active", source: "code", instance: { id: instanceId, name: entry.instanceName } },
    ...{ repository: repositoryOf(entry, repositoryId), anchor: null, rule, severity, message, path, line },
    ...{
      reason: null,
      justification: null,
      comment: skip.reason,
      author: null,
      at: toTime(since),
      until: null,
      approver: null,
    },
    ...{ saidAt: null, ended: null, covers: { issues: 1, pullRequests: 0 }, skip: skipOf(skip) },
  };
}

function repositoryOf({ repositoryName = "", projectName = "" }: RegisterEntry, id: string) {
  return { id, name: repositoryName, project: projectName };
}
