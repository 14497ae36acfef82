/** From people to branches they can write, and from there to runs of the pipelines whose code is in the repository. */
import type { PathCertainty } from "#model/posture/attack-path.ts";
import type { RepositoryFact } from "#model/posture/code-facts.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import { definitionTokens, gitTokens } from "../facts/access-of.ts";
import { repositoryPage } from "../facts/pages-of.ts";
import { branchName } from "../facts/policies-of-branch.ts";
import { guardsOfBranch } from "./branch-guards.ts";
import { takeFromPipelines } from "./code-settings.ts";
import type { EntryClass } from "./entry-classes.ts";
import { type Ground, heldBy, type PipelineGround, type ProjectGround, proof } from "./ground.ts";
import { addFace, addWay, type GuardedGraph, join, type WayWords } from "./guarded-graph.ts";
import { type Right, rightOf } from "./rights-of.ts";
import { addPipelineRun, addPlace, joinCrossing, type Places } from "./run-place.ts";
import { addDefaultBranch } from "./ways-to-default-branch.ts";

export interface Building {
  readonly ground: Ground;
  readonly graph: GuardedGraph;
  readonly entry: EntryClass;
  readonly places: Places;
}

export function addCodeWays(building: Building, project: ProjectGround): void {
  const { ground, entry, places } = building;
  const pushed = project.repositories.flatMap((repository) => {
    const right = rightToPush(ground, project, entry, repository);
    return right ? [{ repository, right }] : [];
  });
  const isFreeAt = (repository: RepositoryFact) => (ref: string) =>
    heldBy(project.facts, repository, ref)?.length === 0 && ref.startsWith("refs/heads/");
  places.isFreeIn.set(project.facts.id, (ref) => pushed.some(({ repository }) => isFreeAt(repository)(ref)));
  for (const { repository, right } of pushed) {
    const branch = addNewBranch(building, project, { repository, right });
    const from = { ...branch, home: project, repository, isFree: isFreeAt(repository) };
    for (const pipeline of ground.builtFrom(repository.id)) {
      addRunsOf(building, pipeline, from);
    }
    const anyBranch = anyBranchOf(project);
    const mark = `${anyBranch} ${branch.certainty}`;
    if (!places.joined.has(mark)) join(building.graph, branch.key, anyBranch);
    places.joined.add(mark);
  }
  for (const repository of project.repositories) addDefaultBranch(building, project, repository);
  if (pushed.length === 0) return;
  addNewPipeline(building, project);
  addTurnedPipelines(building, project);
}

function anyBranchOf({ facts }: ProjectGround): string {
  return `branches of ${facts.id}`;
}

function rightToPush(
  ground: Ground,
  project: ProjectGround,
  entry: EntryClass,
  repository: RepositoryFact,
): Right | undefined {
  const tokens = gitTokens(project.facts.id, repository.id, "refs/heads");
  const url = repositoryPage(ground.facts, project.facts, { id: repository.id, tab: "permissions" });
  const asked = { space: "git", tokens, isUsual: true, url } as const;
  const push = rightOf(ground, project, entry, { ...asked, actions: ["GenericContribute"] });
  const create = push && rightOf(ground, project, entry, { ...asked, actions: ["CreateBranch"] });
  return (
    push &&
    create && {
      ...push,
      evidence: push.certainty === "possible" ? push.evidence : [...push.evidence, ...create.evidence],
    }
  );
}

/** No branch is called like this: what holds on it holds on all. */
const anyRef = "refs/heads/any branch";

function addNewBranch(
  { ground, graph, entry }: Building,
  project: ProjectGround,
  { repository, right }: { readonly repository: RepositoryFact; readonly right: Right },
): Pick<FromBranch, "key" | "certainty" | "isProtected"> {
  const { id, name, url } = repository;
  const node = { kind: "branch", id: `${project.facts.id}/${id}/*`, name: `a new branch of ${name}`, url } as const;
  const key = addFace(graph, { ...node, projectId: project.facts.id });
  const unreviewed = ground
    .builtFrom(id)
    .flatMap(({ runs }) => runs.filter((run) => isUnreviewed(project, repository, run)));
  const done = entry.is === "contributors" ? unreviewed.find(({ reason }) => reason !== "schedule") : undefined;
  const everywhere = heldBy(project.facts, repository, anyRef) ?? [];
  const isHeld = guardsOfBranch(everywhere).hold;
  const certainty = done ? "run" : isHeld ? "possible" : right.certainty;
  addWay(graph, graph.start, key, {
    is: "can-create-branch",
    says: `${upper(entry.name)} may push a branch of their own to ${name}: nobody looks at it first.${right.doubt}`,
    guards: isHeld ? ["Policies hold on every branch; whether they stop the first push of a new one is not known"] : [],
    certainty,
    evidence: [...right.evidence, ...(done ? [runProof(done)] : [])],
  });
  return { key, certainty, isProtected: everywhere.length > 0 };
}

interface FromBranch {
  readonly key: string;
  /** How sure it is that they can write it. */
  readonly certainty: PathCertainty;
  /** Policies hold on every branch. */
  readonly isProtected: boolean;
  /** Where the repository is: pipelines of other projects may be built from it. */
  readonly home: ProjectGround;
  readonly repository: RepositoryFact;
  readonly isFree: (ref: string) => boolean;
}

function addRunsOf(building: Building, pipeline: PipelineGround, from: FromBranch): void {
  const { graph, places } = building;
  const { key: branch, isFree, isProtected } = from;
  const { definition, judged } = pipeline;
  const project = building.ground.byId.get(pipeline.project.id);
  if (!project) return;
  const theirs = definition.kind === "yaml" ? "all" : "steps";
  const place = { pipeline, project, theirs, hasSecrets: true } as const;
  const start = startFromNew(building, pipeline, from);
  if (start) {
    const key = addPipelineRun(graph, places, { ...place, tag: "new", ref: { is: "new", isFree, isProtected } });
    addWay(graph, branch, key, start);
    // Nothing ends these ways: one that is as sure is as good as all.
    joinCrossing(graph, places, key, `push ${from.certainty} ${start.certainty}`);
  }
  const pull = judged?.exposure.pullRequests;
  if (pull) {
    const key = addPipelineRun(graph, places, { ...place, tag: "pull", ref: { is: "pull", isFree } });
    const says = `A pull request from that branch runs ${definition.name} with its code before anybody reviewed it`;
    addWay(graph, branch, key, { is: "starts", says, certainty: "authorised", evidence: [pull] });
    joinCrossing(graph, places, key, `push ${from.certainty}`);
  }
}

/** The file on the branch says when it runs: so whoever writes the branch says it, wherever the definition leaves it to the file. */
function startFromNew(
  building: Building,
  pipeline: PipelineGround,
  { home, repository }: FromBranch,
): WayWords | undefined {
  const { ground, entry } = building;
  const { definition, judged, runs } = pipeline;
  const { name, url } = definition;
  const project = ground.byId.get(pipeline.project.id);
  if (!project) return undefined;
  const done = runs.find((run) => isUnreviewed(home, repository, run));
  const proofs = done ? [runProof(done)] : [];
  const ofFile = definition.triggers.some(({ is, isFromYaml }) => is === "ci" && isFromYaml);
  const open = judged?.exposure.openBranches;
  if (ofFile || open) {
    const said = open
      ? open.evidence
      : proof(`definition ${definition.id}: its trigger is what the YAML file says`, { url });
    const says = `A push to that branch starts ${name} with the code of the branch`;
    return { is: "starts", says, certainty: done ? "run" : "authorised", evidence: [said, ...proofs] };
  }
  const right = rightToQueue(ground, project, entry, pipeline);
  if (!right) return undefined;
  const says = `${upper(entry.name)} may start ${name} for any branch, with the code of that branch.${right.doubt}`;
  const certainty = done ? "run" : right.certainty;
  return { is: "can-queue", says, certainty, evidence: [...right.evidence, ...proofs] };
}

export function rightToQueue(
  ground: Ground,
  project: ProjectGround,
  entry: EntryClass,
  { definition }: PipelineGround,
): Right | undefined {
  const tokens = definitionTokens(project.facts.id, definition.folder, definition.id);
  return rightOf(ground, project, entry, {
    space: "build",
    tokens,
    actions: ["QueueBuilds"],
    isUsual: entry.projectId === project.facts.id,
    url: definition.url,
  });
}

const nothingFree = (): boolean => false;

/** Which they make of a file on a branch of theirs. */
function addNewPipeline({ ground, graph, entry, places }: Building, project: ProjectGround): void {
  const { id, name } = project.facts;
  const actions = ["CreateBuildDefinition", "EditBuildDefinition"];
  const make = rightOf(ground, project, entry, {
    space: "build",
    tokens: [id],
    actions,
    isUsual: entry.projectId === id,
  });
  if (!make) return;
  const node = { kind: "pipeline", id: `${id}/new`, name: `a new pipeline of ${name}`, projectId: id } as const;
  const ref = { is: "new", isFree: places.isFreeIn.get(id) ?? nothingFree } as const;
  const key = addPlace(graph, places, { node, project, ref, theirs: "all", hasSecrets: true });
  addWay(graph, anyBranchOf(project), key, {
    is: "can-create-pipeline",
    says: `${upper(entry.name)} may make a pipeline of a file on that branch.${make.doubt}`,
    certainty: make.certainty,
    evidence: make.evidence,
    endedBy: [takeFromPipelines(ground, project, { right: "CreateBuildDefinition", from: entry })],
    isRoundabout: true,
  });
  joinCrossing(graph, places, key, "new pipelines");
}

/** Which they turn to another branch or repository: theirs. */
function addTurnedPipelines({ ground, graph, entry, places }: Building, project: ProjectGround): void {
  const { id } = project.facts;
  const trusted = trustedPipelines(project);
  const ref = { is: "new", isFree: places.isFreeIn.get(id) ?? nothingFree } as const;
  for (const pipeline of project.pipelines) {
    const { definition } = pipeline;
    if (definition.kind !== "yaml" || !trusted.has(definition.id)) continue;
    const edit = rightOf(ground, project, entry, {
      space: "build",
      tokens: definitionTokens(id, definition.folder, definition.id),
      actions: ["EditBuildDefinition"],
      isUsual: entry.projectId === id,
      url: definition.url,
    });
    if (!edit) continue;
    const place = { pipeline, project, ref, theirs: "all", hasSecrets: true, tag: "edited" } as const;
    addWay(graph, anyBranchOf(project), addPipelineRun(graph, places, place), {
      is: "can-edit-pipeline",
      says: `${upper(entry.name)} may turn ${definition.name} to a file on that branch.${edit.doubt}`,
      certainty: edit.certainty,
      evidence: edit.evidence,
      endedBy: [takeFromPipelines(ground, project, { right: "EditBuildDefinition", from: entry, pipeline })],
      isRoundabout: true,
    });
  }
}

/** Those that may use something which not every pipeline may: only they are worth being turned. */
function trustedPipelines({ resources, pipelines }: ProjectGround): ReadonlySet<number> {
  const trusted = new Set<number>();
  for (const { permission, users } of resources) {
    for (const id of permission?.definitionIds ?? []) trusted.add(id);
    if (permission?.allPipelines !== false) for (const id of users.keys()) trusted.add(id);
  }
  return new Set(pipelines.map(({ definition }) => definition.id).filter((id) => trusted.has(id)));
}

/** Of a branch on which nobody has to review. */
export function isUnreviewed({ facts }: ProjectGround, repository: RepositoryFact, { branch }: RunFact): boolean {
  if (!branch.startsWith("refs/heads/") || branch === repository.defaultBranch) return false;
  return heldBy(facts, repository, branch)?.length === 0;
}

export function runProof({ number, branch, url, finishedAt, queuedAt }: RunFact) {
  return proof(`run ${number} ran on ${branchName(branch)}`, { url, at: finishedAt ?? queuedAt });
}

export function upper(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
