/** What to do about a package, in one sentence. */
import type { IssueDetail } from "#api/issues/contract.ts";

export function saysUpgrade({ upgrade, fix, advisory, package: about }: IssueDetail): string {
  if (fix !== null) return `${fix.title}.`;
  if (upgrade === null) {
    const fixed = advisory?.fixedIn ?? [];
    return fixed.length === 0
      ? "No version without the problem is published."
      : `There is none after the version in use; fixed in ${fixed.join(", ")}.`;
  }
  const { name, from, to, by, isCertain } = upgrade;
  const step = from === undefined ? `to ${to}` : `from ${from} to ${to}`;
  const what = by === "override" ? `Override the version of ${name}: ${step}.` : `Raise ${name} ${step}.`;
  if (isCertain) return what;
  return `${what} Whether that brings in a ${about?.name ?? "package"} without the problem is not known: try it.`;
}
