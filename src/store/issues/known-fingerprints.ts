/** What a branch is known to have: a pull request into it does not bring that. */
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { Db } from "../database.ts";

/** Fingerprints of a branch that are open or dismissed: a pull request into it does not introduce those. */
export async function knownFingerprints(
  db: Db,
  repositoryId: RepositoryId,
  branch: string,
): Promise<ReadonlySet<string>> {
  const rows = await fingerprintsOf(db, repositoryId, branch)
    .where("state", "not in", ["fixed", "silenced"])
    // What only the history holds the branch does not have. The exception of one that is dismissed covers it in the pull request, too.
    .where("onlyInHistory", "=", false)
    .execute();
  return new Set(rows.map((row) => row.fingerprint));
}

/** More are not looked at together: nobody reviews a change for so many. */
const mostFindings = 20_000;

/** What the house found in files of a branch, is there and is open. */
export async function listFindingsOfFiles(
  db: Db,
  repositoryId: RepositoryId,
  branch: string,
): Promise<readonly Finding[]> {
  const rows = await db
    .selectFrom("issues")
    .select("finding")
    .where("repositoryId", "=", repositoryId)
    .where("branch", "=", branch)
    .where("state", "=", "open")
    .where("onlyInHistory", "=", false)
    .where("scanner", "in", ["secrets", "iac", "cicd", "vulnerabilities", "licenses", "operational-risk"])
    .orderBy("severityRank")
    .orderBy("fingerprint")
    .limit(mostFindings)
    .execute();
  return rows.map(({ finding }) => finding);
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
