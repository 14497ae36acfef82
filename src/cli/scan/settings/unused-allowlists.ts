/** Tells allowlists of rule files that silenced nothing: one notice for each file, for sets that others wrote hold many. */
import type { Problem } from "#model/scan-result.ts";
import type { Span } from "#model/span.ts";
import { maskWords } from "#scan/mask-reasons.ts";
import type { AppliedEntries } from "./unused-entries.ts";

type Asked = Pick<AppliedEntries, "own" | "silencedAlone" | "options" | "problems">;

export function unusedAllowlists({ own, silencedAlone, options, problems }: Asked): readonly Problem[] {
  const isRead = !problems.some(({ scanner, isNotice }) => scanner === "secrets" && !isNotice);
  if (options.history || !isRead || options.scanners?.includes("secrets") === false) return [];
  const used = new Set(silencedAlone.map(({ at }) => keyOf(at)));
  const lists = new Set([...own.allow, ...own.rules.flatMap(({ allow }) => allow)]);
  const unused = [...lists].filter(({ at }) => !used.has(keyOf(at)));
  const byFile = Map.groupBy(unused, ({ at }) => at.path);
  return [...byFile].map(([path, ofFile]) => {
    const lines = ofFile.map(({ at }) => at.startLine).sort((one, other) => one - other);
    const [line = 1] = lines;
    const message = wordsOf(lines, ofFile[0]?.reason ?? "");
    return { scanner: "scan", code: "unused", message, path, line, isNotice: true };
  });
}

function keyOf(at: Span | undefined): string {
  return at === undefined ? "" : `${at.path}:${at.startLine}:${at.startColumn}`;
}

const mostNamed = 10;

function wordsOf(lines: readonly number[], reason: string): string {
  if (lines.length === 1) {
    return `This allow entry silences nothing (any more)${reason === "" ? "" : `: ${maskWords(reason)}`}`;
  }
  const more = lines.length > mostNamed ? ` and ${lines.length - mostNamed} more` : "";
  return `${lines.length} allow entries silence nothing (any more): in the lines ${lines.slice(0, mostNamed).join(", ")}${more}`;
}
