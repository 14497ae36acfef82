/**
 * Finds the parts of what `terraform show -json` prints: resources as they will be, data that was read, and the
 * configuration they came from. Resources that are only deleted are in none of them.
 */
import { type Block, child, itemsOf, type Node, textOf } from "../../../formats/node.ts";

export interface PlannedResource {
  readonly address: string;
  /** The modules on the way with their keys: `module.a["x"].module.b`; empty at the root. */
  readonly module: string;
  readonly isData: boolean;
  readonly type: string;
  readonly name: string;
  /** `["x"]`, `[0]` or nothing. */
  readonly key: string;
  /** The object of the plan. */
  readonly written: Block;
  readonly values: Node | undefined;
  /** True, or a tree with true at what is known after the apply only. */
  readonly unknown: Node | undefined;
}

export interface Plan {
  readonly resources: readonly PlannedResource[];
  readonly configuration: Node | undefined;
}

export function readPlan(root: Node): Plan {
  const changes = new Map<string, Node>();
  for (const change of itemsOf(child(root, "resource_changes"))) {
    const address = textOf(child(change, "address"));
    if (address !== undefined) changes.set(address, change);
  }
  const found = new Map<string, PlannedResource>();
  const add = (node: Node, module: string, values: Node | undefined): void => {
    const resource = resourceOf(node, module, values, changes);
    if (resource && !found.has(resource.address)) found.set(resource.address, resource);
  };
  const planned = child(child(root, "planned_values"), "root_module");
  walkModules(planned, (node, module) => add(node, module, child(node, "values")));
  // Without planned values, the changes tell what will be.
  if (!planned) for (const change of changes.values()) addChange(change, add);
  walkModules(child(child(child(root, "prior_state"), "values"), "root_module"), (node, module) => {
    if (textOf(child(node, "mode")) === "data") add(node, module, child(node, "values"));
  });
  return { resources: [...found.values()], configuration: child(child(root, "configuration"), "root_module") };
}

function walkModules(module: Node | undefined, visit: (resource: Node, module: string) => void): void {
  const open = module ? [module] : [];
  for (let next = open.pop(); next; next = open.pop()) {
    const address = textOf(child(next, "address")) ?? "";
    for (const resource of itemsOf(child(next, "resources"))) visit(resource, address);
    open.push(...itemsOf(child(next, "child_modules")).toReversed());
  }
}

function addChange(change: Node, add: (node: Node, module: string, values: Node | undefined) => void): void {
  const after = child(child(change, "change"), "after");
  const isGone = after?.is === "scalar" && after.value === null;
  const actions = itemsOf(child(child(change, "change"), "actions")).map(textOf);
  const onlyDeleted = actions.length > 0 && actions.every((action) => action === "delete" || action === "forget");
  if (!isGone && !onlyDeleted) add(change, textOf(child(change, "module_address")) ?? "", after);
}

function resourceOf(
  node: Node,
  module: string,
  values: Node | undefined,
  changes: ReadonlyMap<string, Node>,
): PlannedResource | undefined {
  const address = textOf(child(node, "address"));
  const type = textOf(child(node, "type"));
  const name = textOf(child(node, "name"));
  if (node.is !== "block" || address === undefined || type === undefined || name === undefined) return undefined;
  const index = child(node, "index");
  return {
    address,
    module,
    isData: textOf(child(node, "mode")) === "data",
    type,
    name,
    key: index?.is === "scalar" && index.value !== null ? `[${JSON.stringify(index.value)}]` : "",
    written: node,
    values,
    unknown: child(child(changes.get(address), "change"), "after_unknown"),
  };
}

const step = /module\.([\w-]+)((?:\["(?:[^"\\]|\\.)*"\]|\[\d+\])?)/g;

export interface ModuleStep {
  readonly name: string;
  /** `["x"]`, `[0]` or nothing. */
  readonly key: string;
}

/** The modules of an address such as `module.a["x"].module.b`. */
export function moduleSteps(address: string): readonly ModuleStep[] {
  return [...address.matchAll(step)].map(([, name = "", key = ""]) => ({ name, key }));
}
