/** Lines of a file in a frame that says which file and where it can be opened. */
import { type ReactNode, useState } from "react";
import type { Excerpt } from "#api/issues/contract.ts";
import { countOf, shortCommit } from "../../ui/amounts.ts";
import { OutsideLink } from "../../ui/outside-link.tsx";
import classes from "./issue.module.css";

interface FigureProperties {
  readonly path: string;
  readonly commit?: string;
  readonly webUrl?: string | null;
  readonly actions?: ReactNode;
  readonly children: ReactNode;
}

export function CodeFigure({ path, commit, webUrl = null, actions, children }: FigureProperties) {
  return (
    <figure className={classes.code}>
      <figcaption className={classes.codeHead}>
        <code>{path}</code>
        <span className={classes.codeLinks}>
          {commit === undefined ? null : <span className={classes.quiet}>{shortCommit(commit)}</span>}
          {webUrl === null ? null : <OutsideLink href={webUrl}>Open in Azure DevOps</OutsideLink>}
          {actions}
        </span>
      </figcaption>
      {children}
    </figure>
  );
}

type Line = Excerpt["lines"][number];

interface LinesProperties {
  readonly path: string;
  readonly lines: readonly Line[];
  /** What was found; the masks keep columns in place. */
  readonly at: Excerpt["at"];
  /** Of many lines only those near the marked ones are shown at first. */
  readonly folds?: boolean;
}

export function CodeLines({ path, lines, at, folds = false }: LinesProperties) {
  const [isFolded, setFolded] = useState(folds);
  const shown = isFolded ? nearMarked(lines) : lines;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, also by keyboard
    <section className={classes.codeScroll} tabIndex={0} aria-label={`Code of ${path}`}>
      <table className={classes.lines}>
        <tbody>
          {shown.map((line, index) => (
            <tr
              key={line.number}
              data-marked={line.marked || undefined}
              data-after-gap={(index > 0 && line.number !== (shown[index - 1]?.number ?? 0) + 1) || undefined}
            >
              <td className={classes.lineNumber}>{line.number}</td>
              <td className={classes.lineText}>
                <MarkedLine line={line} at={at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown.length === lines.length ? null : (
        <button type="button" className={classes.unfold} onClick={() => setFolded(false)}>
          Show {countOf(lines.length - shown.length, "more line")}
        </button>
      )}
    </section>
  );
}

const mostLines = 32;
const linesAround = 7;

/** The first line, which says what the block is, and those around the marked ones. */
function nearMarked(lines: readonly Line[]): readonly Line[] {
  if (lines.length <= mostLines) return lines;
  const marked = lines.filter((line) => line.marked).map((line) => line.number);
  const from = (marked[0] ?? lines[0]?.number ?? 1) - linesAround;
  const to = (marked.at(-1) ?? from + linesAround) + linesAround;
  return lines.filter(({ number }, index) => index === 0 || (number >= from && number <= to));
}

/** Underlines exactly what was found. */
function MarkedLine({ line, at }: { readonly line: Line; readonly at: Excerpt["at"] }) {
  if (!line.marked || line.number < at.startLine || line.number > at.endLine) return line.text;
  const start = line.number === at.startLine ? at.startColumn - 1 : 0;
  const end = line.number === at.endLine ? at.endColumn - 1 : line.text.length;
  return (
    <>
      {line.text.slice(0, start)}
      <mark>{line.text.slice(start, end)}</mark>
      {line.text.slice(end)}
    </>
  );
}
