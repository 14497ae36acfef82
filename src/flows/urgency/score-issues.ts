/**
 * Computes urgency, novelty, due date and owner of issues and writes them down: those of a branch in the transaction that
 * changed them, and all that are due in a job, batch by batch. Running it twice changes nothing more.
 */
import type { LiveAnswer, LiveVerdict } from "#model/finding.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { dueDatesOf, dueStateOf, type SlaDays } from "#model/sla.ts";
import type { OwnerSource } from "#model/urgency.ts";
import { type Owners, parseOwners } from "#scan/owners/parse-owners.ts";
import { ageSteps } from "#scan/urgency/age-steps.ts";
import { parseUrgencySettings } from "#scan/urgency/parse-urgency-settings.ts";
import { type Production, productionReader } from "#scan/urgency/production-of.ts";
import { readSignals } from "#scan/urgency/read-signals.ts";
import { scoreUrgency } from "#scan/urgency/score-urgency.ts";
import { defaultUrgencySettings, type UrgencySettings } from "#scan/urgency/urgency-settings.ts";
import type { Db } from "#store/database.ts";
import type { Branch } from "#store/issues/occurrences.ts";
import { findSlaSettings } from "#store/issues/sla-settings.ts";
import {
  type IssueScore,
  type IssueToScore,
  listIssuesToScore,
  listScoredPlaces,
  type ScoredPlace,
  writeIssueScores,
} from "#store/issues/urgency-scores.ts";
import { findUrgencySettings, nextToWalk } from "#store/issues/urgency-settings.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { type Changed, noveltyOf } from "./novelty-of.ts";
import { openPathsThrough, type PathsThrough } from "./paths-through.ts";

const batchSize = 2_000;
const day = 24 * 60 * 60_000;

/** What a flow knows of the moment in which issues were found. */
export interface Found {
  readonly at: Date;
  readonly changed: Changed;
  /** Path to who changed it last. */
  readonly committers?: ReadonlyMap<string, string> | undefined;
}

export async function scoreBranch(tx: Db, branch: Branch, found: Found): Promise<void> {
  const scoring = startScoring(tx, found);
  for (;;) {
    const issues = await listIssuesToScore(tx, { is: "branch", branch, now: found.at, limit: batchSize });
    await writeIssueScores(tx, await scoring.scoresOf(issues));
    if (issues.length < batchSize) return;
  }
}

/** All whose time has come, and all of instances that weigh otherwise than before. */
export async function scoreIssues(app: Pick<App, "db" | "now">, _job: unknown, signal: AbortSignal): Promise<void> {
  const found = { at: app.now(), changed: { is: "nothing" } } as const;
  const isMore = async (next: (tx: Db) => Promise<number>): Promise<boolean> => {
    signal.throwIfAborted();
    return (await inTransaction(app.db, next)) > 0;
  };
  const due = (tx: Db) => listIssuesToScore(tx, { is: "due", now: found.at, limit: batchSize });
  const write = async (tx: Db, issues: readonly IssueToScore[]) => {
    await writeIssueScores(tx, await startScoring(tx, found).scoresOf(issues));
    return issues.length;
  };
  while (await isMore(async (tx) => write(tx, await due(tx))));
  while (
    await isMore(async (tx) => {
      const next = await nextToWalk(tx, batchSize);
      if (next) await write(tx, await listIssuesToScore(tx, { is: "ids", ids: next.ids }));
      return next ? 1 : 0;
    })
  ) {}
}

export interface Scoring {
  scoresOf(issues: readonly IssueToScore[]): Promise<readonly IssueScore[]>;
}

/** Reads settings and places once for many issues; `instead` are other settings than those that are stored. */
export function startScoring(tx: Db, found: Found, instead?: UrgencySettings): Scoring {
  const instances = new Map<InstanceId, InstanceScoring>();
  const places = new Map<RepositoryId, Place>();
  const paths = openPathsThrough(tx);
  const prepare = async (issues: readonly IssueToScore[]) => {
    for (const { instanceId } of issues) {
      if (!instances.has(instanceId)) instances.set(instanceId, await readInstance(tx, instanceId, instead));
    }
    const unknown = new Set(issues.map(({ repositoryId }) => repositoryId).filter((id) => !places.has(id)));
    if (unknown.size > 0) {
      for (const place of await listScoredPlaces(tx, [...unknown])) places.set(place.repositoryId, placeOf(place));
    }
    await paths.prepare(issues, places.values());
  };
  const score = (issue: IssueToScore) =>
    scoreOf(issue, {
      ...{ found, paths, instance: instances.get(issue.instanceId)!, place: places.get(issue.repositoryId)! },
    });
  return {
    scoresOf: async (issues) => {
      await prepare(issues);
      return issues.map(score);
    },
  };
}

interface InstanceScoring {
  readonly settings: UrgencySettings;
  readonly productionOf: ReturnType<typeof productionReader>;
  readonly days: SlaDays;
}

async function readInstance(tx: Db, instanceId: InstanceId, instead?: UrgencySettings): Promise<InstanceScoring> {
  const settings = instead ?? (await urgencySettingsOf(tx, instanceId));
  const { days } = await findSlaSettings(tx, instanceId);
  return { settings, productionOf: productionReader(settings), days };
}

/** As people wrote them; what was checked once may not read in a later version: then the usual ones count. */
export async function urgencySettingsOf(db: Db, instanceId: InstanceId): Promise<UrgencySettings> {
  const row = await findUrgencySettings(db, instanceId);
  const parsed = parseUrgencySettings(row?.text ?? "");
  return parsed.is === "settings" ? parsed.settings : defaultUrgencySettings;
}

interface Place extends ScoredPlace {
  readonly file: Owners | undefined;
  readonly production: Map<string, Production>;
}

function placeOf(place: ScoredPlace): Place {
  return {
    ...place,
    file: place.owners === null ? undefined : parseOwners(place.owners),
    production: new Map(),
  };
}

interface Context {
  readonly found: Found;
  readonly paths: PathsThrough;
  readonly instance: InstanceScoring;
  readonly place: Place;
}

function scoreOf(issue: IssueToScore, { found, paths, instance, place }: Context): IssueScore {
  const { at } = found;
  const isJudged = issue.countsFrom !== null;
  const novelty = isJudged ? issue.novelty : noveltyOf(issue, found.changed);
  const countsFrom = issue.countsFrom ?? at;
  const dates = dueDatesOf(instance.days, { severity: issue.severity, novelty, countsFrom });
  const live = issue.liveVerdict;
  const subject = {
    finding: {
      ...issue.finding,
      severity: issue.severity,
      ...(live && { live: answerOf(issue, live, at) }),
    },
    onlyInHistory: issue.onlyInHistory,
    ageDays: (at.getTime() - issue.firstSeen.getTime()) / day,
    due: dueStateOf(dates, issue.state === "open", at),
    production: productionAt(issue.branch, instance, place),
    attackPath: paths.at(issue, place),
  };
  const urgency = scoreUrgency(readSignals(subject), instance.settings);
  const owner = ownerOf(issue, place, found);
  const nextAt = nextChange(issue, dates, at, subject.ageDays);
  return { id: issue.id, urgency, novelty, countsFrom, ...dates, ...owner, live, nextAt };
}

function answerOf({ liveReason, liveAt, liveByItself }: IssueToScore, verdict: LiveVerdict, now: Date): LiveAnswer {
  const said = { verdict, reason: liveReason ?? "", at: (liveAt ?? now).toISOString() };
  return liveByItself === true ? { ...said, isByItself: true } : said;
}

function productionAt(branch: string, { productionOf }: InstanceScoring, place: Place): Production {
  const short = branch.replace(/^refs\/heads\//, "");
  if (!place.production.has(short)) {
    const { tags, pipelines } = place;
    const repository = `${place.project}/${place.repository}`;
    place.production.set(short, productionOf({ repository, branch: short, tags, pipelines }));
  }
  return place.production.get(short);
}

function ownerOf(
  { path, owner, ownerFrom }: IssueToScore,
  { file, project }: Place,
  { committers }: Found,
): { readonly owner: string; readonly ownerFrom: OwnerSource } {
  const inFile = file?.ownerOf(path);
  if (inFile !== undefined) return { owner: inFile, ownerFrom: "file" };
  const committer = committers?.get(path) ?? (ownerFrom === "commits" ? owner : undefined);
  return committer ? { owner: committer, ownerFrom: "commits" } : { owner: project, ownerFrom: "project" };
}

/** The next day on which time alone changes its score; of what is fixed, none. */
function nextChange(
  { state, firstSeen }: IssueToScore,
  { dueSoonAt, dueAt }: { readonly dueSoonAt: Date; readonly dueAt: Date },
  now: Date,
  ageDays: number,
): Date | undefined {
  if (state === "fixed") return undefined;
  const step = ageSteps.nextAfter(ageDays);
  const times = [
    ...(step === undefined ? [] : [firstSeen.getTime() + step * day]),
    ...(state === "open" ? [dueSoonAt.getTime(), dueAt.getTime()] : []),
  ].filter((time) => time > now.getTime());
  return times.length === 0 ? undefined : new Date(Math.min(...times));
}
