/** What a provider or a module call is given, from the expressions of the configuration: constants, or unknown references. */
import { type Block, blockOf, child, type Member, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import type { RefsOf } from "./plan-body.ts";
import { memberSource, placeOf, type Source, says } from "./source-place.ts";

interface Given {
  readonly written: Block;
  /** Told beside the expressions. */
  readonly plain: Readonly<Record<string, Node | undefined>>;
  readonly source: Source | undefined;
}

export function expressionBody({ written, plain, source }: Given, refsOf: RefsOf): Block {
  const members = new Map<string, Member>();
  const expressions = child(written, "expressions");
  const add = (key: string, member: { readonly key: Place; readonly whole: Place }, value: Node): void => {
    const inSource = source && memberSource(source, key);
    members.set(key, inSource ? { ...inSource, value: standingIn(value, inSource.source) } : { ...member, value });
  };
  for (const [key, value] of Object.entries(plain)) if (value) add(key, { key: value.at, whole: value.at }, value);
  for (const key of expressions?.is === "block" ? expressions.keys() : []) {
    const member = expressions?.is === "block" ? expressions.get(key) : undefined;
    if (member) add(key, member, given(member.value, refsOf));
  }
  return blockOf(source ? placeOf(source) : written.at, members);
}

function standingIn(value: Node, source: Source): Node {
  const at = placeOf(source);
  return says(source, value) ? { ...value, at } : { ...value, at, from: value.at };
}

function given(expression: Node, refsOf: RefsOf): Node {
  const { at } = expression;
  if (expression.is === "list") return { is: "list", at, items: expression.items.map((item) => given(item, refsOf)) };
  const constant = child(expression, "constant_value");
  if (constant) return constant;
  if (expression.is !== "block" || expression.keys().length === 0 || expression.get("references")) {
    return { is: "unknown", at, reason: "the plan tells only what it refers to", refs: refsOf(expression) };
  }
  const members = new Map<string, Member>();
  for (const key of expression.keys()) {
    const member = expression.get(key);
    if (member) members.set(key, { ...member, value: given(member.value, refsOf) });
  }
  return blockOf(at, members);
}
