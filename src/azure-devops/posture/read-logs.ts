/** Logs of a run, one after the other and in pieces, so that nobody holds all of them; long ones are cut and say so. */
import { type OrganizationClient, path } from "../organization-client.ts";
import { isWire, optionalNumber, requiredNumber, wireList } from "../read-wire.ts";
import type { CollectedProject } from "./collector.ts";

export interface LogText {
  readonly logId: number;
  /** As Azure DevOps masked them, each with its time stamp. */
  readonly lines: readonly string[];
  /** The rest was not read. */
  readonly isCut: boolean;
}

export interface LogsWanted {
  readonly project: CollectedProject;
  readonly runId: number;
  /** Those of the timeline that matter; absent: all. */
  readonly logIds?: readonly number[];
  /** Of each log. */
  readonly mostLines?: number;
  readonly mostLogs?: number;
}

export async function* readLogs(
  client: OrganizationClient,
  { project, runId, logIds, mostLines = 20_000, mostLogs = 200 }: LogsWanted,
): AsyncGenerator<LogText> {
  const where = "logs of a run";
  const { body } = await client.request({ path: path`/${project.id}/_apis/build/builds/${runId}/logs` });
  const logs = wireList(body ?? [], where)
    .map((wire) => ({ logId: requiredNumber(wire, "id", where), lineCount: optionalNumber(wire, "lineCount") }))
    .filter(({ logId }) => logIds === undefined || logIds.includes(logId));
  for (const { logId, lineCount } of logs.slice(0, mostLogs)) {
    const answer = await client.request({
      path: path`/${project.id}/_apis/build/builds/${runId}/logs/${logId}`,
      query: { endLine: mostLines },
    });
    const lines = linesOf(answer.body);
    const isCut = lines.length > mostLines || (lineCount ?? 0) > mostLines;
    yield { logId, lines: lines.slice(0, mostLines), isCut };
  }
}

/** Who asks for JSON gets the lines as a list. */
function linesOf(body: unknown): readonly string[] {
  const list: unknown = isWire(body) ? body.value : body;
  return Array.isArray(list) ? list.filter((line) => typeof line === "string") : [];
}
