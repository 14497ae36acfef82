/** Template functions on objects. Members keep the places where they were written. */
import type { Node } from "../../node.ts";
import { argument, type Call, type FunctionTable, misfit, strict, values } from "../call.ts";
import {
  entriesOf,
  isNumber,
  isText,
  listOf,
  memberOf,
  objectOf,
  scalarOf,
  unknownCall,
  unknownOf,
} from "../values.ts";
import { merged } from "./array.ts";

export const objectFunctions: FunctionTable = {
  createobject: (call) => {
    const given = values(call);
    const entries: [string, Node][] = [];
    let open: string | undefined;
    for (let position = 0; position + 1 < given.length; position += 2) {
      const [key, value] = [given[position], given[position + 1]];
      if (isText(key) && value) entries.push([key.value, value]);
      else open ??= key?.is === "unknown" ? key.reason : "a key of the object is unknown";
    }
    return objectOf(call.at, entries, open);
  },
  items: strict(([value], { at }) => {
    if (value?.is !== "block") return undefined;
    const sorted = entriesOf(value).sort(([a], [b]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    const pairs = sorted.map(([key, item]) =>
      objectOf(item.at, [["key", scalarOf(item.at, key)] as const, ["value", item] as const]),
    );
    return listOf(at, pairs, value.open);
  }),
  null: ({ at }) => scalarOf(at, null),
  objectkeys: strict(([value], { at }) => {
    if (value?.is !== "block") return undefined;
    const keys = [...value.keys()].sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1));
    return listOf(
      at,
      keys.map((key) => scalarOf(at, key)),
      value.open,
    );
  }),
  shallowmerge: strict(([list], { at }) => {
    if (list?.is !== "list") return undefined;
    const blocks = list.open === undefined ? list.items : [...list.items, unknownOf(at, list.open)];
    return merged(blocks, at, false);
  }),
  tryget: tryGet,
};

/** Null as soon as a step leads nowhere. */
function tryGet(call: Call): Node {
  let target = argument(call, 0);
  if (!target) return misfit(call);
  for (let position = 1; position < call.args.length; position++) {
    const key = argument(call, position);
    if (!key) return misfit(call);
    if (key.is !== "unknown" && !isText(key) && !isNumber(key)) return misfit(call);
    if (target.is === "unknown") return unknownCall(call.name, values(call), call.at);
    const next: Node | undefined = memberOf(target, key, call.at);
    if (!next) return scalarOf(call.at, null);
    target = next;
  }
  return target;
}
