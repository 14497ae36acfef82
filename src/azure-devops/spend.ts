/** Counts what was spent on Azure DevOps, per organization and purpose, until somebody takes the count away to keep it. */
import type { Purpose } from "#model/purpose.ts";

export interface Spend {
  /** Empty for calls that concern an account and no organization. */
  readonly organization: string;
  readonly purpose: Purpose;
  /** Requests sent, repetitions included. */
  readonly calls: number;
  /** Answered with 429. */
  readonly refused: number;
  /** Not answered, or answered with 5xx. */
  readonly failed: number;
  /** Waited because the service asked for it, before sending or while it held the answer back. */
  readonly delayedMilliseconds: number;
}

export interface SpendCount {
  add(organization: string, purpose: Purpose, amounts: Partial<Omit<Spend, "organization" | "purpose">>): void;
  /** What came together since the last time. */
  take(): readonly Spend[];
}

export function countSpend(): SpendCount {
  let rows = new Map<string, Spend>();
  return {
    add(organization, purpose, { calls = 0, refused = 0, failed = 0, delayedMilliseconds = 0 }) {
      const key = JSON.stringify([organization, purpose]);
      const row = rows.get(key);
      rows.set(key, {
        organization,
        purpose,
        calls: (row?.calls ?? 0) + calls,
        refused: (row?.refused ?? 0) + refused,
        failed: (row?.failed ?? 0) + failed,
        delayedMilliseconds: (row?.delayedMilliseconds ?? 0) + Math.round(delayedMilliseconds),
      });
    },
    take() {
      const taken = [...rows.values()];
      rows = new Map();
      return taken;
    },
  };
}
