/** Lists as JSON or CSV, row by row: nothing waits in memory, however long they are. */
import { csvField } from "./csv-field.ts";

export type Cell = string | number | boolean | null;

export async function* rowsAsJson<Row>(rows: AsyncIterable<Row>): AsyncGenerator<string> {
  let isFirst = true;
  yield "[";
  for await (const row of rows) {
    yield `${isFirst ? "" : ","}\n${JSON.stringify(row)}`;
    isFirst = false;
  }
  yield "\n]\n";
}

/** RFC 4180, with a mark at the head by which spreadsheets know UTF-8. */
export async function* rowsAsCsv<Row>(
  rows: AsyncIterable<Row>,
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): AsyncGenerator<string> {
  yield `\uFEFF${Object.keys(columns).join(",")}\r\n`;
  for await (const row of rows) {
    const cells = Object.values(columns).map((column) => csvField(column(row)));
    yield `${cells.join(",")}\r\n`;
  }
}

export async function* mapRows<Stored, Row>(
  stored: AsyncIterable<Stored>,
  rowOf: (one: Stored) => Row,
): AsyncGenerator<Row> {
  for await (const one of stored) yield rowOf(one);
}
