/** Puts templates where they are named: in lists of stages, jobs, steps and variables, however they came there. */
import { type Answer, answerOf, unknownOf } from "./answer.ts";
import { expandNode } from "./expand-node.ts";
import { affords, type Context, type Expansion, limits, tell, type VariableScope, withCondition } from "./expansion.ts";
import { loadTemplate, templateNamed } from "./load-file.ts";
import { declaredIn, parametersOfCall } from "./parameters.ts";
import {
  entryOf,
  type Includer,
  itemsOf,
  type MapNode,
  type PipelineNode,
  type SourceText,
  textAt,
  textOf,
  valueAt,
} from "./source-node.ts";

export type ListKind = "stages" | "jobs" | "steps" | "variables";

const kinds: Readonly<Record<string, ListKind>> = {
  stages: "stages",
  jobs: "jobs",
  phases: "jobs",
  steps: "steps",
  variables: "variables",
};
/** Keys on the way from a job to its steps. */
const onTheWay =
  /^(?:strategy|runonce|rolling|canary|deploy|predeploy|routetraffic|postroutetraffic|on|success|failure)$/i;

/** Goes through a tree whose expressions are evaluated. */
export function includeTemplates(
  expansion: Expansion,
  node: PipelineNode,
  kind: ListKind | undefined,
  scope: VariableScope,
  depth = 0,
): PipelineNode {
  if (node.is === "scalar" || depth > limits.nesting * 8) return node;
  if (node.is === "list") {
    const items: PipelineNode[] = [];
    let { open } = node;
    for (const item of node.items) {
      const placed = includeItem(expansion, item, kind, scope, depth + 1);
      for (const one of placed.items) items.push(one);
      open ??= placed.open;
    }
    return { ...node, items, ...(open !== undefined && { open }) };
  }
  const own = valueAt(node, "variables");
  const inner = own && kind !== "variables" ? scopeWith(scope, own) : scope;
  return {
    ...node,
    entries: node.entries.map((entry) => {
      const name = entry.key.text.toLowerCase();
      const listKind = kinds[name];
      if (name === "variables" || (listKind === undefined && !onTheWay.test(name))) return entry;
      const list = listKind && entry.value.is === "map" ? asList(entry.value) : entry.value;
      return { key: entry.key, value: includeTemplates(expansion, list, listKind, inner, depth + 1) };
    }),
  };
}

/** A single template may stand where a list is meant: `steps: ${{ parameters.step }}`. */
function asList(node: MapNode): PipelineNode {
  return { is: "list", at: node.at, items: [node], ...(node.when !== undefined && { when: node.when }) };
}

interface Placed {
  readonly items: readonly PipelineNode[];
  readonly open?: string | undefined;
}

function includeItem(
  expansion: Expansion,
  item: PipelineNode,
  kind: ListKind | undefined,
  scope: VariableScope,
  depth: number,
): Placed {
  if (kind !== undefined && item.is === "list") {
    const inner = includeTemplates(expansion, item, kind, scope, depth);
    return inner.is === "list"
      ? { items: inner.items.map((one) => withCondition(one, item.when)), open: inner.open }
      : { items: [] };
  }
  const isCall = kind !== undefined && entryOf(item, "template") !== undefined;
  if (item.is === "map" && isCall) return callTemplate(expansion, item, kind, scope);
  return { items: [includeTemplates(expansion, item, undefined, scope, depth)] };
}

function callTemplate(expansion: Expansion, item: MapNode, kind: ListKind, scope: VariableScope): Placed {
  const called = openCalled(expansion, item, "template");
  if (typeof called === "string") return { items: [], open: called };
  const { context, root } = called.withScope(scope);
  const expanded = expandNode(expansion, context, root, expandVariables);
  const list = valueAt(expanded, kind) ?? (kind === "jobs" ? valueAt(expanded, "phases") : undefined);
  if (!list) {
    tell(expansion, item.at, `the template ${called.name} has no ${kind}`);
    return { items: [], open: `the template ${called.name} has no ${kind}` };
  }
  if (kind === "variables") return { items: itemsOfVariables(list).map((one) => withCondition(one, item.when)) };
  const settled = includeTemplates(expansion, list.is === "map" ? asList(list) : list, kind, context.variables);
  const items = itemsOf(settled).map((one) => withCondition(one, item.when));
  return { items, ...(settled.is === "list" && settled.open !== undefined && { open: settled.open }) };
}

export interface CalledTemplate {
  readonly name: string;
  readonly root: PipelineNode;
  readonly withScope: (scope: VariableScope) => { readonly context: Context; readonly root: PipelineNode };
}

/** Opens what a call names and binds its parameters; a text tells why that is not possible, and is kept as unresolved. */
export function openCalled(expansion: Expansion, call: MapNode, key: string): CalledTemplate | string {
  const node = valueAt(call, key);
  const name = textOf(node) ?? "";
  const place = node?.at ?? call.at;
  if (node && expansion.called.length < limits.includes) expansion.called.push(node);
  const fail = (reason: string): string => {
    if (expansion.unresolved.length < 200) expansion.unresolved.push({ at: place, template: name, reason });
    return `${name}: ${reason}`;
  };
  if (!node || name === "" || answerOf(node).is === "unknown")
    return fail("its name is known only when the pipeline runs");
  if (--expansion.budget.includes < 0) return fail(`more than ${limits.includes} templates are called`);
  if (!affords(expansion, place) || depthOf(node.includer) >= limits.nesting) {
    return fail(`templates call each other deeper than ${limits.nesting}`);
  }
  const file: SourceText = place.file;
  const repository =
    file.repository === undefined ? undefined : expansion.repositories.get(file.repository.toLowerCase());
  const named = templateNamed(expansion, name, { file, repository });
  if (typeof named === "string") return fail(named);
  const loaded = loadTemplate(expansion, named);
  if (typeof loaded === "string") return fail(loaded);
  if (loaded.root?.is !== "map") return fail("it holds no mapping");
  const declared = declaredIn(loaded.root);
  const parameters = parametersOfCall(expansion, declared, valueAt(call, "parameters"), place);
  const root: MapNode = {
    ...loaded.root,
    entries: loaded.root.entries.filter((entry) => entry.key.text !== "parameters"),
  };
  const includer: Includer = { at: place, by: node.includer };
  const withScope = (scope: VariableScope) => ({
    root,
    context: {
      ...{ file: loaded.file, repository: named.repository, parameters, includer },
      ...{ variables: scope, locals: new Map<string, Answer>() },
    },
  });
  return { name, root, withScope };
}

function depthOf(includer: Includer | undefined): number {
  let depth = 0;
  for (let at = includer; at; at = at.by) depth++;
  return depth;
}

/** Reads `variables:` in order: a template may name variables that the next line uses. */
export function expandVariables(
  expansion: Expansion,
  context: Context,
  node: PipelineNode,
): { readonly node: PipelineNode; readonly scope: VariableScope } {
  const whole = node.is === "scalar" ? expandNode(expansion, context, node, expandVariables) : node;
  if (whole.is === "scalar") return { node: whole, scope: context.variables };
  let scope = context.variables;
  const items: PipelineNode[] = [];
  let open: string | undefined;
  for (const item of whole.is === "list" ? whole.items : [whole]) {
    const single: PipelineNode = { is: "list", at: item.at, items: [item] };
    const expanded =
      node.is === "scalar" ? single : expandNode(expansion, { ...context, variables: scope }, single, expandVariables);
    const settled = includeTemplates(expansion, expanded, "variables", scope);
    for (const one of itemsOf(settled)) {
      const named = itemsOfVariables(one);
      items.push(...named);
      scope = scopeWith(scope, { is: "list", at: one.at, items: named });
    }
    if (settled.is === "list") open ??= settled.open;
  }
  return { node: { is: "list", at: whole.at, items, ...(open !== undefined && { open }) }, scope };
}

/** Both forms as one: a mapping of names is a list of `name` and `value`. */
function itemsOfVariables(node: PipelineNode): readonly PipelineNode[] {
  if (node.is === "list") return node.items.flatMap(itemsOfVariables);
  if (node.is !== "map") return [];
  if (entryOf(node, "name") ?? entryOf(node, "group") ?? entryOf(node, "template")) return [node];
  return node.entries.map(({ key, value }): MapNode => {
    const word = (text: string) => ({ is: "scalar", at: key.at, value: text, text, style: "plain" }) as const;
    const when = value.when ?? node.when;
    const entries = [
      { key: word("name"), value: key },
      { key: word("value"), value },
    ];
    const includer = node.includer ?? key.includer;
    return {
      is: "map",
      at: { ...key.at, end: value.at.end },
      entries,
      ...(includer && { includer }),
      ...(when !== undefined && { when }),
    };
  });
}

function scopeWith(scope: VariableScope, node: PipelineNode): VariableScope {
  const named = itemsOf(node).filter((item) => entryOf(item, "name"));
  if (named.length === 0) return scope;
  const inner = new Map(scope);
  for (const item of named) {
    const name = textAt(item, "name")?.toLowerCase() ?? "";
    const value = valueAt(item, "value");
    const answer: Answer = !value
      ? unknownOf(`${name} has no value`)
      : item.when === undefined
        ? answerOf(value)
        : unknownOf(`${name} is set only if ${item.when}`);
    inner.set(name, answer);
  }
  return inner;
}
