/** Whether "no findings" says anything: of a scan that could read nothing it does not. */
import type { Problem } from "#model/scan-result.ts";
import type { Report } from "./report.ts";

/** Codes of problems that stand for something that was to be examined, and was not. */
const unread: ReadonlySet<string> = new Set([
  ...["too-large", "unreadable"],
  ...["missing", "head-unread", "commits-unread", "objects-unread"],
]);

/** Why nothing at all was examined, though something was there; undefined otherwise. */
export function whyUnexamined({ problems, stats }: Pick<Report, "problems" | "stats">): Problem | undefined {
  return stats.files + stats.cache.hits > 0 ? undefined : problems.find(({ code }) => unread.has(code));
}
