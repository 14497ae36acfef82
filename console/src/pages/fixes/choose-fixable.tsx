/** The open issues of one repository that an edit could end, to be chosen from. */
import { Checkbox, Skeleton } from "@mantine/core";
import { useInfiniteQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { IssueRow } from "#api/issues/contract.ts";
import { ask } from "../../api.ts";
import { countOf } from "../../ui/amounts.ts";
import { Failure } from "../../ui/failure.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { RepositoryPicker } from "../../ui/repository-picker.tsx";
import { Severity } from "../../ui/severity.tsx";
import { sayPlace } from "../../ui/target.ts";
import classes from "./fix.module.css";

/** As many as one order takes. */
const most = 100;

interface Properties {
  /** Begins there. */
  readonly repositoryId: string | undefined;
  readonly chosen: readonly string[];
  readonly onChange: (chosen: readonly string[]) => void;
}

export function ChooseFixable({ repositoryId: first, chosen, onChange }: Properties) {
  const [repositoryId, setRepositoryId] = useState(first);
  return (
    <>
      <p style={{ margin: "0 0 10px" }}>
        Choose a repository, and of its open issues those that are to be fixed. Issues of one root cause come in one
        pull request.
      </p>
      <RepositoryPicker
        repositoryId={repositoryId}
        onChange={(next) => {
          setRepositoryId(next);
          onChange([]);
        }}
      />
      {repositoryId === undefined ? null : (
        <FixableIssues key={repositoryId} repositoryId={repositoryId} chosen={chosen} onChange={onChange} />
      )}
    </>
  );
}

function FixableIssues({ repositoryId, chosen, onChange }: Properties & { readonly repositoryId: string }) {
  const query = useInfiniteQuery(
    ask.issues({ repositoryId, state: ["open"], fixAvailable: true, sort: "severity", limit: most }),
  );
  const first = query.data?.pages[0];
  if (query.error !== null) return <Failure error={query.error} retry={() => query.refetch()} />;
  if (first === undefined) return <Skeleton h={160} mt="md" role="status" aria-label="Loading the issues" />;
  if (first.rows.length === 0) {
    return <p className={classes.quiet}>No open issue of this repository can be ended by an edit of Sallyport.</p>;
  }
  const isAll = chosen.length === first.rows.length;
  return (
    <>
      <Checkbox
        mt="md"
        mb={8}
        label={`All ${countOf(first.rows.length, "issue")}${first.total > first.rows.length ? " that are shown" : ""}`}
        checked={isAll}
        indeterminate={chosen.length > 0 && !isAll}
        onChange={() => onChange(isAll ? [] : first.rows.map(({ id }) => id))}
      />
      <div className={classes.choices}>
        <ItemList label="Issues that can be fixed">
          {first.rows.map((issue) => (
            <li key={issue.id}>
              <Checkbox
                label={<Choice issue={issue} />}
                checked={chosen.includes(issue.id)}
                onChange={(event) =>
                  onChange(
                    event.currentTarget.checked ? [...chosen, issue.id] : chosen.filter((one) => one !== issue.id),
                  )
                }
              />
            </li>
          ))}
        </ItemList>
      </div>
    </>
  );
}

function Choice({ issue }: { readonly issue: IssueRow }) {
  return (
    <>
      {issue.message}
      <span className={`${classes.choiceFoot} ${classes.quiet}`}>
        <Severity severity={issue.severity} />
        <span className={classes.path}>{sayPlace(issue.at)}</span>
      </span>
    </>
  );
}
