/** Secrets as the wire carries them. */
import { isSpan } from "#model/span.ts";
import type { SecretIssue, SecretPlaceRow } from "#store/secrets/secret-places.ts";
import type { SecretRow as StoredSecret } from "#store/secrets/secrets.ts";
import type { Parts } from "../api-server.ts";
import { wordsOf } from "../rules/words-of.ts";
import { branchName } from "../shapes/branch-name.ts";
import { otherBranches } from "../shapes/other-branches.ts";
import { placeOf } from "../shapes/place-of.ts";
import { toTime } from "../shapes/time.ts";
import type { SecretDetail, SecretPlace, SecretRow } from "./contract.ts";

type Words = Pick<Parts, "findRule" | "links">;

export function rowOf(secret: StoredSecret, { findRule }: Pick<Words, "findRule">): SecretRow {
  const { verdict, reason, checkedAt, isByItself, origin, introducedAt } = secret;
  const rule = findRule(secret.rule);
  return {
    fingerprint: secret.fingerprint,
    instanceId: secret.instanceId,
    rule: secret.rule,
    title: rule?.title ?? secret.rule,
    provider: rule?.provider ?? null,
    masked: secret.finding.masked ?? null,
    severity: secret.severity,
    state: secret.state,
    inHead: secret.inHead,
    branches: [...secret.branches],
    live:
      verdict && checkedAt
        ? { verdict, reason: reason ?? "", at: toTime(checkedAt), isByItself: isByItself === true }
        : null,
    introduced: origin ? { commit: origin.commit, author: origin.author, at: toTime(introducedAt) } : null,
    firstSeen: toTime(secret.firstSeen),
    at: placeOf(secret.finding.at),
    repository: repositoryOf(secret),
    places: secret.places,
    files: secret.files,
    repositories: secret.repositories,
    issueIds: [...secret.issueIds],
  };
}

export interface PlacesPage {
  readonly places: readonly SecretPlaceRow[];
  readonly next: string | null;
}

export function detailOf(
  secret: StoredSecret,
  { issues, places, next }: PlacesPage & { readonly issues: readonly SecretIssue[] },
  words: Words,
): SecretDetail {
  const rule = words.findRule(secret.rule);
  return {
    ...rowOf(secret, words),
    signals: [...(secret.finding.signals ?? [])],
    words: rule ? wordsOf(rule) : null,
    placesFound: places.map((place) => foundPlaceOf(place, words)),
    nextPlace: next,
    issues: issues.map((issue) => ({
      id: issue.id,
      repository: repositoryOf(issue),
      branch: branchName(issue.branch),
      state: issue.state,
      onlyInHistory: issue.onlyInHistory,
    })),
  };
}

export function foundPlaceOf(row: SecretPlaceRow, { links }: Pick<Words, "links">): SecretPlace {
  const { path, line, finding, inHead } = row;
  const { origin } = finding;
  return {
    repository: repositoryOf(row),
    branches: branchesOf(row),
    ...{ path, line },
    commit: origin?.commit ?? null,
    author: origin?.author ?? null,
    at: origin === undefined || Number.isNaN(Date.parse(origin.at)) ? null : toTime(new Date(origin.at)),
    inHead,
    webUrl: webUrlOf(row, links),
  };
}

/** What the history said of other branches, and what the last scan of the default branch says of that one. */
function branchesOf({ branch, inHead, finding }: SecretPlaceRow): string[] {
  const others = otherBranches(finding, branch ?? "");
  return branch !== null && inHead ? [branchName(branch), ...others] : others;
}

function webUrlOf({ finding, inHead, repositoryWebUrl, scannedCommit }: SecretPlaceRow, links: Words["links"]) {
  const { at, origin } = finding;
  if (inHead) return scannedCommit !== null && isSpan(at) ? links.line(repositoryWebUrl, scannedCommit, at) : null;
  return origin ? links.commit(repositoryWebUrl, origin.commit) : null;
}

function repositoryOf(row: StoredSecret | SecretIssue | SecretPlaceRow): SecretPlace["repository"] {
  const { repositoryId: id, repositoryName: name, projectName: project, organizationName: organization } = row;
  return { id, name, project, organization };
}
