/** Whether the code of a run was reviewed before it ran: what policies hold on its branch, as far as this organization knows. */
import type { Evidence } from "#model/posture/posture-result.ts";
import { branchName } from "../facts/policies-of-branch.ts";
import { reviewPolicyOf } from "../facts/reviewed-branches.ts";
import type { GivenRun } from "./run-rule.ts";

export type Reviewed =
  | { readonly is: "reviewed" }
  | {
      readonly is: "unreviewed" | "tag";
      /** As the end of a sentence: `it ran the code of a pull request that …`. */
      readonly says: string;
      readonly evidence: Evidence;
    }
  | { readonly is: "unknown"; readonly reason: string };

export function reviewedRef({ run, ran, definition, project }: GivenRun): Reviewed {
  const { branch, url } = run;
  const proof = { what: `build ${run.id}: sourceBranch = ${branch}`, url };
  if (branch === "") return { is: "unknown", reason: "Azure DevOps does not tell which branch ran." };
  if (branch.startsWith("refs/pull/")) {
    const number = branch.split("/")[2] ?? "";
    return {
      is: "unreviewed",
      says: `it ran the code of pull request ${number}, before it was merged`,
      evidence: proof,
    };
  }
  if (branch.startsWith("refs/tags/")) {
    const says = `it ran the tag ${branch.slice("refs/tags/".length)}, which may stand on any commit`;
    return { is: "tag", says, evidence: proof };
  }
  const kind = definition?.repository.kind;
  if (kind !== undefined && kind !== "azure-repos") {
    const reason = "What protects the branch is decided outside Azure DevOps, where the repository is.";
    return { is: "unknown", reason };
  }
  const repositoryId = ran?.source?.repositoryId ?? definition?.repository.id;
  if (repositoryId === undefined)
    return { is: "unknown", reason: "The pipeline of the run was not read, so its repository is not known." };
  if (!project) return { is: "unknown", reason: "The project of the run was not read." };
  const { repositories, branchPolicies } = project;
  if (repositories.is === "unknown")
    return { is: "unknown", reason: `Repositories are not known: ${repositories.reason}` };
  if (branchPolicies.is === "unknown")
    return { is: "unknown", reason: `Branch policies are not known: ${branchPolicies.reason}` };
  const repository = repositories.value.find(({ id }) => id.toLowerCase() === repositoryId.toLowerCase());
  if (!repository)
    return {
      is: "unknown",
      reason: "The repository of the pipeline is not in this project, so its policies were not read.",
    };
  const isDefault = branch === repository.defaultBranch;
  if (reviewPolicyOf(branchPolicies.value, { repository, ref: branch, isDefault })) return { is: "reviewed" };
  const says = `it ran ${branchName(branch)} of ${repository.name}, where no policy asks for a review`;
  return { is: "unreviewed", says, evidence: proof };
}
