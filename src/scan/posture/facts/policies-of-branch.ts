/** Which branch policies hold on a branch, and which branches are held like the default branch. */
import {
  type BranchPolicyFact,
  type BranchScope,
  policyTypes,
  type RepositoryFact,
} from "#model/posture/code-facts.ts";
import type { PostureSettings } from "../posture-settings.ts";

export interface BranchOfRepository {
  readonly repository: RepositoryFact;
  /** Full ref name. */
  readonly ref: string;
  readonly isDefault: boolean;
  /** Of release branches: what they are known by, `refs/heads/release/*`. */
  readonly pattern?: string;
}

/** The default branch first. Of release branches those that are known: a repository without a list of branches has none. */
export function heldBranches(
  repository: RepositoryFact,
  { releaseBranches }: Pick<PostureSettings, "releaseBranches">,
): readonly BranchOfRepository[] {
  const { defaultBranch, branches = [] } = repository;
  if (defaultBranch === undefined) return [];
  const releases = branches.flatMap((ref) => {
    const pattern = releaseBranches.find((one) => matchesPattern(ref, one));
    return ref === defaultBranch || pattern === undefined ? [] : [{ repository, ref, isDefault: false, pattern }];
  });
  return [{ repository, ref: defaultBranch, isDefault: true }, ...releases];
}

/** All that are written for it, also those that are switched off or do not block: see `isEnforced`. */
export function policiesOfBranch(
  policies: readonly BranchPolicyFact[],
  branch: BranchOfRepository,
): readonly BranchPolicyFact[] {
  return scopedTo(policies, branch.repository.id.toLowerCase()).filter(({ scopes }) =>
    scopes.some((scope) => isInScope(scope, branch)),
  );
}

const anywhere = "";
const indexes = new WeakMap<readonly BranchPolicyFact[], ReadonlyMap<string, readonly BranchPolicyFact[]>>();

/** Those of all repositories and of this one: large projects have thousands of policies, most of them of others. */
function scopedTo(policies: readonly BranchPolicyFact[], repositoryId: string): readonly BranchPolicyFact[] {
  const index = indexes.get(policies) ?? indexOf(policies);
  indexes.set(policies, index);
  return index.get(repositoryId) ?? index.get(anywhere) ?? [];
}

function indexOf(policies: readonly BranchPolicyFact[]): ReadonlyMap<string, readonly BranchPolicyFact[]> {
  const idsOf = ({ scopes }: BranchPolicyFact) =>
    scopes.map(({ repositoryId = anywhere }) => repositoryId.toLowerCase());
  const general = policies.filter((policy) => idsOf(policy).includes(anywhere));
  const index = new Map<string, BranchPolicyFact[]>([[anywhere, general]]);
  for (const policy of policies) {
    if (idsOf(policy).includes(anywhere)) continue;
    for (const id of new Set(idsOf(policy))) {
      const own = index.get(id);
      if (own) own.push(policy);
      else index.set(id, [...general, policy]);
    }
  }
  return index;
}

export function isEnforced({ isEnabled, isBlocking }: BranchPolicyFact): boolean {
  return isEnabled && isBlocking;
}

function isInScope({ repositoryId, refName, match }: BranchScope, branch: BranchOfRepository): boolean {
  if (repositoryId !== undefined && repositoryId.toLowerCase() !== branch.repository.id.toLowerCase()) return false;
  if (match === "default-branch") return branch.isDefault;
  if (refName === undefined || refName === branch.ref) return true;
  // Whether a prefix ends within a name is not told: it counts for whole folders only.
  return match === "prefix" && branch.ref.startsWith(refName.endsWith("/") ? refName : `${refName}/`);
}

/** `*` stands for anything, also for folders. */
export function matchesPattern(text: string, pattern: string): boolean {
  const [first = "", ...rest] = pattern.split("*");
  if (rest.length === 0) return text === first;
  const last = rest.pop() ?? "";
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false;
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return at <= text.length - last.length;
}

/** `main` of `refs/heads/main`. */
export function branchName(ref: string): string {
  return ref.replace(/^refs\/heads\//, "");
}

/** It looks at single pushes to a repository; no branch is closed by it. */
export function isOfPushes(typeId: string): boolean {
  return pushTypes.has(typeId.toLowerCase());
}

const pushTypes: ReadonlySet<string> = new Set([
  policyTypes.commitAuthorEmail,
  policyTypes.credentialScan,
  // Size of files, settings of repositories, length of paths, reserved names, names of files.
  "2e26e725-8201-4edd-8bf5-978563c34a80",
  "7ed39669-655c-494e-b4a0-a08b4da0fcce",
  "001a79cf-fda1-4c4e-9e7c-bac40ee5ead8",
  "db2b9b4c-180d-4529-9701-01541d19f36b",
  "51c78909-e838-41a2-9496-c647091e3c61",
]);
