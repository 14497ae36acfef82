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

/** `asked 2026-01-31 09:30 UTC`, or that nobody had to be asked. */
export function askedAt({ at, isByItself }: Pick<LiveAnswer, "at" | "isByItself">): string {
  if (isByItself) return "as it says itself";
  return `asked ${at.slice(0, 10)} ${at.slice(11, 16)} UTC`;
}
