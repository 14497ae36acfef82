/** `sallyport replay`: comes to a verdict again from what the server kept with it. Changes nothing. */

import { type Replayed, replayVerdict } from "#flows/policies/replay-verdict.ts";
import type { VerdictId } from "#model/ids.ts";
import { getRepositoryPlace } from "#store/instances/repository-tags.ts";
import { readConfig } from "../config.ts";
import { UsageError } from "../usage-error.ts";
import { createLog } from "./create-log.ts";
import { openApp } from "./open-app.ts";
import { hasDatabase } from "./open-database.ts";

/** 0 if it comes out the same, 1 if it does not. */
export async function runReplay(id: string): Promise<number> {
  const config = readConfig();
  if (!hasDatabase(config)) throw new UsageError(`there is no database in ${config.dataFolder}: set SALLYPORT_DATA`);
  if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id)) {
    throw new UsageError(
      `${id} is no id of a verdict: it stands with the verdict of a pull request, in console and API`,
    );
  }
  const log = createLog({ logLevel: "error" });
  const opened = await openApp(config, { log, publicUrl: config.publicUrl ?? "http://localhost" });
  try {
    const replayed = await replayVerdict(opened.app, id.toLowerCase() as VerdictId, new AbortController().signal);
    if (replayed.is === "unknown") throw new UsageError(`there is no verdict ${id}`);
    const place = await getRepositoryPlace(opened.app.db, replayed.verdict.repositoryId);
    console.log(describeReplay(replayed, place ? `${place.project}/${place.name}` : replayed.verdict.repositoryId));
    return isSame(replayed) ? 0 : 1;
  } finally {
    await opened.close();
  }
}

type Done = Replayed & { readonly is: "replayed" };

function isSame({ differences, scan }: Done): boolean {
  return differences.length === 0 && (scan.is === "skipped" || scan.missing.length === 0);
}

function describeReplay({ verdict, differences, scan }: Done, repository: string): string {
  const { number, iteration, branch, outcome, decidedBy, matches, at } = verdict;
  const what =
    number === undefined ? (branch ?? verdict.commit) : `pull request ${number}, iteration ${iteration ?? "?"}`;
  const by = decidedBy.length > 0 ? ` by ${decidedBy.join(", ")}` : "";
  return [
    `verdict ${verdict.id}: ${outcome}${by}`,
    `of ${what} of ${repository}, ${at.toISOString()}`,
    `rests on commit ${verdict.commit}${verdict.base ? `, compared with ${verdict.base}` : ""}`,
    `scanners ${verdict.scannersVersion || "unknown"}, knowledge ${verdict.knowledgeVersion || "unknown"}, policies ${verdict.policiesVersion}`,
    "",
    ...(differences.length === 0
      ? [`decision: the same (${matches.length} of ${verdict.facts.subjects.length} findings match a policy)`]
      : ["decision: not the same", ...differences.map((difference) => `  ${difference}`)]),
    scan.is === "skipped"
      ? `scan: not done again. ${scan.because}`
      : scan.missing.length === 0
        ? `scan: the same (${scan.found} findings found again)`
        : `scan: not the same: ${scan.missing.length} findings are not found any more (${scan.missing.join(", ")})`,
  ].join("\n");
}
