/** What is known of an organization, kind by kind, why the rest is not, and which rules wait for it. */
import { rulesByFact } from "#flows/posture/rule-words.ts";
import type { WhyUnknown } from "#model/posture/fact.ts";
import { type FactKey, factKeys, factKind } from "#model/posture/fact-key.ts";
import type { FactState } from "#store/posture/posture-facts.ts";
import { toTime } from "../shapes/time.ts";
import type { Capability, Posture } from "./contract.ts";

type FactRow = Posture["facts"][number];

export function factRows(states: readonly FactState[]): FactRow[] {
  const byKey = Map.groupBy(states, ({ key }) => key);
  const rules = rulesByFact();
  return factKeys.map((key) => rowOf(key, byKey.get(key) ?? [], rules.get(key)?.length ?? 0));
}

function rowOf(key: FactKey, states: readonly FactState[], rules: number): FactRow {
  const { of, title, scope, isUndocumented } = factKind(key);
  const known = states.filter(({ is }) => is === "known");
  const unknown = states.filter(({ is }) => is === "unknown");
  const times = known.map(({ readAt }) => readAt.getTime());
  return {
    ...{ key, title, scope: scope ?? null, isUndocumented: isUndocumented === true, of, rules },
    ...{ known: known.length, unknown: unknown.length },
    readAt: times.length > 0 ? toTime(new Date(times.reduce((a, b) => Math.min(a, b)))) : null,
    reasons: [...Map.groupBy(unknown, ({ why, reason }) => `${why} ${reason}`).values()].map((all) => ({
      why: (all[0]?.why ?? "not-read") as WhyUnknown,
      reason: all[0]?.reason ?? "",
      projects: all.flatMap(({ project }) => project ?? []),
    })),
  };
}

/** A rule can be fed if each fact that it needs is known of something. */
export function capabilityOf(
  states: readonly FactState[],
  rules: readonly { readonly needs: readonly FactKey[] }[],
): Capability {
  const waitingFor = rulesByFact();
  const rows = factRows(states).map((row) => {
    const state = row.known === 0 ? ("unknown" as const) : row.unknown === 0 ? ("known" as const) : ("partly" as const);
    const waiting = state === "known" ? [] : (waitingFor.get(row.key) ?? []);
    return { ...row, state, waiting: waiting.map(({ id, title }) => ({ id, title })) };
  });
  const known = new Set(rows.flatMap(({ key, state }) => (state === "unknown" ? [] : [key])));
  const fed = rules.filter(({ needs }) => needs.every((key) => known.has(key))).length;
  return { rules: rules.length, fed, rows };
}
