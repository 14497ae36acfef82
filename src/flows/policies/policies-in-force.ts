/**
 * The policies that decide in an instance, from one source of truth: what is in a repository, where people chose one, or
 * else the built-in set as it was switched, with what was made in the console.
 */
import { createHash } from "node:crypto";
import type { InstanceId } from "#model/ids.ts";
import type { Policy } from "#model/policy.ts";
import { builtInPolicies } from "#scan/policies/built-in-policies.ts";
import type { Db } from "#store/database.ts";
import { listStoredPolicies, type StoredPolicy } from "#store/policies/policies.ts";
import { getPolicySource, type PolicySourceRow } from "#store/policies/policy-sources.ts";

export interface PoliciesInForce {
  /** Those that are switched off among them. */
  readonly policies: readonly Policy[];
  /** A hash of their content. */
  readonly version: string;
  readonly source: { readonly is: "console" } | { readonly is: "repository"; readonly at: PolicySourceRow };
  /** What people changed in the console, by the id of the policy; decides nothing while a repository does. */
  readonly stored: ReadonlyMap<string, StoredPolicy>;
}

export async function policiesInForce(db: Db, instanceId: InstanceId): Promise<PoliciesInForce> {
  const source = await getPolicySource(db, instanceId);
  const stored = await listStoredPolicies(db, instanceId);
  // A repository that was never read without mistakes decides nothing yet.
  const policies = source?.policies ?? consolePolicies(stored);
  return {
    policies,
    version: policiesVersion(policies),
    source: source ? { is: "repository", at: source } : { is: "console" },
    stored: new Map(stored.map((row) => [row.id, row])),
  };
}

function consolePolicies(stored: readonly StoredPolicy[]): readonly Policy[] {
  const changed = new Map(stored.map((row) => [row.id, row]));
  const builtIn = builtInPolicies.map((policy) => {
    const { enabled = policy.enabled } = changed.get(policy.id) ?? {};
    return { ...policy, enabled };
  });
  const own = stored.flatMap(({ content, enabled }) => (content ? [{ ...content, enabled }] : []));
  return [...builtIn, ...own];
}

/** The same for the same policies in whatever order they and their fields stand. */
export function policiesVersion(policies: readonly Policy[]): string {
  const ordered = [...policies].sort((a, b) => (a.id < b.id ? -1 : 1));
  return createHash("sha256").update(JSON.stringify(ordered, inOrder)).digest("hex").slice(0, 16);
}

function inOrder(_key: string, value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
