/** Where a thread stands: checking what a client asks for, and following the place through later iterations. */
import { git, tryGit } from "../git/repository-store.ts";
import type { PullRequestState, RepositoryState, ThreadState, World } from "../world.ts";
import { treeChanges } from "./iteration.ts";
import { invalidArgument, isRecord, record } from "./request-body.ts";
import type { TrackedPosition } from "./thread-shape.ts";

interface Position {
  readonly line: number;
  readonly offset: number;
}

const sides = ["leftFileStart", "leftFileEnd", "rightFileStart", "rightFileEnd"] as const;

/** The thread context of a request without its empty parts; lines count from 1, a start needs its end. */
export function checkThreadContext(value: unknown): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const filePath = value.filePath;
  if (typeof filePath !== "string" || !filePath.startsWith("/")) throw invalidArgument("threadContext.filePath");
  const context: Record<string, unknown> = { filePath };
  for (const side of sides) {
    const position = value[side];
    if (position === undefined || position === null) continue;
    const { line, offset } = record(position);
    if (!Number.isInteger(line) || Number(line) < 1) throw invalidArgument(`threadContext.${side}.line`);
    if (!Number.isInteger(offset) || Number(offset) < 0) throw invalidArgument(`threadContext.${side}.offset`);
    context[side] = { line, offset };
  }
  for (const side of ["left", "right"]) {
    const start = context[`${side}FileStart`] as Position | undefined;
    const end = context[`${side}FileEnd`] as Position | undefined;
    if ((start === undefined) !== (end === undefined)) throw invalidArgument(`threadContext.${side}FileEnd`);
    if (start && end && (end.line < start.line || (end.line === start.line && end.offset < start.offset)))
      throw invalidArgument(`threadContext.${side}FileEnd`);
  }
  return context;
}

export function checkIterationContext(
  pullRequest: PullRequestState,
  value: unknown,
): Record<string, unknown> | undefined {
  if (!isRecord(value)) return undefined;
  const { iterationContext, changeTrackingId } = value;
  if (!isRecord(iterationContext)) return { ...(changeTrackingId === undefined ? {} : { changeTrackingId }) };
  const last = pullRequest.iterations.length;
  for (const name of ["firstComparingIteration", "secondComparingIteration"] as const) {
    const id = iterationContext[name];
    if (!Number.isInteger(id) || Number(id) < 0 || Number(id) > last) throw invalidArgument(`iterationContext.${name}`);
  }
  const { firstComparingIteration, secondComparingIteration } = iterationContext;
  return {
    iterationContext: { firstComparingIteration, secondComparingIteration },
    ...(changeTrackingId === undefined ? {} : { changeTrackingId }),
  };
}

/** The right side's place of a thread in another iteration than the one it was written on. */
export async function trackPosition(
  world: World,
  repository: RepositoryState,
  pullRequest: PullRequestState,
  thread: ThreadState,
  iterationId: number,
): Promise<TrackedPosition | undefined> {
  const context = record(thread.threadContext);
  const iterations = record(record(thread.pullRequestThreadContext).iterationContext);
  const start = context.rightFileStart as Position | undefined;
  const end = context.rightFileEnd as Position | undefined;
  const from = pullRequest.iterations.find((one) => one.id === iterations.secondComparingIteration);
  const to = pullRequest.iterations.find((one) => one.id === iterationId);
  if (!start || !end || !from || !to || from.id === to.id || typeof context.filePath !== "string") return undefined;
  const moved = await followFile(world, repository.id, from.sourceCommit, to.sourceCommit, context.filePath);
  return {
    threadContext: {
      ...context,
      filePath: moved.path,
      rightFileStart: { ...start, line: moved.line(start.line) },
      rightFileEnd: { ...end, line: moved.line(end.line) },
    },
    trackingCriteria: {
      firstComparingIteration: iterations.firstComparingIteration,
      secondComparingIteration: iterations.secondComparingIteration,
      origFilePath: context.filePath,
      origRightFileStart: start,
      origRightFileEnd: end,
    },
  };
}

async function followFile(world: World, repositoryId: string, from: string, to: string, path: string) {
  const changes = await treeChanges(world, repositoryId, from, to);
  const change = changes.find((one) => (one.originalPath ?? one.path) === path);
  const unmoved = { path: change?.path ?? path, line: (line: number) => line };
  if (!change?.objectId || !change.originalObjectId) return unmoved;
  const exists = await tryGit(world, repositoryId, ["cat-file", "-e", change.originalObjectId]);
  if (exists === undefined) return unmoved;
  const diff = await git(world, repositoryId, ["diff", "-U0", "--no-color", change.originalObjectId, change.objectId]);
  const hunks = [...diff.toString().matchAll(/^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/gm)].map((match) => ({
    start: Number(match[1]),
    removed: Number(match[2] ?? 1),
    added: Number(match[4] ?? 1),
  }));
  return { path: unmoved.path, line: (line: number) => shiftLine(line, hunks) };
}

/** Lines after a change move with it; lines inside one stay where they are. */
function shiftLine(line: number, hunks: readonly { start: number; removed: number; added: number }[]): number {
  let shift = 0;
  for (const { start, removed, added } of hunks) {
    const lastOld = removed === 0 ? start : start + removed - 1;
    if (line > lastOld) shift += added - removed;
  }
  return Math.max(1, line + shift);
}
