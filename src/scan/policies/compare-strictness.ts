import type { Policy } from "#model/policy.ts";

/** Negative if `a` is stricter than `b`: gives less grace, or does not let pass what could not be scanned; then by its id. */
export function compareStrictness(a: Policy, b: Policy): number {
  return a.graceDays - b.graceDays || patience(a) - patience(b);
}

function patience({ unfinished }: Policy): number {
  return unfinished.fails === "closed" ? unfinished.afterMinutes : Number.MAX_SAFE_INTEGER;
}
