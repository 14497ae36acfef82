/** Compares what Azure DevOps saw with what Sallyport kept: what is missing was lost, what is there twice was doubled. */
import type { RepositoryId } from "#model/ids.ts";
import type { Scope } from "#model/scope.ts";
import type { Db } from "#store/database.ts";
import { listHookEvents } from "#store/hooks/hook-events.ts";
import { getRepository } from "#store/instances/repositories.ts";
import { getIssue } from "#store/issues/issues.ts";
import { listIssues } from "#store/issues/list-issues.ts";
import type { Jobs } from "#store/jobs/jobs.ts";
import { listScans } from "#store/scans/scans.ts";
import { readRefs } from "../../emulator/git/repository-store.ts";
import type { World } from "../../emulator/world.ts";
import type { Burst, Target } from "./burst.ts";

export interface Verdict {
  readonly events: number;
  readonly lost: readonly string[];
  readonly doubled: readonly string[];
}

const everything: Scope = { is: "everything" };
const page = { offset: 0, limit: 100_000 };

export async function verify(db: Db, jobs: Jobs, world: World, burst: Burst): Promise<Verdict> {
  const lost: string[] = [];
  const doubled: string[] = [];
  const events = await checkEvents(db, burst, lost, doubled);
  for (const target of burst.targets) {
    await checkBranch(db, world, target, lost, doubled);
    if (target.pullRequest !== undefined) checkPullRequest(burst, target, lost, doubled);
  }
  for (const job of await jobs.dead(100)) lost.push(`the job ${job.queue} ${JSON.stringify(job.data)} was given up`);
  return { events, lost, doubled };
}

/** An event that was answered with 200 is stored once, and something was done about it. */
async function checkEvents(db: Db, burst: Burst, lost: string[], doubled: string[]): Promise<number> {
  const { rows } = await listHookEvents(db, everything, page);
  const stored = new Map<string, number>();
  for (const row of rows) {
    stored.set(row.eventId, (stored.get(row.eventId) ?? 0) + 1);
    if (row.state !== "handled" && row.state !== "ignored") lost.push(`event ${row.eventId} is ${row.state}`);
  }
  const accepted = burst.organization.subscriptions.flatMap(({ notifications }) =>
    notifications.filter(({ result }) => result === "succeeded").map(({ eventId }) => eventId.toLowerCase()),
  );
  for (const id of new Set(accepted)) if (!stored.has(id)) lost.push(`event ${id} was accepted and is not there`);
  for (const [id, count] of stored) if (count > 1) doubled.push(`event ${id} is stored ${count} times`);
  return rows.length;
}

async function checkBranch(db: Db, world: World, target: Target, lost: string[], doubled: string[]): Promise<void> {
  const { repository, pushed } = target;
  const id = repository.id as RepositoryId;
  const head = (await readRefs(world, repository.id, "refs/heads/main")).get("refs/heads/main");
  const known = await getRepository(db, id);
  if (known?.scannedCommit !== head) lost.push(`${repository.name}: head ${head} is not scanned`);
  const scans = (await listScans(db, everything, { ...page, repositoryId: id })).rows;
  const ofHead = scans.filter(
    ({ target: of, commit, outcome }) => of.is === "branch" && commit === head && outcome === "complete",
  );
  if (ofHead.length > 1) {
    const times = ofHead.map(({ because, started, finished, stats }) => ({ because, started, finished, stats }));
    doubled.push(`${repository.name}: head ${head} was scanned ${ofHead.length} times: ${JSON.stringify(times)}`);
  }
  if (scans.some(({ finished }) => finished === undefined)) lost.push(`${repository.name}: a scan never ended`);
  const all = (await listIssues(db, everything, { ...page, repositoryId: id })).rows;
  // Those of other branches are issues too, once the history was read with them.
  const issues = all.filter(({ onlyInHistory }) => !onlyInHistory);
  if (known?.historyVersion === undefined) lost.push(`${repository.name}: its history was never read`);
  const open = issues.filter(({ state }) => state.is === "open");
  if (open.length < pushed.main) lost.push(`${repository.name}: ${open.length} of ${pushed.main} issues are open`);
  if (issues.length > pushed.main)
    doubled.push(`${repository.name}: ${issues.length} issues of ${pushed.main} secrets`);
  for (const issue of all) {
    const { events = [], origin } = (await getIssue(db, everything, issue.id)) ?? {};
    const opened = events.filter(({ kind }) => kind === "opened");
    if (!origin) lost.push(`${repository.name}: the history was not read after its last scan`);
    if (opened.length !== 1) doubled.push(`${repository.name}: an issue was opened ${opened.length} times`);
  }
}

function checkPullRequest(burst: Burst, target: Target, lost: string[], doubled: string[]): void {
  const pullRequest = burst.organization.pullRequests.find(({ id }) => id === target.pullRequest);
  if (!pullRequest) return;
  const name = `${target.repository.name} !${pullRequest.id}`;
  const fingerprints = pullRequest.threads.flatMap(({ properties }) => {
    const property = properties["sallyport.fingerprint"];
    return property === undefined ? [] : [JSON.stringify(property)];
  });
  const distinct = new Set(fingerprints).size;
  if (distinct < target.pushed.feature) lost.push(`${name}: ${distinct} of ${target.pushed.feature} threads`);
  if (fingerprints.length > distinct)
    doubled.push(`${name}: ${fingerprints.length - distinct} threads are there twice`);
  const last = pullRequest.iterations.at(-1)?.id;
  const status = pullRequest.statuses.at(-1);
  const posted = `${String(status?.iterationId)} ${String(status?.state)}`;
  if (posted !== `${last} failed`) lost.push(`${name}: iteration ${last} has the status ${posted}`);
}
