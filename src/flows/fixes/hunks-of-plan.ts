/** What a plan changes, as people read it. Secrets that stand near are covered, as everywhere. */
import type { Hunk } from "#model/diff-of-fix.ts";
import { diffOfTexts } from "#model/diff-of-texts.ts";
import type { FixedFile } from "#model/fix-plan.ts";
import { isSpan } from "#model/span.ts";
import { scanFile } from "#scan/scan.ts";
import { maskText } from "#scan/secrets/masking/masking.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { App } from "../app.ts";

const mostLines = 2_000;
const longestLine = 500;

export function hunksOfPlan(app: Pick<App, "keys">, files: readonly FixedFile[]): readonly Hunk[] {
  const hunks: Hunk[] = [];
  let lines = 0;
  for (const { path, before, after } of files) {
    const shown = { before: masked(app, path, before), after: masked(app, path, after) };
    for (const hunk of diffOfTexts(path, before, after, shown)) {
      if (lines >= mostLines) return hunks;
      const kept = hunk.lines.slice(0, mostLines - lines);
      lines += kept.length;
      hunks.push({ path, lines: kept.map((line) => ({ ...line, text: line.text.slice(0, longestLine) })) });
    }
  }
  return hunks;
}

function masked({ keys }: Pick<App, "keys">, path: string, text: string): string {
  const file = sourceFileOf(path, "0".repeat(40), Buffer.from(text));
  const { fingerprintKey } = keys;
  const { findings, silenced } = scanFile(file, { fingerprintKey, scanners: ["secrets"], minimumScore: 0 });
  const places = [...findings, ...silenced.map(({ finding }) => finding)].map(({ at }) => at);
  return maskText(text, places.filter(isSpan));
}
