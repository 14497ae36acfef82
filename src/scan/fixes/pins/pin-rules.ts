/** The rules that ask for a commit or a digest where a moving name stands. */
import type { Finding } from "#model/finding.ts";

const words = /(?:^|[/-])(?:without-digest|not-pinned|unpinned|tag-not-fixed|mutable-ref|moving-ref|moving-tag)(?:-|$)/;

export function isPinFinding({ rule }: Pick<Finding, "rule">): boolean {
  return words.test(rule);
}
