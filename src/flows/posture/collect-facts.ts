/**
 * Reads all facts of an organization: its own first, then those of each project, some projects at a time. What is refused
 * becomes an unknown with its reason, and nothing of one project stops another. Only a credential that is signed out, and
 * a cancellation, end it. It stores nothing.
 */
import type { OrganizationClient } from "#azure-devops/organization-client.ts";
import type { Collecting, CollectingProject, Collector } from "#azure-devops/posture/collector.ts";
import { collectors as allCollectors } from "#azure-devops/posture/collectors.ts";
import { type Fact, known, unknown } from "#model/posture/fact.ts";
import { type FactKey, factKeys, factKind } from "#model/posture/fact-key.ts";
import type { FactValues, OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import { RemoteError } from "#model/remote-error.ts";
import { inLanes } from "../in-lanes.ts";
import { orderCollectors } from "./order-collectors.ts";
import { type Patience, patientClient } from "./patient-client.ts";
import { templateRepositories } from "./template-repositories.ts";
import { unknownAfter, whyUnknown } from "./why-unknown.ts";

/** The pacer lets few calls through at once; more projects would only hold their facts for longer. */
const projectsAtOnce = 6;
const day = 86_400_000;
/** What was read not longer ago stands in for what cannot be read at the moment. */
const longestAge = 7 * day;
const longestPatience = 3 * 60 * 60_000;

export interface CollectGiven
  extends Pick<Collecting, "organization" | "lookAt" | "isOurHook" | "releaseBranches" | "now" | "signal"> {
  readonly projects: readonly Pick<ProjectFacts, "id" | "name" | "visibility">[];
  /** Calls of Azure DevOps' own pages are allowed. */
  readonly usesPortal: boolean;
  /** Only these are read; the others stay what they were before. */
  readonly only?: readonly FactKey[];
  readonly before?: OrganizationFacts;
  /** Ids of repositories that pipelines take templates from, beside those that `before` tells. */
  readonly templateRepositories?: readonly string[];
  /** How time passes while the service asks to wait; tests turn it. */
  readonly wait?: Patience["wait"];
  /** All of them if absent. */
  readonly collectors?: readonly Collector[];
}

export interface CollectedFacts {
  readonly facts: OrganizationFacts;
  /** Calls that were made, those that were put off and came again too. */
  readonly calls: { readonly total: number; readonly byKey: Readonly<Partial<Record<FactKey, number>>> };
}

export async function collectFacts(client: OrganizationClient, given: CollectGiven): Promise<CollectedFacts> {
  const { organization, projects, before } = given;
  const collectors = orderCollectors(given.collectors ?? allCollectors);
  const byKey = new Map<FactKey, number>();
  const { now, signal, wait } = given;
  const patience = { now, signal, until: new Date(now().getTime() + longestPatience), ...(wait && { wait }) };
  const clientFor = (key: FactKey) => patientClient(client, patience, () => byKey.set(key, (byKey.get(key) ?? 0) + 1));
  const templates = new Set([...(before ? templateRepositories(before) : []), ...(given.templateRepositories ?? [])]);
  const base = { given, collectors, clientFor, once: onceEach(), templates };
  const own = await collectOf("organization", { ...base, before, outer: {} });
  const former = new Map(before?.projects.map((project) => [project.id, project]));
  const ofProjects = await inLanes(projects, projectsAtOnce, async (project) => ({
    ...project,
    ...(await collectOf("project", { ...base, before: former.get(project.id), outer: own, project })),
  }));
  return {
    // Every key of the table is there: `collectOf` goes through all of them.
    facts: { ...organization, ...own, projects: ofProjects } as unknown as OrganizationFacts,
    calls: { total: byKey.values().reduce((sum, calls) => sum + calls, 0), byKey: Object.fromEntries(byKey) },
  };
}

type Facts = Partial<Record<FactKey, Fact<unknown>>>;

interface Context {
  readonly given: CollectGiven;
  readonly collectors: readonly Collector[];
  readonly clientFor: (key: FactKey) => OrganizationClient;
  readonly once: NonNullable<Collecting["once"]>;
  readonly templates: ReadonlySet<string>;
  readonly before: Facts | undefined;
  /** Of the organization, where facts of a project are read. */
  readonly outer: Facts;
  readonly project?: CollectGiven["projects"][number];
}

async function collectOf(of: Collector["of"], context: Context): Promise<Facts> {
  const facts: Partial<Record<FactKey, Fact<unknown>>> = {};
  for (const collector of context.collectors) {
    if (collector.of === of) facts[collector.key] = await collectOne(collector, context, facts);
  }
  for (const key of factKeys) {
    if (factKind(key).of === of) facts[key] ??= context.before?.[key] ?? notRead(key);
  }
  return facts;
}

function notRead(key: FactKey): Fact<unknown> {
  return unknown("not-read", `Nobody has read ${factKind(key).title} yet.`);
}

async function collectOne(collector: Collector, context: Context, facts: Facts): Promise<Fact<unknown>> {
  const { key } = collector;
  const { given, before } = context;
  const former = before?.[key];
  if (given.only && !given.only.includes(key)) return former ?? notRead(key);
  const { title, isUndocumented } = factKind(key);
  if (isUndocumented && !given.usesPortal) {
    const reason = `Azure DevOps documents no call for ${title}; reading them by the calls of its own pages is not switched on.`;
    return unknown("switched-off", reason);
  }
  const all = { ...context.outer, ...facts };
  const blocked = whatBlocks(collector, all);
  if (blocked) return blocked;
  try {
    return known(await read(collector, context, valuesOf(all)), given.now().toISOString());
  } catch (error) {
    given.signal.throwIfAborted();
    if (isSignedOut(error)) throw error;
    const isPassing = error instanceof RemoteError && error.passing;
    return isPassing && former && isRecent(former, given.now()) ? former : whyUnknown(key, error);
  }
}

/** Facts that it asks by and that are not known. */
function whatBlocks({ key, after = [], alsoAfter = [] }: Collector, all: Facts): Fact<unknown> | undefined {
  const unknowns = (keys: readonly FactKey[]) =>
    keys.flatMap((one) => {
      const fact = all[one] ?? unknown("not-read", `Nobody has read ${factKind(one).title} yet.`);
      return fact.is === "unknown" ? [[one, fact] as const] : [];
    });
  const needed = unknowns(after);
  if (needed.length > 0) return unknownAfter(key, needed);
  const wanted = unknowns(alsoAfter);
  return alsoAfter.length > 0 && wanted.length === alsoAfter.length ? unknownAfter(key, wanted) : undefined;
}

function read(collector: Collector, context: Context, values: Partial<FactValues>): Promise<unknown> {
  const { given, once, project, templates } = context;
  const { organization, projects, lookAt, isOurHook, releaseBranches, now, signal } = given;
  const shared: Collecting = {
    organization,
    projects,
    known: values,
    lookAt,
    ...(isOurHook && { isOurHook }),
    ...(releaseBranches && { releaseBranches }),
    now,
    signal,
    once,
    templateRepositories: templates,
  };
  const client = context.clientFor(collector.key);
  if (collector.of === "organization") return collector.read(client, shared);
  if (!project) throw new Error(`${collector.key} are read of a project.`);
  const ofProject: CollectingProject = { ...shared, project };
  return collector.read(client, ofProject);
}

function valuesOf(facts: Facts): Partial<FactValues> {
  const entries = Object.entries(facts).flatMap(([key, fact]) => (fact.is === "known" ? [[key, fact.value]] : []));
  return Object.fromEntries(entries) as Partial<FactValues>;
}

function isSignedOut(error: unknown): boolean {
  return error instanceof RemoteError && (error.code === "signed-out" || error.code === "sign-in-again");
}

function isRecent(fact: Fact<unknown>, now: Date): boolean {
  return fact.is === "known" && now.getTime() - Date.parse(fact.at) < longestAge;
}

/** Who comes while it is read waits for the same answer; what failed is tried again by the next. */
function onceEach(): NonNullable<Collecting["once"]> {
  const answers = new Map<string, Promise<unknown>>();
  return <T>(what: string, ask: () => Promise<T>) => {
    const running = answers.get(what) ?? ask();
    answers.set(what, running);
    running.catch(() => answers.delete(what));
    return running as Promise<T>;
  };
}
