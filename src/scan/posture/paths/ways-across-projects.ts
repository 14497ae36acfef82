/** From the runs of one project to others: by the token of their jobs, shared pools and connections, templates, feeds, and groups. */
import type { UserFact } from "#model/posture/access-facts.ts";
import type { PathNode } from "#model/posture/attack-path.ts";
import type { ProjectFacts } from "#model/posture/organization-facts.ts";
import { isAdministrative } from "../facts/broad-groups.ts";
import { organizationPage, projectPage } from "../facts/pages-of.ts";
import type { BuildIdentity } from "../pipelines/build-identity.ts";
import { buildIdentityOf } from "../pipelines/build-identity.ts";
import { switchSetting } from "./code-settings.ts";
import { type Ground, knownOf, type PipelineGround, type ProjectGround, proof, readAt } from "./ground.ts";
import { addFace, addTarget, addWay, keyOf, type Target } from "./guarded-graph.ts";
import type { GuardedResource } from "./guarded-resources.ts";
import { sayResource } from "./resource-settings.ts";
import type { RunPlace } from "./run-place.ts";
import { forgets } from "./targets.ts";
import type { Building } from "./ways-to-code.ts";

/** Shared by more, it is told once, of the thing itself. */
const mostSharers = 8;

export function addProjectWays(building: Building, resources: readonly GuardedResource[]): void {
  const { entry, places } = building;
  if (entry.projectId === undefined) return;
  for (const place of places.byKey.values()) {
    if (!place.hasSecrets) continue;
    addToken(building, place);
    if (place.project.facts.id !== entry.projectId) addForeignRun(building, place);
    else addMemberships(building, place);
  }
  for (const resource of resources) addSharers(building, resource);
}

function projectTarget({ facts }: Ground, { id, name }: ProjectFacts, severity: Target["severity"]): Target {
  return {
    node: { kind: "project", id, name, projectId: id, url: `${facts.url}/${encodeURIComponent(name)}` },
    severity,
  };
}

/** The token of a job that works in every project. */
function addToken(building: Building, { key, pipeline, project, theirs }: RunPlace): void {
  const { ground, graph } = building;
  const { facts } = ground;
  if (theirs === "shell" || facts.projects.length < 2) return;
  const reach = pipeline ? identityOf(ground, pipeline).reach : newReach(ground, project);
  if (reach === "project") return;
  const node: PathNode = {
    kind: "organization",
    id: facts.id,
    name: `the other projects of ${facts.name}`,
    url: organizationPage(facts, "projects"),
  };
  const { generalSettings, name } = project.facts;
  const what = pipeline?.definition.name ?? "a new pipeline";
  const said = reach === "organization" ? "enforceJobAuthScope = false" : "enforceJobAuthScope is not known";
  const scope = pipeline
    ? [
        proof(
          `definition ${pipeline.definition.id}: jobAuthorizationScope = ${pipeline.definition.jobScope}`,
          pipeline.definition,
        ),
      ]
    : [];
  addWay(graph, key, addTarget(graph, { node, severity: "high" }), {
    is: "member-of",
    says:
      reach === "organization"
        ? `Jobs of ${what} act as the Project Collection Build Service, in every project`
        : `Whether jobs of ${what} are kept to ${name} is not known`,
    certainty: reach === "organization" ? "authorised" : "possible",
    evidence: [proof(`general settings of ${name}: ${said}`, readAt(generalSettings)), ...scope],
    endedBy: [
      switchSetting(ground, project, {
        id: "job scope",
        what: "switch on “Limit job authorization scope to current project for non-release pipelines”.",
        meets: () => leavingRuns(ground, project),
      }),
    ],
  });
}

const identities = new WeakMap<PipelineGround, BuildIdentity>();

function identityOf(ground: Ground, pipeline: PipelineGround): BuildIdentity {
  const known = identities.get(pipeline);
  if (known) return known;
  const { project, definition } = pipeline;
  const made = buildIdentityOf({ organization: ground.facts, project, definition });
  identities.set(pipeline, made);
  return made;
}

function newReach(ground: Ground, { facts }: ProjectGround): BuildIdentity["reach"] {
  const general = knownOf(facts.generalSettings)?.enforceJobAuthScope;
  if (general === true || knownOf(ground.facts.organizationPipelines)?.enforceJobAuthScope === true) return "project";
  return general === false ? "organization" : "unknown";
}

/** Of pipelines that check out code of other projects: they would be refused. */
function leavingRuns(ground: Ground, { facts, pipelines }: ProjectGround) {
  const ids = new Set(knownOf(facts.repositories)?.map(({ id }) => id.toLowerCase()) ?? []);
  return pipelines
    .filter(
      (pipeline) =>
        identityOf(ground, pipeline).reach !== "project" &&
        (pipeline.judged?.uses ?? []).some(
          ({ kind, id }) => kind === "repository" && id !== undefined && !ids.has(id.toLowerCase()),
        ),
    )
    .flatMap(({ definition, runs }) => runs.map((run) => ({ pipeline: definition.name, run })));
}

/** Code of theirs that runs in another project. */
function addForeignRun({ ground, graph }: Building, { key, project, pipeline }: RunPlace): void {
  if (!pipeline) return;
  const { name } = project.facts;
  addWay(graph, key, addTarget(graph, projectTarget(ground, project.facts, "high")), {
    is: "member-of",
    says: `${pipeline.definition.name} runs in ${name}, as its build service`,
    certainty: "authorised",
    evidence: [proof(`definition ${pipeline.definition.id} of ${name}`, { url: pipeline.definition.url })],
  });
}

/** The build service of this project belongs to a group of another one. */
function addMemberships({ ground, graph }: Building, { crossing, key, project }: RunPlace): void {
  const { membership, byId, kept, facts } = ground;
  const from = crossing ?? key;
  if (!membership || graph.ways.get(from)?.some(({ edge }) => edge.is === "member-of")) return;
  for (const { descriptor, name } of buildServices(ground, project)) {
    for (const circle of membership.circlesOf(descriptor)) {
      const group = membership.groups.get(circle);
      const other = byId.get(group?.projectId ?? "")?.facts;
      if (!group || !other || other.id === project.facts.id || /valid users$/i.test(group.name)) continue;
      const url = projectPage(facts, other, "permissions");
      const severity = isAdministrative(group.name) ? "critical" : "high";
      addWay(graph, from, addTarget(graph, projectTarget(ground, other, severity)), {
        is: "member-of",
        says: `Jobs act as ${name}, which belongs to ${group.name} of ${other.name}`,
        certainty: "authorised",
        evidence: [proof(`members of ${group.principalName}: ${name}`, { url, ...readAt(facts.people) })],
        endedBy: [
          kept.get(`member ${descriptor} ${circle}`, () => ({
            what: `Project settings > Permissions of ${other.name}, group ${group.name}: remove ${name}.`,
            url,
            price: 1,
          })),
        ],
      });
    }
  }
}

type Service = Pick<UserFact, "descriptor" | "name">;

const services = new WeakMap<Ground, ReadonlyMap<string, readonly Service[]>>();

/** What jobs of the project act as. */
export function buildServices(ground: Ground, { facts }: ProjectGround): readonly Service[] {
  const known = services.get(ground) ?? servicesByProject(ground);
  services.set(ground, known);
  return known.get(facts.id) ?? [];
}

function servicesByProject({ membership }: Ground): ReadonlyMap<string, readonly Service[]> {
  const found = new Map<string, Service[]>();
  for (const user of membership?.users.values() ?? []) {
    if (user.kind !== "build-identity" || user.buildsFor === undefined) continue;
    const list = found.get(user.buildsFor);
    if (list) list.push(user);
    else found.set(user.buildsFor, [user]);
  }
  return found;
}

/** Machines that remember, and accounts, that other projects use, too. */
function addSharers({ ground, graph, entry }: Building, resource: GuardedResource): void {
  const { kind, node, sharedWith, name } = resource;
  if (sharedWith.length === 0 || sharedWith.length > mostSharers) return;
  const pool = kind === "queue" ? knownOf(ground.facts.pools)?.find(({ id }) => `${id}` === node.id) : undefined;
  if (pool && forgets(pool)) return;
  const from = keyOf(node);
  const setting = ground.kept.get(`share ${kind} ${node.id}`, () => ({
    what: pool
      ? `Agent pool ${name}: give each project machines of its own, or have them recycled after each use.`
      : `Security of ${sayResource(resource)}, project permissions: share it with one project only, and give the others accounts of their own.`,
    url: resource.url,
    price: 2,
  }));
  for (const id of sharedWith) {
    const other = ground.byId.get(id)?.facts;
    if (!other || id === entry.projectId) continue;
    const to = addTarget(graph, projectTarget(ground, other, kind === "queue" ? "high" : "medium"));
    if (graph.ways.get(from)?.some((way) => way.to === to)) continue;
    addWay(graph, from, to, {
      is: "consumes",
      says: pool
        ? `Jobs of ${other.name} run on the same machines, after theirs`
        : `${other.name} works with the same ${kind === "queue" ? "agent pool" : "account"}`,
      certainty: kind === "queue" && !pool ? "possible" : "authorised",
      evidence: [
        proof(
          kind === "queue"
            ? `queues of ${other.name}: pool ${node.id}`
            : `connection ${name}: shared with ${other.name}`,
          { ...(node.url ? { url: node.url } : {}), ...readAt(kind === "queue" ? other.queues : other.connections) },
        ),
      ],
      endedBy: [setting],
    });
  }
  addFace(graph, node);
}
