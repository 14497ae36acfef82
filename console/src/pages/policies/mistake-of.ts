/** What is wrong with a field of a policy, for the control that shows it. */
import type { PolicyCheck } from "#api/policies/contract.ts";
import { capital } from "./policy-words.ts";

/** With `itself`, what is wrong inside of it does not count. */
export type MistakeOf = (field: string, itself?: "itself") => string | undefined;

export function mistakesByField(problems: PolicyCheck["problems"]): MistakeOf {
  return (field, itself) => {
    const found = problems.find(
      (problem) =>
        problem.field === field ||
        (itself === undefined && (problem.field.startsWith(`${field}[`) || problem.field.startsWith(`${field}.`))),
    );
    return found === undefined ? undefined : `${capital(found.message)}.`;
  };
}
