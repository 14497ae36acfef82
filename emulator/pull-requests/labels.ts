/** Routes of the labels and of the properties of a pull request. */
import { randomUUID } from "node:crypto";
import { requireGitPermission } from "../rights.ts";
import { type Call, list, Refusal, type Route } from "../route.ts";
import type { PullRequestState, World } from "../world.ts";
import { requirePullRequest } from "./find-pull-request.ts";
import { mergePropertyBag, toPropertyBag } from "./property-bag.ts";
import { type Label, notesOf } from "./pull-request-notes.ts";
import { pullRequestUrl } from "./pull-request-shape.ts";
import { invalidArgument, record, requireBody, text } from "./request-body.ts";

function find(call: Call, world: World, writes: boolean) {
  const { repository, pullRequest } = requirePullRequest(call, world);
  if (writes) requireGitPermission(call, repository, "PullRequestContribute");
  const base = `${pullRequestUrl(world, call.organization, repository, pullRequest)}/labels`;
  const shape = (label: Label) => ({ ...label, active: true, url: `${base}/${label.id}` });
  return { pullRequest, labels: notesOf(pullRequest).labels, shape };
}

function requireLabel(call: Call, labels: readonly Label[]): Label {
  const wanted = (call.params.labelIdOrName ?? "").toLowerCase();
  const label = labels.find((one) => one.id === wanted || one.name.toLowerCase() === wanted);
  if (label) return label;
  throw new Refusal(
    404,
    "TagNotFoundException",
    `The tag ${wanted} does not exist.`,
    "Microsoft.TeamFoundation.Core.WebApi.TagNotFoundException, Microsoft.TeamFoundation.Core.WebApi",
  );
}

function listLabels(call: Call, world: World) {
  const { labels, shape } = find(call, world, false);
  return list(labels.map(shape));
}

function getLabel(call: Call, world: World) {
  const { labels, shape } = find(call, world, false);
  return { body: shape(requireLabel(call, labels)) };
}

function addLabel(call: Call, world: World) {
  const { labels, shape } = find(call, world, true);
  const name = text(requireBody(call).name)?.trim();
  if (!name) throw invalidArgument("name");
  let label = labels.find((one) => one.name.toLowerCase() === name.toLowerCase());
  if (!label) {
    label = { id: randomUUID(), name };
    labels.push(label);
  }
  return { body: shape(label) };
}

function deleteLabel(call: Call, world: World) {
  const { labels } = find(call, world, true);
  labels.splice(labels.indexOf(requireLabel(call, labels)), 1);
  return { status: 200 };
}

function propertyAnswer(pullRequest: PullRequestState) {
  const value = {
    ...toPropertyBag({
      "Microsoft.Git.PullRequest.SourceRefName": pullRequest.sourceRefName,
      "Microsoft.Git.PullRequest.TargetRefName": pullRequest.targetRefName,
    }),
    ...notesOf(pullRequest).properties,
  };
  return { body: { count: Object.keys(value).length, value } };
}

function getProperties(call: Call, world: World) {
  return propertyAnswer(find(call, world, false).pullRequest);
}

function patchProperties(call: Call, world: World) {
  const { pullRequest } = find(call, world, true);
  if (!Array.isArray(call.body)) throw invalidArgument("patchDocument");
  const notes = notesOf(pullRequest);
  for (const { op, path, value } of call.body.map((one) => record(one))) {
    const name = String(path).replace(/^\//, "").replaceAll("~1", "/").replaceAll("~0", "~");
    notes.properties = mergePropertyBag(notes.properties, { [name]: op === "remove" || op === 1 ? null : value });
  }
  return propertyAnswer(pullRequest);
}

const pullRequestAt = "/{organization}/{project?}/_apis/git/repositories/{repositoryId}/pullRequests/{pullRequestId}";

export const routes: readonly Route[] = [
  { method: "GET", path: `${pullRequestAt}/labels`, scopes: ["code"], handle: listLabels },
  { method: "POST", path: `${pullRequestAt}/labels`, scopes: ["code_write"], handle: addLabel },
  { method: "GET", path: `${pullRequestAt}/labels/{labelIdOrName}`, scopes: ["code"], handle: getLabel },
  { method: "DELETE", path: `${pullRequestAt}/labels/{labelIdOrName}`, scopes: ["code_write"], handle: deleteLabel },
  { method: "GET", path: `${pullRequestAt}/properties`, scopes: ["code"], handle: getProperties },
  { method: "PATCH", path: `${pullRequestAt}/properties`, scopes: ["code_write"], handle: patchProperties },
];
