/**
 * Resolves the values of a template: lazily, block by block. A value that CloudFormation would leave out (`AWS::NoValue`)
 * is undefined. Functions are in `functions.ts`; loops that add members are expanded here.
 */
import type { Block, List, Member, Node } from "../../../formats/node.ts";
import { callFunction } from "./functions.ts";
import { deeper, plainText, resolve, type Scope, scalar, unknown, withLoop } from "./scope.ts";
import { argumentsOf, callIn } from "./template.ts";

/** How the scopes of templates resolve their nodes. */
export function resolveWith(node: Node, scope: Scope): Node | undefined {
  if (node.is === "scalar") {
    if (scope.loops.size === 0 || typeof node.value !== "string") return node;
    const text = withLoopValues(node.value, scope);
    return text === node.value ? node : scalar(node.at, text);
  }
  if (node.is === "unknown") return node;
  const call = callIn(node);
  if (node.is === "block" && !call) return resolveBlock(node, scope);
  const tooDeep = unknown(node.at, "it is nested too deep");
  return deeper(scope, () => (call ? callFunction(call, scope) : resolveList(node as List, scope)), tooDeep);
}

function resolveList(list: List, scope: Scope): List {
  const items: Node[] = [];
  let open = list.open;
  for (const raw of list.items) {
    const item = resolve(raw, scope);
    if (!item) continue;
    items.push(item);
    if (item.is === "block" && item.maybe) open ??= "a condition decides when it is deployed";
  }
  return { ...list, items, ...(open !== undefined && { open }) };
}

export function resolveBlock(block: Block, scope: Scope): Block {
  const { entries, open } = entriesOf(block, scope);
  const known = new Map<string, Member | undefined>();
  const get = (key: string): Member | undefined => {
    if (known.has(key)) return known.get(key);
    const entry = entries.get(key);
    const value = entry && resolve(entry.member.value, entry.scope);
    const member = entry && value && { ...entry.member, value };
    known.set(key, member);
    return member;
  };
  const canVanish = (key: string): boolean => {
    const entry = entries.get(key);
    return entry !== undefined && callIn(entry.member.value) !== undefined;
  };
  const keys = () => [...entries.keys()].filter((key) => !canVanish(key) || get(key) !== undefined);
  const { at, from, maybe } = block;
  return { is: "block", at, from, keys, get, open: block.open ?? open, maybe };
}

export interface Entry {
  readonly member: Member;
  readonly scope: Scope;
}

/** The members of a block with those that loops add, each with the scope it stands in. */
export function entriesOf(block: Block, scope: Scope): { entries: ReadonlyMap<string, Entry>; open?: string } {
  const entries = new Map<string, Entry>();
  let open: string | undefined;
  for (const key of block.keys()) {
    const member = block.get(key);
    if (!member) continue;
    if (key.startsWith("Fn::ForEach::")) {
      const looped = loopEntries(member, scope);
      for (const [name, entry] of looped.entries) entries.set(name, entry);
      open ??= looped.open;
    } else if (key === "Fn::Transform") open ??= "a transform may add to it";
    else entries.set(scope.loops.size > 0 ? withLoopValues(key, scope) : key, { member, scope });
  }
  return { entries, ...(open !== undefined && { open }) };
}

/** What a loop may add, with the loops in it. */
const mostAdded = 1000;
const unknownValues = "the values of a loop are not known";

/** `[Identifier, [values], { "Key${Identifier}": ... }]` */
function loopEntries(loop: Member, scope: Scope): { entries: ReadonlyMap<string, Entry>; open?: string } {
  return deeper(scope, () => roundsOf(loop, scope), { entries: new Map(), open: "loops are nested too deep" });
}

function roundsOf(loop: Member, scope: Scope): { entries: ReadonlyMap<string, Entry>; open?: string } {
  const [name, collection, body] = argumentsOf(loop.value);
  const identifier = plainText(name);
  if (identifier === undefined || body?.is !== "block" || !collection) return { entries: new Map(), open: "a loop" };
  const values = resolve(collection, scope);
  const isKnown = values?.is === "list" && values.open === undefined;
  const items = isKnown ? values.items : [];
  const entries = new Map<string, Entry>();
  let open = isKnown ? undefined : unknownValues;
  for (const value of isKnown ? items : [unknown(collection.at, unknownValues)]) {
    const round = entriesOf(body, withLoop(scope, identifier, value));
    open ??= round.open;
    for (const [key, entry] of round.entries) entries.set(key, entry);
    if (entries.size <= mostAdded && deeper(scope, () => true, false)) continue;
    open ??= "a loop adds too much";
    break;
  }
  return { entries, ...(open !== undefined && { open }) };
}

const longestLooped = 10_000;
const longestLoopValue = 200;

/** `${Name}` and `&{Name}` of the loops around; the second leaves out what is no letter or digit. */
export function withLoopValues(text: string, scope: Scope): string {
  if (!text.includes("{") || text.length > longestLooped) return text;
  return text.replace(/([$&])\{([A-Za-z0-9]+)\}/g, (all, sign: string, name: string) => {
    const value = plainText(scope.loops.get(name));
    if (value === undefined || value.length > longestLoopValue) return all;
    return sign === "&" ? value.replaceAll(/[^A-Za-z0-9]/g, "") : value;
  });
}
