/** How common words are among issues, from some of them: it decides how a search is done, never what it finds. */
import { sql } from "kysely";
import { containsText } from "../contains-text.ts";
import type { Db } from "../database.ts";
import { type Fragment, searchCondition } from "./issue-filter.ts";

/** Shares of all issues, from 0 to 1. */
interface SearchSample {
  readonly words: number;
  readonly others: number;
  readonly both: number;
  /** Pieces of the search that few issues hold: the index finds these sooner than the whole. */
  readonly rare: readonly string[];
}

const smallTable = 50_000;
const sampled = 1_500;
const mostPieces = 6;
/** A piece that more hold narrows little, and its entries in the index are long to read. */
const rareShare = 0.1;

/** Undefined where there are too few issues to ask. `others`: what else is filtered by, on `issues i`. */
export async function sampleSearch(tx: Db, search: string, others: Fragment): Promise<SearchSample | undefined> {
  const { rows: size } = await sql<{ rows: number }>`
    select reltuples::float8 as rows from pg_class where oid = 'issues'::regclass`.execute(tx);
  const all = size[0]?.rows ?? 0;
  if (all < smallTable) return undefined;
  const pieces = piecesOf(search);
  const ofPieces = pieces.map((piece) => sql`count(*) filter (where text like ${containsText(piece)})::int`);
  const { rows } = await sql<Omit<SearchSample, "rare"> & { seen: number; pieces: readonly number[] }>`
    select count(*)::int as seen, count(*) filter (where words)::int as words,
      count(*) filter (where others)::int as others, count(*) filter (where words and others)::int as both,
      array[${sql.join(ofPieces)}]::int[] as pieces
    from (select i.search_text as text, ${searchCondition(search)} as words, (${others}) as others
      from issues i tablesample system (${(100 * sampled) / all}) repeatable (1)) x`.execute(tx);
  const [row] = rows;
  if (!row || row.seen === 0) return undefined;
  const { seen } = row;
  const rare = pieces.filter((_, index) => (row.pieces[index] ?? seen) / seen <= rareShare);
  return { words: row.words / seen, others: row.others / seen, both: row.both / seen, rare };
}

/** Runs of letters and digits, each with what stands around it: these are what the index is made of. */
function piecesOf(search: string): readonly string[] {
  const text = search.toLowerCase();
  const runs = [...text.matchAll(/[\p{L}\p{N}]+/gu)];
  if (runs.length < 2) return [];
  const pieces = runs.map(({ 0: run, index }) => text.slice(Math.max(0, index - 1), index + run.length + 1));
  return [...new Set(pieces)].filter((piece) => piece.length >= 3).slice(0, mostPieces);
}
