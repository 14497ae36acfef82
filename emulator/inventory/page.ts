/** Lists that go on at `continuationToken`: the token stands in a header of the answer, until there is nothing more. */
import { numberOf } from "../query-values.ts";
import { type Answer, type Call, list, Refusal } from "../route.ts";

export function pageAfterToken<T>(
  call: Call,
  values: readonly T[],
  shape: (value: T) => unknown,
  usual = 1000,
): Answer {
  const from = numberOf(call, ["continuationToken"], 0);
  const next = from + Math.max(1, numberOf(call, ["$top", "top"], usual));
  return list(
    values.slice(from, next).map(shape),
    next < values.length ? { "x-ms-continuationtoken": String(next) } : undefined,
  );
}

/** Ids of a query, in one text: `1,2,3`; undefined when it is not asked for. */
export function idsOf(call: Call, name: string): readonly string[] | undefined {
  return call
    .query(name)
    ?.split(",")
    .map((one) => one.trim().toLowerCase());
}

export function missing(typeKey: string, message: string): Refusal {
  return new Refusal(404, typeKey, message, `Microsoft.TeamFoundation.DistributedTask.WebApi.${typeKey}`);
}
