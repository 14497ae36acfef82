/** A list that comes from the server page by page: waiting, failed, empty, or the table with its pager. */
import { Button } from "@mantine/core";
import { IconListSearch } from "@tabler/icons-react";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ComponentProps, ReactNode } from "react";
import { Empty } from "../empty.tsx";
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
        {(answer) =>
          answer.rows.length === 0 ? (
            <PastEnd onLast={() => onPage(Math.ceil(answer.total / size))} />
          ) : (
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
          )
        }
      </Listing>
    </Panel>
  );
}

/** An old link, or what stood here is gone: the pager of one page would lead nowhere. */
export function PastEnd({ onLast }: { readonly onLast: () => void }) {
  return (
    <Empty
      icon={IconListSearch}
      title="The list ends before this page"
      action={
        <Button variant="default" onClick={onLast}>
          To its last page
        </Button>
      }
    />
  );
}
