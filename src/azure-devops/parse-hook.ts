/**
 * Reads a service-hook delivery, of any event, version and detail level. It never throws: a body that cannot be used is a
 * problem in words. What it says is a hint; whoever acts on it asks the API for the truth.
 */
import type { HookEvent, RefUpdate } from "#model/hook-event.ts";
import type { OrganizationId, ProjectId, RepositoryId } from "#model/ids.ts";
import { inner, isWire, optionalDate, optionalNumber, optionalText, type Wire } from "./read-wire.ts";

export type ParsedHook =
  | {
      readonly event: HookEvent;
      readonly eventType: string;
      /** Absent in documentation samples; all zeros in test deliveries. */
      readonly subscriptionId?: string;
      /** Counts per subscription. */
      readonly notificationId?: number;
    }
  | { readonly problem: string };

const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function parseHook(body: unknown, receivedAt: Date): ParsedHook {
  if (!isWire(body)) return { problem: "The body is no JSON object." };
  const eventType = optionalText(body, "eventType");
  if (eventType === undefined) return { problem: "The body names no eventType." };
  const id = optionalText(body, "id");
  if (id === undefined) return { problem: "The body has no event id." };
  const resource = inner(body, "resource");
  const origin = {
    id: id.toLowerCase(),
    at: optionalDate(body, "createdDate") ?? receivedAt,
    ...originOf(body, resource),
  };
  const said = readEvent(eventType, resource);
  if ("problem" in said) return said;
  const subscriptionId = optionalText(body, "subscriptionId");
  const notificationId = optionalNumber(body, "notificationId");
  return {
    event: { ...origin, ...said },
    eventType,
    ...(subscriptionId === undefined ? {} : { subscriptionId }),
    ...(notificationId === undefined ? {} : { notificationId }),
  };
}

/** `collection` is what the API calls the organization's `instanceId`; `account` is the host behind it. */
function originOf(body: Wire, resource: Wire): { organizationId?: OrganizationId; projectId?: ProjectId } {
  const containers = inner(body, "resourceContainers");
  const organizationId = guidIn(inner(containers, "collection"), "id");
  const projectId =
    guidIn(inner(containers, "project"), "id") ??
    guidIn(inner(repositoryOf(resource), "project"), "id") ??
    guidIn(inner(resource, "project"), "id");
  return {
    ...(organizationId === undefined ? {} : { organizationId: organizationId as OrganizationId }),
    ...(projectId === undefined ? {} : { projectId: projectId as ProjectId }),
  };
}

/** Distributes over the variants of the event, as a plain Omit would not. */
type Said<T> = T extends unknown ? Omit<T, "id" | "at" | "organizationId" | "projectId"> : never;
type Reading = Said<HookEvent> | { readonly problem: string };

function readEvent(eventType: string, resource: Wire): Reading {
  switch (eventType) {
    case "git.push":
      return readPush(resource);
    case "git.pullrequest.created":
      return readPullRequest("pull-request-created", resource);
    case "git.pullrequest.updated":
      return readPullRequest("pull-request-updated", resource);
    case "git.pullrequest.merged":
      return readPullRequest("pull-request-merged", resource);
    case "build.complete":
      return readBuild(resource);
    case "git.repo.created": {
      const repositoryId = repositoryIdOf(resource);
      return repositoryId ? { is: "repository-created", repositoryId } : { problem: "It names no repository." };
    }
    case "ms.vss-code.git-pullrequest-comment-event":
      return readPullRequestComment(resource);
    default:
      return { is: "other", eventType };
  }
}

function readPush(resource: Wire): Reading {
  const repositoryId = repositoryIdOf(resource);
  if (!repositoryId) return { problem: "The push names no repository." };
  const updates = Array.isArray(resource.refUpdates) ? resource.refUpdates.filter(isWire) : [];
  return { is: "push", repositoryId, refUpdates: updates.flatMap(readRefUpdate) };
}

function readRefUpdate(update: Wire): readonly RefUpdate[] {
  const ref = optionalText(update, "name");
  const zeros = "0".repeat(40);
  // Documentation samples hold GUIDs where commits should be: no commit, but a ref that moved.
  const commit = (field: string) => optionalText(update, field)?.toLowerCase() ?? zeros;
  return ref === undefined ? [] : [{ ref, oldObjectId: commit("oldObjectId"), newObjectId: commit("newObjectId") }];
}

function readPullRequest(
  is: "pull-request-created" | "pull-request-updated" | "pull-request-merged",
  resource: Wire,
): Reading {
  const repositoryId = repositoryIdOf(resource);
  // "minimal" deliveries may hold little more than an address.
  const number = optionalNumber(resource, "pullRequestId") ?? numberIn(/\/pullrequests\/(\d+)/i, resource);
  if (!repositoryId) return { problem: "The pull request names no repository." };
  if (number === undefined) return { problem: "The pull request has no number." };
  const status = optionalText(resource, "status");
  return {
    is,
    repositoryId,
    pullRequest: number,
    status: status === "active" || status === "completed" || status === "abandoned" ? status : "unknown",
  };
}

/** Version 2.0; what wrote the comment and where it stands is read anew. */
function readPullRequestComment(resource: Wire): Reading {
  const { pullRequest } = resource;
  const about = isWire(pullRequest) ? pullRequest : resource;
  const repositoryId = repositoryIdOf(about);
  const number = optionalNumber(about, "pullRequestId") ?? numberIn(/\/pullrequests\/(\d+)/i, about);
  if (!repositoryId) return { problem: "The comment names no repository." };
  if (number === undefined) return { problem: "The comment names no pull request." };
  const content = optionalText(inner(resource, "comment"), "content");
  return { is: "pull-request-comment", repositoryId, pullRequest: number, ...(content !== undefined && { content }) };
}

/** Version 2.0, and what is left of it in 1.0 (XAML builds) and "minimal". */
function readBuild(resource: Wire): Reading {
  const buildId = optionalNumber(resource, "id") ?? numberIn(/\/builds\/(\d+)/i, resource);
  if (buildId === undefined) return { problem: "The build has no id." };
  const repository = inner(resource, "repository");
  const isAzureRepos = optionalText(repository, "type")?.toLowerCase() === "tfsgit";
  const repositoryId = isAzureRepos ? guidIn(repository, "id") : undefined;
  const commit = optionalText(resource, "sourceVersion") ?? xamlCommit(resource);
  const branch = optionalText(resource, "sourceBranch");
  const finishedAt = optionalDate(resource, "finishTime");
  const webUrl = optionalText(inner(inner(resource, "_links"), "web"), "href");
  const requestedBy = requesterOf(resource);
  return {
    is: "build-completed",
    buildId,
    buildNumber: optionalText(resource, "buildNumber") ?? String(buildId),
    definition: optionalText(inner(resource, "definition"), "name") ?? "",
    result: optionalText(resource, "result") ?? optionalText(resource, "status") ?? "unknown",
    ...(commit === undefined ? {} : { commit }),
    ...(branch === undefined ? {} : { branch }),
    ...(repositoryId === undefined ? {} : { repositoryId: repositoryId as RepositoryId }),
    ...(finishedAt === undefined ? {} : { finishedAt }),
    ...(requestedBy === undefined ? {} : { requestedBy }),
    ...(webUrl === undefined || !/^https?:\/\//i.test(webUrl) ? {} : { webUrl }),
  };
}

/** `LG:refs/heads/main:<commit>` */
function xamlCommit(resource: Wire): string | undefined {
  return /:([0-9a-f]{40})$/i.exec(optionalText(resource, "sourceGetVersion") ?? "")?.[1]?.toLowerCase();
}

/** `requestedFor` is the person even where a service queued the build; XAML builds have a list of requests. */
function requesterOf(resource: Wire): string | undefined {
  const requests = Array.isArray(resource.requests) ? resource.requests.filter(isWire) : [];
  return [resource, ...requests]
    .flatMap((wire) => [inner(wire, "requestedFor"), inner(wire, "requestedBy")])
    .flatMap((identity) => optionalText(identity, "displayName") ?? [])[0];
}

/** The comment event wraps the pull request; everything else holds the repository itself. */
function repositoryOf(resource: Wire): Wire {
  const own = inner(resource, "repository");
  return Object.keys(own).length > 0 ? own : inner(inner(resource, "pullRequest"), "repository");
}

/** By id, by the id of events about repositories, or from the address that "minimal" leaves. */
function repositoryIdOf(resource: Wire): RepositoryId | undefined {
  const fromAddress = /\/_apis\/git\/repositories\/([^/?]+)/i.exec(optionalText(resource, "url") ?? "")?.[1];
  const id =
    guidIn(repositoryOf(resource), "id") ??
    guidIn(resource, "repositoryId") ??
    (fromAddress !== undefined && guid.test(fromAddress) ? fromAddress.toLowerCase() : undefined);
  return id as RepositoryId | undefined;
}

function guidIn(wire: Wire, field: string): string | undefined {
  const text = optionalText(wire, field);
  return text !== undefined && guid.test(text) ? text.toLowerCase() : undefined;
}

function numberIn(pattern: RegExp, resource: Wire): number | undefined {
  const found = pattern.exec(optionalText(resource, "url") ?? "")?.[1];
  return found === undefined ? undefined : Number(found);
}
