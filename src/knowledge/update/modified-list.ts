/** OSV's list of what has changed, `modified_id.csv`: a time and an id a line. Ids become parts of addresses: strange ones are left out. */
import { compareTimes } from "../advisories/collect-records.ts";

const mostLines = 5_000_000;
const usualId = /^[A-Za-z0-9][A-Za-z0-9._-]{2,99}$/;

export function readModifiedList(csv: string): ReadonlyMap<string, string> {
  const modified = new Map<string, string>();
  for (let at = 0, lines = 0; at < csv.length && lines < mostLines; lines += 1) {
    const end = csv.indexOf("\n", at);
    const line = csv.slice(at, end < 0 ? csv.length : end).trim();
    at = end < 0 ? csv.length : end + 1;
    const comma = line.indexOf(",");
    const id = line.slice(Math.max(comma, line.lastIndexOf("/")) + 1);
    if (comma > 0 && usualId.test(id) && !modified.has(id)) modified.set(id, line.slice(0, comma));
  }
  return modified;
}

/** Ids whose time is later than what is known, newest first as in the list. */
export function changedSince(list: ReadonlyMap<string, string>, known: ReadonlyMap<string, string>): readonly string[] {
  return [...list].filter(([id, time]) => compareTimes(known.get(id) ?? "", time) < 0).map(([id]) => id);
}
