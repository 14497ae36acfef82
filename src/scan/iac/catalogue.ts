/** Policies by the resources that they look at: a resource meets only those of its types. */
import type { Condition } from "./condition.ts";
import type { Policy } from "./policy.ts";
import type { Resource } from "./resource.ts";

export interface Asked {
  readonly policy: Pick<Policy, "id" | "aliases" | "severity" | "title">;
  readonly condition: Condition;
}

export interface Catalogue {
  /** What to ask of a resource; each policy once. */
  readonly asks: (resource: Resource) => readonly Asked[];
  /** True if a policy has this id, or another tool's id for one. */
  readonly knows: (id: string) => boolean;
  /** All of these ids. */
  readonly names: () => Iterable<string>;
}

export function catalogueOf(policies: readonly Policy[]): Catalogue {
  const byKey = new Map<string, Asked[]>();
  const ids = new Set<string>();
  const known = new Map<string, readonly Asked[]>();
  for (const policy of policies) {
    for (const id of [policy.id, ...policy.aliases]) ids.add(id);
    for (const [key, condition] of Object.entries(policy.on)) {
      if (!condition) continue;
      const asked = byKey.get(folded(key));
      if (asked) asked.push({ policy, condition });
      else byKey.set(folded(key), [{ policy, condition }]);
    }
  }
  return {
    asks: ({ dialect, types }) => {
      const name = `${dialect}:${types.join(" ")}`;
      const before = known.get(name);
      if (before) return before;
      const lists = [...types, "*"].flatMap((type) => byKey.get(folded(`${dialect}:${type}`)) ?? []);
      const seen = new Set<string>();
      const asked = lists.filter(({ policy }) => !seen.has(policy.id) && seen.add(policy.id));
      known.set(name, asked);
      return asked;
    },
    knows: (id) => ids.has(id),
    names: () => ids,
  };
}

export function joinCatalogues(a: Catalogue, b: Catalogue): Catalogue {
  return {
    asks: (resource) => [...a.asks(resource), ...b.asks(resource)],
    knows: (id) => a.knows(id) || b.knows(id),
    names: () => [...a.names(), ...b.names()],
  };
}

/** ARM compares types without case. */
function folded(key: string): string {
  return key.startsWith("arm:") ? key.toLowerCase() : key;
}
