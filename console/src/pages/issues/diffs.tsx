/** What a change would do, file by file, as lines to remove and to add; each can be copied as a patch. */
import type { Excerpt } from "#api/issues/contract.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { CodeFigure } from "./code-figure.tsx";
import classes from "./issue.module.css";
import { patchOf } from "./patch-of.ts";

type Hunk = NonNullable<Excerpt["fix"]>[number];

export function Diffs({ hunks }: { readonly hunks: readonly Hunk[] }) {
  return [...Map.groupBy(hunks, ({ path }) => path)].map(([path, own]) => (
    <CodeFigure
      key={path}
      path={path}
      actions={<CopyText text={patchOf(path, own)} label={`Copy the change of ${path} as a patch`} />}
    >
      <Diff path={path} hunks={own} />
    </CodeFigure>
  ));
}

function Diff({ path, hunks }: { readonly path: string; readonly hunks: readonly Hunk[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, also by keyboard
    <section className={classes.codeScroll} tabIndex={0} aria-label={`Change of ${path}`}>
      <table className={classes.lines}>
        {hunks.map((hunk) => (
          <tbody key={hunk.lines.find((line) => line.number !== null)?.number ?? 0} className={classes.hunk}>
            {hunk.lines.map((line, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: added lines have no number, and none ever moves
              <tr key={index} data-is={line.is}>
                <td className={classes.lineNumber}>{line.number}</td>
                <td className={classes.sign}>
                  {signs[line.is].sign}
                  <span className={classes.hidden}>{signs[line.is].word}</span>
                </td>
                <td className={classes.lineText}>{line.text}</td>
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </section>
  );
}

const signs = {
  same: { sign: "", word: "" },
  removed: { sign: "−", word: "removed" },
  added: { sign: "+", word: "added" },
} as const;
