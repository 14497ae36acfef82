/** A change as `git apply` takes it. */
import type { Excerpt } from "#api/issues/contract.ts";

type Hunk = NonNullable<Excerpt["fix"]>[number];

const marks = { same: " ", removed: "-", added: "+" } as const;

export function patchOf(path: string, hunks: readonly Hunk[]): string {
  const text = [`--- a/${path}`, `+++ b/${path}`];
  // By how many lines what comes after the hunks so far has moved.
  let moved = 0;
  for (const { lines } of hunks) {
    const before = lines.filter(({ is }) => is !== "added").length;
    const after = lines.filter(({ is }) => is !== "removed").length;
    const first = lines.find(({ number }) => number !== null)?.number ?? 0;
    text.push(`@@ -${first},${before} +${first + moved},${after} @@`);
    text.push(...lines.map((line) => marks[line.is] + line.text));
    moved += after - before;
  }
  return `${text.join("\n")}\n`;
}
