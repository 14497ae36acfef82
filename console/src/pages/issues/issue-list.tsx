/** The list itself: only the rows in view exist, more are asked for near the end, j and k move from row to row. */
// biome-ignore-all lint/a11y/useSemanticElements: rows in view only, placed freely, is what table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the link in a row takes the focus, and the row shows it
import { useHotkeys } from "@mantine/hooks";
import { Link } from "@tanstack/react-router";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef, useState } from "react";
import type { IssueRow, IssuesQuery } from "#api/issues/contract.ts";
import type { IssueFilters } from "../../search-filters.ts";
import { Moment } from "../../ui/moment.tsx";
import { SeverityMark, severityLabels } from "../../ui/severity.tsx";
import { SortMark } from "../../ui/table/sort-mark.tsx";
import { Tag } from "../../ui/tag.tsx";
import { sayPlace } from "../../ui/target.ts";
import { issueStates } from "../../ui/words.ts";
import classes from "./issues.module.css";

type Sort = NonNullable<IssuesQuery["sort"]>;

interface Properties {
  readonly issues: readonly IssueRow[];
  readonly total: number;
  readonly openId: string | undefined;
  readonly filters: IssueFilters;
  readonly stale: boolean;
  readonly onSort: (sort: Sort) => void;
  readonly onEnd: () => void;
}

const rowHeight = 58;

export function IssueList({ issues, total, openId, filters, stale, onSort, onEnd }: Properties) {
  const scroller = useRef<HTMLDivElement>(null);
  const links = useRef(new Map<number, HTMLAnchorElement>());
  const [active, setActive] = useState<number>();
  // oxlint-disable-next-line react/incompatible-library -- the console is built without the React Compiler
  const virtualizer = useVirtualizer({
    count: issues.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => issues[index]?.id ?? index,
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (issues.length > 0 && lastShown >= issues.length - 20) onEnd();
  }, [lastShown, issues.length, onEnd]);
  const openIndex = openId === undefined ? -1 : issues.findIndex((issue) => issue.id === openId);
  useEffect(() => {
    if (openIndex >= 0) virtualizer.scrollToIndex(openIndex);
  }, [openIndex, virtualizer]);
  // With an issue open, the page itself steps; here the focus moves.
  const step = (by: 1 | -1) => {
    if (openId !== undefined) return;
    const next = active === undefined ? 0 : Math.max(0, Math.min(issues.length - 1, active + by));
    setActive(next);
    virtualizer.scrollToIndex(next);
  };
  useHotkeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row may come into being only after scrolling
  useEffect(() => {
    if (active !== undefined && openId === undefined) links.current.get(active)?.focus({ preventScroll: true });
  }, [active, openId, items.length]);
  return (
    <div className={classes.table} role="table" aria-label="Issues" aria-rowcount={total + 1} aria-busy={stale}>
      <Head sort={filters.sort ?? "severity"} onSort={onSort} />
      <div ref={scroller} className={classes.scroller} role="rowgroup" data-stale={stale || undefined}>
        <div style={{ height: virtualizer.getTotalSize(), position: "relative" }} role="presentation">
          {items.map((item) => {
            const issue = issues[item.index];
            if (issue === undefined) return null;
            return (
              <div
                key={item.key}
                role="row"
                aria-rowindex={item.index + 2}
                className={classes.row}
                data-open={issue.id === openId || undefined}
                style={{ height: rowHeight, transform: `translateY(${item.start}px)` }}
              >
                <Row
                  issue={issue}
                  linkRef={(element) => {
                    if (element === null) links.current.delete(item.index);
                    else links.current.set(item.index, element);
                  }}
                  onFocus={() => setActive(item.index)}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

interface RowProperties {
  readonly issue: IssueRow;
  readonly linkRef: (element: HTMLAnchorElement | null) => void;
  readonly onFocus: () => void;
}

function Row({ issue, linkRef, onFocus }: RowProperties) {
  const { label, tone } = issueStates[issue.state.is];
  return (
    <>
      <span role="cell" className={`${classes.cell} ${classes.severity}`} data-severity={issue.severity}>
        <SeverityMark severity={issue.severity} />
        <span className={classes.severityWord}>{severityLabels[issue.severity]}</span>
      </span>
      <span role="cell" className={`${classes.cell} ${classes.what}`}>
        <Link
          ref={linkRef}
          from="/issues"
          to="/issues/$issueId"
          params={{ issueId: issue.id }}
          search={(before) => before}
          className={classes.link}
          onFocus={onFocus}
          preload={false}
        >
          {issue.title}
        </Link>
        <span className={classes.place}>{sayPlace(issue.at)}</span>
      </span>
      <span role="cell" className={`${classes.cell} ${classes.repository}`}>
        <span className={classes.repositoryName}>{issue.repository.name}</span>
        <span className={classes.project}>{issue.repository.project}</span>
      </span>
      <span role="cell" className={`${classes.cell} ${classes.state}`}>
        <Tag tone={tone}>{label}</Tag>
      </span>
      <span role="cell" className={`${classes.cell} ${classes.seen}`}>
        <Moment at={issue.firstSeen} />
      </span>
    </>
  );
}

const columns: readonly { readonly name: string; readonly label: string; readonly by?: Sort }[] = [
  { name: "severity", label: "Severity", by: "severity" },
  { name: "what", label: "Issue", by: "rule" },
  { name: "repository", label: "Repository", by: "repository" },
  { name: "state", label: "State" },
  { name: "seen", label: "First seen", by: "first-seen" },
];

function Head({ sort, onSort }: { readonly sort: Sort; readonly onSort: (sort: Sort) => void }) {
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={classes.head}>
        {columns.map(({ name, label, by }) => {
          const direction = sort === by ? "asc" : sort === `-${by}` ? "desc" : false;
          const other = direction === "asc" ? (`-${by}` as Sort) : by;
          return (
            <span
              key={name}
              role="columnheader"
              className={classes[name]}
              aria-sort={by === undefined ? undefined : direction === false ? "none" : `${direction}ending`}
            >
              {other === undefined ? (
                label
              ) : (
                <button type="button" className={classes.sort} onClick={() => onSort(other)}>
                  {label}
                  <SortMark direction={direction} />
                </button>
              )}
            </span>
          );
        })}
      </div>
    </div>
  );
}
