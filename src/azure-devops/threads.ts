/** Comment threads of pull requests. Own threads are found by a property, so that a repeated run makes no second one. */
import type { RepositoryId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import type { Span } from "#model/span.ts";
import { type EncodedPath, type OrganizationClient, path } from "./organization-client.ts";
import { collect, wholeList } from "./pages.ts";
import {
  inner,
  isWire,
  optionalNumber,
  optionalText,
  requiredNumber,
  type Wire,
  wireList,
  wireObject,
} from "./read-wire.ts";

const threadStatuses = ["active", "fixed", "wontFix", "closed", "byDesign", "pending"] as const;

export type ThreadStatus = (typeof threadStatuses)[number];

export interface Thread {
  readonly id: number;
  readonly status: ThreadStatus | "unknown";
  readonly properties: Readonly<Record<string, string>>;
  readonly comments: readonly ThreadComment[];
  /** All that was said in it was deleted. */
  readonly isDeleted: boolean;
  /** Where it was put; Azure DevOps moves it with the lines. Absent: it is about the pull request, or a file as a whole. */
  readonly place?: ThreadPlace;
}

interface ThreadPlace {
  readonly path: string;
  readonly side: "left" | "right";
  readonly startLine: number;
  readonly endLine: number;
}

export interface ThreadComment {
  readonly id: number;
  /** Of the comment that it replies to; 0 for the first of a thread. */
  readonly parentId: number;
  /** Empty if deleted. */
  readonly content: string;
  readonly isDeleted: boolean;
  readonly author?: CommentAuthor;
}

export interface CommentAuthor {
  readonly id: string;
  readonly name: string;
  /** Unique, mostly a mail address; empty if it is not told. */
  readonly account: string;
}

export interface NewThread {
  readonly content: string;
  readonly status: ThreadStatus;
  readonly properties: Readonly<Record<string, string>>;
  readonly iteration: number;
  /** The place in the file; a thread without is about the whole pull request. */
  readonly path?: string;
  readonly span?: Pick<Span, "startLine" | "startColumn" | "endLine" | "endColumn">;
  /** `right` = the file as the pull request makes it, `left` = as it was. */
  readonly side?: "left" | "right";
  readonly changeTrackingId?: number;
}

/** Longer comments are refused with 400. */
export const longestComment = 150_000;

function threadsPath(repositoryId: RepositoryId, number: number): EncodedPath {
  return path`/_apis/git/repositories/${repositoryId}/pullRequests/${number}/threads`;
}

/** Threads that people or programs wrote; those of the system (votes, pushes) are left out. */
export async function listThreads(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
): Promise<readonly Thread[]> {
  const request = { path: threadsPath(repositoryId, number) };
  const threads = await collect(wholeList(client, request, "threads"), readThread);
  return threads.flatMap((thread) => thread ?? []);
}

/**
 * Makes a thread. If the answer was lost, looks whether it exists before anybody makes another: a thread with the
 * same properties is taken for this one.
 */
export async function createThread(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
  thread: NewThread,
): Promise<Thread> {
  const where = "a new thread";
  try {
    const { body } = await client.request({
      method: "POST",
      path: threadsPath(repositoryId, number),
      body: threadBody(thread),
    });
    const made = readThread(wireObject(body, where));
    if (!made) throw new RemoteError("unexpected", "Azure DevOps made something else than the thread asked for.");
    return made;
  } catch (error) {
    if (!(error instanceof RemoteError && ["timed-out", "unreachable", "unavailable"].includes(error.code)))
      throw error;
    const wanted = Object.entries(thread.properties);
    const threads = wanted.length > 0 ? await listThreads(client, repositoryId, number).catch(() => []) : [];
    const made = threads.find(({ properties }) => wanted.every(([name, value]) => properties[name] === value));
    if (!made) throw error;
    return made;
  }
}

function threadBody(thread: NewThread): Wire {
  return {
    comments: [{ parentCommentId: 0, content: cut(thread.content), commentType: "text" }],
    status: thread.status,
    properties: Object.fromEntries(
      Object.entries(thread.properties).map(([name, $value]) => [name, { $type: "System.String", $value }]),
    ),
    ...(thread.path === undefined ? {} : { threadContext: placeBody(thread.path, thread) }),
    ...(thread.changeTrackingId === undefined
      ? {}
      : {
          pullRequestThreadContext: {
            changeTrackingId: thread.changeTrackingId,
            iterationContext: { firstComparingIteration: 1, secondComparingIteration: thread.iteration },
          },
        }),
  };
}

/** Lines count from 1; so do offsets here, since Microsoft's own code refuses smaller ones. */
function placeBody(file: string, { span, side = "right" }: NewThread): Wire {
  const filePath = file.startsWith("/") ? file : `/${file}`;
  if (!span) return { filePath };
  return {
    filePath,
    [`${side}FileStart`]: { line: Math.max(1, span.startLine), offset: Math.max(1, span.startColumn) },
    [`${side}FileEnd`]: { line: Math.max(1, span.endLine), offset: Math.max(1, span.endColumn) },
  };
}

export async function updateThread(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
  threadId: number,
  status: ThreadStatus,
): Promise<void> {
  await client.request({
    method: "PATCH",
    path: `${threadsPath(repositoryId, number)}/${threadId}` as EncodedPath,
    body: { status },
    isRepeatable: true,
  });
}

/** A reply, to the thread's first comment unless another one is named. */
export async function addComment(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
  threadId: number,
  content: string,
  parentCommentId = 1,
): Promise<ThreadComment> {
  const { body } = await client.request({
    method: "POST",
    path: `${threadsPath(repositoryId, number)}/${threadId}/comments` as EncodedPath,
    body: { parentCommentId, content: cut(content), commentType: "text" },
  });
  return readComment(wireObject(body, "a new comment"));
}

export async function editComment(
  client: OrganizationClient,
  repositoryId: RepositoryId,
  number: number,
  threadId: number,
  commentId: number,
  content: string,
): Promise<void> {
  await client.request({
    method: "PATCH",
    path: `${threadsPath(repositoryId, number)}/${threadId}/comments/${commentId}` as EncodedPath,
    body: { content: cut(content) },
    isRepeatable: true,
  });
}

function cut(content: string): string {
  return content.length <= longestComment ? content : `${content.slice(0, longestComment - 1)}…`;
}

function readThread(wire: Wire): Thread | undefined {
  const properties = readProperties(wire);
  const comments = wireList(wire.comments ?? [], "thread");
  const isOfSystem = "CodeReviewThreadType" in properties || comments[0]?.commentType === "system";
  if (isOfSystem) return undefined;
  const status = optionalText(wire, "status");
  const read = comments.map(readComment);
  const place = readPlace(inner(wire, "threadContext"));
  return {
    id: requiredNumber(wire, "id", "thread"),
    status: threadStatuses.find((known) => known === status) ?? "unknown",
    properties,
    comments: read,
    isDeleted: wire.isDeleted === true || (read.length > 0 && read.every(({ isDeleted }) => isDeleted)),
    ...(place && { place }),
  };
}

function readPlace(context: Wire): ThreadPlace | undefined {
  const file = optionalText(context, "filePath");
  const side = isWire(context.rightFileStart) ? "right" : "left";
  const startLine = optionalNumber(inner(context, `${side}FileStart`), "line");
  if (file === undefined || startLine === undefined) return undefined;
  const endLine = optionalNumber(inner(context, `${side}FileEnd`), "line") ?? startLine;
  return { path: file.replace(/^\//, ""), side, startLine, endLine };
}

function readComment(wire: Wire): ThreadComment {
  const author = readAuthor(inner(wire, "author"));
  return {
    id: requiredNumber(wire, "id", "comment"),
    parentId: optionalNumber(wire, "parentCommentId") ?? 0,
    content: optionalText(wire, "content") ?? "",
    isDeleted: wire.isDeleted === true,
    ...(author && { author }),
  };
}

function readAuthor(wire: Wire): CommentAuthor | undefined {
  const id = optionalText(wire, "id");
  if (id === undefined) return undefined;
  const name = optionalText(wire, "displayName") ?? "";
  return { id: id.toLowerCase(), name, account: optionalText(wire, "uniqueName") ?? "" };
}

/** `{"key": {"$type": "System.String", "$value": "..."}}` */
function readProperties(wire: Wire): Record<string, string> {
  const properties: Record<string, string> = {};
  for (const [name, value] of Object.entries(inner(wire, "properties"))) {
    const plain = isWire(value) ? value.$value : value;
    if (typeof plain === "string" || typeof plain === "number") properties[name] = String(plain);
  }
  return properties;
}
