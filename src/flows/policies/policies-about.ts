/** Which policies hold an open issue of a branch, when, and what each of them asks for. */
import type { InstanceId, IssueId, RepositoryId } from "#model/ids.ts";
import { type PolicyAction, type PolicyTrigger, policyTriggers } from "#model/policy.ts";
import { decidePrepared } from "#scan/policies/decide-policies.ts";
import { preparePolicies } from "#scan/policies/prepare-policies.ts";
import { branchSubjects } from "#store/issues/branch-subjects.ts";
import type { App } from "../app.ts";
import { policiesInForce } from "./policies-in-force.ts";
import { findPolicyPlace } from "./policy-place.ts";

export interface PolicyAbout {
  readonly id: string;
  readonly name: string;
  readonly triggers: readonly PolicyTrigger[];
  readonly actions: readonly PolicyAction[];
  /** It would block, and only records until then. */
  readonly graceUntil?: string;
}

interface IssuePlace {
  readonly id: IssueId;
  readonly instanceId: InstanceId;
  readonly repositoryId: RepositoryId;
  readonly branch: string;
}

/** Of a pull request the answer is what it would be if the same problem came with one. Nothing if the issue is not open. */
export async function policiesAbout(
  { db, now }: Pick<App, "db" | "now">,
  issue: IssuePlace,
): Promise<readonly PolicyAbout[]> {
  const { instanceId, repositoryId, branch } = issue;
  const { value: subjects = [] } = await branchSubjects(db, issue, { only: issue.id }).next();
  const place = await findPolicyPlace(db, repositoryId, { ref: branch, trigger: "push" });
  if (!place || subjects.length === 0) return [];
  const { policies } = await policiesInForce(db, instanceId);
  return policies
    .filter(({ enabled }) => enabled)
    .flatMap((policy): readonly PolicyAbout[] => {
      const prepared = preparePolicies([policy]);
      const matches = policyTriggers.flatMap((trigger) => {
        const [match] = decidePrepared(prepared, { ...place, trigger }, subjects, now()).matches;
        return match ? [{ trigger, match }] : [];
      });
      const [first] = matches;
      if (!first) return [];
      const { graceUntil, actions } = first.match;
      return [
        {
          ...{ id: policy.id, name: policy.name, triggers: matches.map(({ trigger }) => trigger) },
          actions: actions.map(({ action }) => action),
          ...(graceUntil !== undefined && { graceUntil }),
        },
      ];
    });
}
