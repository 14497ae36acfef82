/** Evaluates everything that one file says: texts, conditions, loops and insertions, but pulls no templates in yet. */
import { type Answer, answerOf, isLookup, isTree, joinTaints, knownOf, truthOf } from "./answer.ts";
import { type Directive, directiveOf } from "./directives.ts";
import { affords, type Context, type Expansion, type VariableScope, withCondition } from "./expansion.ts";
import { evaluateIn, interpolate } from "./interpolate.ts";
import { type MapEntry, type MapNode, nothingAt, type PipelineNode, type ScalarNode } from "./source-node.ts";

/** Reads `variables:` in order, because each may use those before it, and pulls their templates in. */
export type ExpandVariables = (
  expansion: Expansion,
  context: Context,
  node: PipelineNode,
) => { readonly node: PipelineNode; readonly scope: VariableScope };

interface Parts {
  readonly entries: MapEntry[];
  /** What directives gave as lists. */
  readonly items: PipelineNode[];
  open?: string | undefined;
}

/** Whether an earlier branch of `if` ... `else` is surely taken. */
interface Chain {
  isClosed: boolean;
  conditions: string[];
}

const deepest = 300;

export function expandNode(
  expansion: Expansion,
  context: Context,
  node: PipelineNode,
  expandVariables: ExpandVariables,
  depth = 0,
): PipelineNode {
  if (!affords(expansion, node.at) || depth > deepest) return nothingAt(node.at);
  if (node.is === "scalar") return interpolate(expansion, context, node);
  const walk: Walk = { expansion, context, expandVariables, depth: depth + 1 };
  return node.is === "list" ? expandList(walk, node.items, node) : expandMap(walk, node);
}

interface Walk {
  readonly expansion: Expansion;
  readonly context: Context;
  readonly expandVariables: ExpandVariables;
  readonly depth: number;
}

function expandIn({ expansion, context, expandVariables, depth }: Walk, node: PipelineNode): PipelineNode {
  return expandNode(expansion, context, node, expandVariables, depth);
}

function expandList(walk: Walk, items: readonly PipelineNode[], node: PipelineNode): PipelineNode {
  const out: PipelineNode[] = [];
  const chain: Chain = { isClosed: false, conditions: [] };
  let open: string | undefined;
  for (const item of items) {
    if (item.is === "map" && item.entries.length > 0 && item.entries.every(({ key }) => directiveOf(key))) {
      const parts: Parts = { entries: [], items: [] };
      for (const entry of item.entries) expandEntry(walk, entry, parts, chain);
      out.push(...parts.items);
      if (parts.entries.length > 0) out.push(mapOf(walk, item, parts.entries));
      open ??= parts.open;
      continue;
    }
    const expanded = expandIn(walk, item);
    // A list that an expression put into a list becomes part of it.
    if (item.is === "scalar" && expanded.is === "list") {
      out.push(...expanded.items.map((one) => withCondition(one, expanded.when)));
      open ??= expanded.open;
    } else if (!(item.is === "scalar" && item.value !== null && expanded.is === "scalar" && expanded.value === null)) {
      out.push(expanded);
    }
  }
  return { is: "list", at: node.at, items: out, ...origin(walk, node), ...(open !== undefined && { open }) };
}

function origin({ context: { includer } }: Walk, { when }: PipelineNode): Pick<PipelineNode, "includer" | "when"> {
  return { ...(includer && { includer }), ...(when !== undefined && { when }) };
}

function mapOf(walk: Walk, node: PipelineNode, entries: readonly MapEntry[], open?: string): MapNode {
  return { is: "map", at: node.at, entries, ...origin(walk, node), ...(open !== undefined && { open }) };
}

const scopeKeys = /^(?:stages?|jobs?|phases?|steps|deployment|extends|strategy|pool|trigger|resources)$/i;

function expandMap(outer: Walk, node: MapNode): PipelineNode {
  const own = node.entries.find(({ key }) => key.text === "variables");
  const isScope = own !== undefined && node.entries.some(({ key }) => scopeKeys.test(key.text));
  const variables = own && isScope ? outer.expandVariables(outer.expansion, outer.context, own.value) : undefined;
  const walk = variables ? { ...outer, context: { ...outer.context, variables: variables.scope } } : outer;
  const parts: Parts = { entries: [], items: [] };
  const chain: Chain = { isClosed: false, conditions: [] };
  for (const entry of node.entries) {
    if (variables && entry === own) parts.entries.push({ key: entry.key, value: variables.node });
    else expandEntry(walk, entry, parts, chain);
  }
  if (parts.items.length > 0 && parts.entries.length === 0) {
    return {
      is: "list",
      at: node.at,
      items: parts.items,
      ...origin(walk, node),
      ...(parts.open && { open: parts.open }),
    };
  }
  return mapOf(walk, node, parts.entries, parts.open);
}

function expandEntry(walk: Walk, { key, value }: MapEntry, parts: Parts, chain: Chain): void {
  const directive = directiveOf(key);
  if (!directive) {
    const name = key.text.includes("${{") ? interpolate(walk.expansion, walk.context, key) : key;
    parts.entries.push({ key: name.is === "scalar" ? name : key, value: expandIn(walk, value) });
    return;
  }
  if (directive.is === "each") expandEach(walk, directive, key, value, parts);
  else if (directive.is === "insert") add(parts, expandIn(walk, value), undefined);
  else {
    const branch = branchOf(walk, directive, key, chain);
    if (branch.isTaken) add(parts, expandIn(walk, value), branch.when);
  }
}

function add(parts: Parts, node: PipelineNode, when: string | undefined): void {
  if (node.is === "list") {
    parts.items.push(...node.items.map((item) => withCondition(withCondition(item, node.when), when)));
    parts.open ??= node.open;
  } else if (node.is === "map") {
    for (const { key, value } of node.entries) parts.entries.push({ key, value: withCondition(value, when) });
    parts.open ??= node.open;
  } else if (node.value !== null) parts.items.push(withCondition(node, when));
}

interface Branch {
  readonly isTaken: boolean;
  readonly when: string | undefined;
}

function branchOf(walk: Walk, directive: Exclude<Directive, { is: "each" }>, key: ScalarNode, chain: Chain): Branch {
  if (directive.is === "if") {
    chain.isClosed = false;
    chain.conditions = [];
  }
  const before = chain.conditions.length > 0 ? `not (${chain.conditions.join(" or ")})` : undefined;
  if (directive.is === "else" || directive.is === "insert") {
    return { isTaken: !chain.isClosed, when: before };
  }
  const answer = evaluateIn(walk.expansion, walk.context, key, directive);
  if (chain.isClosed) return { isTaken: false, when: undefined };
  const isSure = answer.is === "known" && (answer.taints.length === 0 || walk.expansion.mode === "exact");
  if (isSure || walk.expansion.mode === "exact") {
    const isTaken = answer.is === "known" && truthOf(answer.value);
    if (isTaken) chain.isClosed = true;
    return { isTaken, when: before };
  }
  const said = directive.expression.slice(0, 200);
  chain.conditions.push(said);
  return { isTaken: true, when: before === undefined ? said : `${before} and ${said}` };
}

function expandEach(
  walk: Walk,
  { variable, ...rest }: Extract<Directive, { is: "each" }>,
  key: ScalarNode,
  value: PipelineNode,
  parts: Parts,
): void {
  const answer = evaluateIn(walk.expansion, walk.context, key, rest);
  const name = variable.toLowerCase();
  const once = (local: Answer, when?: string): void => {
    const locals = new Map(walk.context.locals).set(name, local);
    add(parts, expandIn({ ...walk, context: { ...walk.context, locals } }, value), when);
  };
  if (answer.is === "unknown") {
    if (walk.expansion.mode === "exact") return;
    const reason = `what ${rest.expression.slice(0, 200)} holds is not known`;
    parts.open ??= reason;
    once({ is: "unknown", reason, taints: answer.taints }, `something is in ${rest.expression.slice(0, 200)}`);
    return;
  }
  for (const item of itemsOf(answer)) once(item);
}

function itemsOf({ value, taints }: Extract<Answer, { is: "known" }>): readonly Answer[] {
  const tainted = (answer: Answer): Answer =>
    taints.length === 0 ? answer : { ...answer, taints: joinTaints([answer, { taints }]) };
  const pair = (key: string, one: Answer): Answer => {
    const get = (name: string) => (name === "key" ? knownOf(key, taints) : name === "value" ? tainted(one) : undefined);
    return knownOf({ is: "lookup", get });
  };
  if (isLookup(value)) return (value.entries?.() ?? []).map(([key, one]) => pair(key, one));
  if (!isTree(value)) return [];
  if (value.is === "list") return value.items.map((item) => tainted(answerOf(item)));
  return value.entries.map((entry) => pair(entry.key.text, answerOf(entry.value)));
}
