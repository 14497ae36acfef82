import type { Origin } from "#model/finding.ts";

/** `since 0a1b2c3d4e (Ada, 2024-05-01), only in history`: how a finding came, and whether it is gone from HEAD, as far as that is known. */
export function originText({ commit, author, at, inHead, branches }: Origin): string {
  const facts = [author, at.slice(0, 10)].filter((fact) => fact !== "");
  const since = `since ${commit.slice(0, 10)}${facts.length > 0 ? ` (${facts.join(", ")})` : ""}`;
  if (inHead) return since;
  if (inHead === undefined) return `${since}, perhaps still in HEAD`;
  return branches.length === 0 ? `${since}, only in history` : `${since}, not in HEAD but in ${branches.join(", ")}`;
}
