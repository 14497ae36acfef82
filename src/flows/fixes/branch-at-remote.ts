/** The branch of a fix as it was fetched just now, and whether all on it is ours: what people pushed is never touched. */
import type { Mirror } from "#git/mirror.ts";
import type { Fix } from "#model/fix.ts";
import type { Db } from "#store/database.ts";
import { listFixesOf } from "#store/fixes/fixes.ts";

export type BranchAtRemote =
  | { readonly is: "absent" }
  | { readonly is: "ours"; readonly commit: string }
  | { readonly is: "theirs"; readonly commit: string };

export async function branchAtRemote(db: Db, mirror: Mirror, fix: Fix): Promise<BranchAtRemote> {
  const commit = await mirror.resolve(fix.branch);
  if (commit === undefined) return { is: "absent" };
  const all = [fix, ...(await listFixesOf(db, fix))];
  const ours = new Set(all.flatMap(({ headCommit, pushedCommit }) => [headCommit, pushedCommit]));
  return { is: ours.has(commit) ? "ours" : "theirs", commit };
}
