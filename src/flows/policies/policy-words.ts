/** Policies by their names, for the one line of a status: `the policy "A"`, `the policies "A", "B" and 3 more`. */
import type { Policy } from "#model/policy.ts";

/** More names would push what else a status says out of sight. */
const mostNamed = 2;

/** In the given order; a policy that is not in force any more goes by its id. */
export function policyWords(ids: readonly string[], policies: readonly Pick<Policy, "id" | "name">[]): string {
  const names = ids.map((id) => `"${policyName(id, policies)}"`);
  const [first = ""] = names;
  if (names.length < 2) return `the policy ${first}`;
  const left = names.length - mostNamed;
  if (left <= 0) return `the policies ${names.join(" and ")}`;
  return `the policies ${names.slice(0, mostNamed).join(", ")} and ${left} more`;
}

export function policyName(id: string, policies: readonly Pick<Policy, "id" | "name">[]): string {
  return policies.find((one) => one.id === id)?.name ?? id;
}
