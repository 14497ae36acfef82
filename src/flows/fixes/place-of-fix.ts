/** Where a fix goes: the default branch, or the branch of the pull request that it helps, as it was scanned last. */
import type { Finding } from "#model/finding.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { ScannerName } from "#model/scanner-name.ts";
import { scannerNames } from "#model/scanner-name.ts";
import type { Db } from "#store/database.ts";
import { listOpenFindings } from "#store/issues/open-findings.ts";
import { listPullRequestFindings } from "#store/pull-requests/pull-request-findings.ts";
import { getPullRequest } from "#store/pull-requests/pull-requests.ts";
import type { ScannableRepository } from "../repositories/find-scannable-repository.ts";

export type PlaceOfFix =
  | {
      readonly is: "place";
      readonly targetRef: string;
      /** The commit that the findings are of. */
      readonly commit: string;
      /** Open ones. */
      findings(of: {
        readonly fingerprints?: readonly string[];
        readonly rules?: readonly string[];
      }): Promise<readonly Finding[]>;
    }
  | { readonly is: "none"; readonly because: string };

export async function placeOfFix(db: Db, repository: ScannableRepository, pullRequest?: number): Promise<PlaceOfFix> {
  return pullRequest === undefined ? onDefaultBranch(db, repository) : inPullRequest(db, repository.id, pullRequest);
}

function onDefaultBranch(db: Db, repository: ScannableRepository): PlaceOfFix {
  const { id: repositoryId, defaultBranch, scannedCommit, scannedRef } = repository;
  if (scannedCommit === undefined || scannedRef !== defaultBranch) {
    return { is: "none", because: "The default branch was not scanned yet." };
  }
  return {
    ...{ is: "place", targetRef: defaultBranch, commit: scannedCommit },
    findings: ({ fingerprints, rules }) => {
      const scanners = rules && scannersOf(rules);
      return listOpenFindings(db, {
        ...{ repositoryId, branch: defaultBranch },
        ...(fingerprints && { fingerprints }),
        ...(scanners && { scanners }),
      });
    },
  };
}

async function inPullRequest(db: Db, repositoryId: RepositoryId, number: number): Promise<PlaceOfFix> {
  const row = await getPullRequest(db, repositoryId, number);
  if (row?.state !== "active") return { is: "none", because: `Pull request ${number} is not open any more.` };
  if (row.scannedCommit === undefined) return { is: "none", because: `Pull request ${number} was not scanned yet.` };
  return {
    ...{ is: "place", targetRef: row.sourceRef, commit: row.scannedCommit },
    findings: async ({ fingerprints, rules }) => {
      const scanners = rules && new Set<string>(scannersOf(rules));
      const rows = await listPullRequestFindings(db, repositoryId, number);
      return rows
        .filter(({ state }) => state === "open")
        .map(({ finding }) => finding)
        .filter(({ fingerprint }) => fingerprints?.includes(fingerprint) ?? true)
        .filter(({ rule }) => scanners?.has(scannerOf(rule)) ?? true);
    },
  };
}

function scannersOf(rules: readonly string[]): readonly ScannerName[] {
  return scannerNames.filter((name) => rules.some((rule) => scannerOf(rule) === name));
}

function scannerOf(rule: string): string {
  return rule.slice(0, rule.indexOf("/"));
}
