/**
 * Queries of users' policies over the tree: `$.a.b`, `..name`, `[*]`, `[0]`, `['name']`, `[?(@.a == 'b')]` with ==, !=, <, >,
 * <=, >=, =~, && and ||. Answers the nodes, so that their places are known.
 */
import { itemsOf, type Node } from "../../formats/node.ts";

type Step =
  | { readonly is: "name"; readonly name: string }
  | { readonly is: "item"; readonly index: number }
  | { readonly is: "every" }
  | { readonly is: "descend" }
  | { readonly is: "filter"; readonly passes: (node: Node) => boolean };

const mostNodes = 20_000;
const token =
  /\.\.|\.?\*|\[\s*\*\s*\]|\[\s*(-?\d+)\s*\]|\[\s*'([^']*)'\s*\]|\[\s*"([^"]*)"\s*\]|\[\?\((.*?)\)\]|\.?([\w$:@/-]+)|\./g;

/** Undefined if the query cannot be read. */
export function parseJsonPath(query: string): readonly Step[] | undefined {
  const text = query.replace(/^\$/, "");
  const steps: Step[] = [];
  let at = 0;
  for (const match of text.matchAll(token)) {
    if (match.index !== at) return undefined;
    const [all, index, single, double, filter, name] = match;
    at += all.length;
    const step = stepOf(all, { index, name: single ?? double ?? name, filter });
    if (step === null) return undefined;
    if (step) steps.push(step);
  }
  if (at < text.length) return undefined;
  return steps;
}

function stepOf(
  all: string,
  found: { readonly index: string | undefined; readonly name: string | undefined; readonly filter: string | undefined },
): Step | undefined | null {
  if (all === "..") return { is: "descend" };
  if (all.includes("*") && found.name === undefined && found.filter === undefined) return { is: "every" };
  if (found.index !== undefined) return { is: "item", index: Number(found.index) };
  if (found.filter !== undefined) {
    const passes = filterOf(found.filter);
    return passes ? { is: "filter", passes } : null;
  }
  return found.name === undefined ? undefined : { is: "name", name: found.name };
}

export function queryNodes(start: Node, steps: readonly Step[]): readonly Node[] {
  let nodes: readonly Node[] = [start];
  for (const step of steps) nodes = nodes.flatMap((node) => take(node, step)).slice(0, mostNodes);
  return nodes;
}

function take(node: Node, step: Step): readonly Node[] {
  if (node.is !== "list" && node.is !== "block") return node.content ? take(node.content, step) : [];
  switch (step.is) {
    case "descend":
      return descendants(node);
    case "every":
      return childrenOf(node);
    case "item":
      // A single block stands for a list of one.
      return node.is === "list"
        ? node.items.slice(step.index, step.index + 1 || undefined)
        : step.index === 0
          ? [node]
          : [];
    case "filter":
      return (node.is === "list" ? node.items : childrenOf(node)).filter(step.passes);
    case "name":
      return itemsOf(node).flatMap((item) => (item.is === "block" ? (item.get(step.name)?.value ?? []) : []));
  }
}

function childrenOf(node: Node): readonly Node[] {
  if (node.is === "list") return node.items;
  return node.is === "block" ? node.keys().flatMap((key) => node.get(key)?.value ?? []) : [];
}

function descendants(node: Node): readonly Node[] {
  const all: Node[] = [node];
  for (let at = 0; at < all.length && all.length < mostNodes; at += 1) {
    const next = all[at];
    if (next) all.push(...childrenOf(next));
  }
  return all;
}

/** Alternatives of conjunctions of comparisons. */
function filterOf(text: string): ((node: Node) => boolean) | undefined {
  const alternatives = text.split("||").map((part) => part.split("&&").map(comparisonOf));
  if (alternatives.flat().includes(undefined)) return undefined;
  return (node) => alternatives.some((conjunction) => conjunction.every((compare) => compare?.(node)));
}

const comparison = /^\s*@((?:\.[\w-]+|\[(?:\d+|'[^']*'|"[^"]*")\])*)\s*(?:(==|!=|<=|>=|<|>|=~)\s*(.+?))?\s*$/;

function comparisonOf(text: string): ((node: Node) => boolean) | undefined {
  const match = comparison.exec(text);
  const path = match && parseJsonPath(match[1] ?? "");
  if (!match || !path) return undefined;
  const [, , sign, literal = ""] = match;
  const wanted = literal.replace(/^(['"])(.*)\1$/, "$2");
  return (node) => queryNodes(node, path).some((found) => sign === undefined || compares(found, sign, wanted));
}

function compares(node: Node, sign: string, wanted: string): boolean {
  if (node.is !== "scalar") return false;
  const found = String(node.value);
  switch (sign) {
    case "==":
      return found === wanted;
    case "!=":
      return found !== wanted;
    case "=~":
      return new RegExp(wanted.replace(/^\/(.*)\/\w*$/, "$1")).test(found.slice(0, 2000));
    case "<":
      return Number(found) < Number(wanted);
    case "<=":
      return Number(found) <= Number(wanted);
    case ">":
      return Number(found) > Number(wanted);
    default:
      return Number(found) >= Number(wanted);
  }
}
