/** What would solve an issue, as lines to remove and to add. */
import { useQuery } from "@tanstack/react-query";
import type { Excerpt, IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { Prose } from "../../ui/prose.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import { CodeFigure } from "./code-figure.tsx";
import classes from "./issue.module.css";
import { patchOf } from "./patch-of.ts";

interface Properties {
  readonly issue: IssueDetail;
  readonly fix: NonNullable<IssueDetail["fix"]>;
}

type Hunk = NonNullable<Excerpt["fix"]>[number];

export function ProposedFix({ issue, fix }: Properties) {
  const { data } = useQuery(ask.excerpt(issue.id));
  const hunks = data?.fix ?? [];
  if (hunks.length === 0) return null;
  return (
    <PanePart title="Proposed change">
      <p>
        <Prose text={`${fix.title}.`} />
      </p>
      <p className={classes.safety}>
        {fix.safe ? (
          <Tag tone="good">Safe: it changes nothing but the problem</Tag>
        ) : (
          <Tag tone="warning">
            Read it first:{" "}
            {issue.package === null ? "it may change how the resource works" : "what changes with it is not known"}
          </Tag>
        )}
      </p>
      {[...Map.groupBy(hunks, ({ path }) => path)].map(([path, own]) => (
        <CodeFigure
          key={path}
          path={path}
          actions={<CopyText text={patchOf(path, own)} label={`Copy the change of ${path} as a patch`} />}
        >
          <Diff path={path} hunks={own} />
        </CodeFigure>
      ))}
      {issue.package === null ? (
        <p className={classes.checked}>Sallyport tried it: with this change the rule passes.</p>
      ) : null}
    </PanePart>
  );
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
