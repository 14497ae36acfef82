/**
 * A budget of calls per identity in a sliding window, as the rate limiter of the service: above four fifths of it answers
 * tell how much is left, above all of it they are delayed, and above six fifths calls are blocked until enough time passed.
 */
import { setTimeout as wait } from "node:timers/promises";
import type { World } from "../world.ts";
import type { FaultOutcome } from "./apply-faults.ts";
import { blockedAnswer } from "./blocked-answer.ts";

interface Spent {
  /** Times of the calls in the window, oldest first. */
  readonly times: number[];
}

const ledgers = new WeakMap<World, Map<string, Spent>>();

/** Real time by which an answer is held back; the service takes up to 30 seconds. */
const delay = 100;

function spentBy(world: World, userId: string): Spent {
  const ledger = ledgers.get(world) ?? new Map<string, Spent>();
  ledgers.set(world, ledger);
  const spent = ledger.get(userId) ?? { times: [] };
  ledger.set(userId, spent);
  return spent;
}

/** Counts the call; answers the headers it brings, and the refusal where the identity is blocked. */
export async function spendBudget(world: World, userId: string, path: string): Promise<FaultOutcome> {
  const { rateBudget, rateLimitHeadersOnHooks } = world.switches;
  if (rateBudget === null || world.edition.is === "server") return { headers: {} };
  const { limit, window } = rateBudget;
  const { times } = spentBy(world, userId);
  const now = world.clock.now().getTime();
  const horizon = now - window * 1000;
  const gone = times.findIndex((time) => time > horizon);
  times.splice(0, gone < 0 ? times.length : gone);
  const isBlocked = times.length >= Math.ceil(limit * 1.2);
  // a blocked call costs nothing, or nobody would ever be let in again
  if (!isBlocked) times.push(now);
  const used = times.length;
  if (used <= limit * 0.8) return { headers: {} };
  const isDelayed = !isBlocked && used > limit;
  const freeAt = times[Math.max(0, used - limit)] ?? now;
  const headers: Record<string, string> = {
    "X-RateLimit-Resource": "Concurrency",
    "X-RateLimit-Limit": String(limit),
    "X-RateLimit-Remaining": String(Math.max(0, limit - used)),
    "X-RateLimit-Reset": String(Math.ceil(((times.at(-1) ?? now) + window * 1000) / 1000)),
  };
  if (isDelayed || isBlocked) {
    headers["Retry-After"] = String(Math.max(1, Math.ceil((freeAt + window * 1000 - now) / 1000)));
    headers["X-RateLimit-Delay"] = String(isDelayed ? delay / 1000 : 0);
  }
  if (isDelayed) await wait(delay);
  const shown = rateLimitHeadersOnHooks || !/\/_apis\/hooks\//i.test(path) ? headers : {};
  return isBlocked ? { answer: blockedAnswer(world), headers: shown } : { headers: shown };
}
