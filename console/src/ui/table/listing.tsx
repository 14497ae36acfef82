/** The frame of every list: waiting, failed, empty, or the list itself. */
import { Skeleton } from "@mantine/core";
import type { ReactNode } from "react";
import { Failure } from "../failure.tsx";
import classes from "./listing.module.css";

interface Properties<Answer> {
  readonly query: {
    readonly data: Answer | undefined;
    readonly error: Error | null;
    readonly refetch: () => Promise<unknown>;
  };
  readonly isEmpty: (answer: Answer) => boolean;
  readonly empty: ReactNode;
  readonly children: (answer: Answer) => ReactNode;
}

export function Listing<Answer>({ query, isEmpty, empty, children }: Properties<Answer>) {
  if (query.data !== undefined) return isEmpty(query.data) ? empty : children(query.data);
  if (query.error !== null) return <Failure error={query.error} retry={() => query.refetch()} />;
  return <Waiting />;
}

export function Waiting({ rows = 6 }: { readonly rows?: number }) {
  return (
    <div className={classes.waiting} role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: bars are all alike and never move
        <Skeleton key={row} height={14} width={`${88 - ((row * 17) % 40)}%`} radius="sm" />
      ))}
    </div>
  );
}
