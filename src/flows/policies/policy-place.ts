/** Where findings are, as conditions of policies ask: repository, project, tags, and of which kinds a branch is. */
import { branchKindsOf } from "#model/branch-kinds.ts";
import type { RepositoryId } from "#model/ids.ts";
import type { PolicyTrigger } from "#model/policy.ts";
import type { PolicyPlace } from "#model/verdict.ts";
import type { Db } from "#store/database.ts";
import { getRepositoryPlace, type RepositoryPlace } from "#store/instances/repository-tags.ts";

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
  const branch = branchKindsOf({
    name: ref.replace(/^refs\/heads\//, ""),
    isDefault: ref === defaultBranch,
    isProtected: protectedRefs.includes(ref),
  });
  return { repositoryId, repository: `${project}/${name}`, project, tags, branch, trigger };
}
