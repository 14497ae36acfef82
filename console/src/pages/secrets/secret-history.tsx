/** What happened to a secret, newest first; one that stands in several repositories has a history in each. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { SecretDetail } from "#api/secrets/contract.ts";
import { ask } from "../../api.ts";
import { Fold } from "../../ui/fold.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { Tag } from "../../ui/tag.tsx";
import { issueStates } from "../../ui/words.ts";
import { History } from "../issues/history.tsx";
import classes from "./secret.module.css";

type IssueOf = SecretDetail["issues"][number];

export function SecretHistory({ issues }: { readonly issues: readonly IssueOf[] }) {
  if (issues.length === 0) return <p className={classes.quiet}>It has no issue yet.</p>;
  return issues.map((issue) => (
    <section key={issue.id} className={classes.issue} aria-label={`In ${issue.repository.name}`}>
      <p className={classes.placeHead}>
        <Link to="/issues/$issueId" params={{ issueId: issue.id }} className={classes.plain}>
          {issue.repository.name}
        </Link>
        {issue.onlyInHistory ? null : <span className={classes.quiet}>{issue.branch}</span>}
        <Tag tone={issueStates[issue.state].tone}>{issueStates[issue.state].label}</Tag>
      </p>
      {issues.length === 1 ? (
        <HistoryOf id={issue.id} />
      ) : (
        <Fold summary="What happened">
          <HistoryOf id={issue.id} />
        </Fold>
      )}
    </section>
  ));
}

function HistoryOf({ id }: { readonly id: string }) {
  const query = useQuery(ask.issue(id));
  return (
    <Listing query={query} isEmpty={() => false} empty={null}>
      {(issue) => <History issue={issue} />}
    </Listing>
  );
}
