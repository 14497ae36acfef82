/** What a branch is known to have: a pull request into it does not bring that. */
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "./database.ts";

/** Fingerprints of a branch that are open or dismissed: a pull request into it does not introduce those. */
export async function knownFingerprints(
  db: Db,
  repositoryId: RepositoryId,
  branch: string,
): Promise<ReadonlySet<string>> {
  const rows = await fingerprintsOf(db, repositoryId, branch)
    .where("state", "not in", ["fixed", "silenced"])
    // What only the history holds the branch does not have, unless somebody decided about it.
    .where((is) => is.or([is("state", "=", "dismissed"), is("onlyInHistory", "=", false)]))
    .execute();
  return new Set(rows.map((row) => row.fingerprint));
}

/** Fingerprints that the code of a branch silences. */
export async function silencedFingerprints(
  db: Db,
  repositoryId: RepositoryId,
  branch: string,
): Promise<ReadonlySet<string>> {
  const rows = await fingerprintsOf(db, repositoryId, branch)
    .where("skip", "is not", null)
    .where("onlyInHistory", "=", false)
    .execute();
  return new Set(rows.map((row) => row.fingerprint));
}

function fingerprintsOf(db: Db, repositoryId: RepositoryId, branch: string) {
  return db
    .selectFrom("issues")
    .select("fingerprint")
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch);
}
