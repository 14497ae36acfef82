/** Rows of a list that are chosen or at hand, and what is asked about them by keys; the dialogs are the page's own. */
import { useRef, useState } from "react";
import { usePageKeys } from "./use-page-keys.ts";
import { type Selection, useSelection } from "./use-selection.ts";

export interface ListTriage<Row, Asking> {
  readonly selection: Selection<Row>;
  /** The one that has the focus; the one that is open beside the list goes before it. */
  readonly onActive: (row: Row) => void;
  readonly asking: Asking | Keys | undefined;
  readonly ask: (asking: Asking | Keys) => void;
  readonly onClose: () => void;
  /** What was asked is done: nothing is chosen any more. */
  readonly onDone: () => void;
}

export interface Keys {
  readonly is: "keys";
}

/** Beside the list; its row is undefined until it is loaded. */
export interface Opened<Row> {
  readonly row: Row | undefined;
}

interface Properties<Row, Asking> {
  /** The same function each time. */
  readonly idOf: (row: Row) => string;
  /** What is loaded of the list: what somebody else decided meanwhile is not chosen any more. Undefined: no list is shown. */
  readonly rows: readonly Row[] | undefined;
  readonly opened: Opened<Row> | undefined;
  readonly onOpen: (row: Row) => void;
  /** By key: what it asks about rows; undefined where it is about none of them. */
  readonly orders: Readonly<Record<string, (rows: readonly Row[]) => Asking | undefined>>;
}

export function useListTriage<Row, Asking>(properties: Properties<Row, Asking>): ListTriage<Row, Asking> {
  const { idOf, rows, opened, onOpen, orders } = properties;
  const kept = useSelection<Row>(idOf);
  const selection = { ...kept, chosen: rows === undefined ? kept.chosen : known(rows, opened, idOf).filter(kept.has) };
  const active = useRef<Row>(undefined);
  const [asking, ask] = useState<Asking | Keys>();
  // While one is being opened none is at hand: a key must not meet another one.
  const atHand = () => (opened === undefined ? active.current : opened.row);
  const order = (about: (rows: readonly Row[]) => Asking | undefined) => () => {
    const one = atHand();
    const next = about(selection.chosen.length > 0 ? selection.chosen : one === undefined ? [] : [one]);
    if (next !== undefined) ask(next);
  };
  const withOne = (act: (row: Row) => void) => () => {
    const one = atHand();
    if (one !== undefined) act(one);
  };
  usePageKeys([
    ["x", withOne(selection.toggle)],
    ["o", withOne(onOpen)],
    ...Object.entries(orders).map(([key, about]) => [key, order(about)] as const),
    ["?", () => ask({ is: "keys" })],
    ["shift+?", () => ask({ is: "keys" })],
  ]);
  return {
    selection,
    onActive: (row) => {
      active.current = row;
    },
    asking,
    ask,
    onClose: () => ask(undefined),
    onDone: () => {
      selection.clear();
      active.current = undefined;
    },
  };
}

/** The one that is open may stand further down than what is loaded. */
function known<Row>(rows: readonly Row[], opened: Opened<Row> | undefined, idOf: (row: Row) => string): readonly Row[] {
  const row = opened?.row;
  return row === undefined || rows.some((one) => idOf(one) === idOf(row)) ? rows : [...rows, row];
}
