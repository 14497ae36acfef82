/** Asks every policy about every resource it concerns. A policy that fails in itself is a Problem; the others go on. */
import type { Problem } from "#model/scan-result.ts";
import type { Asked, Catalogue } from "./catalogue.ts";
import type { Condition } from "./condition.ts";
import { problemAt } from "./problem-at.ts";
import type { Resource } from "./resource.ts";
import type { Verdict } from "./verdict.ts";

export interface Evaluated {
  readonly policy: Asked["policy"];
  readonly condition: Condition;
  readonly resource: Resource;
  readonly verdict: Verdict;
}

/** What does not apply gives nothing. */
export function evaluate(
  resources: readonly Resource[],
  catalogue: Catalogue,
): { readonly evaluated: readonly Evaluated[]; readonly problems: readonly Problem[] } {
  const evaluated: Evaluated[] = [];
  const problems: Problem[] = [];
  for (const resource of resources) {
    for (const { policy, condition } of catalogue.asks(resource)) {
      try {
        const verdict = condition(resource.body, resource);
        if (verdict.is !== "none") evaluated.push({ policy, condition, resource, verdict });
      } catch (error) {
        problems.push(brokenPolicy(policy.id, resource, error));
      }
    }
  }
  return { evaluated, problems };
}

function brokenPolicy(id: string, { address, at }: Resource, error: unknown): Problem {
  const reason = error instanceof Error ? error.message : "unknown error";
  return problemAt(at, "failed", `${id} could not be decided for ${address} (${reason}); the other policies were.`);
}
