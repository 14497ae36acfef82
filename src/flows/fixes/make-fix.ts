/**
 * Brings a fix one step after the other to its pull request: plan, commit in the mirror, rescan, push, open. What was done
 * before is found again, so the job may be cut off anywhere and run again. Nothing is pushed that its scan does not find good.
 */
import type { Mirror } from "#git/mirror.ts";
import { type Fix, isLiveFix } from "#model/fix.ts";
import type { FixTarget, PlannedFix } from "#model/fix-plan.ts";
import type { ObjectId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { groupFixes } from "#scan/fixes/group-fixes.ts";
import { getFixSettings } from "#store/fixes/fix-settings.ts";
import { changeFix, getFix, hasPlace, lockForFixes } from "#store/fixes/fixes.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import type { JobData } from "../jobs/queues.ts";
import { fetchMirror } from "../repositories/fetch-mirror.ts";
import { findScannableRepository, type ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { branchAtRemote } from "./branch-at-remote.ts";
import { commitMessageOf } from "./describe-fix.ts";
import { fixedProblem } from "./fixed-problem.ts";
import { hunksOfPlan } from "./hunks-of-plan.ts";
import { lookAfterFix } from "./look-after-fix.ts";
import { type PlaceOfFix, placeOfFix } from "./place-of-fix.ts";
import { planInMirror } from "./plan-in-mirror.ts";
import { publishFix } from "./publish-fix.ts";
import { endFix, isUnderWay, recordFix, refuseFix } from "./record-fix.ts";
import { rescanFix } from "./rescan-fix.ts";

export async function makeFix(app: App, job: JobData["make-fix"], signal: AbortSignal): Promise<void> {
  const fix = await getFix(app.db, job.fix);
  if (!fix || !isLiveFix(fix.state)) return;
  const repository = await findScannableRepository(app, fix.repositoryId);
  // Not watched at the moment: when it is again, somebody asks again.
  if (!repository) return;
  const looked = await lookAfterFix(app, repository, fix);
  if (looked === "over") return;
  const place = await placeOfFix(app.db, repository, fix.forPullRequest);
  if (place.is === "none") return endFix(app, fix, { state: "abandoned", reason: place.because });
  const target = await targetOf(place, fix);
  if (looked === "good" && fix.state === "open" && !isOutgrown(fix, target, app.now())) return;
  if (!target) {
    const reason = "The problem is not open any more, so there is nothing to fix.";
    return endFix(app, fix, { state: "abandoned", reason });
  }
  if (!(await begin(app, fix))) return;
  const mirror = await fetchMirror(app, repository, { signal });
  try {
    await make(app, { fix, repository, mirror, commit: place.commit, target, signal });
  } finally {
    mirror.release();
  }
}

const dayMilliseconds = 24 * 60 * 60_000;

/** More became known of what it raises, and its version does not end that. One that could not follow is tried once a day. */
function isOutgrown({ fixes, goal, reason, changedAt }: Fix, target: FixTarget | undefined, now: Date): boolean {
  if (target === undefined || target.goal === goal) return false;
  if (reason !== undefined && now.getTime() - changedAt.getTime() < dayMilliseconds) return false;
  const known = new Set(fixes.map(({ fingerprint }) => fingerprint));
  return target.findings.some(({ fingerprint }) => !known.has(fingerprint));
}

/** With all that is open of its root cause by now. */
async function targetOf(place: PlaceOfFix & { readonly is: "place" }, fix: Fix): Promise<FixTarget | undefined> {
  if (place.targetRef !== fix.targetRef) return undefined;
  const open = await place.findings({ rules: fix.fixes.map(({ rule }) => rule) });
  return groupFixes(open, fix.grouping).find(({ key }) => key === fix.key);
}

/** False if it is over, or the repository has as many open ones as it may have: then it waits until one of them is over. */
async function begin(app: App, fix: Fix): Promise<boolean> {
  const { openLimit } = await getFixSettings(app.db, fix.instanceId);
  return inTransaction(app.db, async (tx) => {
    await lockForFixes(tx, fix.repositoryId);
    if (!(await isUnderWay(tx, fix))) return false;
    const isFree = fix.pullRequest !== undefined || (await hasPlace(tx, fix, openLimit));
    const words = `It waits: this repository has ${openLimit} open pull requests of fixes, as many as it may have at once.`;
    const change = isFree ? { state: "making" as const, reason: null } : { state: "planned" as const, reason: words };
    await changeFix(tx, fix.id, change, app.now());
    return isFree;
  });
}

interface Making {
  readonly fix: Fix;
  readonly repository: ScannableRepository;
  readonly mirror: Mirror;
  /** What it starts from. */
  readonly commit: string;
  readonly target: FixTarget;
  readonly signal: AbortSignal;
}

async function make(app: App, making: Making): Promise<void> {
  const { fix, repository, mirror, commit: base, target, signal } = making;
  if (!(await mirror.resolve(base))) {
    throw new RemoteError(
      "unavailable",
      "The commit that was scanned is not there any more; the next scan brings another.",
    );
  }
  const plan = await planInMirror(app, { repository, mirror, commit: base, target, signal });
  if (plan.is === "refused") return refuseFix(app, fix, plan.because);
  const written = await commitPlan(app, making, plan);
  if (written === undefined) return refuseFix(app, fix, "The change would change nothing.");
  const isAsBefore = await isThereAlready(making, written);
  const commit = isAsBefore ? (fix.headCommit ?? written) : written;
  const about = { repository, mirror, base, commit, targetRef: fix.targetRef, fixes: plan.fixes, signal };
  const rescan = await rescanFix(app, about);
  if (rescan.is === "red") return refuseFix(app, fix, [rescan.because, ...plan.said].join(" "));
  const done = {
    ...{ title: plan.title, goal: target.goal, baseCommit: base, headCommit: commit, said: plan.said, risk: plan.risk },
    ...{ fixes: rescan.gone.map(fixedProblem), adds: rescan.added.map(fixedProblem) },
  };
  // What an earlier run pushed is known as ours until the new one is there.
  const there = await branchAtRemote(app.db, mirror, fix);
  const before = there.is === "ours" ? { pushedCommit: there.commit } : {};
  const rescanned = { ...done, ...before, state: "rescanned", hunks: hunksOfPlan(app, plan.files) } as const;
  if (!(await recordFix(app, fix, rescanned))) return;
  await publishFix(app, { repository, mirror, signal, isAsBefore, fix: { ...fix, ...done, ...before } });
}

/** Asked for again for what it cannot end: the same change is not pushed anew, because that takes away people's votes. */
async function isThereAlready({ fix, mirror, commit: base }: Making, written: string): Promise<boolean> {
  const { headCommit, baseCommit, pullRequest } = fix;
  if (pullRequest === undefined || headCommit === undefined || baseCommit !== base) return false;
  return (await mirror.resolve(headCommit)) !== undefined && (await mirror.diffTrees(headCommit, written)).length === 0;
}

async function commitPlan(
  app: App,
  { fix, repository, commit, target }: Making,
  plan: PlannedFix,
): Promise<ObjectId | undefined> {
  const wanted = new Set(plan.fixes);
  const fixes = target.findings.filter(({ fingerprint }) => wanted.has(fingerprint)).map(fixedProblem);
  return app.mirrors.commit(repository.id, {
    ...{ parent: commit, at: fix.askedAt, message: commitMessageOf({ title: plan.title, fixes, said: plan.said }) },
    author: { name: "Sallyport", email: `sallyport@${new URL(app.publicUrl).hostname}` },
    files: plan.files.map(({ path, after }) => ({ path, bytes: Buffer.from(after) })),
  });
}
