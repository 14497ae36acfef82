/** Gives a value the type that its variable declares, as far as a policy can see the difference. */

import { evaluate } from "../../../formats/hcl/evaluate.ts";
import { scalar } from "../../../formats/hcl/functions/answer.ts";
import { withoutRepetitions } from "../../../formats/hcl/functions/compare-nodes.ts";
import { toBool, toNumber, toText } from "../../../formats/hcl/functions/convert-scalar.ts";
import { memoBlock } from "../../../formats/hcl/lazy-node.ts";
import type { Scope } from "../../../formats/hcl/scope.ts";
import type { Entry, Expression } from "../../../formats/hcl/syntax.ts";
import type { Block, Member, Node } from "../../../formats/node.ts";

const converters: Readonly<Record<string, typeof toText | typeof toNumber | typeof toBool>> = {
  string: toText,
  number: toNumber,
  bool: toBool,
};

/** `type` is an expression such as `list(object({ name = string, size = optional(number, 1) }))`. */
export function convertValue(node: Node, type: Expression, scope: Scope): Node {
  if (node.is === "unknown") return node;
  if (type.is === "name") return node.is === "scalar" ? convertScalar(node, type.name) : node;
  if (type.is === "literal") return node.is === "scalar" ? convertScalar(node, String(type.value)) : node;
  const [of] = type.is === "call" ? type.args : [];
  if (type.is !== "call" || !of) return node;
  if (type.name === "object" && of.is === "object")
    return node.is === "block" ? convertObject(node, of.entries, scope) : node;
  if (type.name === "tuple") return node;
  if (node.is === "list") return convertItems(node, of, type.name === "set", scope);
  if (node.is === "block" && type.name === "map") return convertMembers(node, of, scope);
  return node;
}

function convertScalar(node: Extract<Node, { is: "scalar" }>, type: string): Node {
  if (node.value === null) return node;
  const value = converters[type]?.(node.value);
  return value === undefined || value === node.value ? node : { ...node, value };
}

function convertItems(list: Extract<Node, { is: "list" }>, of: Expression, isSet: boolean, scope: Scope): Node {
  const { at, from, open } = list;
  let items: readonly Node[] | undefined;
  return {
    is: "list",
    at,
    from,
    open,
    get items() {
      if (items) return items;
      items = list.items.map((item) => convertValue(item, of, scope));
      if (isSet) items = withoutRepetitions(items);
      return items;
    },
  };
}

function convertMembers(block: Block, of: Expression, scope: Scope): Block {
  const { at, from, open, maybe } = block;
  const find = (key: string): Member | undefined => {
    const member = block.get(key);
    return member && { ...member, value: convertValue(member.value, of, scope) };
  };
  return memoBlock(at, block.keys, find, { from, open, maybe });
}

/** Keeps what the type names; `optional` members that are missing get their default, or null. */
function convertObject(block: Block, entries: readonly Entry[], scope: Scope): Block {
  const { at, from, open, maybe } = block;
  const types = new Map(entries.map(({ key, value }) => [key.is === "literal" ? String(key.value) : "", value]));
  const find = (key: string): Member | undefined => {
    const declared = types.get(key);
    if (!declared) return undefined;
    const optional = declared.is === "call" && declared.name === "optional";
    const type = (optional ? declared.args[0] : declared) ?? declared;
    const member = block.get(key);
    if (member && !(optional && member.value.is === "scalar" && member.value.value === null)) {
      return { ...member, value: convertValue(member.value, type, scope) };
    }
    if (!optional || (open !== undefined && !member)) return member;
    const fallback = declared.args[1];
    const value = fallback ? convertValue(evaluate(fallback, scope), type, scope) : scalar(null, declared);
    return { key: declared, whole: declared, value };
  };
  const isThere = (key: string) => block.get(key) !== undefined || optionalType(types.get(key));
  return memoBlock(at, () => [...types.keys()].filter(isThere), find, { from, open, maybe });
}

function optionalType(type: Expression | undefined): boolean {
  return type?.is === "call" && type.name === "optional";
}
