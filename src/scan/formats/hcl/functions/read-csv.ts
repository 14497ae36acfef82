/** Reads CSV as RFC 4180 has it: the first line names the columns, every other line is an object. */
import { type Answer, limits, refuse } from "./answer.ts";

export function readCsv(text: string): Answer {
  const rows: string[][] = [];
  let row: string[] = [];
  // A field in quotes may hold commas, line breaks and doubled quotes.
  const fields = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/y;
  while (fields.lastIndex < text.length) {
    const [, quoted, bare = "", end] = fields.exec(text) ?? [];
    if (end === undefined) return refuse(`the line ${rows.length + 1} of the CSV is broken`);
    row.push(quoted === undefined ? bare : quoted.replaceAll('""', '"'));
    const more = end === ",";
    if (more && fields.lastIndex === text.length) row.push("");
    if (more && fields.lastIndex < text.length) continue;
    if (row.length > 1 || row[0] !== "") rows.push(row);
    row = [];
    if (rows.length > limits.items) return refuse("the CSV is too long");
  }
  const [names, ...records] = rows;
  if (!names) return refuse("the CSV has no line with names");
  const wrong = records.findIndex((record) => record.length !== names.length);
  if (wrong >= 0) return refuse(`the record ${wrong + 1} of the CSV has not ${names.length} fields`);
  return records.map((record) => new Map(names.map((name, position) => [name, record[position] ?? ""])));
}
