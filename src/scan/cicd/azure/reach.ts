/** Whose code a pipeline runs before anybody looked at it: that of pull requests, and that of branches without review. */
import {
  isFalse,
  itemsOf,
  type PipelineNode,
  textAt,
  textOf,
  valueAt,
} from "../../formats/azure-pipeline/source-node.ts";
import type { Job, Pipeline } from "./pipeline.ts";
import { type PipelineFacts, runsPullRequests } from "./pipeline-facts.ts";

/** Undefined where branch policies or the kind of repository, which are not known, decide. */
export function runsCodeOfPullRequests({ root }: Pipeline, facts: PipelineFacts): boolean | undefined {
  const pr = valueAt(root, "pr");
  return runsPullRequests(facts, { isNone: pr !== undefined && isNone(pr) });
}

export function isNone(trigger: PipelineNode | undefined): boolean {
  const isEmpty = trigger?.is === "list" && trigger.items.length === 0 && trigger.open === undefined;
  return isEmpty || /^none$/i.test(textOf(trigger) ?? "") || isFalse(trigger);
}

/** Branches whose pushes start the pipeline, as they are written; `*` for all. */
export function startingBranches(root: PipelineNode, facts: PipelineFacts): readonly string[] {
  if (facts.branchTriggers) return facts.branchTriggers;
  const trigger = valueAt(root, "trigger");
  if (trigger === undefined) return facts.hasImpliedTrigger === false ? [] : ["*"];
  if (isNone(trigger)) return [];
  if (trigger.is !== "map") return textsOf(trigger);
  const branches = valueAt(trigger, "branches");
  if (branches === undefined) return valueAt(trigger, "tags") === undefined ? ["*"] : [];
  const included = branches.is === "map" ? valueAt(branches, "include") : branches;
  // Without `include` all branches are meant but those that are excluded.
  return included === undefined ? ["*"] : textsOf(included);
}

function textsOf(node: PipelineNode): readonly string[] {
  return itemsOf(node).flatMap((one) => textOf(one) ?? []);
}

/** Of these, the ones that somebody can push to without a review by others; undefined where that is not known. */
export function unreviewed(
  branches: readonly string[],
  { reviewedBranches }: PipelineFacts,
): readonly string[] | undefined {
  if (branches.length === 0) return [];
  return reviewedBranches && branches.filter((branch) => !reviewedBranches.some((one) => covers(one, branch)));
}

/** Whether all that a pattern names is named by another, too. */
function covers(outer: string, inner: string): boolean {
  const [wide, narrow] = [shortName(outer), shortName(inner)];
  if (wide === "*" || wide === narrow) return true;
  return wide.endsWith("/*") && narrow.startsWith(wide.slice(0, -1));
}

function shortName(branch: string): string {
  return branch.replace(/^refs\/heads\//, "");
}

/** Branches by whose names nobody expects a review. */
const usuallyOpen = /^(?:refs\/heads\/)?(?:\*|users\/|features?\/|feature\*|bugfix\/|topic\/|dev\/\*)/i;

/** Why any branch, or nearly, starts the pipeline; undefined if none does. */
export function openTrigger({ root }: Pipeline, facts: PipelineFacts): string | undefined {
  const branches = startingBranches(root, facts);
  const open = branches.find((name) => usuallyOpen.test(name));
  if (open === undefined || unreviewed([open], facts)?.length === 0) return undefined;
  const isSaid = facts.branchTriggers !== undefined || valueAt(root, "trigger") !== undefined;
  return isSaid ? `branches like ${open} start it` : "without trigger: every branch starts it";
}

export function environmentOf({ environment }: Job): string | undefined {
  const name = environment?.is === "map" ? textAt(environment, "name") : textOf(environment);
  // `environment.resource`
  return name?.split(".")[0];
}

/**
 * What a job uses and nothing on the server stands before. Whoever edits the file can leave the environment out, so its
 * checks protect a connection only where they are the connection's own, too.
 */
export function unguardedUses(job: Job, { guards = {} }: PipelineFacts): readonly string[] {
  const connections = new Set(job.steps.flatMap((step) => step.connections.map(({ text }) => `connection ${text}`)));
  const environment = environmentOf(job);
  const used = connections.size > 0 || environment === undefined ? [...connections] : [`environment ${environment}`];
  return used.filter((name) => guards[name.toLowerCase()] !== true);
}
