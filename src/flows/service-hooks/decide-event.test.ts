import assert from "node:assert/strict";
import { test } from "node:test";
import type { HookEvent, RefUpdate } from "#model/hook-event.ts";
import type { RepositoryId } from "#model/ids.ts";
import { decideEvent } from "./decide-event.ts";

const zero = "0".repeat(40);
const a = "a".repeat(40);
const b = "b".repeat(40);
const repository = { chosen: true, defaultBranch: "refs/heads/main", scannedCommit: a, isDisabled: false };

function push(...refUpdates: readonly RefUpdate[]): HookEvent {
  return { is: "push", id: "1", at: new Date(0), repositoryId: "r" as RepositoryId, refUpdates };
}

function pullRequest(
  is: "pull-request-created" | "pull-request-updated" | "pull-request-merged",
  status: "active" | "completed" | "abandoned" | "unknown",
): HookEvent {
  return { is, id: "1", at: new Date(0), repositoryId: "r" as RepositoryId, pullRequest: 7, status };
}

const update = (ref: string, oldObjectId: string, newObjectId: string): RefUpdate => ({
  ref,
  oldObjectId,
  newObjectId,
});

test("a push to the default branch is scanned, also among other refs and when forced", () => {
  assert.equal(decideEvent(push(update("refs/heads/main", a, b)), repository).is, "scan-repository");
  const several = push(update("refs/tags/v1", zero, a), update("refs/heads/x", a, b), update("refs/heads/main", b, a));
  assert.equal(decideEvent(several, repository).is, "scan-repository");
});

test("a comment is read anew if it may be a command, and not otherwise", () => {
  const comment = { is: "pull-request-comment", id: "1", at: new Date(0), pullRequest: 7 } as const;
  const event = { ...comment, repositoryId: "r" as RepositoryId };
  assert.equal(decideEvent({ ...event, content: "/sallyport rescan" }, repository).is, "obey-comment");
  assert.equal(decideEvent({ ...event, content: "looks good" }, repository).is, "ignore");
  assert.equal(decideEvent(event, repository).is, "obey-comment");
  assert.equal(decideEvent(event, { ...repository, chosen: false }).is, "ignore");
});

test("what is pushed to another branch is read for secrets, once everything else was, and so is one that goes", () => {
  const onTopic = push(update("refs/tags/v1", zero, a), update("refs/heads/topic", zero, a));
  assert.equal(decideEvent(onTopic, repository).is, "read-history");
  const { scannedCommit: _, ...unscanned } = repository;
  assert.equal(decideEvent(onTopic, unscanned).is, "ignore");
  // What only it held is in history from now on.
  assert.equal(decideEvent(push(update("refs/heads/topic", a, zero)), repository).is, "read-history");
});

test("tags, other refs and empty pushes are ignored with a reason", () => {
  const cases = [
    push(update("refs/tags/v1", zero, a), update("refs/notes/commits", zero, a)),
    push(update("refs/tags/v1", a, zero)),
    push(update("refs/tags/v1", zero, a)),
    push(),
  ];
  const whys = cases.map((event) => {
    const decision = decideEvent(event, repository);
    assert(decision.is === "ignore");
    return decision.why;
  });
  assert.equal(new Set(whys).size, 4);
});

test("what does not fit what is known makes the organization be listed again", () => {
  const onMain = push(update("refs/heads/main", a, b));
  assert.equal(decideEvent(onMain, undefined).is, "sync");
  assert.equal(decideEvent(onMain, { ...repository, goneAt: new Date(0) }).is, "sync");
  assert.equal(decideEvent(onMain, { ...repository, isDisabled: true }).is, "sync");
  assert.equal(decideEvent(push(update("refs/heads/main", a, zero)), repository).is, "sync");
  assert.equal(decideEvent(onMain, { chosen: true, isDisabled: false }).is, "sync");
  const created: HookEvent = { is: "repository-created", id: "1", at: new Date(0), repositoryId: "r" as RepositoryId };
  assert.equal(decideEvent(created, undefined).is, "sync");
});

test("a repository that is not chosen is left alone", () => {
  assert.equal(decideEvent(push(update("refs/heads/main", a, b)), { ...repository, chosen: false }).is, "ignore");
  assert.equal(
    decideEvent(pullRequest("pull-request-created", "active"), { ...repository, chosen: false }).is,
    "ignore",
  );
});

test("merged means attempted: only a completed or abandoned pull request is looked at", () => {
  assert.equal(decideEvent(pullRequest("pull-request-merged", "active"), repository).is, "ignore");
  assert.equal(decideEvent(pullRequest("pull-request-merged", "completed"), repository).is, "scan-pull-request");
  assert.equal(decideEvent(pullRequest("pull-request-merged", "unknown"), repository).is, "scan-pull-request");
  const updated = decideEvent(pullRequest("pull-request-updated", "active"), repository);
  assert.deepEqual(updated, { is: "scan-pull-request", number: 7 });
});
