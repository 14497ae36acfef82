/** The column in which rows are chosen, one by one or all that are loaded. */
import { ChooseBox } from "../choose-box.tsx";
import type { Selection } from "../use-selection.ts";
import type { ListColumn } from "./row-list.tsx";

export function chooseColumn<Row, Sort extends string>(
  rows: readonly Row[],
  { has, toggle, add, clear, chosen }: Selection<Row>,
  nameOf: (row: Row) => string,
): ListColumn<Row, Sort> {
  const areAll = chosen.length > 0 && rows.every(has);
  return {
    label: "Choose",
    head: (
      <ChooseBox
        label={areAll ? "Choose none" : "Choose all that are loaded"}
        chosen={areAll || (chosen.length > 0 && "some")}
        onToggle={() => (areAll ? clear() : add(rows))}
      />
    ),
    cell: (row) => <ChooseBox label={`Choose ${nameOf(row)}`} chosen={has(row)} onToggle={() => toggle(row)} />,
  };
}
