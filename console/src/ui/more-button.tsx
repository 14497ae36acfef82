/** Asks for the next portion of a list that is not read to its end. */
import { Button } from "@mantine/core";
import { useEffect, useState } from "react";

interface Properties {
  readonly query: {
    readonly hasNextPage: boolean;
    readonly isFetching: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly data?: { readonly pages: readonly unknown[] } | undefined;
    readonly fetchNextPage: () => Promise<unknown>;
  };
}

export function MoreButton({ query }: Properties) {
  const { hasNextPage, isFetching, isFetchingNextPage, isFetchNextPageError, fetchNextPage } = query;
  const pages = query.data?.pages.length ?? 0;
  /** How many pages there were when more was asked for; undefined once more came, or another list. */
  const [askedAt, setAskedAt] = useState<number>();
  if (askedAt !== undefined && askedAt !== pages) setAskedAt(undefined);
  const isAwaited = hasNextPage && askedAt === pages && !isFetchNextPageError;

  // News have what is there asked for anew, which ends a request for more: it is made again behind them.
  useEffect(() => {
    if (isAwaited && !isFetching) void fetchNextPage();
  }, [isAwaited, isFetching, fetchNextPage]);

  if (!hasNextPage) return null;
  const ask = () => {
    setAskedAt(pages);
    if (isFetchNextPageError) void fetchNextPage();
  };
  return (
    <Button variant="subtle" fullWidth loading={isAwaited || isFetchingNextPage} onClick={ask}>
      Show more
    </Button>
  );
}
