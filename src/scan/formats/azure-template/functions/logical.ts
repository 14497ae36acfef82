/** Template functions that decide: logic and comparison. They look only at as many arguments as the answer needs. */
import type { Node } from "../../node.ts";
import { argument, type Call, type FunctionTable, misfit, strict, values } from "../call.ts";
import { isNull, isNumber, isText, refsOf, sameValue, scalarOf, truthOf, unknownCall, unknownOf } from "../values.ts";

export const logicalFunctions: FunctionTable = {
  and: (call) => decided(call, false),
  or: (call) => decided(call, true),
  not: strict(([value], { at }) => {
    const truth = truthOf(value);
    return truth === undefined ? undefined : scalarOf(at, !truth);
  }),
  bool: strict(([value], { at }) => {
    const truth = isNumber(value) ? value.value !== 0 : truthOf(value);
    return truth === undefined ? undefined : scalarOf(at, truth);
  }),
  true: ({ at }) => scalarOf(at, true),
  false: ({ at }) => scalarOf(at, false),
  if: choice,
  coalesce: (call) => {
    for (let position = 0; position < call.args.length; position++) {
      const value = argument(call, position);
      if (value?.is === "unknown") return unknownCall(call.name, values(call), call.at);
      if (value && !isNull(value)) return value;
    }
    return scalarOf(call.at, null);
  },
  equals: (call) => {
    const [a, b] = values(call);
    if (!a || !b) return misfit(call);
    const same = sameValue(a, b);
    if (same !== undefined) return scalarOf(call.at, same);
    const reason = a.is === "unknown" || b.is === "unknown" ? undefined : "parts of the values are unknown";
    return unknownCall(call.name, [a, b], call.at, reason);
  },
  less: ordered((order) => order < 0),
  lessorequals: ordered((order) => order <= 0),
  greater: ordered((order) => order > 0),
  greaterorequals: ordered((order) => order >= 0),
};

/** `and` ends at the first false, `or` at the first true, also behind something unknown. */
function decided(call: Call, ends: boolean): Node {
  const given: Node[] = [];
  let unsure = false;
  for (let position = 0; position < call.args.length; position++) {
    const value = argument(call, position);
    if (!value) return misfit(call);
    given.push(value);
    const truth = truthOf(value);
    if (truth === ends) return scalarOf(call.at, ends);
    unsure ||= truth === undefined;
  }
  return unsure ? unknownCall(call.name, given, call.at) : scalarOf(call.at, !ends);
}

/** Both ways are one answer if they are the same value. */
function choice(call: Call): Node {
  const condition = argument(call, 0);
  if (!condition || call.args.length < 2) return misfit(call);
  const truth = truthOf(condition);
  if (truth !== undefined) return argument(call, truth ? 1 : 2) ?? scalarOf(call.at, null);
  const ways = [argument(call, 1), argument(call, 2)].filter((way) => way !== undefined);
  const [one, other] = ways;
  if (one && other && sameValue(one, other) === true) return one;
  const reason = condition.is === "unknown" ? condition.reason : "the condition is no boolean";
  return unknownOf(call.at, reason, { refs: refsOf([condition, ...ways]) });
}

function ordered(fits: (order: number) => boolean): FunctionTable[string] {
  return strict(([a, b], { at }) => {
    if (isNumber(a) && isNumber(b)) return scalarOf(at, fits(a.value - b.value));
    if (!isText(a) || !isText(b)) return undefined;
    return scalarOf(at, fits(a.value === b.value ? 0 : a.value < b.value ? -1 : 1));
  });
}
