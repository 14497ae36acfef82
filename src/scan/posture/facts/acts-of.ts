/** What each person did, in order of time: asked for many events of a long log, so that each question is one look. */

import type { OrganizationFacts } from "#model/posture/organization-facts.ts";
import type { AuditEventFact } from "#model/posture/organization-settings.ts";
import type { RunFact } from "#model/posture/pipeline-facts.ts";
import { isRestoring } from "./audit-guards.ts";

export interface Acts {
  /** Of anybody who is the same; the earliest after the time, within so many milliseconds. */
  readonly runAfter: (one: AuditEventFact, length: number) => RunFact | undefined;
  readonly bypassAfter: (one: AuditEventFact, length: number) => AuditEventFact | undefined;
  readonly restoredAfter: (one: AuditEventFact, length: number) => AuditEventFact | undefined;
  /** They did so many things before, and never from this address. */
  readonly isFromElsewhere: (one: AuditEventFact, fewest: number) => boolean;
}

interface Timed<T> {
  readonly time: number;
  readonly value: T;
}

type Timeline<T> = Map<string, Timed<T>[]>;

export function actsOf(events: readonly AuditEventFact[], { projects }: OrganizationFacts): Acts {
  const bypasses = timeline(
    events.filter(({ action }) => action === "Git.RefUpdatePoliciesBypassed"),
    ofActor,
  );
  const restores = timeline(events.filter(isRestoring), ofActor);
  const placed = timeline(
    events.filter(({ address }) => address !== undefined),
    ofActor,
  );
  const firsts = firstTimes(placed);
  const runs = new Map<string, Timeline<RunFact>>();
  for (const { id, runs: fact } of projects) {
    if (fact.is === "known")
      runs.set(
        id,
        timeline(fact.value, ({ requestedFor, queuedAt }) => requestedFor && { ...requestedFor, at: queuedAt }),
      );
  }
  return {
    runAfter: (one, length) => {
      const lists =
        one.projectId === undefined
          ? [...runs.values()]
          : [runs.get(one.projectId) ?? new Map<string, Timed<RunFact>[]>()];
      for (const list of lists) {
        const found = after(list, one, length);
        if (found) return found;
      }
      return undefined;
    },
    bypassAfter: (one, length) => after(bypasses, one, length),
    restoredAfter: (one, length) => after(restores, one, length),
    isFromElsewhere: (one, fewest) => {
      if (one.address === undefined) return false;
      const key = keyOf(one.actor);
      const time = Date.parse(one.at);
      const enough = placed.get(key)?.[fewest - 1];
      return enough !== undefined && enough.time < time && (firsts.get(`${key} ${one.address}`) ?? time) >= time;
    },
  };
}

/** Ids where there are any: names are not unique. */
function keyOf({ id, name }: { readonly id: string; readonly name: string }): string {
  return id === "" ? `name ${name}` : id.toLowerCase();
}

function ofActor({ actor, at }: AuditEventFact) {
  return { ...actor, at };
}

function timeline<T>(
  values: readonly T[],
  who: (value: T) => { readonly id: string; readonly name: string; readonly at: string } | undefined,
): Timeline<T> {
  const lists: Timeline<T> = new Map();
  for (const value of values) {
    const one = who(value);
    if (!one) continue;
    const timed = { time: Date.parse(one.at), value };
    const list = lists.get(keyOf(one));
    if (list) list.push(timed);
    else lists.set(keyOf(one), [timed]);
  }
  for (const list of lists.values()) list.sort((a, b) => a.time - b.time);
  return lists;
}

function firstTimes(placed: Timeline<AuditEventFact>): ReadonlyMap<string, number> {
  const firsts = new Map<string, number>();
  for (const [key, list] of placed) {
    for (const { time, value } of list) {
      const place = `${key} ${value.address}`;
      if (!firsts.has(place)) firsts.set(place, time);
    }
  }
  return firsts;
}

function after<T>(lists: Timeline<T>, { actor, at }: AuditEventFact, length: number): T | undefined {
  const list = lists.get(keyOf(actor)) ?? [];
  const start = Date.parse(at);
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.time ?? 0) > start) high = middle;
    else low = middle + 1;
  }
  const found = list[low];
  return found && found.time - start <= length ? found.value : undefined;
}
