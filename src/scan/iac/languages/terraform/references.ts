/** Finds which resources an expression depends on, through locals, variables, module calls and outputs. */
import { evaluate } from "../../../formats/hcl/evaluate.ts";
import { toText } from "../../../formats/hcl/functions/convert-scalar.ts";
import type { Scope } from "../../../formats/hcl/scope.ts";
import type { Expression, Item, TemplatePart } from "../../../formats/hcl/syntax.ts";
import { attributeOf } from "./attribute-of.ts";
import { keyText, type ModuleInstance } from "./module-instance.ts";

type Step = { readonly name: string } | { readonly key: Expression } | "any";

interface Search {
  readonly module: ModuleInstance;
  readonly scope: Scope;
  readonly found: Set<string>;
  /** Locals, arguments and outputs that were followed already. */
  readonly followed: Set<unknown>;
  readonly depth: Depth;
}

/** Shared by a whole search, so that going deeper costs no copy. */
interface Depth {
  now: number;
}

/** Deeper expressions and longer chains of locals are not followed. */
const maxDepth = 150;

/** Order only, or how to deploy: no relation between resources. */
const otherArguments = new Set(["depends_on", "lifecycle", "provider", "providers", "count", "for_each"]);

/** Addresses that a body refers to, with the key of the instance where that is known. */
export function referencesOf(items: readonly Item[], module: ModuleInstance, scope: Scope): Set<string> {
  const search: Search = { module, scope, found: new Set(), followed: new Set(), depth: { now: 0 } };
  searchItems(items, search, true);
  return search.found;
}

export function referencesIn(expression: Expression, module: ModuleInstance, scope: Scope): Set<string> {
  const search: Search = { module, scope, found: new Set(), followed: new Set(), depth: { now: 0 } };
  searchIn(expression, search);
  return search.found;
}

function searchItems(items: readonly Item[], search: Search, top: boolean): void {
  if (search.depth.now > maxDepth) return;
  search.depth.now++;
  for (const item of items) {
    if (top && otherArguments.has(item.is === "attribute" ? item.name : item.type)) continue;
    if (item.is === "attribute") searchIn(item.value, search);
    else searchItems(item.body.items, search, false);
  }
  search.depth.now--;
}

function searchIn(expression: Expression, search: Search): void {
  if (expression.is === "literal" || search.depth.now > maxDepth) return;
  search.depth.now++;
  const chain = chainOf(expression);
  if (chain) {
    for (const step of chain.steps) if (step !== "any" && "key" in step) searchIn(step.key, search);
    follow(chain.root, chain.steps, search);
  } else for (const part of partsOf(expression)) searchIn(part, search);
  search.depth.now--;
}

/** `a.b[c].d` as a root and steps. */
function chainOf(expression: Expression): { readonly root: string; readonly steps: readonly Step[] } | undefined {
  const { is } = expression;
  if (is !== "get" && is !== "index" && is !== "splat" && is !== "name") return undefined;
  const steps: Step[] = [];
  let at: Expression = expression;
  for (;;) {
    if (at.is === "get") steps.push({ name: at.name });
    else if (at.is === "index") steps.push({ key: at.key });
    else if (at.is === "splat") {
      for (let each = at.each; each.is === "get" || each.is === "index"; each = each.of) {
        steps.push(each.is === "get" ? { name: each.name } : { key: each.key });
      }
      steps.push("any");
    } else return at.is === "name" ? { root: at.name, steps: steps.reverse() } : undefined;
    at = at.of;
  }
}

// oxlint-disable-next-line max-lines-per-function -- one short case per kind of expression
function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.is) {
    case "list":
      return expression.items;
    case "object":
      return expression.entries.flatMap(({ key, value }) => [key, value]);
    case "call":
      return expression.args;
    case "conditional":
      return [expression.test, expression.yes, expression.no];
    case "binary":
      return [expression.left, expression.right];
    case "unary":
      return [expression.of];
    case "get":
      return [expression.of];
    case "index":
      return [expression.of, expression.key];
    case "splat":
      return [expression.of, expression.each];
    case "for":
      return [expression.collection, expression.key, expression.value, expression.test].filter(
        (part) => part !== undefined,
      );
    case "template":
      return expression.parts.flatMap(expressionsOf);
    case "literal":
    case "name":
    case "item":
      return [];
  }
}

function expressionsOf(part: TemplatePart): readonly Expression[] {
  if (part.is === "interpolation") return [part.value];
  if (part.is === "when") return [part.test, ...[...part.yes, ...part.no].flatMap(expressionsOf)];
  return part.is === "repeat" ? [part.collection, ...part.parts.flatMap(expressionsOf)] : [];
}

function follow(root: string, steps: readonly Step[], search: Search): void {
  const { module } = search;
  const [first, ...rest] = steps;
  const name = first !== undefined && first !== "any" && "name" in first ? first.name : undefined;
  if (name === undefined) return;
  if (root === "local") {
    followInto(module.source.locals.get(name)?.value, rest, { ...search, scope: module.scope });
  } else if (root === "var") {
    const { call } = module;
    const argument = call && attributeOf(call.block.body.items, name);
    if (call) followInto(argument?.value, rest, { ...search, module: call.parent, scope: call.scope });
  } else if (root === "module") followCall(name, rest, search);
  else if (root === "data") {
    const [second, ...more] = rest;
    if (second !== undefined && second !== "any" && "name" in second) {
      search.found.add(`${module.prefix}data.${name}.${second.name}${keyOf(more[0], search.scope)}`);
    }
  } else if (module.source.managed.has(root)) {
    search.found.add(`${module.prefix}${root}.${name}${keyOf(rest[0], search.scope)}`);
  }
}

/** `[key]`, if the step is one and its value is known. */
function keyOf(step: Step | undefined, scope: Scope): string {
  if (step === undefined || step === "any" || !("key" in step)) return "";
  const value = evaluate(step.key, scope);
  if (value.is !== "scalar" || (typeof value.value !== "number" && typeof value.value !== "string")) return "";
  return keyText(value.value);
}

/** Follows a value once, and only into the member that is asked for where the text shows which one that is. */
function followInto(expression: Expression | undefined, steps: readonly Step[], search: Search): void {
  let value = expression;
  for (const step of steps) {
    if (value?.is !== "object" || step === "any") break;
    const key = "name" in step ? step.name : keyName(step.key, search.scope);
    const entry = value.entries.find((each) => each.key.is === "literal" && toText(each.key.value) === key);
    if (!entry) break;
    value = entry.value;
  }
  if (!value || search.followed.has(value)) return;
  search.followed.add(value);
  searchIn(value, search);
}

function keyName(key: Expression, scope: Scope): string | undefined {
  const value = evaluate(key, scope);
  return value.is === "scalar" ? toText(value.value) : undefined;
}

function followCall(name: string, steps: readonly Step[], search: Search): void {
  const { module } = search;
  const block = module.source.calls.get(name);
  if (!block) return;
  const { instances, unread } = module.callsOf(block);
  const position = steps.findIndex((step) => step !== "any" && "name" in step);
  const output = steps[position];
  if (unread !== undefined || output === undefined || output === "any" || !("name" in output)) {
    search.found.add(`${module.prefix}module.${name}`);
    return;
  }
  const prefix = `${module.prefix}module.${name}${keyOf(steps[0], search.scope)}.`;
  const chosen = instances.filter((instance) => instance.prefix === prefix);
  const rest = steps.slice(position + 1);
  for (const instance of chosen.length > 0 ? chosen : instances) {
    const result = instance.source.outputs.get(output.name);
    const value = result && attributeOf(result.body.items, "value")?.value;
    // Instances share the text of their outputs; each is followed.
    const followed = new Set(search.followed);
    followInto(value, rest, { ...search, followed, module: instance, scope: instance.scope });
  }
}
