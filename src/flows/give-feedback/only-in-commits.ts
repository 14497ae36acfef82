/** What commits of a pull request hold and its files do not, in words. */
import type { Finding, Origin } from "#model/finding.ts";
import { isSpan } from "#model/span.ts";
import { markdownCode } from "./escape-markdown.ts";

export function onlyInCommits({ origin }: Finding): Origin | undefined {
  return origin?.inHead === false ? origin : undefined;
}

/** `in commit 0a1b2c3d4e`, after a place; empty of what stands in the files. */
export function inCommit(finding: Finding): string {
  const origin = onlyInCommits(finding);
  return origin === undefined ? "" : ` in commit ${markdownCode(origin.commit.slice(0, 10))}`;
}

/** Undefined of what stands in the files. */
export function tellCommit(finding: Finding): string | undefined {
  const { at } = finding;
  if (onlyInCommits(finding) === undefined || !isSpan(at)) return undefined;
  const place = `${markdownCode(`${at.path}:${at.startLine}`)}${inCommit(finding)}`;
  return `**It stands in ${place}, and a later commit took it away.** Whoever can fetch the branch can read it: revoke it. To keep it out of the target's history, too, take it out of that commit and push again with force, or complete with a squash merge.`;
}
