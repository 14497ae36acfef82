/** Reads what a fix needs of a commit, and plans it. Nothing is written. */
import type { Mirror } from "#git/mirror.ts";
import type { FixPlan, FixTarget } from "#model/fix-plan.ts";
import type { SourceFile } from "#model/source-file.ts";
import { sourceFileOf } from "#scan/source-file-of.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";
import { type KnowingApp, withKnowledge } from "./fix-knowledge.ts";

const largestFile = 16 * 1024 ** 2;
/** Of all files together: a plan is made in memory. */
const mostBytes = 256 * 1024 ** 2;

export async function planInMirror(
  app: KnowingApp,
  about: {
    readonly repository: ScannableRepository;
    readonly mirror: Mirror;
    readonly commit: string;
    readonly target: FixTarget;
    readonly signal?: AbortSignal;
  },
): Promise<FixPlan> {
  const { repository, mirror, commit, target, signal } = about;
  // Only here: it brings the readers of all ecosystems with it.
  const { isForFix, planFix } = await import("#scan/fixes/plan-fixes.ts");
  const entries = (await mirror.listTree(commit)).filter(
    (entry) => !isSymbolicLink(entry) && entry.size <= largestFile && isForFix(target, entry.path),
  );
  if (entries.reduce((sum, { size }) => sum + size, 0) > mostBytes) {
    return { is: "refused", because: "The files that this concerns are too large to be changed here." };
  }
  const files: SourceFile[] = [];
  let index = 0;
  const ids = entries.map(({ objectId }) => objectId);
  for await (const blob of mirror.readBlobs(ids, { maxSize: largestFile })) {
    const path = entries[index++]?.path;
    if (path !== undefined && "bytes" in blob) files.push(sourceFileOf(path, blob.objectId, blob.bytes));
  }
  const world = app.knowledge.current();
  return withKnowledge(app, repository, (known) => planFix(target, { files, known, world }), signal);
}
