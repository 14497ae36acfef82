/** What would solve an issue, as lines to remove and to add. */
import { useQuery } from "@tanstack/react-query";
import type { IssueDetail } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { Prose } from "../../ui/prose.tsx";
import { PanePart } from "../../ui/split/pane-content.tsx";
import { Tag } from "../../ui/tag.tsx";
import { Diffs } from "./diffs.tsx";
import classes from "./issue.module.css";

interface Properties {
  readonly issue: IssueDetail;
  readonly fix: NonNullable<IssueDetail["fix"]>;
}

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
      <Diffs hunks={hunks} />
      {issue.package === null ? (
        <p className={classes.checked}>Sallyport tried it: with this change the rule passes.</p>
      ) : null}
    </PanePart>
  );
}
