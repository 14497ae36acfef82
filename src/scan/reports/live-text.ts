import type { LiveAnswer } from "#model/finding.ts";

/** `LIVE`, `not live`, or why nobody knows, as people read it beside a finding. */
export function liveText({ verdict, reason }: LiveAnswer): string {
  if (verdict === "live") return `LIVE: ${reason}`;
  return verdict === "not-live" ? `not live: ${reason}` : `whether it is live is unknown: ${reason}`;
}
