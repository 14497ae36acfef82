/** How common words are among issues, from some of them: it decides how a search is done, never what it finds. */
import { sql } from "kysely";
import type { Db } from "./database.ts";
import { type Fragment, searchCondition } from "./issue-filter.ts";

/** Of all issues, from 0 to 1. */
interface SearchShares {
  readonly words: number;
  readonly others: number;
  readonly both: number;
}

const smallTable = 50_000;
const sampled = 2_500;

/** Undefined where there are too few issues to ask. `others`: what else is filtered by, on `issues i`. */
export async function sampleSearch(tx: Db, search: string, others: Fragment): Promise<SearchShares | undefined> {
  const { rows: size } = await sql<{ rows: number }>`
    select reltuples::float8 as rows from pg_class where oid = 'issues'::regclass`.execute(tx);
  const all = size[0]?.rows ?? 0;
  if (all < smallTable) return undefined;
  const { rows } = await sql<{ seen: number; words: number; others: number; both: number }>`
    select count(*)::int as seen, count(*) filter (where words)::int as words,
      count(*) filter (where others)::int as others, count(*) filter (where words and others)::int as both
    from (select ${searchCondition(search)} as words, (${others}) as others
      from issues i tablesample system (${(100 * sampled) / all}) repeatable (1)) x`.execute(tx);
  const [row] = rows;
  if (!row || row.seen === 0) return undefined;
  return { words: row.words / row.seen, others: row.others / row.seen, both: row.both / row.seen };
}
