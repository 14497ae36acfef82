/** From runs to what they may use: what is open to all pipelines, what is given to one, and what its checks let through. */
import type { PathCertainty } from "#model/posture/attack-path.ts";
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import type { Evidence } from "#model/posture/posture-result.ts";
import type { ResourceRole } from "#model/posture/resource-facts.ts";
import { guardsOfResource, type RunRef } from "./check-guards.ts";
import type { CutSetting } from "./cut-settings.ts";
import { knownOf, type PipelineGround, type ProjectGround, proof } from "./ground.ts";
import { addFace, addTarget, addWay } from "./guarded-graph.ts";
import type { GuardedResource, ResourceUser } from "./guarded-resources.ts";
import { demote, sayResource, settingsOf, withdraw } from "./resource-settings.ts";
import type { RunPlace } from "./run-place.ts";
import type { Building } from "./ways-to-code.ts";
import { isUnreviewed } from "./ways-to-code.ts";

/** Once for each run, and once for each crossing; answers the resources that were reached. */
export function addResourceWays(building: Building): readonly GuardedResource[] {
  const reached = new Set<GuardedResource>();
  const crossings = new Set<string>();
  for (const place of building.places.byKey.values()) {
    const named = place.pipeline ? place.project.resourcesFor(place.pipeline.definition.id) : [];
    const own = named.filter((resource) => addFromRun(building, place, resource));
    const isNew = place.crossing !== undefined && !crossings.has(place.crossing);
    if (place.crossing !== undefined) crossings.add(place.crossing);
    const shared = isNew
      ? place.project.resources.filter((resource) => addFromCrossing(building, place, resource))
      : [];
    for (const resource of own) reached.add(resource);
    for (const resource of shared) reached.add(resource);
  }
  return [...reached];
}

/** Whatever every pipeline may use. */
function addFromCrossing(building: Building, place: RunPlace, resource: GuardedResource): boolean {
  const { ground, places } = building;
  const { permission, project } = resource;
  if (permission && !permission.allPipelines && !administersBy(building, resource)) return false;
  if (!place.hasSecrets && resource.kind !== "queue") return false;
  const isFree = places.isFreeIn.get(project.id) ?? place.ref.isFree;
  const about = `pipelinepermissions of ${resource.kind} ${resource.name}`;
  const { pipelinePermissions: fact } = project;
  return addUse(building, resource, {
    from: place.crossing ?? place.key,
    ref: { ...place.ref, isFree },
    isPermitted: permission?.allPipelines !== false,
    says: permission
      ? `Every pipeline of ${project.name} may use ${sayResource(resource)}`
      : `Whether every pipeline of ${project.name} may use ${sayResource(resource)} is not known: ${reasonOf(resource)}`,
    certainty: permission ? "authorised" : "possible",
    evidence: [
      proof(permission ? `${about}: allPipelines.authorized = true` : `${about}: not known`, {
        ...(resource.url === undefined ? {} : { url: resource.url }),
        ...(fact.is === "known" ? { at: fact.at } : {}),
      }),
    ],
    endedBy: [settingsOf(ground, resource).restriction],
    isRoundabout: true,
  });
}

function addFromRun(building: Building, place: RunPlace, resource: GuardedResource): boolean {
  const { pipeline, theirs, job, ref } = place;
  if (!pipeline || pipeline.project.id !== resource.project.id) return false;
  if (!place.hasSecrets && resource.kind !== "queue") return false;
  const { id, name } = pipeline.definition;
  const { permission } = resource;
  const isListed = permission?.definitionIds.includes(id) === true;
  const user = resource.users.get(id);
  if (permission && !permission.allPipelines && !isListed) return false;
  if (theirs === "all" ? !user && !isListed : !user) return false;
  if (theirs === "shell" && user && !user.jobs.some((one) => one === undefined || job === undefined || one === job))
    return false;
  const listed = isListed ? `pipeline ${id} is authorized` : permission && "allPipelines.authorized = true";
  const permitted = listed
    ? [proof(`pipelinepermissions of ${resource.kind} ${resource.name}: ${listed}`, urlOf(resource))]
    : [];
  const does = `${name} ${user ? "uses" : "may use"} ${sayResource(resource)}`;
  const settings = isListed && !permission.allPipelines ? [withdraw(building.ground, resource, pipeline)] : [];
  const done = user && provenBy(building, pipeline, user);
  return addUse(building, resource, {
    from: place.key,
    ref,
    isPermitted: true,
    says: permission ? does : `${does}; whether it may is not known: ${reasonOf(resource)}`,
    certainty: done && ref.is !== "named" ? "run" : permission || user?.certainty === "run" ? "authorised" : "possible",
    evidence: [
      ...(user ? [done ? { ...user.evidence, what: `${user.evidence.what} (${done})` } : user.evidence] : []),
      ...permitted,
    ],
    endedBy: settings,
    isRoundabout: false,
  });
}

function reasonOf({ project: { pipelinePermissions } }: GuardedResource): string {
  return pipelinePermissions.is === "unknown"
    ? pipelinePermissions.reason
    : "Azure DevOps did not tell it for this one.";
}

/** A run of a branch on which nobody reviews, that used it. */
function provenBy({ ground }: Building, { definition, runs, project }: PipelineGround, { runIds }: ResourceUser) {
  const home: ProjectGround | undefined = ground.byId.get(project.id);
  const repository = home?.repositories.find(({ id }) => id.toLowerCase() === definition.repository.id.toLowerCase());
  if (!home || !repository || runIds.size === 0) return undefined;
  const run = runs.find((one) => runIds.has(one.id) && isUnreviewed(home, repository, one));
  return run && `run ${run.number} from ${run.branch}`;
}

interface Use {
  readonly from: string;
  readonly ref: RunRef;
  readonly says: string;
  /** False: only whoever administers the resource gets there. */
  readonly isPermitted: boolean;
  readonly certainty: PathCertainty;
  readonly evidence: readonly Evidence[];
  readonly endedBy: readonly CutSetting[];
  readonly isRoundabout: boolean;
}

function addUse(building: Building, resource: GuardedResource, use: Use): boolean {
  const { ground, graph, entry } = building;
  const { ref, from } = use;
  const { is, node } = resource;
  const checks = guardsOfResource(ground, resource, { entry, ref });
  const administers = administersBy(building, resource);
  if ((checks.hold || !use.isPermitted) && !administers) return false;
  const to = addFace(graph, node);
  if (use.isPermitted && !checks.hold) {
    const guardsThatHelp = settingsOf(ground, resource);
    const isHeld = ref.is === "named" && ref.isProtected === true;
    const control = isHeld ? [] : [guardsThatHelp.branchControl];
    addWay(graph, from, to, {
      is,
      says: use.says,
      guards: checks.guards,
      certainty: worst(use.certainty, checks.certainty),
      evidence: [...use.evidence, ...checks.evidence],
      endedBy: [...use.endedBy, ...control, guardsThatHelp.approval],
      isRoundabout: use.isRoundabout,
    });
  }
  // Whoever administers it takes any check away again: only the role ends that.
  if (administers) {
    addWay(graph, from, to, {
      is,
      says: `${administers.group} administer ${sayResource(resource)}: they decide which pipelines use it, and about its checks`,
      guards: checks.hold ? [`Checks of ${resource.name} are theirs to take away`] : checks.guards,
      certainty: "authorised",
      evidence: [administers.evidence],
      endedBy: [demote(ground, resource, administers.group)],
      isRoundabout: true,
    });
  }
  addSignIn(building, resource, to);
  return true;
}

const doubt: Readonly<Record<PathCertainty, number>> = { run: 0, authorised: 1, possible: 2 };

/** A run that did it proves the checks, too. */
function worst(use: PathCertainty, checks: PathCertainty): PathCertainty {
  if (use === "run" && checks === "authorised") return "run";
  return doubt[use] > doubt[checks] ? use : checks;
}

function addSignIn({ graph }: Building, { target, signsIn }: GuardedResource, from: string): void {
  const to = addTarget(graph, target);
  if (!signsIn || graph.ways.get(from)?.some((way) => way.to === to)) return;
  const { says, evidence } = signsIn;
  addWay(graph, from, to, { is: "assumes", says, certainty: "authorised", evidence });
}

interface Administers {
  readonly group: string;
  readonly evidence: Evidence;
}

/** A class that administers a resource decides who may use it. */
function administersBy(
  { ground: { membership }, entry }: Building,
  resource: GuardedResource,
): Administers | undefined {
  for (const { descriptor, name } of administratorsOf(resource)) {
    if (descriptor === undefined) continue;
    if (!entry.subjects.some((one) => one === descriptor || membership?.circlesOf(one).has(descriptor))) continue;
    const what = `roles of ${resource.kind} ${resource.name}: ${name} is Administrator`;
    return { group: name, evidence: proof(what, urlOf(resource)) };
  }
  return undefined;
}

type Identity = ResourceRole["identity"];

const rolesOfProjects = new WeakMap<ProjectFacts, ReadonlyMap<string, readonly Identity[]>>();

function administratorsOf({ project, kind, id }: GuardedResource): readonly Identity[] {
  const kept = rolesOfProjects.get(project) ?? indexRoles(knownOf(project.resourceRoles) ?? []);
  rolesOfProjects.set(project, kept);
  return kept.get(`${kind} ${id.toLowerCase()}`) ?? [];
}

function indexRoles(roles: readonly ResourceRole[]): ReadonlyMap<string, readonly Identity[]> {
  const index = new Map<string, Identity[]>();
  for (const { kind, resourceId, identity, role } of roles) {
    if (role !== "Administrator") continue;
    const key = `${kind} ${resourceId.toLowerCase()}`;
    const list = index.get(key);
    if (list) list.push(identity);
    else index.set(key, [identity]);
  }
  return index;
}

function urlOf({ url }: GuardedResource): { readonly url?: string } {
  return url === undefined ? {} : { url };
}
