/** Which state a thread must get, as a pure decision. What a person decided in a thread stays. */
import type { Thread, ThreadStatus } from "#azure-devops/threads.ts";

/**
 * `wanted` is what its findings ask for, `current` what Azure DevOps has, `last` what we last set it to. Undefined leaves
 * it alone. What is no longer as we left it, a person changed: that stays, with two exceptions. Resolved while the problem
 * is still there is a mistake, or it came back: the thread is opened again. And one that they opened is closed when its
 * problem ends, unless they opened it after that.
 */
export function decideThread(
  wanted: ThreadStatus,
  current: Thread["status"],
  last: string | undefined,
): ThreadStatus | undefined {
  if (current === wanted) return undefined;
  // Nobody sets this one: it is a thread that never got a state, and counts as open.
  if (current === "unknown") return wanted === "active" ? undefined : wanted;
  if (current === last) return wanted;
  if (current === "active") return last === wanted ? undefined : wanted;
  if (current === "fixed") return wanted === "active" ? wanted : undefined;
  return undefined;
}
