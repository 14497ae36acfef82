/**
 * People change policies in the console: make, change, clone, switch, take away. Where a repository holds the policies,
 * nothing is changed here: there would be two truths. Open pull requests are judged again, without a scan.
 */
import type { AuditAction } from "#model/audit-action.ts";
import type { InstanceId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import { builtInPolicies } from "#scan/policies/built-in-policies.ts";
import type { Db } from "#store/database.ts";
import { insertAuditEvent } from "#store/people/audit-events.ts";
import { deletePolicy, savePolicy } from "#store/policies/policies.ts";
import { keepPolicySet } from "#store/policies/policy-sets.ts";
import { listJudgedPullRequests } from "#store/pull-requests/pull-requests.ts";
import { inTransaction } from "#store/transaction.ts";
import type { App } from "../app.ts";
import { askForFeedback } from "../jobs/ask.ts";
import { policiesInForce } from "./policies-in-force.ts";

type Changing = Pick<App, "db" | "jobs" | "now">;

export interface PolicyChange {
  readonly instanceId: InstanceId;
  /** For the audit log. */
  readonly instanceName: string;
  readonly by: string;
}

export type ChangedPolicy =
  | { readonly is: "changed"; readonly policy: Policy }
  /** A repository holds the policies. */
  | { readonly is: "elsewhere" }
  | { readonly is: "unknown" }
  | { readonly is: "taken" }
  /** A built-in policy may be switched and cloned, not changed. */
  | { readonly is: "built-in" };

export async function createPolicy(app: Changing, change: PolicyChange, policy: Policy): Promise<ChangedPolicy> {
  return changeWith(app, change, "policy-made", (known) => {
    if (known(policy.id)) return { is: "taken" };
    return { is: "changed", policy };
  });
}

export async function updatePolicy(app: Changing, change: PolicyChange, policy: Policy): Promise<ChangedPolicy> {
  return changeWith(app, change, "policy-changed", (known) => {
    if (!known(policy.id)) return { is: "unknown" };
    return isBuiltIn(policy.id) ? { is: "built-in" } : { is: "changed", policy };
  });
}

export async function clonePolicy(
  app: Changing,
  change: PolicyChange,
  { from, id, name }: { readonly from: string; readonly id: string; readonly name: string },
): Promise<ChangedPolicy> {
  return changeWith(app, change, "policy-cloned", (known) => {
    const original = known(from);
    if (!original) return { is: "unknown" };
    // Two that do the same are no harm, but one that nobody has looked at yet decides nothing.
    return known(id) ? { is: "taken" } : { is: "changed", policy: { ...original, id, name, enabled: false } };
  });
}

export async function switchPolicy(
  app: Changing,
  change: PolicyChange,
  { id, enabled }: { readonly id: string; readonly enabled: boolean },
): Promise<ChangedPolicy> {
  return changeWith(app, change, enabled ? "policy-switched-on" : "policy-switched-off", (known) => {
    const policy = known(id);
    return policy ? { is: "changed", policy: { ...policy, enabled } } : { is: "unknown" };
  });
}

export async function removePolicy(app: Changing, change: PolicyChange, id: string): Promise<ChangedPolicy> {
  return inTransaction(app.db, async (tx) => {
    const { policies, source } = await policiesInForce(tx, change.instanceId);
    if (source.is === "repository") return { is: "elsewhere" };
    const policy = policies.find((one) => one.id === id);
    if (!policy) return { is: "unknown" };
    if (isBuiltIn(id)) return { is: "built-in" };
    await deletePolicy(tx, change.instanceId, id);
    await follow(app, tx, change, { action: "policy-deleted", policy });
    return { is: "changed", policy };
  });
}

async function changeWith(
  app: Changing,
  change: PolicyChange,
  action: AuditAction,
  decide: (known: (id: string) => Policy | undefined) => ChangedPolicy,
): Promise<ChangedPolicy> {
  const { instanceId, by } = change;
  return inTransaction(app.db, async (tx) => {
    const { policies, source } = await policiesInForce(tx, instanceId);
    if (source.is === "repository") return { is: "elsewhere" };
    const decided = decide((id) => policies.find((policy) => policy.id === id));
    if (decided.is !== "changed") return decided;
    const { policy } = decided;
    const content = isBuiltIn(policy.id) ? {} : { content: policy };
    await savePolicy(tx, {
      ...{ instanceId, id: policy.id, enabled: policy.enabled, ...content },
      ...{ changedBy: by, changedAt: app.now() },
    });
    await follow(app, tx, change, { action, policy });
    return decided;
  });
}

export function isBuiltIn(id: string): boolean {
  return builtInPolicies.some((policy) => policy.id === id);
}

async function follow(
  app: Changing,
  tx: Db,
  { instanceId, instanceName, by }: PolicyChange,
  { action, policy }: { readonly action: AuditAction; readonly policy: Policy },
): Promise<void> {
  await insertAuditEvent(tx, {
    ...{ actor: by, action, instanceId, at: app.now() },
    subject: `${policy.id} in ${instanceName}`,
    data: { policy },
  });
  await judgeOpenPullRequests(app, tx, instanceId);
}

/** After the policies of an instance have changed, however they did. */
export async function judgeOpenPullRequests(app: Changing, tx: Db, instanceId: InstanceId): Promise<void> {
  const { policies, version } = await policiesInForce(tx, instanceId);
  await keepPolicySet(tx, { instanceId, version, policies, since: app.now() });
  for (const pullRequest of await listJudgedPullRequests(tx, instanceId)) await askForFeedback(app, tx, pullRequest);
}
