/** Reads from an answer what the service says of the identity's budget. Such headers come on a 200 too: "pause before the next", not "again". */

/** Longer ones are a mistake, or a clock that is wrong. */
export const longestWish = 15 * 60_000;

export interface RateAnswer {
  /** Milliseconds in which nothing may be sent. */
  readonly pause?: number;
  /** Milliseconds by which the service held this very answer back. */
  readonly heldBack?: number;
  readonly budget?: Budget;
}

/** What is left of one resource until it is full again. */
export interface Budget {
  readonly resource: string;
  /** In the service's own unit. */
  readonly limit: number;
  readonly remaining: number;
  readonly resetAt: Date;
}

export function readRate(status: number, headers: Headers, now: Date): RateAnswer {
  const pause = pauseAsked(status, headers, now);
  const budget = budgetOf(headers, now);
  const heldBack = numberIn(headers, "x-ratelimit-delay");
  return {
    ...(pause === undefined ? {} : { pause }),
    ...(budget === undefined ? {} : { budget }),
    ...(heldBack === undefined || heldBack <= 0 ? {} : { heldBack: Math.min(heldBack * 1000, longestWish) }),
  };
}

function pauseAsked(status: number, headers: Headers, now: Date): number | undefined {
  const retryAfter = readRetryAfter(headers, now);
  if (retryAfter !== undefined) return retryAfter;
  const reset = untilReset(headers, now);
  const isSpent = headers.get("x-ratelimit-remaining") === "0";
  if ((isSpent || status === 429) && reset !== undefined) return reset;
  return status === 429 ? 5_000 : undefined;
}

function budgetOf(headers: Headers, now: Date): Budget | undefined {
  const limit = numberIn(headers, "x-ratelimit-limit");
  const remaining = numberIn(headers, "x-ratelimit-remaining");
  const reset = untilReset(headers, now);
  if (limit === undefined || limit <= 0 || remaining === undefined || reset === undefined) return undefined;
  const resource = headers.get("x-ratelimit-resource") ?? "";
  return { resource, limit, remaining, resetAt: new Date(now.getTime() + reset) };
}

function untilReset(headers: Headers, now: Date): number | undefined {
  const reset = numberIn(headers, "x-ratelimit-reset");
  return reset === undefined ? undefined : untilMoment(reset * 1000, headers, now);
}

/** Seconds, or a date. */
function readRetryAfter(headers: Headers, now: Date): number | undefined {
  const text = headers.get("retry-after") ?? "";
  const count = numberIn(headers, "retry-after");
  if (count !== undefined) return count > 0 ? Math.min(count * 1000, longestWish) : undefined;
  const moment = Date.parse(text);
  return Number.isNaN(moment) ? undefined : untilMoment(moment, headers, now);
}

/**
 * By the service's own clock, which the answer tells, and by ours: either may be wrong. The sooner one counts, since who
 * comes back too early is told so again.
 */
function untilMoment(moment: number, headers: Headers, now: Date): number | undefined {
  const theirs = moment - Date.parse(headers.get("date") ?? "");
  const ours = moment - now.getTime();
  const ahead = [theirs, ours].filter((milliseconds) => milliseconds > 0);
  return ahead.length === 0 ? undefined : Math.min(...ahead, longestWish);
}

function numberIn(headers: Headers, name: string): number | undefined {
  const text = headers.get(name)?.trim() ?? "";
  const value = Number(text);
  return text === "" || !Number.isFinite(value) ? undefined : value;
}
