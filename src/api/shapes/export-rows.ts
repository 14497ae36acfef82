/** Lists as JSON or CSV, page by page: nothing waits in memory, however long they are. */
import { csvField } from "./csv-field.ts";

const pageSize = 500;

export type Cell = string | number | boolean | null;

export type ReadPage<Row> = (page: { readonly offset: number; readonly limit: number }) => Promise<readonly Row[]>;

export async function* rowsAsJson<Row>(read: ReadPage<Row>): AsyncGenerator<string> {
  let isFirst = true;
  yield "[";
  for await (const row of allRows(read)) {
    yield `${isFirst ? "" : ","}\n${JSON.stringify(row)}`;
    isFirst = false;
  }
  yield "\n]\n";
}

/** RFC 4180, with a mark at the head by which spreadsheets know UTF-8. */
export async function* rowsAsCsv<Row>(
  read: ReadPage<Row>,
  columns: Readonly<Record<string, (row: Row) => Cell>>,
): AsyncGenerator<string> {
  yield `\uFEFF${Object.keys(columns).join(",")}\r\n`;
  for await (const row of allRows(read)) {
    const cells = Object.values(columns).map((column) => csvField(column(row)));
    yield `${cells.join(",")}\r\n`;
  }
}

async function* allRows<Row>(read: ReadPage<Row>): AsyncGenerator<Row> {
  for (let offset = 0; ; offset += pageSize) {
    const rows = await read({ offset, limit: pageSize });
    yield* rows;
    if (rows.length < pageSize) return;
  }
}
