/** From a run of any branch to a protected one: by a build service that may pass the policies of the branch by. */
import { gitTokens } from "../facts/access-of.ts";
import { branchName } from "../facts/policies-of-branch.ts";
import { type BranchPermission, takeFromBranch } from "./code-settings.ts";
import { heldBy, type ProjectGround } from "./ground.ts";
import { addWay } from "./guarded-graph.ts";
import { rightOf } from "./rights-of.ts";
import { buildServices } from "./ways-across-projects.ts";
import type { Building } from "./ways-to-code.ts";
import { addRunsAtBranch, branchKeys } from "./ways-to-default-branch.ts";

const permissions: readonly BranchPermission[] = ["PolicyExempt", "PullRequestBypassPolicy"];

export function addBuildIdentityWays({ ground, graph, places }: Building, project: ProjectGround): void {
  const from = [...places.byKey.values()].find(
    (one) => one.project === project && one.ref.is === "new" && one.crossing,
  )?.crossing;
  if (from === undefined) return;
  for (const { descriptor, name } of buildServices(ground, project)) {
    for (const repository of project.repositories) {
      const { defaultBranch: ref } = repository;
      const policies = ref === undefined ? undefined : heldBy(project.facts, repository, ref);
      if (ref === undefined || !policies || policies.length === 0) continue;
      const tokens = gitTokens(project.facts.id, repository.id, ref);
      const ask = (action: string) =>
        rightOf(
          ground,
          project,
          { subjects: [descriptor] },
          { space: "git", tokens, actions: [action], isUsual: false },
        );
      const permission = ask("GenericContribute") && permissions.find((one) => ask(one));
      const right = permission && ask(permission);
      if (!right) continue;
      const place = { project, repository, ref };
      const keys = branchKeys(graph, place);
      addWay(graph, from, keys.free, {
        is: "can-bypass",
        says: `Jobs act as ${name}, which may pass the policies of ${branchName(ref)} of ${repository.name} by`,
        guards: policies.map(({ typeName, id }) => `${typeName || `Policy ${id}`} is passed by`),
        certainty: right.certainty,
        evidence: right.evidence,
        endedBy: [takeFromBranch(ground, place, { permission, from: name })],
      });
      addRunsAtBranch({ ground, graph, places }, place, { policies, keys });
    }
  }
}
