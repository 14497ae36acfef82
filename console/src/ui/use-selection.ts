/** Rows that somebody has chosen from a list, kept also while the list goes on loading. */
import { useCallback, useState } from "react";

export interface Selection<Row> {
  readonly chosen: readonly Row[];
  readonly has: (row: Row) => boolean;
  readonly toggle: (row: Row) => void;
  /** All of these, besides what is chosen already. */
  readonly add: (rows: readonly Row[]) => void;
  readonly clear: () => void;
}

/** `idOf`: the same function each time. */
export function useSelection<Row>(idOf: (row: Row) => string): Selection<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  return {
    chosen: [...chosen.values()],
    has: (row) => chosen.has(idOf(row)),
    toggle: useCallback(
      (row) => {
        setChosen((before) => {
          const next = new Map(before);
          if (!next.delete(idOf(row))) next.set(idOf(row), row);
          return next;
        });
      },
      [idOf],
    ),
    add: useCallback(
      (rows) => {
        setChosen((before) => new Map([...before, ...rows.map((row) => [idOf(row), row] as const)]));
      },
      [idOf],
    ),
    clear: useCallback(() => setChosen(new Map()), []),
  };
}
