/** Reads from an answer how long the identity must pause. Such headers come on a 200 too: "pause before the next", not "again". */

/** Longer ones are a mistake, or a clock that is wrong. */
const longest = 15 * 60_000;

/** Milliseconds; undefined = no pause. */
export function pauseAsked(status: number, headers: Headers, now: Date): number | undefined {
  const retryAfter = readRetryAfter(headers.get("retry-after"), now);
  if (retryAfter !== undefined) return Math.min(retryAfter, longest);
  const reset = Number(headers.get("x-ratelimit-reset") ?? Number.NaN) * 1000 - now.getTime();
  const isSpent = headers.get("x-ratelimit-remaining") === "0";
  if ((isSpent || status === 429) && Number.isFinite(reset) && reset > 0) return Math.min(reset, longest);
  return status === 429 ? 5_000 : undefined;
}

/** Seconds, or a date. */
function readRetryAfter(text: string | null, now: Date): number | undefined {
  if (text === null || text.trim() === "") return undefined;
  const seconds = Number(text);
  const milliseconds = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(text) - now.getTime();
  return milliseconds > 0 ? milliseconds : undefined;
}
