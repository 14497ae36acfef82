/** What a plan changes, as people read it. Secrets that stand near are covered, as everywhere. */
import type { Hunk } from "#model/diff-of-fix.ts";
import { diffOfTexts } from "#model/diff-of-texts.ts";
import type { FixedFile } from "#model/fix-plan.ts";
import { allSecretsIn, coverSecrets } from "#scan/cover-secrets.ts";
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
  return coverSecrets(text, allSecretsIn(sourceFileOf(path, "0".repeat(40), Buffer.from(text)), keys));
}
