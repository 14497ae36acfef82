/**
 * Which thread tells what, as a pure decision: one thread for each problem, and where there are many, those of a kind
 * together. None is in two threads; what finds no place in any is in the summary, which lists all. A topic stays where it
 * was told once, whatever comes or goes around it, so that running again after half of it was done makes the other half.
 */
import type { Thread } from "#azure-devops/threads.ts";
import { fingerprintProperty, groupProperty, lastSetOf } from "./own-threads.ts";
import { compareTopics, type Topic } from "./topics.ts";

export interface Conversation {
  /** About one topic, about many of a kind in a file, about many of a kind anywhere. */
  readonly is: "one" | "file" | "rule";
  /** Recognises its thread. */
  readonly key: string;
  /** Absent: it has to be made. */
  readonly thread?: Thread;
  readonly topics: readonly [Topic, ...Topic[]];
}

/** More of a kind in one file share a thread: the fourth comment of the same words is not read. */
const mostAlike = 3;

/** More are drawn together: each thread is a mail to the reviewers. */
const mostThreads = 25;

export function planThreads(topics: readonly Topic[], threads: readonly Thread[]): readonly Conversation[] {
  const { held, waiting } = withTheirThreads(topics, threads);
  const rest = joinGroups(waiting, held);
  const there = [...held.values()].flatMap(({ thread, topics: [first, ...others] }) =>
    first ? [{ ...namesOf(thread), thread, topics: [first, ...others] as const }] : [],
  );
  const room = Math.max(0, mostThreads - there.filter((one) => one.topics.some(isOpen)).length);
  return [...there, ...fitInto(room, newConversations(rest, there))].map((one) => {
    const [first = one.topics[0], ...others] = one.topics.toSorted(
      (a, b) => rankOf(a) - rankOf(b) || compareTopics(a, b),
    );
    return { ...one, topics: [first, ...others] };
  });
}

type Held = Map<number, { readonly thread: Thread; readonly topics: Topic[] }>;

/** Where each was told already. What a policy only records is in no thread, unless it was told before. */
function withTheirThreads(topics: readonly Topic[], threads: readonly Thread[]) {
  const held: Held = new Map();
  const byFingerprint = new Map<string, Thread>();
  for (const thread of threads.toSorted((a, b) => a.id - b.id)) {
    const fingerprint = thread.properties[fingerprintProperty];
    if (fingerprint === undefined && thread.properties[groupProperty] === undefined) continue;
    held.set(thread.id, { thread, topics: [] });
    // Should there ever be two of one, the first is the one that people answered in.
    if (fingerprint !== undefined && !byFingerprint.has(fingerprint)) byFingerprint.set(fingerprint, thread);
  }
  const waiting: Topic[] = [];
  for (const topic of topics) {
    const told = topic.rows.find(({ threadId }) => threadId !== undefined)?.threadId;
    const thread = held.get(told ?? -1)?.thread ?? byFingerprint.get(topic.fingerprint);
    if (thread) held.get(thread.id)?.topics.push(topic);
    // Its thread is gone: a person deleted it, and it is not made again.
    else if (isOpen(topic) && topic.asks && told === undefined) waiting.push(topic);
  }
  return { held, waiting };
}

/** Those of a kind that has a thread for many join it. Answers the rest. */
function joinGroups(waiting: readonly Topic[], held: Held): readonly Topic[] {
  const groups = new Map<string, Topic[]>();
  for (const { thread, topics } of held.values()) {
    const { is, key } = namesOf(thread);
    if (is === "one" || !isTaking(thread, topics)) continue;
    // Of a file that was renamed the members tell the new name.
    for (const name of [key, ...topics.map(({ kind }) => groupKey(is, kind))]) {
      if (!groups.has(name)) groups.set(name, topics);
    }
  }
  return waiting.filter((topic) => {
    const group = groups.get(groupKey("file", topic.kind)) ?? groups.get(groupKey("rule", topic.kind));
    group?.push(topic);
    return group === undefined;
  });
}

/** What a person decided about a group was not about what comes later: that gets another one. */
function isTaking(thread: Thread, topics: readonly Topic[]): boolean {
  if (thread.isDeleted) return false;
  if (["active", "unknown", "pending", "fixed"].includes(thread.status)) return true;
  const rows = topics.flatMap((topic) => topic.rows);
  return thread.status === lastSetOf(thread, rows);
}

function newConversations(topics: readonly Topic[], there: readonly Conversation[]): readonly Conversation[] {
  const alone = there.filter(({ is, topics: [topic] }) => is === "one" && isOpen(topic));
  const alike = Map.groupBy(alone, ({ topics: [topic] }) => topic.kind.file);
  return [...Map.groupBy(topics, ({ kind }) => kind.file)].flatMap(([file, group]) => {
    const [first, ...others] = group;
    if (!first) return [];
    if (group.length + (alike.get(file)?.length ?? 0) > mostAlike) return [together("file", [first, ...others])];
    return group.map((topic): Conversation => ({ is: "one", key: topic.fingerprint, topics: [topic] }));
  });
}

/** The mildest are drawn together first; if that is not enough, the mildest have no thread. */
function fitInto(room: number, all: readonly Conversation[]): readonly Conversation[] {
  let fit = all.toSorted(compareConversations);
  const kinds = [...Map.groupBy(fit.toReversed(), ({ topics: [{ kind }] }) => kind.rule)];
  for (const [, ofKind] of kinds) {
    if (fit.length <= room) break;
    const [first, ...others] = ofKind.flatMap(({ topics }) => topics);
    if (ofKind.length < 2 || !first) continue;
    fit = [...fit.filter((one) => !ofKind.includes(one)), together("rule", [first, ...others])];
  }
  return fit.toSorted(compareConversations).slice(0, room);
}

function together(is: "file" | "rule", topics: Conversation["topics"]): Conversation {
  return { is, key: groupKey(is, topics[0].kind), topics };
}

function groupKey(is: "file" | "rule", kind: Topic["kind"]): string {
  return `${is}:${kind[is]}`;
}

function namesOf({ properties }: Thread): Pick<Conversation, "is" | "key"> {
  const key = properties[groupProperty];
  if (key === undefined) return { is: "one", key: properties[fingerprintProperty] ?? "" };
  return { is: key.startsWith("rule:") ? "rule" : "file", key };
}

function isOpen({ state }: Topic): boolean {
  return state === "open";
}

/** What must be done before what may be read. */
function compareConversations(a: Conversation, b: Conversation): number {
  const worst = ({ topics }: Conversation) => topics.toSorted(compareTopics)[0] ?? topics[0];
  const waits = ({ topics }: Conversation) => (topics.some(({ asks }) => asks === "block") ? 0 : 1);
  return waits(a) - waits(b) || compareTopics(worst(a), worst(b));
}

/** Those that are solved stand behind the others. */
function rankOf({ state, asks }: Topic): number {
  if (state === "open") return asks === "block" ? 0 : asks === "comment" ? 1 : 2;
  return 3;
}
