/** Template functions that call a lambda for each item. A list that may have more items gives a result that may, too. */
import type { List, Node } from "../../node.ts";
import { argument, type Call, type FunctionTable, type Lambda, lambdaAt, misfit } from "../call.ts";
import { entriesOf, isText, listOf, objectOf, refsOf, scalarOf, truthOf, unknownCall, unknownOf } from "../values.ts";

export const lambdaFunctions: FunctionTable = {
  filter: overList((list, lambda, call) => {
    const items: Node[] = [];
    let open = list.open;
    for (const [position, item] of list.items.entries()) {
      const answer = called(lambda, [item], position, call);
      const truth = truthOf(answer);
      if (truth === true) items.push(item);
      if (truth === undefined) open ??= answer.is === "unknown" ? answer.reason : "the condition is no boolean";
    }
    return listOf(call.at, items, open);
  }),
  map: overList((list, lambda, call) =>
    listOf(
      call.at,
      list.items.map((item, position) => called(lambda, [item], position, call)),
      list.open,
    ),
  ),
  mapvalues: (call) => {
    const [block, lambda] = [argument(call, 0), lambdaAt(call, 1)];
    if (!block || !lambda) return misfit(call);
    if (block.is !== "block") return unknownCall(call.name, [block], call.at);
    const entries = entriesOf(block).map(([key, value]) => [key, called(lambda, [value], 0, call)] as const);
    return objectOf(call.at, entries, block.open);
  },
  groupby: overList((list, lambda, call) => {
    const making = lambdaAt(call, 2);
    const groups = new Map<string, Node[]>();
    for (const [position, item] of list.items.entries()) {
      const key = called(lambda, [item], position, call);
      if (!isText(key)) return unknownOf(call.at, "a key of the groups is unknown", { refs: refsOf(list.items) });
      const value = making ? called(making, [item], position, call) : item;
      const group = groups.get(key.value);
      if (group) group.push(value);
      else groups.set(key.value, [value]);
    }
    const entries = [...groups].map(([key, items]) => [key, listOf(call.at, items, list.open)] as const);
    return objectOf(call.at, entries, list.open);
  }),
  reduce,
  sort: overList((list, lambda, call) => {
    let unsure = list.open !== undefined;
    const sorted = [...list.items].sort((a, b) => {
      const first = truthOf(called(lambda, [a, b], 0, call));
      unsure ||= first === undefined;
      return first ? -1 : truthOf(called(lambda, [b, a], 0, call)) ? 1 : 0;
    });
    return listOf(call.at, unsure ? list.items : sorted, list.open);
  }),
  toobject: overList((list, lambda, call) => {
    const making = lambdaAt(call, 2);
    let open = list.open;
    const entries = list.items.flatMap((item, position) => {
      const key = called(lambda, [item], position, call);
      if (isText(key)) return [[key.value, making ? called(making, [item], position, call) : item] as const];
      open ??= "a key of the object is unknown";
      return [];
    });
    return objectOf(call.at, entries, open);
  }),
};

function overList(make: (list: List, lambda: Lambda, call: Call) => Node): FunctionTable[string] {
  return (call) => {
    const [list, lambda] = [argument(call, 0), lambdaAt(call, 1)];
    if (!list || !lambda) return misfit(call);
    if (list.is === "unknown") return unknownOf(call.at, list.reason, { refs: list.refs });
    return list.is === "list" ? make(list, lambda, call) : misfit(call);
  };
}

/** Hands the position over as the last value if the lambda takes one more. */
function called(lambda: Lambda, given: readonly Node[], position: number, { at, scope }: Call): Node {
  if (scope.budget.left-- <= 0) return unknownOf(at, "the template computes too much");
  return lambda.call(lambda.parameters > given.length ? [...given, scalarOf(at, position)] : given);
}

function reduce(call: Call): Node {
  const [list, start, lambda] = [argument(call, 0), argument(call, 1), lambdaAt(call, 2)];
  if (!list || !start || !lambda) return misfit(call);
  if (list.is !== "list" || list.open !== undefined) return unknownCall(call.name, [list, start], call.at);
  let result = start;
  for (const [position, item] of list.items.entries()) result = called(lambda, [result, item], position, call);
  return result;
}
