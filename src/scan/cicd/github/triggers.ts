/** Which events start a workflow, and what they bring with them. */
import { child, itemsOf, textOf } from "../../formats/node.ts";
import { type Moment, released, tagPushed } from "./evaluate.ts";
import type { GithubFile, Workflow } from "./workflow.ts";

/** Outsiders cause them, and the run has the repository's secrets and a token that may write. */
const privileged = new Set([
  ...["pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment"],
  ...["fork", "watch"],
]);

/** Outsiders cause them. */
const open = new Set([...privileged, "pull_request", "pull_request_review", "pull_request_review_comment"]);

export function privilegedEvents(file: GithubFile): readonly string[] {
  return file.is === "workflow" ? [...file.events.keys()].filter((event) => privileged.has(event)) : [];
}

export function openEvents(file: GithubFile): readonly string[] {
  return file.is === "workflow" ? [...file.events.keys()].filter((event) => open.has(event)) : [];
}

/** The moments at which the workflow makes what others install, as far as its events say so. */
export function releaseMoments({ events }: Workflow): readonly Moment[] {
  const moments: Moment[] = [];
  const push = events.get("push");
  if (events.has("release")) moments.push(released);
  if (itemsOf(child(push, "tags")).length > 0) moments.push(tagPushed);
  const branches = itemsOf(child(push, "branches")).map((item) => textOf(item) ?? "");
  if (branches.some((branch) => /release/i.test(branch) && !branch.startsWith("!"))) moments.push(onBranch);
  return moments;
}

const onBranch: Moment = {
  values: { "github.event_name": "push", "github.ref_type": "branch" },
  beginnings: { "github.ref": "refs/heads/" },
};
