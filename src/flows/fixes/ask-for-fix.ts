/**
 * Asks for fixes of findings, one for each root cause (or as the instance groups them). A root cause has one at a time: who
 * asks again gets that one, and where there is more to fix now, it is made anew on its branch. What people closed stays closed
 * until a person asks.
 */
import type { Finding } from "#model/finding.ts";
import { type Fix, type FixAskedBy, type FixId, isLiveFix } from "#model/fix.ts";
import type { FixTarget } from "#model/fix-plan.ts";
import type { InstanceId, RepositoryId } from "#model/ids.ts";
import { groupFixes } from "#scan/fixes/group-fixes.ts";
import type { Db } from "#store/database.ts";
import { getFixSettings } from "#store/fixes/fix-settings.ts";
import { changeFix, insertFix, listFixesOf, lockForFixes } from "#store/fixes/fixes.ts";
import { getInstance } from "#store/instances/instances.ts";
import type { App } from "../app.ts";
import { askToMakeFixes } from "../jobs/ask.ts";
import { findScannableRepository, type ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { branchOfFix } from "./branch-of-fix.ts";
import { fixedProblem } from "./fixed-problem.ts";
import { type PlaceOfFix, placeOfFix } from "./place-of-fix.ts";

export interface FixWish {
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  /** Of open findings. */
  readonly fingerprints: readonly string[];
  /** The pull request that they are in; absent: they are issues of the default branch. */
  readonly pullRequest?: number | undefined;
  readonly askedBy: FixAskedBy;
}

export type AskedFix =
  /** `asked`: it will be made. `under-way`: it is, or its pull request is open. */
  | { readonly is: "asked" | "under-way"; readonly fix: FixId; readonly title: string; readonly pullRequest?: number }
  | { readonly is: "refused"; readonly because: string };

const dayMilliseconds = 24 * 60 * 60_000;

/**
 * In the transaction of its cause. One answer for each root cause, or one that says why there is none. Jobs come last and
 * together: who ends a fix holds it while asking for others.
 */
export async function askForFix(app: Pick<App, "jobs" | "now">, tx: Db, wish: FixWish): Promise<readonly AskedFix[]> {
  const refused = (because: string): readonly AskedFix[] => [{ is: "refused", because }];
  const settings = await getFixSettings(tx, wish.instanceId);
  const instance = await getInstance(tx, wish.instanceId);
  if (!instance?.features.fix) return refused("This instance makes no fixes: they are switched off in its settings.");
  if (wish.askedBy.is === "policy" && !settings.automatic) {
    return refused("Fixes are made only when people ask for them, as this instance is set.");
  }
  const repository = await findScannableRepository({ db: tx }, wish.repositoryId);
  if (!repository) return refused("This repository is not scanned at the moment.");
  await lockForFixes(tx, repository.id);
  const place = await placeOfFix(tx, repository, wish.pullRequest);
  if (place.is === "none") return refused(place.because);
  const targets = await targetsOf(place, wish.fingerprints, settings.grouping);
  if (targets.length === 0) {
    return refused("Nothing is known that Sallyport could change here by itself. The rule says what to do.");
  }
  const about = { repository, wish, targetRef: place.targetRef, grouping: settings.grouping };
  const answers: AskedFix[] = [];
  for (const target of targets) answers.push(await askForOne(app, tx, target, about));
  const { instanceId, repositoryId } = wish;
  const ids = answers.flatMap((answer) => (answer.is === "refused" ? [] : [answer.fix]));
  await askToMakeFixes(
    app,
    tx,
    ids.map((id) => ({ id, instanceId, repositoryId })),
  );
  return answers;
}

/** Each with all that is open of its root cause: what is asked for may be a part of that, and go to a lower version. */
async function targetsOf(
  place: PlaceOfFix & { readonly is: "place" },
  fingerprints: readonly string[],
  grouping: Fix["grouping"],
): Promise<readonly AskedTarget[]> {
  const asked = groupFixes(await place.findings({ fingerprints }), grouping);
  const rules = asked.flatMap(({ findings }) => findings.map(({ rule }) => rule));
  const whole = new Map(groupFixes(await place.findings({ rules }), grouping).map((one) => [one.key, one]));
  return asked.map((target) => ({ ...(whole.get(target.key) ?? target), asked: target.findings }));
}

interface AskedTarget extends FixTarget {
  /** Those of its findings that were asked about. */
  readonly asked: readonly Finding[];
}

interface About {
  readonly repository: ScannableRepository;
  readonly wish: FixWish;
  readonly targetRef: string;
  readonly grouping: Fix["grouping"];
}

async function askForOne(
  app: Pick<App, "now">,
  tx: Db,
  target: AskedTarget,
  { repository, wish, targetRef, grouping }: About,
): Promise<AskedFix> {
  const { key, title, goal, findings } = target;
  const { instanceId, repositoryId, pullRequest, askedBy } = wish;
  const before = await listFixesOf(tx, { repositoryId: repository.id, targetRef, key });
  const live = before.find(({ state }) => isLiveFix(state));
  if (live) return askAgain(app, tx, live, { target, askedBy });
  const declined = askedBy.is === "policy" ? declinedBefore(before[0], target, app.now()) : undefined;
  if (declined !== undefined) return { is: "refused", because: declined };
  const fix = await insertFix(tx, {
    ...{ instanceId, repositoryId, key, grouping, title, goal, targetRef, askedBy },
    ...(pullRequest !== undefined && { forPullRequest: pullRequest }),
    branch: branchOfFix({ key, targetRef }),
    fixes: findings.map(fixedProblem),
    askedAt: app.now(),
  });
  // Somebody asked at the same moment.
  if (fix === undefined) return { is: "refused", because: "This fix is being asked for already." };
  return { is: "asked", fix, title };
}

/** Policies ask after every scan, so what was decided about the same change holds for them. */
function declinedBefore(last: Fix | undefined, target: FixTarget, now: Date): string | undefined {
  if (!last || last.goal !== target.goal || last.title !== target.title) return undefined;
  if (last.state === "closed-by-people") {
    const what =
      last.pullRequest === undefined ? "the same change" : `pull request ${last.pullRequest} with the same change`;
    return `People closed ${what}; it is made again only if a person asks.`;
  }
  const isOld = now.getTime() - last.changedAt.getTime() > dayMilliseconds;
  const isTried = last.state === "refused" || last.state === "failed";
  return isTried && !isOld ? (last.reason ?? "It was tried, and did not work.") : undefined;
}

async function askAgain(
  app: Pick<App, "now">,
  tx: Db,
  live: Fix,
  { target, askedBy }: { readonly target: AskedTarget; readonly askedBy: FixAskedBy },
): Promise<AskedFix> {
  const { id, title, pullRequest } = live;
  const shown = { fix: id, title, ...(pullRequest !== undefined && { pullRequest }) };
  const known = new Set(live.fixes.map(({ fingerprint }) => fingerprint));
  const isSame = live.goal === target.goal && target.asked.every(({ fingerprint }) => known.has(fingerprint));
  if (live.state !== "open" || isSame) return { is: "under-way", ...shown };
  const { goal, findings } = target;
  const change = { state: "planned", title: target.title, goal, askedBy, askedAt: app.now(), reason: null } as const;
  await changeFix(tx, id, { ...change, fixes: findings.map(fixedProblem) }, app.now());
  return { is: "asked", ...shown, title: target.title };
}
