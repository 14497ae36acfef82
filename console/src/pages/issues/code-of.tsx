/**
 * The text that an issue is about, secrets masked by the server: the block of the resource with the line that decided, or
 * else the lines around the place.
 */
import { useQuery } from "@tanstack/react-query";
import type { Excerpt, IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { RequestError } from "../../request.ts";
import { CopyText } from "../../ui/copy-text.tsx";
import { wordsOf } from "../../ui/failure.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Badge } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { frameworkLabels } from "../../ui/words.ts";
import { CodeFigure, CodeLines } from "./code-figure.tsx";
import classes from "./issue.module.css";

export function CodeOf({ issue }: { readonly issue: IssueDetail }) {
  const query = useQuery(ask.excerpt(issue.id));
  const { data: excerpt } = query;
  if (excerpt === undefined) {
    return (
      <section aria-label="Code">
        <CodeFigure path={sayPlace(issue.at)} webUrl={issue.webUrl}>
          <NoLines error={query.error} isLeft={issue.onlyInHistory && issue.branches.length === 0} />
        </CodeFigure>
      </section>
    );
  }
  const block = excerpt.resource;
  const isInBlock = block?.lines.some(({ marked }) => marked) === true;
  return (
    <>
      {isInBlock ? null : (
        <section aria-label="Code">
          <CodeFigure {...excerpt}>
            <CodeLines path={excerpt.path} lines={excerpt.lines} at={excerpt.at} />
          </CodeFigure>
        </section>
      )}
      {block === null || issue.resource === null ? null : (
        <PanePart title="The resource">
          <ResourceBlock
            resource={issue.resource}
            // A block of few lines says more with what stands around it.
            block={isInBlock && block.lines.length <= fewLines ? excerpt : block}
            excerpt={excerpt}
            webUrl={isInBlock ? excerpt.webUrl : block.webUrl}
          />
        </PanePart>
      )}
    </>
  );
}

type Block = Pick<Excerpt, "path" | "lines">;

const fewLines = 5;

interface BlockProperties {
  readonly resource: NonNullable<IssueDetail["resource"]>;
  readonly block: Block;
  readonly excerpt: Excerpt;
  readonly webUrl: string | null;
}

function ResourceBlock({ resource, block, excerpt, webUrl }: BlockProperties) {
  return (
    <>
      <p className={classes.address}>
        <code>{resource.address}</code>
        <CopyText text={resource.address} label="Copy the address" />
        {resource.language === null ? null : <Badge>{frameworkLabels[resource.language] ?? resource.language}</Badge>}
      </p>
      <CodeFigure path={sayLines(block)} commit={excerpt.commit} webUrl={webUrl}>
        <CodeLines path={block.path} lines={block.lines} at={excerpt.at} folds />
      </CodeFigure>
    </>
  );
}

/** `network.tf:14-31`. */
function sayLines({ path, lines }: Block): string {
  const [first, last] = [lines[0]?.number, lines.at(-1)?.number];
  return first === last ? `${path}:${first}` : `${path}:${first}-${last}`;
}

interface NoLinesProperties {
  readonly error: Error | null;
  /** A secret that no branch holds any more. */
  readonly isLeft: boolean;
}

function NoLines({ error, isLeft }: NoLinesProperties) {
  if (error === null) return <div className={classes.codeWait} role="status" aria-label="Loading the code" />;
  const gone = error instanceof RequestError && (error.kind === "gone" || error.status === 404);
  return (
    <p className={classes.codeNote}>
      {gone && isLeft
        ? "No branch holds it any more; the commit that brought it in does."
        : gone
          ? "The file cannot be read any more: the branch moved on, or its mirror was cleared."
          : wordsOf(error).title}
    </p>
  );
}
