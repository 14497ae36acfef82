/** A long list that loads as it is read, and what was opened from it beside; j and k step through what is open. */
import type { InfiniteData, UseInfiniteQueryResult } from "@tanstack/react-query";
import { Outlet } from "@tanstack/react-router";
import { type ReactNode, useMemo } from "react";
import { Listing } from "../table/listing.tsx";
import { usePageKeys } from "../use-page-keys.ts";
import { Split } from "./split.tsx";

interface Answer<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
}

/** What a list of rows needs besides its columns and its sorting. */
export interface LoadedRows<Row> {
  readonly rows: readonly Row[];
  readonly total: number;
  readonly rowId: (row: Row) => string;
  readonly openId: string | undefined;
  readonly stale: boolean;
  readonly onEnd: () => void;
}

interface Properties<Row> {
  readonly query: UseInfiniteQueryResult<InfiniteData<Answer<Row>>, Error>;
  readonly rowId: (row: Row) => string;
  readonly openId: string | undefined;
  /** The next or the one before is to take the open one's place. */
  readonly onStep: (row: Row) => void;
  readonly empty: ReactNode;
  readonly children: (loaded: LoadedRows<Row>) => ReactNode;
}

export function EndlessSplit<Row>({ query, rowId, openId, onStep, empty, children }: Properties<Row>) {
  const rows = useMemo(() => query.data?.pages.flatMap((page) => page.rows) ?? [], [query.data]);
  const step = (by: 1 | -1) => {
    const next = rows[rows.findIndex((row) => rowId(row) === openId) + by];
    if (openId !== undefined && next !== undefined) onStep(next);
  };
  usePageKeys([
    ["j", () => step(1)],
    ["k", () => step(-1)],
  ]);
  const onEnd = () => {
    if (query.hasNextPage && !query.isFetchingNextPage) void query.fetchNextPage();
  };
  return (
    <Split
      isOpen={openId !== undefined}
      list={
        <Listing query={query} isEmpty={() => rows.length === 0} empty={empty}>
          {({ pages }) =>
            children({
              ...{ rows, rowId, openId, onEnd },
              total: pages[0]?.total ?? 0,
              stale: query.isPlaceholderData,
            })
          }
        </Listing>
      }
    >
      <Outlet />
    </Split>
  );
}
