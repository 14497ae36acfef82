/** Issues by what they have in common: how many there are, how urgent, and the most urgent of each. j and k step through those. */

import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Link, Outlet, useNavigate } from "@tanstack/react-router";
import { type ReactNode, useRef } from "react";
import type { IssueRow } from "#api/issues/contract.ts";
import type { IssueGroups as Groups } from "#api/issues/many-contract.ts";
import { ecosystemWords, type IssueFilters } from "../../search-filters.ts";
import { oneOf } from "../../search-text.ts";
import { countOf } from "../../ui/amounts.ts";
import { LinkButton } from "../../ui/link-button.tsx";
import { MoreButton } from "../../ui/more-button.tsx";
import { SeverityMark } from "../../ui/severity.tsx";
import { Split } from "../../ui/split/split.tsx";
import { Listing } from "../../ui/table/listing.tsx";
import { sayPlace } from "../../ui/target.ts";
import { UrgencyScore } from "../../ui/urgency-score.tsx";
import { usePageKeys } from "../../ui/use-page-keys.ts";
import classes from "./issues.module.css";
import { titleOf } from "./title-of.ts";

type By = NonNullable<IssueFilters["by"]>;
type Group = Groups["rows"][number];

interface Properties {
  readonly query: UseInfiniteQueryResult<InfiniteData<Groups>, Error>;
  readonly by: By;
  readonly filters: IssueFilters;
  readonly openId: string | undefined;
  readonly empty: ReactNode;
  readonly onActive: (issue: IssueRow) => void;
}

export function IssueGroups({ query, by, filters, openId, empty, onActive }: Properties) {
  const groups = query.data?.pages.flatMap(({ rows }) => rows) ?? [];
  const keep = useSteps(
    groups.flatMap(({ first }) => first),
    openId,
  );
  return (
    <Split
      isOpen={openId !== undefined}
      list={
        <Listing query={query} isEmpty={() => groups.length === 0} empty={empty}>
          {() => (
            <div className={classes.groups} aria-busy={query.isPlaceholderData}>
              <ul aria-label={`Issues by ${by}`}>
                {groups.map((group) => (
                  <GroupItem key={group.key} {...{ group, by, filters, openId, onActive, keep }} />
                ))}
              </ul>
              <MoreButton query={query} />
            </div>
          )}
        </Listing>
      }
    >
      <Outlet />
    </Split>
  );
}

type Keep = (id: string) => (element: HTMLAnchorElement | null) => void;

/** The links of the issues that are shown, so that keys go from one to the next. */
function useSteps(shown: readonly IssueRow[], openId: string | undefined): Keep {
  const navigate = useNavigate({ from: "/issues" });
  const links = useRef(new Map<string, HTMLAnchorElement>());
  const step = (by: 1 | -1) => {
    const at = shown.findIndex(({ id }) => id === openId || links.current.get(id) === document.activeElement);
    const next = shown[at + by] ?? (at < 0 ? shown[0] : undefined);
    if (next === undefined) return;
    if (openId === undefined) return links.current.get(next.id)?.focus();
    const there = { params: { issueId: next.id }, replace: true } as const;
    void navigate({ to: "/issues/$issueId", search: (before) => before, ...there });
  };
  usePageKeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  return (id) => (element) => {
    if (element === null) links.current.delete(id);
    else links.current.set(id, element);
  };
}

interface ItemProperties extends Pick<Properties, "by" | "filters" | "openId" | "onActive"> {
  readonly group: Group;
  readonly keep: Keep;
}

function GroupItem({ group, by, filters, openId, onActive, keep }: ItemProperties) {
  // Of one rule and of one secret only the places tell them apart.
  const isOneTitle = by === "rule" || by === "secret";
  return (
    <li className={classes.group}>
      <UrgencyScore score={group.urgency} />
      <h2 className={classes.groupTitle} title={group.title}>
        {group.title}
      </h2>
      <LinkButton
        variant="subtle"
        size="compact-sm"
        to="/issues"
        search={{ ...filters, ...narrowing[by](group), by: undefined }}
        aria-label={`Show ${countOf(group.count, "issue")} of ${group.title}`}
      >
        {countOf(group.count, "issue")}
      </LinkButton>
      <ul className={classes.firstOnes}>
        {group.first.map((issue) => (
          <li key={issue.id}>
            <span className={classes.score}>{issue.urgency}</span>
            <SeverityMark severity={issue.severity} />
            <Link
              ref={keep(issue.id)}
              from="/issues"
              to="/issues/$issueId"
              params={{ issueId: issue.id }}
              search={(before) => before}
              preload={false}
              data-open={issue.id === openId || undefined}
              onFocus={() => onActive(issue)}
            >
              {isOneTitle ? sayPlace(issue.at) : titleOf(issue)}
            </Link>
            {by === "repository" ? null : <span className={classes.quiet}>{issue.repository.name}</span>}
          </li>
        ))}
        {group.count > group.first.length ? (
          <li className={classes.quiet}>and {countOf(group.count - group.first.length, "more", "more")}</li>
        ) : null}
      </ul>
    </li>
  );
}

/** The filters that show just one group. */
const narrowing: Readonly<Record<By, (group: Group) => IssueFilters>> = {
  repository: ({ key }) => ({ repositoryId: key }),
  rule: ({ key }) => ({ rule: key }),
  package: ({ key, title }) => ({
    package: title,
    ecosystem: oneOf(key.slice(0, key.length - title.length - 1), ecosystemWords),
  }),
  secret: ({ key }) => ({ fingerprint: key }),
  owner: ({ key }) => ({ owner: key }),
};
