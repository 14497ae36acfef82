import type { OrganizationFacts, ProjectFacts } from "#model/posture/organization-facts.ts";
import type { ConnectionFact } from "#model/posture/resource-facts.ts";
import { checksOf, holds, sayCheck } from "../facts/checks-of.ts";
import { permissionOf } from "../facts/resources-of.ts";
import type { PostureSettings } from "../posture-settings.ts";
import { rightsOfIdentity } from "./build-identity.ts";
import type { FactDraft, ProvedFacts } from "./facts-with-evidence.ts";
import type { ResourceUse } from "./judged-pipeline.ts";
import type { Definition } from "./read-code.ts";
import { resourcesByName, valuesOf } from "./resources-by-name.ts";
import { demandsReview, patternOf } from "./start-facts.ts";
import { addVariables } from "./variable-facts.ts";

export interface Used {
  /** Groups that the code names. */
  readonly groupNames: ReadonlySet<string>;
  readonly uses: readonly ResourceUse[];
  readonly settings: PostureSettings;
}

export function resourceFactsOf(given: Definition, { groupNames, uses, settings }: Used): ProvedFacts {
  const shared = sharedFactsOf(given.organization, given.project);
  const drafting: FactDraft = {
    facts: { ...shared.facts, trustedOwners: settings.trustedOwners },
    reasons: { ...shared.facts.reasons },
    evidence: new Map(shared.evidence),
  };
  addVariables(drafting, given, groupNames);
  addUsable(drafting, given);
  addDefaultPool(drafting, given);
  addRequiredTemplate(drafting, given, uses);
  const rights = rightsOfIdentity(given);
  if (rights) {
    drafting.facts.buildIdentity = { contributes: rights.contributes, bypassesPolicies: rights.bypassesPolicies };
    drafting.evidence.set("buildIdentity", rights.evidence);
    drafting.evidence.set("buildIdentity.contributes", []);
  }
  const { facts, reasons, evidence } = drafting;
  return { facts: { ...facts, reasons }, evidence };
}

const shared = new WeakMap<ProjectFacts, ProvedFacts>();

/** The same for all pipelines of a project. */
function sharedFactsOf(organization: OrganizationFacts, project: ProjectFacts): ProvedFacts {
  const before = shared.get(project);
  if (before) return before;
  const drafting: FactDraft = { facts: {}, reasons: {}, evidence: new Map() };
  addPools(drafting, organization, project);
  addTasks(drafting, organization);
  addPackages(drafting, organization);
  addProtectedRefs(drafting, organization, project);
  addGuards(drafting, organization, project);
  addWebhooks(drafting, project);
  const { facts, reasons, evidence } = drafting;
  const made: ProvedFacts = { facts: { ...facts, reasons }, evidence };
  shared.set(project, made);
  return made;
}

function addPools(
  { facts, reasons, evidence }: FactDraft,
  organization: OrganizationFacts,
  project: ProjectFacts,
): void {
  const { pools } = organization;
  const { queues } = project;
  if (pools.is === "unknown" || queues.is === "unknown") {
    const { reason } = pools.is === "unknown" ? pools : (queues as Extract<typeof queues, { is: "unknown" }>);
    reasons.pools = `Whose machines jobs run on is not known: ${reason}`;
    return;
  }
  const named = [...resourcesByName(project, organization).queues].flatMap(([name, { pool }]) => {
    if (!pool) return [];
    const isEphemeral = pool.elastic?.recycleAfterEachUse === true;
    const kind = pool.isHosted
      ? "isHosted = true"
      : `isHosted = false${isEphemeral ? ", recycleAfterEachUse = true" : ""}`;
    evidence.set(`pools.${name}`, [{ what: `agent pool ${pool.name}: ${kind}`, url: pool.url, at: pools.at }]);
    return [[name, { isHosted: pool.isHosted, isEphemeral }] as const];
  });
  facts.pools = Object.fromEntries(named);
}

function addTasks({ facts, reasons }: FactDraft, { tasks }: OrganizationFacts): void {
  if (tasks.is === "unknown") {
    reasons.extensionTasks = `Which tasks belong to extensions is not known: ${tasks.reason}`;
    return;
  }
  const { value } = tasks;
  const named = (wanted: (task: (typeof value)[number]) => boolean): readonly string[] =>
    value.filter(wanted).flatMap(({ id, name }) => [name.toLowerCase(), id.toLowerCase()]);
  facts.extensionTasks = named(({ extension }) => extension !== undefined);
  facts.deprecatedTasks = named(({ isDeprecated }) => isDeprecated);
}

function addPackages({ facts, evidence }: FactDraft, { feeds }: OrganizationFacts): void {
  if (feeds.is === "unknown") return;
  const holding = feeds.value.map(({ name, url, packages }) => ({
    ...{ name, url },
    own: packages.filter(({ protocol, isInternal }) => isInternal && protocol.toLowerCase() === "pypi"),
  }));
  const own = holding.flatMap((feed) => feed.own.map(({ name }) => name.replaceAll(/[-_.]+/g, "-").toLowerCase()));
  // Of a list that was cut it is not known that it holds none.
  if (own.length === 0 && feeds.value.some(({ isCut }) => isCut)) return;
  facts.internalPackages = own;
  const said = holding.filter((feed) => feed.own.length > 0).slice(0, 3);
  evidence.set(
    "internalPackages",
    said.map((feed) => ({
      what: `feed ${feed.name}: ${feed.own.length} Python packages of its own`,
      url: feed.url,
      at: feeds.at,
    })),
  );
}

interface ProtectedRef {
  readonly project: ProjectFacts;
  /** `repository@ref`, in small letters. */
  readonly name: string;
}

const protectedRefs = new WeakMap<OrganizationFacts, readonly ProtectedRef[]>();

/** A policy on all branches is kept for those that templates are taken from. */
function protectedRefsOf(organization: OrganizationFacts): readonly ProtectedRef[] {
  const before = protectedRefs.get(organization);
  if (before) return before;
  const refs = organization.projects.flatMap((project): readonly ProtectedRef[] => {
    const scopes = valuesOf(project.branchPolicies)
      .filter(demandsReview)
      .flatMap((policy) => policy.scopes);
    return valuesOf(project.repositories).flatMap(({ id, name, defaultBranch }) =>
      scopes
        .filter(({ repositoryId }) => repositoryId === undefined || repositoryId.toLowerCase() === id.toLowerCase())
        .flatMap((scope) => patternOf(scope, defaultBranch))
        .flatMap((pattern) => (pattern === "*" ? ["main", defaultBranch ?? "main"] : [pattern]))
        .map((branch) => ({
          project,
          name: `${name}@refs/heads/${branch.replace(/^refs\/heads\//, "")}`.toLowerCase(),
        })),
    );
  });
  protectedRefs.set(organization, refs);
  return refs;
}

function addProtectedRefs({ facts }: FactDraft, organization: OrganizationFacts, own: ProjectFacts): void {
  facts.protectedRefs = protectedRefsOf(organization).flatMap(({ project, name }) => {
    const whole = `${project.name.toLowerCase()}/${name}`;
    return project === own ? [whole, name] : [whole];
  });
}

function addGuards(
  { facts, reasons, evidence }: FactDraft,
  organization: OrganizationFacts,
  project: ProjectFacts,
): void {
  const { checks } = project;
  if (checks.is === "unknown") {
    reasons.guards = `What guards connections and environments is not known: ${checks.reason}`;
    reasons.isTemplateRequired = reasons.guards;
    return;
  }
  const guards: Record<string, boolean> = {};
  const { connections, environments } = resourcesByName(project, organization);
  const add = (kind: "connection" | "environment", name: string, id: string | number, url: string): void => {
    const own = checksOf(checks.value, kind, `${id}`);
    const key = `${kind} ${name}`;
    guards[key] = own.some(holds);
    const said = own.length > 0 ? own.map(sayCheck).join(", ") : "no approval, branch control or required template";
    evidence.set(`guards.${key}`, [{ what: `${key}: ${said}`, url, at: checks.at }]);
  };
  for (const [name, { id, pageUrl }] of connections) add("connection", name, id, pageUrl);
  for (const [name, { id, url }] of environments) add("environment", name, id, url);
  facts.guards = guards;
}

/** Only a check on something that this pipeline uses demands anything of it. */
function addRequiredTemplate(
  { facts, evidence }: FactDraft,
  { project: { checks } }: Definition,
  uses: readonly ResourceUse[],
): void {
  if (checks.is === "unknown") return;
  const required = uses
    .flatMap(({ kind, id }) => (id === undefined ? [] : checksOf(checks.value, kind, id)))
    .find(({ settings }) => settings.is === "required-template");
  facts.isTemplateRequired = required !== undefined;
  if (!required) return;
  const what = `${sayCheck(required)} on ${required.kind} ${required.resourceId}`;
  evidence.set("isTemplateRequired", [
    { what, ...(required.url !== undefined && { url: required.url }), at: checks.at },
  ]);
}

function addWebhooks({ facts, evidence }: FactDraft, { connections }: ProjectFacts): void {
  if (connections.is === "unknown") return;
  const hooks = connections.value.filter(isWebhook);
  facts.webhooks = Object.fromEntries(hooks.map((one) => [one.name.toLowerCase(), { hasSecret: hasSecret(one) }]));
  for (const one of hooks) {
    const what = `service connection ${one.name} (${one.type}): ${hasSecret(one) ? "a secret is set" : "no secret is set"}`;
    evidence.set(`webhooks.${one.name.toLowerCase()}`, [{ what, url: one.pageUrl, at: connections.at }]);
  }
}

export function isWebhook({ type }: ConnectionFact): boolean {
  return type.toLowerCase() === "incomingwebhook";
}

export function hasSecret({ secretParameters }: ConnectionFact): boolean {
  return secretParameters.length > 0;
}

/** Federation keeps no secret on the server. */
function usesSecret({ scheme, secretParameters }: ConnectionFact): boolean {
  if (/federation|managedserviceidentity/i.test(scheme)) return false;
  return secretParameters.length > 0 || !/^none$/i.test(scheme);
}

function addUsable({ facts, evidence }: FactDraft, { organization, project, definition }: Definition): void {
  if (project.connections.is === "unknown") return;
  const permissions = valuesOf(project.pipelinePermissions);
  const known: Record<string, { usesSecret: boolean; isUsable?: boolean }> = {};
  const { at } = project.connections;
  for (const [name, one] of resourcesByName(project, organization).connections) {
    if (isWebhook(one) || name !== one.name.toLowerCase()) continue;
    const permission = permissionFor(project, permissions, one.id);
    const isUsable = permission && (permission.allPipelines || permission.definitionIds.includes(definition.id));
    known[name] = { usesSecret: usesSecret(one), ...(isUsable !== undefined && { isUsable }) };
    if (!evidence.has(`connections.${name}`)) {
      evidence.set(`connections.${name}`, [
        { what: `service connection ${one.name}: scheme = ${one.scheme}`, url: one.pageUrl, at },
      ]);
    }
  }
  facts.connections = known;
}

const permissionsById = new WeakMap<ProjectFacts, Map<string, ReturnType<typeof permissionOf>>>();

function permissionFor(project: ProjectFacts, all: Parameters<typeof permissionOf>[0], id: string) {
  const kept = permissionsById.get(project) ?? new Map<string, ReturnType<typeof permissionOf>>();
  permissionsById.set(project, kept);
  if (!kept.has(id)) kept.set(id, permissionOf(all, "connection", id));
  return kept.get(id);
}

/** Jobs without a pool of their own run on that of the definition. */
function addDefaultPool({ facts, evidence }: FactDraft, { project, definition }: Definition): void {
  const queue = valuesOf(project.queues).find(({ id }) => id === definition.queueId);
  const name = queue?.name ?? definition.poolName;
  if (name === undefined) return;
  facts.defaultPool = name;
  evidence.set("defaultPool", [{ what: `definition ${definition.id}: queue = ${name}`, url: definition.url }]);
}
