/** Of many lines of a comment as many as Azure DevOps takes, and how many are left. */
import { longestComment } from "#azure-devops/threads.ts";

/** For the signature, and the line that says how many are left. */
const reserve = 2000;

/** `room` is what the rest of the comment takes. */
export function cutRows(rows: readonly string[], room: number, more: (left: number) => string): readonly string[] {
  let length = room + reserve;
  const fitting = rows.findIndex((row) => {
    length += row.length + 1;
    return length > longestComment;
  });
  return fitting === -1 ? rows : [...rows.slice(0, fitting), more(rows.length - fitting)];
}
