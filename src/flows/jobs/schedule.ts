/**
 * What happens without a cause from outside: every organization is listed again every ten minutes, where nothing tells of
 * changes somebody looks every minute, settings are looked at every six hours, knowledge is refreshed once a day,
 * histories that no scanner of this version has read are, and old things are cleared away.
 */
import type { OrganizationId } from "#model/ids.ts";
import { listUnheardProjects } from "#store/hooks/hook-subscriptions.ts";
import { listInstances } from "#store/instances/instances.ts";
import { listOrganizations, type OrganizationRow } from "#store/instances/organizations.ts";
import { areScoresDue } from "#store/issues/urgency-scores.ts";
import { branchesWithManifests } from "#store/packages/manifests.ts";
import { listRepositoriesToTryAgain } from "#store/scans/unread-parts.ts";
import type { App } from "../app.ts";
import { askForDueChecks } from "../check-credential/ask-for-due-checks.ts";
import { askAboutFixes } from "../fixes/ask-about-fixes.ts";
import { judgeIfNewer } from "../knowledge/judge-again.ts";
import { askForLiveChecks } from "../live-checks/ask-for-live-checks.ts";
import { judgeExpired } from "../live-checks/judge-expired.ts";
import { askToApplyAll } from "../policies/apply-policies.ts";
import { askAboutUnfinished } from "../policies/judge-unfinished.ts";
import { askForDuePosture } from "../posture/ask-for-posture.ts";
import { askForHistories } from "../secrets/ask-for-histories.ts";
import { lookMilliseconds, syncMilliseconds } from "../sync-organization/cadence.ts";
import { askAboutWebhooks } from "../webhooks/ask-about-webhooks.ts";
import { askForDigests } from "../webhooks/ask-for-digests.ts";
import { askAboutWorkItems } from "../work-items/ask-about-work-items.ts";
import {
  askForFacts,
  askForMaintenance,
  askForRepositoryScans,
  askForSync,
  askToCatchUp,
  askToScoreIssues,
} from "./ask.ts";

export interface Schedule {
  /** Asks for what is due now; the timer calls it every half minute. */
  tick(): Promise<void>;
  stop(): void;
}

const tickMilliseconds = 30_000;
const firstMilliseconds = 20_000;
const maintenanceMilliseconds = 60 * 60_000;
/** Most days bring nothing: scores change by themselves on few, which each issue knows. */
const scoreMilliseconds = 5 * 60_000;
export const refreshMilliseconds = 24 * 60 * 60_000;

/** Everything is due when a server starts: while it was down, deliveries may have been lost. */
export async function startSchedule(app: App): Promise<Schedule> {
  const startedAt = app.now();
  const askedAt = new Map<string, { readonly time: number; readonly isFirst: boolean }>();

  function isDue(name: string, interval: number): boolean {
    const last = askedAt.get(name);
    const now = app.now().getTime();
    // Where the API is another process, it may open its door after the first look: so look again soon.
    // A time that lies ahead was noted before the clock was put back.
    const passed = last && now >= last.time ? now - last.time : Number.POSITIVE_INFINITY;
    if (passed < (last?.isFirst ? Math.min(firstMilliseconds, interval) : interval)) return false;
    askedAt.set(name, { time: now, isFirst: last === undefined });
    return true;
  }

  async function askAbout(organization: OrganizationRow): Promise<void> {
    const { id } = organization;
    const sinceStart = app.now().getTime() - startedAt.getTime();
    const options = sinceStart < lookMilliseconds ? { lookedSince: startedAt } : {};
    if (isDue(id, syncMilliseconds + jitter(id))) await askForSync(app, app.db, organization, options);
    // The first look is the sync's.
    else if ((await isUnheard(app, id)) && isDue(`look at ${id}`, lookMilliseconds - tickMilliseconds / 2)) {
      await askToCatchUp(app, app.db, organization);
    }
  }

  async function askAboutOrganizations(): Promise<void> {
    for (const organization of await liveOrganizations(app)) await askAbout(organization);
  }

  /** What fails is asked again with the next turn, and keeps nothing else from being asked. */
  async function tick(): Promise<void> {
    const missed = new Map<string, unknown>();
    const all: readonly Duty[] = [["organizations", 0, askAboutOrganizations], ...dutiesOf(app)];
    for (const [name, interval, ask] of all) {
      const before = askedAt.get(name);
      if (!isDue(name, interval)) continue;
      try {
        await ask();
      } catch (error) {
        if (before) askedAt.set(name, before);
        else askedAt.delete(name);
        missed.set(name, error);
      }
    }
    const [first] = missed.values();
    if (missed.size > 0) app.log.warn({ err: first, missed: [...missed.keys()] }, "schedule missed a turn");
  }

  await tick();
  const timer = setInterval(() => void tick(), tickMilliseconds);
  timer.unref();
  return { tick, stop: () => clearInterval(timer) };
}

/** What is asked for, in this order, each after so many milliseconds; those of 0 with every turn. */
type Duty = readonly [name: string, interval: number, ask: () => unknown];

function dutiesOf(app: App): readonly Duty[] {
  return [
    ["credentials", syncMilliseconds, () => askForDueChecks(app)],
    ["facts", refreshMilliseconds, () => askForAllFacts(app)],
    ["secrets that say their end", refreshMilliseconds, () => judgeExpired(app)],
    ["live checks", refreshMilliseconds, () => askForLiveChecks(app)],
    ["refreshing", refreshMilliseconds, () => app.refreshing.start()],
    ["knowledge", lookMilliseconds, () => judgeIfNewer(app)],
    ["unread parts", syncMilliseconds, () => askToTryAgain(app)],
    ["unfinished scans", lookMilliseconds, () => askAboutUnfinished(app)],
    ["policies", refreshMilliseconds, () => askToApplyAll(app)],
    ["histories", refreshMilliseconds, () => askForHistories(app)],
    ["posture", lookMilliseconds, () => askForDuePosture(app)],
    ["scores", scoreMilliseconds, () => askForDueScores(app)],
    ["work items", 0, () => askAboutWorkItems(app, app.db)],
    ["webhooks", 0, () => askAboutWebhooks(app)],
    ["digests", syncMilliseconds, () => askForDigests(app)],
    ["fixes", maintenanceMilliseconds, () => askAboutFixes(app, app.db)],
    ["maintenance", maintenanceMilliseconds, () => askForMaintenance(app, app.db)],
  ];
}

/** What could not be examined by chance. */
async function askToTryAgain(app: App): Promise<void> {
  const due = await listRepositoriesToTryAgain(app.db, app.now());
  await askForRepositoryScans(app, app.db, due, { is: "schedule" });
}

async function askForDueScores(app: App): Promise<void> {
  if (await areScoresDue(app.db, app.now())) await askToScoreIssues(app, app.db);
}

/** Most of them are young enough: then nobody is asked. */
async function askForAllFacts(app: App): Promise<void> {
  if (!app.factsSources) return;
  for (const branch of await branchesWithManifests(app.db)) await askForFacts(app, app.db, branch);
}

async function liveOrganizations(app: App): Promise<readonly OrganizationRow[]> {
  const instances = await listInstances(app.db, { is: "everything" });
  const lists = instances.filter(({ state }) => state !== "disabled").map(({ id }) => listOrganizations(app.db, id));
  return (await Promise.all(lists)).flat();
}

/** Whether nothing tells of what happens in some project of it. */
async function isUnheard(app: App, id: OrganizationId): Promise<boolean> {
  return app.delivery.is === "polling" || (await listUnheardProjects(app.db, id)).length > 0;
}

/** Up to a minute, always the same for one organization: a hundred of them do not all call at once. */
function jitter(id: OrganizationId): number {
  return (Number.parseInt(id.slice(-4), 16) / 0xffff) * 60_000 || 0;
}
