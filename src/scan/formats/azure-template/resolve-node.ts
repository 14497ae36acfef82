/**
 * The values of a JSON tree with its expressions computed and its `copy` loops unrolled, member by member as they are
 * asked for.
 */
import type { Block, List, Member, Node } from "../node.ts";
import { type ExpressionScope, evaluateExpression } from "./evaluate-expression.ts";
import { isExpression, literalOf, parseExpression } from "./expression.ts";
import { isNumber, isText, lazyBlock, once, scalarOf, unknownOf, usedAt } from "./values.ts";

/** Azure's own limit for one loop. */
const longestLoop = 800;

export function resolveNode(node: Node, scope: ExpressionScope): Node {
  if (node.is === "list") return resolvedList(node, scope);
  if (node.is === "block") return resolvedBlock(node, scope);
  if (!isText(node)) return node;
  if (!isExpression(node.value)) return node.value.startsWith("[[") ? { ...node, value: literalOf(node.value) } : node;
  return usedAt(evaluateExpression(parseExpression(node), scope), node.at);
}

function resolvedList(list: List, scope: ExpressionScope): List {
  const items = once(() => list.items.map((item) => resolveNode(item, scope)));
  return {
    is: "list",
    at: list.at,
    get items() {
      return items();
    },
  };
}

export function resolvedBlock(block: Block, scope: ExpressionScope): Block {
  return lazyBlock(block.at, () => planned(block, scope), block.maybe ? { maybe: true } : {});
}

/** Which members there are: keys may be expressions, and loops make members. */
function planned(
  block: Block,
  scope: ExpressionScope,
): { members: Map<string, () => Member>; open?: string | undefined } {
  const members = new Map<string, () => Member>();
  let open: string | undefined;
  for (const key of block.keys()) {
    const member = block.get(key);
    if (!member) continue;
    if (key.toLowerCase() === "copy" && isLoops(member.value)) {
      for (const { name, value } of loopsIn(member.value, scope))
        members.set(name, () => ({ ...member, value: value(scope) }));
      continue;
    }
    const name = isExpression(key) ? keyOf(key, member, scope) : literalOf(key);
    if (name === undefined) open = "the name of a member is unknown";
    else members.set(name, () => ({ ...member, value: resolveNode(member.value, scope) }));
  }
  return { members, open };
}

function keyOf(key: string, member: Member, scope: ExpressionScope): string | undefined {
  const name = resolveNode({ is: "scalar", at: member.key, value: key }, scope);
  return isText(name) ? name.value : undefined;
}

/** The loops of an object or of the variables: a list of `{ name, count, input }`. */
export function isLoops(node: Node): node is List {
  return (
    node.is === "list" &&
    node.items.length > 0 &&
    node.items.every((item) => item.is === "block" && item.get("name") && item.get("count"))
  );
}

/** What loops make: a list under the loop's name. Its items may be computed in a narrower scope than its name. */
export function loopsIn(
  loops: List,
  scope: ExpressionScope,
): readonly { readonly name: string; readonly value: (scope: ExpressionScope) => Node }[] {
  return loops.items.flatMap((loop) => {
    if (loop.is !== "block") return [];
    const name = resolveNode(loop.get("name")?.value ?? unknownOf(loop.at, "no name"), scope);
    return isText(name) ? [{ name: name.value, value: (inside) => unrolled(loop, name.value, inside) }] : [];
  });
}

/** The list that a loop makes of its `input`. */
export function unrolled(loop: Block, name: string, scope: ExpressionScope): Node {
  const input = loop.get("input")?.value;
  if (!input) return unknownOf(loop.at, "the loop has no input");
  const rounds = roundsOf(loop, name, scope);
  const items = once(() =>
    rounds.scopes.map((round) => {
      const item = resolveNode(input, round);
      if (rounds.open === undefined || item.is !== "block") return item;
      return { is: "block" as const, at: item.at, keys: item.keys, get: item.get, maybe: true, open: item.open };
    }),
  );
  return {
    is: "list",
    at: loop.at,
    get items() {
      return items();
    },
    ...(rounds.open !== undefined && { open: rounds.open }),
  };
}

/** The scopes of a loop's rounds: one for each position, or a single one with an unknown position. */
export function roundsOf(
  loop: Block,
  name: string,
  scope: ExpressionScope,
): { readonly scopes: readonly ExpressionScope[]; readonly open?: string } {
  const raw = loop.get("count")?.value;
  const count = raw && resolveNode(raw, scope);
  const inRound = (position: Node): ExpressionScope => {
    const loops = new Map(scope.loops);
    loops.delete(name.toLowerCase()); // the innermost loop shall be the last
    return { ...scope, loops: loops.set(name.toLowerCase(), position) };
  };
  if (isNumber(count) && Number.isInteger(count.value) && count.value >= 0 && count.value <= longestLoop) {
    return { scopes: Array.from({ length: count.value }, (_, position) => inRound(scalarOf(loop.at, position))) };
  }
  const open = count?.is === "unknown" ? count.reason : "how often the loop runs is unknown";
  return { scopes: [inRound(unknownOf(loop.at, open, { text: `\${copyIndex('${name}')}` }))], open };
}
