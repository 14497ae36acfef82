/**
 * Finds the secrets of a whole history. Threads read the packs and name suspects; meanwhile one `git log` tells which
 * commit brought what; then the suspects, which are few, are read again and scanned like any file, under their true paths.
 * So the result is that of scanning every version of every file, and a test says so.
 */
import type { ObjectStores } from "#git/packs/object-stores.ts";
import type { CommitChanges } from "#git/packs/read-changes.ts";
import { findInIndex } from "#git/packs/read-index.ts";
import type { Problem } from "#model/scan-result.ts";
import { reportedScore } from "#scan/secrets/scoring/score.ts";
import { secretsScanner } from "#scan/secrets/secrets-scanner.ts";
import { confirmSuspects } from "./confirm-suspects.ts";
import type { HistoryRequest, HistoryScan } from "./history-scan.ts";
import { type HistoryWork, historyWork, sharesIn, sharesTaken, verdicts } from "./history-work.ts";
import {
  type KeptHistory,
  mergeIds,
  nothingKept,
  readKept,
  type Suspect,
  sortedIds,
  withoutIds,
  writeKept,
} from "./kept-history.ts";
import type { Narrowed } from "./narrow-version.ts";
import { countMissing, placeSuspects } from "./place-suspects.ts";
import { type HistoryThreads, openHistoryThreads } from "./run-threads.ts";
import { filesOfHead, noFiles, withOrigins } from "./with-origins.ts";
import type { Worked } from "./work-through.ts";

export async function scanHistory(request: HistoryRequest): Promise<HistoryScan> {
  const hasOwnRules = request.secrets !== undefined && request.secrets.ruleFiles.length > 0;
  // Below the usual score whatever looks random counts, with no name beside it that could be searched for.
  const isAskedForAll = hasOwnRules || (request.minimumScore ?? reportedScore) < reportedScore;
  const threads = openHistoryThreads(isAskedForAll ? 0 : request.threads);
  try {
    return await scanWith(threads, isAskedForAll ? { ...request, read: "git", keptIn: undefined } : request);
  } finally {
    await threads.close();
  }
}

async function scanWith(threads: HistoryThreads, request: HistoryRequest): Promise<HistoryScan> {
  const { repository, keptIn, minimumScore, signal } = request;
  const started = performance.now();
  const engine = `${secretsScanner.version} ${minimumScore ?? reportedScore}`;
  const kept = await stillThere(request, await readKept(keptIn, engine));
  const tips = await tipsOf(repository);
  const reading = repository.history.readChanges({ since: kept.tips, tips, signal });
  // Whoever waits for it later learns of its failure; until then nobody would.
  reading.catch(() => undefined);
  const { stores, work, worked } = await judgeObjects(threads, request, kept);
  const changes = await reading;
  const missing = countMissing(stores, kept.ids, changes);
  const fresh = suspectsOf(stores, work, worked);
  const suspects = [...kept.suspects, ...fresh];
  placeSuspects(suspects, changes);
  const head = suspects.length === 0 ? noFiles : await filesOfHead(repository);
  const confirmed = await confirmSuspects(request, suspects, head.isInHead, kept.results);
  const shallow = await repository.history.isShallow();
  const placed = await withOrigins(request, confirmed, head);
  if (keptIn !== undefined) {
    // Where something could not be read, the next scan asks for all paths again.
    const isRead = stores.failure === undefined && stores.unread.length === 0;
    const isWhole = isRead && missing === 0 && changes.failure === undefined;
    const ids = mergeIds([kept.ids, ...judgedIds(stores, work)], stores.idLength);
    await writeKept(keptIn, engine, { ids, suspects, tips: isWhole ? tips : [], results: confirmed.results });
  }
  return {
    findings: placed.findings,
    silenced: confirmed.silenced,
    problems: [...problemsOf(stores, changes, missing, shallow), ...confirmed.problems, ...placed.problems],
    tooLarge: tooLargeIn(confirmed.problems),
    stats: {
      objects: worked.objects,
      bytes: worked.bytes,
      looked: worked.looked,
      known: kept.ids.length / stores.idLength,
      suspects: suspects.length,
      milliseconds: Math.round(performance.now() - started),
    },
  };
}

/** A folder may hold another repository by now, or one whose history was rewritten and cleared. */
async function stillThere(
  { repository, remembersGone = false }: HistoryRequest,
  kept: KeptHistory,
): Promise<KeptHistory> {
  if (remembersGone) return kept;
  const there = await repository.history.present([...kept.tips, ...kept.suspects.map(({ id }) => id)]);
  if (kept.tips.length > 0 && !kept.tips.some((tip) => there.has(tip))) return nothingKept;
  // Should such an object come back, it is as new as any.
  const gone = new Set(kept.suspects.flatMap(({ id }) => (there.has(id) ? [] : [id])));
  const suspects = kept.suspects.filter(({ id }) => !gone.has(id));
  return { ...kept, suspects, ids: withoutIds(kept.ids, gone) };
}

function tooLargeIn(problems: readonly Problem[]): readonly string[] {
  const paths = problems.flatMap(({ code, path }) => (code === "too-large" && path !== undefined ? [path] : []));
  return [...new Set(paths)];
}

async function tipsOf(repository: HistoryRequest["repository"]): Promise<readonly string[]> {
  const [refs, head] = await Promise.all([repository.listRefs("refs/"), repository.resolve("HEAD")]);
  return [...new Set([...refs.map(({ objectId }) => objectId), ...(head === undefined ? [] : [head])])];
}

interface JudgedObjects {
  readonly stores: ObjectStores;
  readonly work: HistoryWork;
  readonly worked: Worked;
}

async function judgeObjects(
  threads: HistoryThreads,
  { repository, minimumScore, read = "deltas", openProgress }: HistoryRequest,
  { ids }: KeptHistory,
): Promise<JudgedObjects> {
  let known: ReturnType<typeof sortedIds> | undefined;
  const stores = await repository.history.openObjectStores((id, at, idLength) => {
    known ??= sortedIds(ids, idLength);
    return ids.length > 0 && findInIndex(known, id, at) >= 0;
  });
  const work = historyWork(stores, { least: minimumScore, whole: read === "objects" });
  // Without a verdict every object is asked of git.
  if (read === "git") return { stores, work, worked: { objects: 0, bytes: 0, looked: 0, suspects: [] } };
  const progress = await openProgress?.(sharesIn(work), "parts of the history");
  const watching = progress && setInterval(() => progress.to(sharesTaken(work)), 100);
  try {
    return { stores, work, worked: await threads.run(work) };
  } finally {
    clearInterval(watching);
    progress?.end();
  }
}

/** Suspects, and what could not be judged: git may know how to read it, and the ordinary scanner judges it. */
function suspectsOf(
  { packs, loose, left, idLength }: ObjectStores,
  work: HistoryWork,
  { suspects }: Worked,
): readonly Suspect[] {
  const found: Suspect[] = left.map((id) => ({ id, group: 0, places: [] }));
  const narrowedOf = packs.map(() => new Map<number, Narrowed>());
  for (const { pack, entry, narrowed } of suspects) narrowedOf[pack]!.set(entry, narrowed);
  const isSuspect = (verdict: number | undefined) => verdict !== verdicts.clean && verdict !== verdicts.noBlob;
  for (const [number, { wanted, entries, index }] of packs.entries()) {
    const { verdicts: said, groups } = work.packs[number]!;
    for (let entry = 0; entry < wanted.length; entry++) {
      if (wanted[entry] === 0 || !isSuspect(said[entry])) continue;
      const at = entries.ids[entry]! * idLength;
      const id = index.ids.toString("hex", at, at + idLength);
      const narrowed = said[entry] === verdicts.suspect ? narrowedOf[number]!.get(entry) : undefined;
      found.push({ id, group: groups[entry]!, places: [], ...(narrowed !== undefined && { narrowed }) });
    }
  }
  loose.forEach(({ id }, index) => {
    if (isSuspect(work.looseVerdicts[index])) found.push({ id, group: 0, places: [] });
  });
  return found;
}

/** Ids with a verdict, in sorted lists. What could not be read is tried again the next time. */
function judgedIds({ packs, loose, idLength }: ObjectStores, work: HistoryWork): readonly Buffer[] {
  const isJudged = (verdict: number | undefined) =>
    verdict !== undefined && verdict > 0 && verdict !== verdicts.unreadable;
  const lists = packs.map(({ wanted, entries, index }, number) => {
    const said = work.packs[number]!.verdicts;
    const judged = new Uint8Array(wanted.length);
    for (let entry = 0; entry < wanted.length; entry++) {
      if (wanted[entry] === 1 && isJudged(said[entry])) judged[entries.ids[entry]!] = 1;
    }
    const ids = Buffer.allocUnsafe(judged.reduce((sum, one) => sum + one, 0) * idLength);
    let to = 0;
    for (let position = 0; position < judged.length; position++) {
      if (judged[position] === 1) to += index.ids.copy(ids, to, position * idLength, (position + 1) * idLength);
    }
    return ids;
  });
  const files = loose.filter((_, index) => isJudged(work.looseVerdicts[index])).map(({ id }) => id);
  return [...lists, Buffer.from(files.sort().join(""), "hex")];
}

function problemsOf(
  stores: ObjectStores,
  { failure, ofBrokenRefs }: CommitChanges,
  missing: number,
  shallow: boolean,
): readonly Problem[] {
  const problems: Problem[] = [];
  if (stores.failure !== undefined) {
    const message = `Git cannot tell what one of the repository's packs holds: ${stores.failure.message} What is in it may not have been examined; the other packs were. "git fsck" says more.`;
    problems.push({ scanner: "git", code: "objects-unread", message });
  }
  const [unread] = stores.unread;
  if (unread !== undefined) {
    const others = stores.unread.length === 1 ? "" : ` and ${stores.unread.length - 1} more places`;
    const message = `${unread.path} (${unread.why})${others} could not be read. Objects that lie there were not examined unless git could read them; the others were.`;
    problems.push({ scanner: "git", code: "objects-unread", message });
  }
  if (missing > 0) {
    const message = `The repository lacks ${missing} versions of files that its commits name (a partial or damaged clone). They were not examined; the others were.`;
    problems.push({ scanner: "git", code: "missing", message });
  }
  if (failure !== undefined) {
    const message = `The commits could not be read to their end: ${failure.message} Files of the others were examined, but their paths and commits are not known.`;
    problems.push({ scanner: "git", code: "commits-unread", message });
  }
  if (ofBrokenRefs !== undefined) {
    const message = `Some ref of the repository is broken: ${ofBrokenRefs.message} The commits of the others were read. "git fsck" says which.`;
    problems.push({ scanner: "git", code: "refs-unread", message, isNotice: true });
  }
  if (shallow) {
    const message =
      "This is a shallow clone: what came before its oldest commit is not here and was not examined. Fetch with --unshallow to have it looked at.";
    problems.push({ scanner: "git", code: "shallow", message, isNotice: true });
  }
  return problems;
}
