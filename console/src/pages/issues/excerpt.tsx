/** The lines around a finding, secrets masked by the server. */
import { useQuery } from "@tanstack/react-query";
import type { Excerpt, IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { shortCommit } from "../../ui/amounts.ts";
import { wordsOf } from "../../ui/failure.tsx";
import { OutsideLink } from "../../ui/outside-link.tsx";
import { sayPlace } from "../../ui/target.ts";
import classes from "./issue.module.css";

export function ExcerptOf({ issue }: { readonly issue: IssueDetail }) {
  const query = useQuery(ask.excerpt(issue.id));
  const { data: excerpt } = query;
  return (
    <figure className={classes.code}>
      <figcaption className={classes.codeHead}>
        <code>{excerpt?.path ?? sayPlace(issue.at)}</code>
        <span className={classes.codeLinks}>
          {excerpt === undefined ? null : <span className={classes.quiet}>{shortCommit(excerpt.commit)}</span>}
          {issue.webUrl === null ? null : <OutsideLink href={issue.webUrl}>Open in Azure DevOps</OutsideLink>}
        </span>
      </figcaption>
      {excerpt !== undefined ? <Lines excerpt={excerpt} /> : <NoLines error={query.error} />}
    </figure>
  );
}

function NoLines({ error }: { readonly error: Error | null }) {
  if (error === null) return <div className={classes.codeWait} role="status" aria-label="Loading the code" />;
  const gone = error instanceof RequestError && (error.kind === "gone" || error.status === 404);
  return (
    <p className={classes.codeNote}>
      {gone
        ? "The file cannot be read any more: the branch moved on, or its mirror was cleared."
        : wordsOf(error).title}
    </p>
  );
}

function Lines({ excerpt }: { readonly excerpt: Excerpt }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: long lines scroll sideways, also by keyboard
    <section className={classes.codeScroll} tabIndex={0} aria-label={`Code of ${excerpt.path}`}>
      <table className={classes.lines}>
        <tbody>
          {excerpt.lines.map((line) => (
            <tr key={line.number} data-marked={line.marked || undefined}>
              <td className={classes.lineNumber}>{line.number}</td>
              <td className={classes.lineText}>
                <Line line={line} at={excerpt.at} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

/** Underlines exactly what was found; the masks keep columns in place. */
function Line({ line, at }: { readonly line: Excerpt["lines"][number]; readonly at: Excerpt["at"] }) {
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
