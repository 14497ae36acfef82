/** A table whose rows come sorted and paged from the server; a row may open a page and have a menu of its own. */
import { ActionIcon } from "@mantine/core";
import { IconDots } from "@tabler/icons-react";
import { type ColumnDef, tableFeatures, useTable } from "@tanstack/react-table";
import type { CSSProperties, KeyboardEvent, MouseEvent, ReactNode } from "react";
import classes from "./data-table.module.css";
import { RowMenu, useRowMenu } from "./row-menu.tsx";
import { SortMark } from "./sort-mark.tsx";
import { useScrollByKeyboard } from "./use-scroll-by-keyboard.ts";

export interface ColumnLook {
  readonly align?: "right";
  /** Where the window leaves room for it. */
  readonly width?: number | string;
  /** Left out where the window is narrow. */
  readonly wideOnly?: boolean;
  /** The server can sort by this column, in this direction. */
  readonly sorts?: "asc" | "desc";
}

const features = tableFeatures({ columnMeta: {} as ColumnLook });

export type Column<Row> = ColumnDef<typeof features, Row & object>;

interface Properties<Row extends object> {
  /** What the table holds, for those who hear it. */
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly rowId: (row: Row) => string;
  readonly rowName?: (row: Row) => string;
  /** The id of the column that the rows are sorted by. */
  readonly sort?: string;
  readonly onSort?: (sort: string) => void;
  readonly onOpen?: (row: Row) => void;
  /** The items of a row's menu; opened by right click, Shift+F10, the menu key or the button at the row's end. */
  readonly menu?: (row: Row) => ReactNode;
  /** What is shown belongs to the question before; the new answer is on its way. */
  readonly stale?: boolean;
}

export function DataTable<Row extends object>(properties: Properties<Row>) {
  const { label, columns, rows, rowId, sort, onSort, menu, stale = false } = properties;
  const rowMenu = useRowMenu<Row>();
  const scroller = useScrollByKeyboard();
  const table = useTable({
    features,
    columns: columns as Column<Row>[],
    data: rows as (Row & object)[],
    getRowId: rowId,
  });
  return (
    <div ref={scroller} className={classes.scroller} data-stale={stale || undefined} aria-busy={stale}>
      <table className={classes.table} aria-label={label}>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {group.headers.map((header) => {
                const sorts = header.column.columnDef.meta?.sorts;
                const direction = sort === header.id && sorts !== undefined ? sorts : false;
                return (
                  <th
                    key={header.id}
                    scope="col"
                    {...cellLook(header.column.columnDef.meta)}
                    aria-sort={direction === false ? undefined : `${direction}ending`}
                  >
                    {sorts === undefined ? (
                      <table.FlexRender header={header} />
                    ) : (
                      <button type="button" className={classes.sort} onClick={() => onSort?.(header.id)}>
                        <table.FlexRender header={header} />
                        <SortMark direction={direction} />
                      </button>
                    )}
                  </th>
                );
              })}
              {menu === undefined ? null : (
                <th scope="col" className={classes.menuCell}>
                  <span className={classes.hidden}>Actions</span>
                </th>
              )}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              {...rowBehaviour(row.original, properties, rowMenu.openAt)}
              data-menu-open={rowMenu.place?.row === row.original || undefined}
            >
              {row.getAllCells().map((cell) => (
                <td key={cell.id} {...cellLook(cell.column.columnDef.meta)}>
                  {drawn(cell.column.columnDef.cell, cell.getContext())}
                </td>
              ))}
              {menu === undefined ? null : (
                <td className={classes.menuCell}>
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Actions of ${properties.rowName?.(row.original) ?? "this row"}`}
                    aria-haspopup="menu"
                    onClick={(event) => {
                      const box = event.currentTarget.getBoundingClientRect();
                      rowMenu.openAt(row.original, box.left, box.bottom + 4);
                    }}
                  >
                    <IconDots size={18} />
                  </ActionIcon>
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
      {menu === undefined ? null : <RowMenu state={rowMenu} items={menu} name={properties.rowName} />}
    </div>
  );
}

/**
 * A cell is called, not mounted: as a component of its own it would be made anew, and lose the focus, whenever its columns are.
 */
function drawn<Context>(cell: unknown, context: Context): ReactNode {
  return typeof cell === "function" ? (cell as (context: Context) => ReactNode)(context) : null;
}

function cellLook(meta: ColumnLook | undefined) {
  return {
    style: { textAlign: meta?.align ?? "left", "--column": lengthOf(meta?.width) } as CSSProperties,
    className: meta?.wideOnly ? classes.wideOnly : undefined,
  };
}

function lengthOf(width: number | string = "auto"): string {
  return typeof width === "number" ? `${width}px` : width;
}

/** The row as a whole answers the mouse; keyboards use the link in it and the button at its end. */
function rowBehaviour<Row extends object>(
  row: Row,
  { onOpen, menu }: Properties<Row>,
  openAt: (row: Row, x: number, y: number) => void,
) {
  const opens = onOpen !== undefined;
  const hasMenu = menu !== undefined;
  return {
    className: opens ? `${classes.row} ${classes.opens}` : classes.row,
    ...(hasMenu ? { tabIndex: 0 } : {}),
    onClick: (event: MouseEvent<HTMLTableRowElement>) => {
      if (opens && !isInteractive(event.target) && window.getSelection()?.isCollapsed !== false) onOpen(row);
    },
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => {
      if (hasMenu && (event.key === "ContextMenu" || (event.key === "F10" && event.shiftKey))) {
        event.preventDefault();
        const box = event.currentTarget.getBoundingClientRect();
        openAt(row, box.left + 24, box.bottom - 6);
      } else if (opens && event.key === "Enter" && event.target === event.currentTarget) {
        onOpen(row);
      }
    },
    onContextMenu: (event: MouseEvent<HTMLTableRowElement>) => {
      if (!hasMenu) return;
      event.preventDefault();
      openAt(row, event.clientX, event.clientY);
    },
  };
}

function isInteractive(target: EventTarget): boolean {
  return target instanceof Element && target.closest("a, button, input, label, [role=menu]") !== null;
}
