/** What follows from a secret's own end once it is over: an answer that nobody had to be asked for. */
import type { Finding, LiveAnswer } from "./finding.ts";

/** A day counts until it has ended everywhere it is written for: in UTC. */
export function expiredAnswer({ expires }: Pick<Finding, "expires">, now: Date): LiveAnswer | undefined {
  const at = now.toISOString();
  if (expires === undefined || at.slice(0, 10) <= expires) return undefined;
  return { verdict: "not-live", reason: `expired on ${expires}`, at, isByItself: true };
}
