/**
 * What it costs to read the settings of an organization: calls by kind of facts, seconds and processor time for 200
 * projects, each with 5 repositories, 10 pipelines, 6 connections, 6 variable groups and 4 environments; then the same with
 * a budget, where pauses turn clocks instead of taking time. The service does not say what share of its budget a call is,
 * so the budget is in calls. The emulator runs in a thread of its own, whose processor time is not counted.
 * `npm run bench -- posture [PROJECTS] [CALLS IN FIVE MINUTES]`.
 */
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { Worker } from "node:worker_threads";
import { pino } from "pino";
import { addressesFrom } from "#azure-devops/addresses.ts";
import { openRemote } from "#azure-devops/open-remote.ts";
import { type CollectedFacts, collectFacts } from "#flows/posture/collect-facts.ts";
import type { OrganizationId, ProjectId } from "#model/ids.ts";
import { factKeys, factKind } from "#model/posture/fact-key.ts";
import { secretValue } from "#model/secret-value.ts";
import { printTable } from "./machine.ts";
import type { PostureWorldAsked, PostureWorldOrder, PostureWorldTold } from "./posture-world.ts";

/** Milliseconds that a budget is counted over, and a little more. */
const window = 301_000;

/** Milliseconds. */
const answersArriveIn = 300;

type Row = readonly [string, string, string?];

export async function posture(args: readonly string[]): Promise<void> {
  const [projects, budget] = [Number(args[0] ?? 200), Number(args[1] ?? 3000)];
  await using opened = new AsyncDisposableStack();
  const folder = await mkdtemp(join(tmpdir(), "sallyport-bench-"));
  opened.defer(() => rm(folder, { recursive: true, force: true }));
  const workerData: PostureWorldAsked = { folder, projects };
  const worker = new Worker(new URL("./posture-world.ts", import.meta.url), { workerData });
  opened.defer(async () => void (await worker.terminate()));
  const [told] = (await once(worker, "message")) as [PostureWorldTold];
  const order = async (one: PostureWorldOrder) => {
    worker.postMessage(one);
    await once(worker, "message");
  };

  const free = await collectOnce(told, order);
  printTable(`posture: facts of ${projects} projects, without a budget`, rowsOf(free, projects));
  printTable("calls by kind of facts", callRows(free, projects));
  await order({ budget });
  // The calls that were made so far lie outside of the window.
  await order({ pass: window });
  const paced = await collectOnce(told, order, window);
  printTable(`the same with ${budget} calls in five minutes`, rowsOf(paced, projects));
}

interface Collected extends CollectedFacts {
  readonly seconds: number;
  readonly processor: number;
  /** Milliseconds of turned clocks. */
  readonly waited: number;
  readonly refused: number;
  readonly sent: number;
}

async function collectOnce(
  { url, token, organization, projects }: PostureWorldTold,
  order: (one: PostureWorldOrder) => Promise<void>,
  /** Milliseconds by which the emulator's clock is ahead. */
  ahead = 0,
): Promise<Collected> {
  let waited = 0;
  let passing: Promise<void> = Promise.resolve();
  const now = () => new Date(Date.now() + ahead + waited);
  /** Who waits at the same time waits for the same moment. */
  const wait = (milliseconds: number) => {
    const until = now().getTime() + milliseconds;
    passing = passing.then(async () => {
      if (until <= now().getTime()) return;
      // an answer on its way would be read as one of after the clocks were turned, and its wish be heeded once more
      await pause(answersArriveIn);
      const missing = until - now().getTime();
      await order({ pass: missing });
      waited += missing;
    });
    return passing;
  };
  const about = { addresses: addressesFrom(url), log: pino({ level: "silent" }), userAgent: "Sallyport bench" };
  const remote = openRemote({ ...about, now, wait });
  const credential = { is: "pat", value: secretValue(token) } as const;
  const started = { at: performance.now(), processor: process.threadCpuUsage() };
  const collected = await collectFacts(remote.organization(organization.name, credential, "posture"), {
    organization: { ...organization, id: organization.id as OrganizationId, url: `${url}/${organization.name}` },
    projects: projects.map((project) => ({ ...project, id: project.id as ProjectId })),
    usesPortal: true,
    lookAt: () => undefined,
    now,
    wait,
    signal: new AbortController().signal,
  });
  const { user, system } = process.threadCpuUsage(started.processor);
  const spent = remote.takeSpend();
  return {
    ...collected,
    seconds: (performance.now() - started.at) / 1000,
    processor: (user + system) / 1_000_000,
    waited,
    refused: spent.reduce((sum, one) => sum + one.refused, 0),
    sent: spent.reduce((sum, one) => sum + one.calls, 0),
  };
}

function rowsOf(one: Collected, projects: number): readonly Row[] {
  const minutes = (one.waited / 60_000).toFixed(1);
  return [
    ["calls", String(one.sent), `${(one.sent / projects).toFixed(1)} for each project; ${one.refused} refused`],
    ["took", `${one.seconds.toFixed(1)} s`, `and ${minutes} minutes of waiting for the budget`],
    ["processor time", `${one.processor.toFixed(1)} s`, `${unknownsOf(one)} of its facts are not known`],
  ];
}

function unknownsOf({ facts }: CollectedFacts): string {
  const own = factKeys.filter((key) => factKind(key).of === "organization");
  const ofProjects = facts.projects.flatMap((project) => Object.values(project as unknown as Record<string, unknown>));
  const all = [...own.map((key) => (facts as unknown as Record<string, unknown>)[key]), ...ofProjects];
  const isUnknown = (fact: unknown) => typeof fact === "object" && (fact as { readonly is?: string }).is === "unknown";
  return String(all.filter(isUnknown).length);
}

function callRows({ calls }: CollectedFacts, projects: number): readonly Row[] {
  return factKeys
    .map((key) => [key, calls.byKey[key] ?? 0] as const)
    .toSorted(([, one], [, other]) => other - one)
    .map(([key, count]) => [
      `${key} (${factKind(key).of})`,
      String(count),
      factKind(key).of === "project" ? `${(count / projects).toFixed(2)} for each project` : "",
    ]);
}
