/** From people to the default branch of a repository: by a push, alone by a pull request, past its policies, or by changing them. */
import type { BranchPolicyFact, RepositoryFact } from "#model/posture/code-facts.ts";
import { gitTokens } from "../facts/access-of.ts";
import { repositoryPage } from "../facts/pages-of.ts";
import { branchName } from "../facts/policies-of-branch.ts";
import { guardsOfBranch, reviewersOfFile } from "./branch-guards.ts";
import { type BranchPermission, type BranchPlace, requireReviewers, takeFromBranch } from "./code-settings.ts";
import type { EntryClass } from "./entry-classes.ts";
import { type Ground, heldBy, type PipelineGround, type ProjectGround, proof, readAt } from "./ground.ts";
import { addFace, addWay, type GuardedGraph } from "./guarded-graph.ts";
import { rightOf } from "./rights-of.ts";
import { addPipelineRun, joinCrossing, type Places } from "./run-place.ts";

interface Building {
  readonly ground: Ground;
  readonly graph: GuardedGraph;
  readonly entry: EntryClass;
  readonly places: Places;
}

/** Two states of one branch: what came there past its policies may touch any file. */
interface Keys {
  readonly reviewed: string;
  readonly free: string;
}

export function addDefaultBranch(building: Building, project: ProjectGround, repository: RepositoryFact): void {
  const { defaultBranch: ref } = repository;
  if (ref === undefined) return;
  const policies = heldBy(project.facts, repository, ref);
  const place = { project, repository, ref };
  const keys = addBranch(building.graph, place);
  const isOpen = [addPush(building, place, { policies, keys }), ...addBypasses(building, place, { policies, keys })];
  if (isOpen.some(Boolean)) addRunsAtBranch(building, place, { policies, keys });
}

function addBranch(graph: GuardedGraph, { project, repository, ref }: BranchPlace): Keys {
  const { id, name, url } = repository;
  const projectId = project.facts.id;
  const shown = `${branchName(ref)} of ${name}`;
  const node = { kind: "branch", id: `${projectId}/${id}/${ref}`, name: shown, projectId, url } as const;
  const free = addFace(graph, node);
  return { free, reviewed: addFace(graph, node, `${free} reviewed`) };
}

interface Held {
  readonly policies: readonly BranchPolicyFact[] | undefined;
  readonly keys: Keys;
}

function addPush({ ground, graph, entry }: Building, place: BranchPlace, { policies, keys }: Held): boolean {
  const { project, repository, ref } = place;
  const tokens = gitTokens(project.facts.id, repository.id, ref);
  const right = rightOf(ground, project, entry, {
    space: "git",
    tokens,
    actions: ["GenericContribute"],
    isUsual: true,
  });
  if (!right) return false;
  const { branchPolicies } = project.facts;
  const name = `${branchName(ref)} of ${repository.name}`;
  const url = repositoryPage(ground.facts, project.facts, { id: repository.id, ref, tab: "policies" });
  const words = { is: "can-push", endedBy: [requireReviewers(ground, place)] } as const;
  if (!policies || policies.length === 0) {
    const why = policies ? "no policy holds there." : `its policies are not known: ${reasonOf(branchPolicies)}`;
    const what = policies
      ? `branch policies of ${name}: none is on and blocks`
      : `branch policies of ${name}: not known`;
    addWay(graph, graph.start, keys.free, {
      ...words,
      says: `${capital(entry.name)} may push to ${name}: ${why}${right.doubt}`,
      certainty: policies ? right.certainty : "possible",
      evidence: [...right.evidence, proof(what, { url, ...readAt(branchPolicies) })],
    });
    return true;
  }
  const { hold, certainty, guards, evidence } = guardsOfBranch(policies);
  if (hold) return false;
  addWay(graph, graph.start, keys.reviewed, {
    ...words,
    says: `One of ${entry.name} alone may complete a pull request into ${name}: its policies ask nobody else.${right.doubt}`,
    guards,
    certainty: right.certainty === "possible" ? "possible" : certainty,
    evidence: [...right.evidence, ...evidence.map(({ what }) => proof(what, { url, ...readAt(branchPolicies) }))],
  });
  return true;
}

function reasonOf(fact: { readonly is: string; readonly reason?: string }): string {
  return fact.reason ?? "";
}

const bypasses: readonly {
  readonly permission: BranchPermission;
  readonly is: "can-bypass" | "can-edit-policy";
  readonly does: string;
}[] = [
  { permission: "PolicyExempt", is: "can-bypass", does: "push past the policies of" },
  { permission: "PullRequestBypassPolicy", is: "can-bypass", does: "complete pull requests past the policies of" },
  { permission: "EditPolicies", is: "can-edit-policy", does: "switch off the policies of" },
];

function addBypasses(
  { ground, graph, entry }: Building,
  place: BranchPlace,
  { policies, keys }: Held,
): readonly boolean[] {
  const { project, repository, ref } = place;
  if (!policies || policies.length === 0) return [];
  const tokens = gitTokens(project.facts.id, repository.id, ref);
  const asked = { space: "git", tokens, isUsual: false } as const;
  if (!rightOf(ground, project, entry, { ...asked, actions: ["GenericContribute"] })) return [];
  return bypasses.map(({ permission, is, does }) => {
    const right = rightOf(ground, project, entry, { ...asked, actions: [permission] });
    if (!right) return false;
    addWay(graph, graph.start, keys.free, {
      is,
      says: `${capital(entry.name)} may ${does} ${branchName(ref)} of ${repository.name}`,
      guards: policies.map(({ typeName, id }) => `${typeName || `Policy ${id}`} is passed by`),
      certainty: right.certainty,
      evidence: right.evidence,
      endedBy: [takeFromBranch(ground, place, { permission, from: entry.name })],
    });
    return true;
  });
}

/** Runs of every pipeline whose code is there: also for those who come to the branch by another way than their own rights. */
export function addRunsAtBranch(
  { ground, graph, places }: Omit<Building, "entry">,
  place: BranchPlace,
  held: Held,
): void {
  const { repository, ref } = place;
  for (const pipeline of ground.builtFrom(repository.id)) {
    const project = ground.byId.get(pipeline.project.id);
    if (!project || (pipeline.definition.repository.defaultBranch ?? ref) !== ref) continue;
    addRunAtBranch({ ground, graph, places }, { ...place, project }, { ...held, pipeline });
  }
}

function addRunAtBranch(
  { graph, places }: Omit<Building, "entry">,
  { project, ref }: BranchPlace,
  { policies, keys, pipeline }: Held & { readonly pipeline: PipelineGround },
): void {
  const { definition } = pipeline;
  const isProtected = policies && policies.length > 0;
  const key = addPipelineRun(graph, places, {
    pipeline,
    project,
    theirs: definition.kind === "yaml" ? "all" : "steps",
    hasSecrets: true,
    tag: "default",
    ref: { is: "named", name: ref, isProtected, isFree: () => false },
  });
  const path = definition.yamlPath ?? "";
  const reviewers = policies && definition.kind === "yaml" ? reviewersOfFile(policies, path) : undefined;
  const file = definition.kind === "yaml" ? `${path} on ${branchName(ref)}` : `code on ${branchName(ref)}`;
  const words = {
    is: "defined-by",
    says: `${definition.name} runs what ${file} says`,
    certainty: "authorised",
    evidence: [
      proof(`definition ${definition.id}: ${definition.kind === "yaml" ? path : "classic"}`, { url: definition.url }),
    ],
  } as const;
  addWay(graph, keys.free, key, words);
  if (!reviewers) addWay(graph, keys.reviewed, key, words);
  joinCrossing(graph, places, key, `${keys.free} ${reviewers === undefined}`);
}

/** Both states of a default branch, for ways that do not begin with the rights of people. */
export function branchKeys(graph: GuardedGraph, place: BranchPlace): Keys {
  return addBranch(graph, place);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
