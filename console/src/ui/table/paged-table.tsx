/** A list that comes from the server page by page: waiting, failed, empty, or the table with its pager. */
import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentProps, ReactNode } from "react";
import { Panel } from "../panel.tsx";
import { DataTable } from "./data-table.tsx";
import { Listing } from "./listing.tsx";
import { Pager } from "./pager.tsx";

/** Rows of one page. */
export const pageSize = 50;

type Table<Row extends object> = Omit<ComponentProps<typeof DataTable<Row>>, "rows" | "stale">;

interface Properties<Row extends object> extends Table<Row> {
  readonly query: UseQueryResult<{ readonly rows: readonly Row[]; readonly total: number }, Error>;
  readonly page: number;
  /** Rows of one page, where they are not as many as elsewhere. */
  readonly size?: number;
  readonly one: string;
  readonly many?: string;
  readonly empty: ReactNode;
  readonly onPage: (page: number) => void;
}

export function PagedTable<Row extends object>(properties: Properties<Row>) {
  const { query, page, size = pageSize, one, many, empty, onPage, ...table } = properties;
  return (
    <Panel flush>
      <Listing query={query} isEmpty={(answer) => answer.total === 0} empty={empty}>
        {(answer) => (
          <>
            <DataTable {...table} rows={answer.rows} stale={query.isPlaceholderData} />
            <Pager
              page={page}
              size={size}
              total={answer.total}
              one={one}
              {...(many === undefined ? {} : { many })}
              onPage={onPage}
            />
          </>
        )}
      </Listing>
    </Panel>
  );
}
