/** Where findings are, as conditions of policies ask: repository, project, tags, and of which kinds a branch is. */
import type { RepositoryId } from "#model/ids.ts";
import type { BranchKind, PolicyTrigger } from "#model/policy.ts";
import type { PolicyPlace } from "#model/verdict.ts";
import type { Db } from "#store/database.ts";
import { getRepositoryPlace, type RepositoryPlace } from "#store/repository-tags.ts";

/** Undefined if the repository is gone. */
export async function findPolicyPlace(
  db: Db,
  repositoryId: RepositoryId,
  { ref, trigger }: { readonly ref: string; readonly trigger: PolicyTrigger },
): Promise<PolicyPlace | undefined> {
  const place = await getRepositoryPlace(db, repositoryId);
  return place && policyPlace(repositoryId, place, { ref, trigger });
}

export function policyPlace(
  repositoryId: RepositoryId,
  { project, name, tags, defaultBranch, protectedRefs }: Omit<RepositoryPlace, "instanceId">,
  { ref, trigger }: { readonly ref: string; readonly trigger: PolicyTrigger },
): PolicyPlace {
  const branch = kindsOf(ref, { defaultBranch, protectedRefs });
  return { repositoryId, repository: `${project}/${name}`, project, tags, branch, trigger };
}

function kindsOf(
  ref: string,
  {
    defaultBranch,
    protectedRefs,
  }: { readonly defaultBranch: string | undefined; readonly protectedRefs: readonly string[] },
): readonly BranchKind[] {
  const kinds: BranchKind[] = [];
  if (ref === defaultBranch) kinds.push("default");
  if (protectedRefs.includes(ref)) kinds.push("protected");
  if (/^refs\/heads\/releases?\//.test(ref)) kinds.push("release");
  return kinds.length > 0 ? kinds : ["other"];
}
