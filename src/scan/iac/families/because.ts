/** Failures told in words of one's own, for conditions that cannot say themselves what is wrong (`not`, `check`). */
import type { Condition } from "../condition.ts";

export function because(why: string, condition: Condition): Condition {
  return (node, resource) => {
    const verdict = condition(node, resource);
    return verdict.is === "fail" ? { ...verdict, why } : verdict;
  };
}
