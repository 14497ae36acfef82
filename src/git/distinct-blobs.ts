/** Lists every distinct blob of a history once: the history costs what is different in it, not what is in every commit. */
import type { ObjectId } from "#model/ids.ts";
import { RemoteError } from "#model/remote-error.ts";
import { checkRevision } from "./check-revision.ts";
import type { CommitRange, DistinctBlob, RepositoryOnDisk } from "./mirror.ts";
import { pathText } from "./path-text.ts";
import { records, startGit } from "./run-git.ts";

export async function* distinctBlobs(repository: RepositoryOnDisk, range?: CommitRange): AsyncGenerator<DistinctBlob> {
  const { environment, log, limits } = repository;
  const revisions = range
    ? [checkRevision(range.to), ...(range.from === undefined ? [] : [`^${checkRevision(range.from)}`])]
    : ["--all"];
  const list = startGit({
    // Objects that a person's shallow or partial clone lacks are no error.
    args: ["rev-list", "--objects", "--filter=object:type=blob", "--missing=allow-any", ...revisions],
    environment,
    log,
    timeLimit: limits.fetchMilliseconds,
  });
  list.stdin.end();
  const check = startGit({
    args: ["cat-file", "--batch-check=%(objecttype) %(objectname) %(objectsize) %(rest)", "--buffer"],
    environment,
    log,
    timeLimit: limits.fetchMilliseconds,
  });
  list.stdout.pipe(check.stdin);
  list.finished.catch((error) => check.stop(error));
  try {
    for await (const record of records(check, 10, Number.POSITIVE_INFINITY)) {
      const head = record.toString("latin1", 0, Math.min(record.length, 120));
      const [type, objectId = "", size = ""] = head.split(" ", 3);
      if (type !== "blob") continue;
      const path = pathText(record.subarray(type.length + objectId.length + size.length + 3));
      yield { objectId: objectId as ObjectId, path, size: Number(size) };
    }
    await list.finished;
  } finally {
    list.stop(new RemoteError("unexpected", "Reading ended early."));
  }
}
