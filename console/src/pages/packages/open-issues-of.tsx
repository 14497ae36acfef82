/** What is open about a package, the worst first. */

import { useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { PackageDetail } from "#api/packages/contract.ts";
import { ask } from "../../api.ts";
import { sayCount } from "../../ui/amounts.ts";
import { Failure } from "../../ui/failure.tsx";
import { ItemList } from "../../ui/item-list.tsx";
import { Panel } from "../../ui/panel.tsx";
import { Severity } from "../../ui/severity.tsx";
import { Waiting } from "../../ui/table/listing.tsx";
import { sayPlace } from "../../ui/target.ts";
import classes from "./packages.module.css";

const mostShown = 10;

export function OpenIssuesOf({ detail: { ecosystem, name } }: { readonly detail: PackageDetail }) {
  const query = useInfiniteQuery(
    ask.issues({ ecosystem, package: name, state: ["open"], sort: "severity", limit: mostShown }),
  );
  const [first] = query.data?.pages ?? [];
  return (
    <Panel
      title="Open issues"
      flush={first !== undefined && first.total > 0}
      aside={
        first === undefined || first.total === 0 ? undefined : (
          <Link to="/issues" search={{ ecosystem, package: name }} className={classes.plain}>
            {first.total === 1 ? "Show it" : `Show all ${first.isExact ? "" : "of more than "}${sayCount(first.total)}`}
          </Link>
        )
      }
    >
      {first === undefined ? (
        query.error === null ? (
          <Waiting rows={3} />
        ) : (
          <Failure error={query.error} retry={() => query.refetch()} />
        )
      ) : first.total === 0 ? (
        <p className={classes.nothing}>None.</p>
      ) : (
        <ItemList>
          {first.rows.map(({ id, severity, message, repository, at }) => (
            <li key={id}>
              <div className={classes.issue}>
                <Severity severity={severity} />
                <Link
                  to="/issues/$issueId"
                  params={{ issueId: id }}
                  search={{ ecosystem, package: name }}
                  className={classes.plain}
                >
                  {message}
                </Link>
              </div>
              <p className={classes.quiet}>
                {repository.name}, {sayPlace(at)}
              </p>
            </li>
          ))}
        </ItemList>
      )}
    </Panel>
  );
}
