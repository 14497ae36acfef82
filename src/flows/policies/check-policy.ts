/** A policy while it is written, as fields or as YAML: each follows from the other, and what is wrong stands by line and field. */
import type { Policy } from "#model/policy.ts";
import { describeGroups } from "#scan/policies/describe-conditions.ts";
import { type PolicyProblem, readPolicies } from "#scan/policies/read-policies.ts";
import { writePolicy } from "#scan/policies/write-policy.ts";

export interface CheckedPolicy {
  readonly text: string;
  /** Undefined while something is wrong. */
  readonly policy?: Policy;
  readonly says: readonly string[];
  readonly problems: readonly {
    readonly line: number;
    /** `when[0].severity`; empty: all of it. */
    readonly field: string;
    readonly message: string;
  }[];
}

/** What its conditions say, a text for each group, and the policy as people write one. */
export function policyWords(policy: Policy): { readonly says: readonly string[]; readonly yaml: string } {
  return { says: describeGroups(policy), yaml: writePolicy(policy) };
}

/** Fields may hold anything that a form lets people type. */
export function checkPolicy(policy: Policy): CheckedPolicy {
  return checkPolicyText(writePolicy(policy));
}

export function checkPolicyText(text: string): CheckedPolicy {
  const { policies, cases, problems } = readPolicies([{ path: "", text }]);
  const [policy] = policies;
  const wrong = problems.map(({ line, field, message }) => ({ line, field, message: withoutField(field, message) }));
  if (wrong.length === 0 && policies.length !== 1) {
    const found = policies.length === 0 ? "none" : `${policies.length}`;
    wrong.push({ line: 1, field: "", message: `expected one policy, found ${found}` });
  }
  if (wrong.length === 0 && cases.length > 0) {
    const message = "cases stand with policies in a repository; here they would be lost";
    wrong.push({ line: cases[0]?.line ?? 1, field: "cases", message });
  }
  if (policy === undefined || wrong.length > 0) return { text, says: [], problems: wrong };
  return { text, policy, says: describeGroups(policy), problems: [] };
}

function withoutField(field: string, message: PolicyProblem["message"]): string {
  return field !== "" && message.startsWith(`${field}: `) ? message.slice(field.length + 2) : message;
}
