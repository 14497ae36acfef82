/** A long list: only the rows in view exist, more are asked for near the end, j and k move from row to row. */
// biome-ignore-all lint/a11y/useSemanticElements: rows in view only, placed freely, is what table elements cannot do
// biome-ignore-all lint/a11y/useFocusableInteractive: the link in a row takes the focus, and the row shows it
import { useVirtualizer } from "@tanstack/react-virtual";
import { type ReactNode, useEffect, useRef, useState } from "react";
import { usePageKeys } from "../use-page-keys.ts";
import classes from "./row-list.module.css";
import { SortMark } from "./sort-mark.tsx";

export interface ListColumn<Row, Sort extends string> {
  readonly label: string;
  /** In the head, in place of the label. */
  readonly head?: ReactNode;
  /** The server can sort by it: by this word, and by this word after a minus. */
  readonly by?: Sort;
  readonly className?: string | undefined;
  /** One cell of each row holds the link that opens it, and gives it these. */
  readonly cell: (row: Row, link: RowLink) => ReactNode;
}

/** What the link of a row needs, so that the whole row is the link. */
export interface RowLink {
  readonly ref: (element: HTMLAnchorElement | null) => void;
  readonly className: string | undefined;
  readonly onFocus: () => void;
  readonly preload: false;
}

interface Properties<Row, Sort extends string> {
  /** Several may be chosen at once. */
  readonly isChosen?: (row: Row) => boolean;
  /** The row has the focus now. */
  readonly onActive?: (row: Row) => void;
  /** What the list holds, for those who hear it. */
  readonly label: string;
  /** Sets `--sp-columns`, the widths of the columns. */
  readonly className: string | undefined;
  readonly columns: readonly ListColumn<Row, Sort>[];
  readonly rows: readonly Row[];
  readonly total: number;
  readonly rowId: (row: Row) => string;
  readonly openId: string | undefined;
  /** Absent where the order is always the same. */
  readonly sort?: Sort;
  readonly stale: boolean;
  readonly onSort?: (sort: Sort) => void;
  readonly onEnd: () => void;
}

const rowHeight = 58;

export function RowList<Row, Sort extends string>(properties: Properties<Row, Sort>) {
  const { label, className, columns, rows, total, rowId, openId, stale, isChosen, onActive } = properties;
  const { scroller, links, virtualizer, items, setActive } = useRows(properties);
  return (
    <div
      className={`${classes.table} ${className}`}
      role="table"
      aria-label={label}
      aria-rowcount={total + 1}
      aria-busy={stale}
    >
      <Head {...properties} />
      <div ref={scroller} className={classes.scroller} role="rowgroup" data-stale={stale || undefined}>
        <div style={{ height: virtualizer.getTotalSize(), position: "relative" }} role="presentation">
          {items.map(({ key, index, start }) => {
            const row = rows[index];
            if (row === undefined) return null;
            const link: RowLink = {
              ref: (element) => {
                if (element === null) links.current.delete(index);
                else links.current.set(index, element);
              },
              className: classes.link,
              onFocus: () => {
                setActive(index);
                onActive?.(row);
              },
              preload: false,
            };
            return (
              <div
                key={key}
                role="row"
                aria-rowindex={index + 2}
                className={classes.row}
                data-open={rowId(row) === openId || undefined}
                data-chosen={isChosen?.(row) || undefined}
                style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              >
                {columns.map((column) => (
                  <span key={column.label} role="cell" className={`${classes.cell} ${column.className ?? ""}`}>
                    {column.cell(row, link)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

/** Which rows exist at the moment, and which of them has the focus. */
function useRows<Row, Sort extends string>({ rows, rowId, openId, onEnd }: Properties<Row, Sort>) {
  const scroller = useRef<HTMLDivElement>(null);
  const links = useRef(new Map<number, HTMLAnchorElement>());
  const [active, setActive] = useState<number>();
  const wanted = useRef(false);
  // oxlint-disable-next-line react/incompatible-library -- the console is built without the React Compiler
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => {
      const row = rows[index];
      return row === undefined ? index : rowId(row);
    },
    overscan: 8,
  });
  const items = virtualizer.getVirtualItems();
  const lastShown = items.at(-1)?.index ?? 0;
  useEffect(() => {
    if (rows.length > 0 && lastShown >= rows.length - 20) onEnd();
  }, [lastShown, rows.length, onEnd]);
  const openIndex = openId === undefined ? -1 : rows.findIndex((row) => rowId(row) === openId);
  useEffect(() => {
    if (openIndex >= 0) virtualizer.scrollToIndex(openIndex);
  }, [openIndex, virtualizer]);
  // With a row open, the page itself steps; here the focus moves.
  const step = (by: 1 | -1) => {
    if (openId !== undefined) return;
    const next = active === undefined ? 0 : Math.max(0, Math.min(rows.length - 1, active + by));
    virtualizer.scrollToIndex(next);
    if (next === active) links.current.get(next)?.focus({ preventScroll: true });
    else wanted.current = true;
    setActive(next);
  };
  usePageKeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the row may come into being only after scrolling, or take a gone one's place
  useEffect(() => {
    if (active === undefined || openId !== undefined || rows.length === 0) return;
    // Nobody is taken away from what they do: the focus moves by a key, or where its row is gone.
    if (!wanted.current && document.activeElement !== document.body) return;
    const link = links.current.get(Math.min(active, rows.length - 1));
    link?.focus({ preventScroll: true });
    if (link !== undefined) wanted.current = false;
  }, [active, openId, items.length, rows]);
  return { scroller, links, virtualizer, items, setActive };
}

function Head<Row, Sort extends string>({ columns, sort, onSort }: Properties<Row, Sort>) {
  return (
    <div role="rowgroup">
      <div role="row" aria-rowindex={1} className={classes.head}>
        {columns.map(({ label, head = label, by, className }) => {
          const direction = by === undefined ? false : sort === by ? "asc" : sort === `-${by}` ? "desc" : false;
          const other = direction === "asc" ? (`-${by}` as Sort) : by;
          return (
            <span
              key={label}
              role="columnheader"
              className={className}
              aria-sort={by === undefined ? undefined : direction === false ? "none" : `${direction}ending`}
            >
              {other === undefined ? (
                head
              ) : (
                <button type="button" className={classes.sort} onClick={() => onSort?.(other)}>
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
