/** What the verdict asks to be said about each finding: only what some policy comments or blocks on gets a thread. */
import type { Verdict } from "#model/verdict.ts";

/** `comment`: to be known, and nobody must do anything about it before the pull request may be completed. */
export type Asked = "block" | "comment";

/** By fingerprint. */
export function askedOf({ matches }: Pick<Verdict, "matches">): ReadonlyMap<string, Asked> {
  const asked = new Map<string, Asked>();
  for (const { fingerprint, actions } of matches) {
    const names = new Set(actions.map(({ action }) => action));
    if (names.has("block")) asked.set(fingerprint, "block");
    else if (names.has("comment") && !asked.has(fingerprint)) asked.set(fingerprint, "comment");
  }
  return asked;
}
