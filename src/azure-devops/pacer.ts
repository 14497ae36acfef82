/**
 * The pace of one identity. Azure DevOps counts 200 units in five minutes per identity, and people use the same account:
 * few calls at once, what people wait for first, none before the moment that the service names, and less urgent work
 * stands back when the budget that the service tells is nearly spent.
 */
import { type Purpose, purposes } from "#model/purpose.ts";
import { RemoteError } from "#model/remote-error.ts";
import { type Budget, longestWish, type RateAnswer } from "./rate-limit.ts";

export interface Pacer {
  /** Runs `call` when its turn comes. */
  run<T>(call: () => Promise<T>, turn: Turn): Promise<T>;
  /** What an answer told of pauses and budget. */
  heed(rate: RateAnswer): void;
  state(): PacerState;
}

export interface Turn {
  readonly purpose: Purpose;
  readonly signal?: AbortSignal;
  /** Told how long the service's wishes held the call up. */
  readonly waited?: (milliseconds: number) => void;
}

export interface PacerState {
  readonly limit?: number;
  readonly remaining?: number;
  readonly resetAt?: Date;
  readonly pausedUntil?: Date;
  readonly waiting: number;
  readonly running: number;
}

export interface PacerOptions {
  readonly callsAtOnce: number;
  /** Milliseconds that a call waits here at most; a longer pause is the caller's to plan. */
  readonly longestPause: number;
  readonly now: () => Date;
  readonly wait: (milliseconds: number, signal?: AbortSignal) => Promise<void>;
}

interface Waiting {
  readonly purpose: Purpose;
  readonly since: number;
  /** Since when it stands still because the service asked for it, not for want of a free place. */
  heldSince?: number;
  readonly start: (heldFor: number) => void;
  readonly refuse: (error: unknown) => void;
}

/** Share of the budget that must be left. What people wait for stops only when the service says so. */
const shareNeeded: Readonly<Record<Purpose, number>> = {
  person: 0,
  "pull-request": 0,
  push: 0.05,
  hooks: 0.15,
  sync: 0.15,
  preflight: 0.25,
  posture: 0.25,
  backfill: 0.25,
};

/** Who waited this long goes before more urgent ones, so that a busy day starves nobody. */
const patience = 60_000;

// oxlint-disable-next-line max-lines-per-function -- one queue: its parts share the same few variables
export function createPacer({ callsAtOnce, longestPause, now, wait }: PacerOptions): Pacer {
  const queue: Waiting[] = [];
  const budgets = new Map<string, Budget>();
  let running = 0;
  let pausedUntil = 0;
  let alarm: { readonly at: number; readonly stop: AbortController } | undefined;

  /** The tightest of the budgets that still count. */
  function tightest(): Budget | undefined {
    const left = ({ resetAt }: Budget) => resetAt.getTime() - now().getTime();
    // One that lasts longer was noted before the clock was put back.
    for (const [resource, budget] of budgets) {
      if (left(budget) <= 0 || left(budget) > longestWish) budgets.delete(resource);
    }
    return [...budgets.values()].sort((one, other) => share(one) - share(other))[0];
  }

  /** From when on such a call may be sent. */
  function opensAt(purpose: Purpose, budget: Budget | undefined): number {
    const isShort = budget !== undefined && share(budget) < shareNeeded[purpose];
    return isShort ? Math.max(pausedUntil, budget.resetAt.getTime()) : pausedUntil;
  }

  function tooLong(budget: Budget | undefined, retryAfter: number): RemoteError {
    const message =
      pausedUntil > now().getTime() || !budget
        ? "Azure DevOps asks this account to wait."
        : `Azure DevOps' budget for this account is nearly spent (${budget.remaining} of ${budget.limit} left); what is less urgent waits until it is full again.`;
    return new RemoteError("rate-limited", message, { retryAfter });
  }

  function remove(one: Waiting): void {
    const at = queue.indexOf(one);
    if (at >= 0) queue.splice(at, 1);
  }

  /** Starts what may start, sends away what would wait too long, and sets the alarm for the rest. */
  function move(): void {
    const time = now().getTime();
    pausedUntil = Math.min(pausedUntil, time + longestWish);
    const budget = tightest();
    let next = Number.POSITIVE_INFINITY;
    for (const one of inOrder(queue, time)) {
      const opens = opensAt(one.purpose, budget);
      if (opens - time > longestPause) {
        remove(one);
        one.refuse(tooLong(budget, opens - time));
      } else if (opens > time) {
        one.heldSince ??= time;
        next = Math.min(next, opens);
      } else if (running < callsAtOnce) {
        remove(one);
        running += 1;
        one.start(one.heldSince === undefined ? 0 : time - one.heldSince);
      }
    }
    setAlarm(next, time);
  }

  function setAlarm(at: number, time: number): void {
    if (alarm?.at === at) return;
    alarm?.stop.abort();
    alarm = undefined;
    if (!Number.isFinite(at)) return;
    const mine = { at, stop: new AbortController() };
    alarm = mine;
    const ring = () => {
      if (alarm !== mine) return;
      alarm = undefined;
      move();
    };
    wait(at - time, mine.stop.signal).then(ring, ring);
  }

  return {
    async run(call, { purpose, signal, waited }) {
      signal?.throwIfAborted();
      await new Promise<void>((resolve, reject) => {
        const leave = () => {
          remove(one);
          reject(signal?.reason);
          move();
        };
        const one: Waiting = {
          purpose,
          since: now().getTime(),
          start: (held) => {
            signal?.removeEventListener("abort", leave);
            if (held > 0) waited?.(held);
            resolve();
          },
          refuse: (error) => {
            signal?.removeEventListener("abort", leave);
            reject(error);
          },
        };
        signal?.addEventListener("abort", leave, { once: true });
        queue.push(one);
        move();
      });
      try {
        return await call();
      } finally {
        running -= 1;
        move();
      }
    },
    heed({ pause, budget }) {
      if (pause !== undefined) pausedUntil = Math.max(pausedUntil, now().getTime() + pause);
      if (budget) budgets.set(budget.resource, budget);
      if (pause !== undefined || budget) move();
    },
    state() {
      const budget = tightest();
      return {
        ...(budget && { limit: budget.limit, remaining: budget.remaining, resetAt: budget.resetAt }),
        ...(pausedUntil > now().getTime() && { pausedUntil: new Date(pausedUntil) }),
        waiting: queue.length,
        running,
      };
    },
  };
}

function share({ remaining, limit }: Budget): number {
  return remaining / limit;
}

/** The impatient first, oldest first; then by purpose, in which order of arrival holds. */
function inOrder(queue: readonly Waiting[], now: number): readonly Waiting[] {
  const rank = ({ purpose, since }: Waiting) => (now - since > patience ? -1 : purposes.indexOf(purpose));
  return queue.toSorted((one, other) => rank(one) - rank(other));
}
