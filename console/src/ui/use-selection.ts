/** Rows that somebody has chosen from a list, kept also while the list goes on loading. */
import { useCallback, useState } from "react";

export interface Selection<Row> {
  readonly chosen: readonly Row[];
  readonly has: (id: string) => boolean;
  readonly toggle: (row: Row) => void;
  /** All of these, besides what is chosen already. */
  readonly add: (rows: readonly Row[]) => void;
  readonly clear: () => void;
}

export function useSelection<Row extends { readonly id: string }>(): Selection<Row> {
  const [chosen, setChosen] = useState<ReadonlyMap<string, Row>>(new Map());
  return {
    chosen: [...chosen.values()],
    has: (id) => chosen.has(id),
    toggle: useCallback((row) => {
      setChosen((before) => {
        const next = new Map(before);
        if (!next.delete(row.id)) next.set(row.id, row);
        return next;
      });
    }, []),
    add: useCallback((rows) => {
      setChosen((before) => new Map([...before, ...rows.map((row) => [row.id, row] as const)]));
    }, []),
    clear: useCallback(() => setChosen(new Map()), []),
  };
}
