/** Reads the file that says who owns what, as a commit has it, and asks git who changed the rest last. */

import type { Mirror } from "#git/mirror.ts";
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import { decodeText } from "#scan/decode-text.ts";
import { type Owners, ownersPaths, parseOwners } from "#scan/owners/parse-owners.ts";
import { findRepositoryOwners, type RepositoryOwners } from "#store/instances/repository-owners.ts";
import { pathOf } from "#store/issues/occurrences.ts";
import type { App } from "../app.ts";
import { isSymbolicLink } from "../repositories/is-symbolic-link.ts";
import type { Changed } from "./novelty-of.ts";

const largestFile = 1_000_000;

/** Undefined if the commit has none. Where no such file changed, it is the one that was read before. */
export async function ownersFor(
  app: Pick<App, "db">,
  {
    mirror,
    repository,
    commit,
    changed,
    readAt,
  }: {
    readonly mirror: Pick<Mirror, "listTree" | "readBlobs">;
    readonly repository: { readonly id: RepositoryId };
    readonly commit: string;
    readonly changed: Changed | undefined;
    readonly readAt: Date;
  },
): Promise<RepositoryOwners | undefined> {
  const isSame = changed?.is === "files" && !ownersPaths.some((path) => changed.paths.has(path));
  const known = isSame ? await findRepositoryOwners(app.db, { is: "everything" }, repository.id) : undefined;
  return known ?? readOwners(mirror, commit, readAt);
}

async function readOwners(
  mirror: Pick<Mirror, "listTree" | "readBlobs">,
  commit: string,
  readAt: Date,
): Promise<RepositoryOwners | undefined> {
  const entries = await mirror.listTree(commit, ...ownersPaths);
  for (const path of ownersPaths) {
    const entry = entries.find((one) => one.path === path && !isSymbolicLink(one));
    if (!entry) continue;
    for await (const blob of mirror.readBlobs([entry.objectId], { maxSize: largestFile })) {
      if (!("bytes" in blob)) {
        const problem = { line: 1, message: `a file of more than ${largestFile} bytes is not read` };
        return { path, text: "", problems: [problem], readAt };
      }
      const text = decodeText(blob.bytes);
      return { path, text, problems: parseOwners(text).problems, readAt };
    }
  }
  return undefined;
}

/** Of the files that have something new and that no file gives an owner. */
export async function committersOf(
  mirror: Pick<Mirror, "lastCommitters">,
  commit: string,
  {
    findings,
    owners,
    changed,
  }: {
    readonly findings: readonly Finding[];
    readonly owners: RepositoryOwners | undefined;
    /** Undefined: the branch was never looked at. */
    readonly changed: Changed | undefined;
  },
): Promise<ReadonlyMap<string, string>> {
  const file: Owners | undefined = owners && parseOwners(owners.text);
  const paths = new Set(findings.map(pathOf));
  const wanted = [...paths].filter(
    (path) => (changed?.is !== "files" || changed.paths.has(path)) && file?.ownerOf(path) === undefined,
  );
  return wanted.length === 0 ? new Map() : mirror.lastCommitters(commit, wanted);
}
