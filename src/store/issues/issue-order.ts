/** The orders of a list of issues, as SQL: by what they are sorted, and what comes after one of them. */
import { sql } from "kysely";
import type { IssueId } from "#model/ids.ts";
import type { Fragment } from "./issue-filter.ts";

export type IssueSort = "urgency" | "severity" | "due" | "first-seen" | "last-seen" | "repository" | "rule" | "path";

interface OrderKey {
  readonly column: string;
  readonly descending: boolean;
}

const orders: Readonly<Record<IssueSort, readonly OrderKey[]>> = {
  urgency: [{ column: "urgency", descending: true }],
  // Newest first within a severity.
  severity: [
    { column: "severity_rank", descending: false },
    { column: "last_seen", descending: true },
  ],
  due: [{ column: "due_at", descending: false }],
  "first-seen": [{ column: "first_seen", descending: false }],
  "last-seen": [{ column: "last_seen", descending: false }],
  // Within one repository, or rule, the most urgent first.
  repository: [
    { column: "urgency", descending: true },
    { column: "severity_rank", descending: false },
  ],
  rule: [
    { column: "rule", descending: false },
    { column: "urgency", descending: true },
  ],
  path: [
    { column: "path", descending: false },
    { column: "line", descending: false },
  ],
};

/** The id goes last, so that every order is the same each time. */
export function orderKeys(sort: IssueSort, turned: boolean): readonly OrderKey[] {
  const keys = [...orders[sort], { column: "id", descending: false }];
  return keys.map(({ column, descending }) => ({ column, descending: descending !== turned }));
}

export function orderBy(keys: readonly OrderKey[], table: string): Fragment {
  return sql.join(
    keys.map(({ column, descending }) => sql`${sql.ref(`${table}.${column}`)} ${descending ? sql`desc` : sql`asc`}`),
  );
}

export function keyColumns(keys: readonly OrderKey[]): Fragment {
  return sql.join(keys.map(({ column }) => sql`i.${sql.ref(column)}`));
}

/** Those that come after an issue in this order. Its place is what it is now. */
export function comesAfter(keys: readonly OrderKey[], after: IssueId): Fragment {
  const ofAfter = (column: string) => sql`(select ${sql.ref(column)} from issues where id = ${after})`;
  const [first] = keys;
  const options = keys.map(({ column, descending }, index) => {
    const same = keys.slice(0, index).map((key) => sql`i.${sql.ref(key.column)} = ${ofAfter(key.column)}`);
    return sql`(${sql.join([...same, sql`i.${sql.ref(column)} ${descending ? sql`<` : sql`>`} ${ofAfter(column)}`], sql` and `)})`;
  });
  // Said once more of the first key alone: with it an index begins at the right place.
  const from =
    first && sql`i.${sql.ref(first.column)} ${first.descending ? sql`<=` : sql`>=`} ${ofAfter(first.column)}`;
  return sql`${from} and (${sql.join(options, sql` or `)})`;
}
