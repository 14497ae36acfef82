import assert from "node:assert/strict";
import { test } from "node:test";
import type { Thread } from "#azure-devops/threads.ts";
import type { Finding } from "#model/finding.ts";
import type { PullRequestFinding } from "#store/pull-requests/pull-request-findings.ts";
import type { Asked } from "./asked-of.ts";
import { fingerprintProperty, groupProperty } from "./own-threads.ts";
import { type Conversation, planThreads } from "./plan-threads.ts";
import { topicsOf } from "./topics.ts";

interface Given {
  readonly path?: string;
  readonly rule?: string;
  readonly state?: PullRequestFinding["state"];
  readonly severity?: Finding["severity"];
  readonly threadId?: number;
}

const at = new Date(0);

function row(
  name: string,
  { path = "a.tf", rule = "iac/one", state = "open", severity = "high", threadId }: Given = {},
) {
  const place = { path, startLine: Number(name.replace(/\D/g, "") || 1), startColumn: 1, endLine: 1, endColumn: 2 };
  const finding = { rule, aliases: [], severity, message: name, at: place, fingerprint: name } as unknown as Finding;
  const told = threadId === undefined ? {} : { threadId, postedState: "active" };
  return { fingerprint: name, finding, state, firstSeen: at, lastSeen: at, ...told } as PullRequestFinding;
}

const many = (count: number, given: Given = {}, from = 1) =>
  Array.from({ length: count }, (_, index) => row(`${given.rule ?? ""}${given.path ?? ""}${from + index}`, given));

function plan(rows: readonly PullRequestFinding[], threads: readonly Thread[] = []): readonly Conversation[] {
  const asked = new Map<string, Asked>(rows.map(({ fingerprint }) => [fingerprint, "block"]));
  return planThreads(topicsOf(rows, asked), threads);
}

const lines = (conversations: readonly Conversation[]) =>
  conversations.map(({ is, thread, topics }) => `${thread?.id ?? "new"} ${is} ${topics.length}`);

/** As Azure DevOps would have it after a run. */
function made(conversations: readonly Conversation[], change: Partial<Thread> = {}): readonly Thread[] {
  return conversations.map(({ is, key, thread }, index) => ({
    id: thread?.id ?? index + 1,
    status: "active",
    properties: { [is === "one" ? fingerprintProperty : groupProperty]: key },
    comments: [],
    isDeleted: false,
    ...change,
  }));
}

test("up to three of a kind in a file have a thread each, more share one", () => {
  assert.deepEqual(lines(plan(many(3))), ["new one 1", "new one 1", "new one 1"]);
  assert.deepEqual(lines(plan(many(4))), ["new file 4"]);
  assert.deepEqual(lines(plan([...many(2), ...many(2, { path: "b.tf" })])), Array(4).fill("new one 1"));
});

test("what was told once stays there: a group grows and shrinks, and further ones of a kind gather in one", () => {
  const alone = made(plan(many(3)));
  const grown = plan(many(5), alone);
  assert.deepEqual(lines(grown), ["1 one 1", "2 one 1", "3 one 1", "new file 2"]);
  const group = made(plan(many(4)));
  assert.deepEqual(lines(plan(many(9), group)), ["1 file 9"]);
  // Solved ones stay where they were told.
  const solved = many(3, { state: "fixed", threadId: 1 });
  assert.deepEqual(lines(plan([...solved, row("4")], group)), ["1 file 4"]);
});

test("a group whose file is renamed is told in the same thread", () => {
  const group = made(plan(many(4)));
  const renamed = many(5, { path: "b.tf" }).map((one, index) =>
    index < 4 ? { ...one, threadId: 1, postedState: "active" } : one,
  );
  assert.deepEqual(lines(plan(renamed, group)), ["1 file 5"]);
});

test("what people deleted is not made again; what they closed takes nothing new", () => {
  const [thread] = made(plan([row("1")]));
  assert(thread);
  assert.deepEqual(lines(plan([row("1", { threadId: 1 })], [{ ...thread, isDeleted: true }])), ["1 one 1"]);
  assert.deepEqual(lines(plan([row("1", { threadId: 1 })], [])), []);
  const closed = made(plan(many(4)), { status: "wontFix" });
  const told = many(4, { threadId: 1 });
  assert.deepEqual(lines(plan([...told, ...many(2, {}, 5)], closed)), ["1 file 4", "new one 1", "new one 1"]);
  assert.deepEqual(lines(plan([...told, ...many(1, {}, 5)], made(plan(many(4)), { status: "fixed" }))), ["1 file 5"]);
});

test("beyond 25 threads the mildest kinds are drawn together, and then left to the summary", () => {
  const spread = (count: number, rule: string, severity: Finding["severity"]) =>
    Array.from({ length: count }, (_, index) => row(`${rule} ${index}`, { rule, severity, path: `${index}.tf` }));
  const two = [...spread(20, "iac/bad", "high"), ...spread(20, "iac/mild", "medium")];
  const planned = plan(two);
  assert.deepEqual(lines(planned), [...Array(20).fill("new one 1"), "new rule 20"]);
  // Killed after ten, the next run makes the others, and none twice.
  const half = made(planned).slice(0, 10);
  assert.deepEqual(lines(plan(two, half)).slice(10), [...Array(10).fill("new one 1"), "new rule 20"]);
  const kinds = Array.from({ length: 40 }, (_, index) =>
    row(`k${index}`, { rule: `iac/${index}`, severity: index < 30 ? "low" : "critical", path: `${index}.tf` }),
  );
  const most = plan(kinds);
  assert.equal(most.length, 25);
  assert.equal(most.filter(({ topics: [topic] }) => topic.rows[0].finding.severity === "critical").length, 10);
});

test("what policies only record, or was solved before it was told, has no thread", () => {
  assert.deepEqual(planThreads(topicsOf([row("1")], new Map()), []), []);
  assert.deepEqual(plan([row("1", { state: "fixed" }), row("2", { state: "dismissed" })]), []);
});
