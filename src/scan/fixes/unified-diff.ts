/** A plan as a unified diff that `git apply` takes. */
import { diffOfTexts } from "#model/diff-of-texts.ts";
import type { FixedFile } from "#model/fix-plan.ts";

export function unifiedDiff(files: readonly FixedFile[]): string {
  return files.map(diffOfFile).join("");
}

const signs = { same: " ", removed: "-", added: "+" } as const;

function diffOfFile({ path, before, after }: FixedFile): string {
  const ends = { old: lineEnds(before), now: lineEnds(after) };
  const mark = before.startsWith("\ufeff") ? "\ufeff" : "";
  const last = { old: lineCount(before), now: lineCount(after) };
  let shift = 0;
  const hunks = diffOfTexts(path, before, after).map(({ lines }) => {
    const old = lines.filter(({ is }) => is !== "added");
    const now = lines.filter(({ is }) => is !== "removed");
    const start = old[0]?.number ?? 1;
    let [oldLine, newLine] = [start - 1, start - 1 + shift];
    const head = `@@ -${start},${old.length} +${start + shift},${now.length} @@\n`;
    shift += now.length - old.length;
    const body = lines.map(({ is, text }) => {
      if (is !== "added") oldLine++;
      if (is !== "removed") newLine++;
      const isLastOld = is !== "added" && oldLine === last.old && !before.endsWith("\n");
      const isLastNew = is !== "removed" && newLine === last.now && !after.endsWith("\n");
      const isUnended = is === "removed" ? isLastOld : isLastNew;
      const isFirst = (is === "added" ? newLine : oldLine) === 1;
      const end = is === "added" ? ends.now[newLine - 1] : ends.old[oldLine - 1];
      return `${signs[is]}${isFirst ? mark : ""}${text}${isUnended ? "\n\\ No newline at end of file\n" : `${end ?? ""}\n`}`;
    });
    return head + body.join("");
  });
  return `--- a/${path}\n+++ b/${path}\n${hunks.join("")}`;
}

/** What stands before each newline: a file may have line ends of both kinds. */
function lineEnds(text: string): readonly string[] {
  return text.split("\n").map((line) => (line.endsWith("\r") ? "\r" : ""));
}

function lineCount(text: string): number {
  const parts = text.split("\n").length;
  return text.endsWith("\n") ? parts - 1 : parts;
}
