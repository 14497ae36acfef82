/** Whether the path filter of a branch policy holds a file, as Azure DevOps reads it: in order, the last that fits decides. */
import { matchesPattern } from "./policies-of-branch.ts";

/** `path` begins with a slash. Without a filter a policy holds for every file. */
export function coversPath(filenamePatterns: unknown, path: string): boolean {
  const patterns = Array.isArray(filenamePatterns) ? filenamePatterns.filter((one) => typeof one === "string") : [];
  if (patterns.length === 0) return true;
  // A filter that only takes away holds for all the rest.
  let covered = patterns.every((pattern) => pattern.startsWith("!"));
  for (const pattern of patterns.slice(0, 1000)) {
    const isExcluding = pattern.startsWith("!");
    const bare = (isExcluding ? pattern.slice(1) : pattern).trim().toLowerCase();
    if (fits(path.toLowerCase(), bare)) covered = !isExcluding;
  }
  return covered;
}

/** `*.yml` is of any folder; what begins with a slash counts from the top, and a folder holds what is below it. */
function fits(path: string, pattern: string): boolean {
  if (pattern.startsWith("/"))
    return matchesPattern(path, pattern) || path.startsWith(`${pattern.replace(/\/$/, "")}/`);
  return matchesPattern(path, `*/${pattern}`) || matchesPattern(path, `/${pattern}`);
}
