import type { LiveAnswer } from "#model/finding.ts";

/** `LIVE`, `not live`, or why nobody knows, as people read it beside a finding. */
export function liveText({ verdict, reason }: Pick<LiveAnswer, "verdict" | "reason">): string {
  if (verdict === "live") return `LIVE: ${reason}`;
  return verdict === "not-live" ? `not live: ${reason}` : `whether it is live is unknown: ${reason}`;
}

/** The same for what is kept: with when its provider was asked. */
export function datedLiveText(answer: LiveAnswer): string {
  return `${liveText(answer)} (${askedAt(answer)})`;
}

/** `asked 2026-01-31 09:30 UTC`. */
export function askedAt({ at }: Pick<LiveAnswer, "at">): string {
  return `asked ${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
