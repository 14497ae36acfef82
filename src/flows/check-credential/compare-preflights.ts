/** What a credential gained and lost between two looks. What could not be told either time is no change. */
import type { CheckedRole, Preflight, Verdict } from "#model/preflight.ts";
import { scopes } from "#model/scopes.ts";

export interface RightsChange {
  /** Scopes, roles and features, as people read them. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
}

type Found = Omit<Preflight, "checkedAt">;

export function comparePreflights(before: Found, after: Found): RightsChange {
  const was = verdictsOf(before);
  const gained: string[] = [];
  const lost: string[] = [];
  for (const [name, verdict] of verdictsOf(after)) {
    const former = was.get(name);
    if (former === "missing" && verdict === "granted") gained.push(name);
    if (former === "granted" && verdict === "missing") lost.push(name);
  }
  return { gained, lost };
}

function verdictsOf({ scopes: checked, roles, features }: Found): ReadonlyMap<string, Verdict> {
  return new Map([
    ...checked.map(({ scope, verdict }) => [`scope ${titleOf(scope)}`, verdict] as const),
    ...roles.map((one) => [roleWords(one), one.verdict] as const),
    ...features.map(({ feature, works }) => {
      const verdict = works === "no" ? "missing" : works === "unknown" ? "unknown" : "granted";
      return [`feature ${feature}`, verdict] as const;
    }),
  ]);
}

function titleOf(name: string): string {
  const scope = scopes.find((one) => one.name === name);
  return scope && "onTokenPage" in scope ? scope.onTokenPage : name;
}

function roleWords({ role, project }: CheckedRole): string {
  if (role === "collection-administrator") return "role Project Collection Administrator";
  return `role Project Administrator of ${project?.name ?? "a project"}`;
}
