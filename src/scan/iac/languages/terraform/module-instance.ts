/**
 * One call of a module: the names its expressions see, the instances of its resources and the modules it calls in turn.
 * Everything is made when it is first asked for, and made once.
 */

import { evaluate } from "../../../formats/hcl/evaluate.ts";
import { type Scope, withNames } from "../../../formats/hcl/scope.ts";
import type { BlockSyntax } from "../../../formats/hcl/syntax.ts";
import type { Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { resolvePath } from "../folder-path.ts";
import { attributeOf } from "./attribute-of.ts";
import { bodyBlock } from "./body-block.ts";
import { type Expansion, expand, type Instance, loopNames, maxInstances } from "./expand.ts";
import { outputsOf, rootNode } from "./module-names.ts";
import { isLocalSource, withoutCredentials } from "./module-path.ts";
import type { ModuleSource } from "./module-source.ts";
import { type ModuleTree, maxModuleDepth, maxModules, report } from "./module-tree.ts";

export interface ModuleInstance {
  readonly tree: ModuleTree;
  readonly source: ModuleSource;
  /** What stands before the addresses of its resources: ``, `module.a["x"].`. */
  readonly prefix: string;
  /** Folders and names of the calls that led here, the root first. */
  readonly path: readonly { readonly folder: string; readonly name: string }[];
  readonly calledFrom: readonly Place[];
  readonly scope: Scope;
  /** The call, and the scope its arguments are written in; undefined for the root. */
  readonly call?: ModuleCall | undefined;
  readonly outputs: Node;
  readonly resourcesOf: (block: BlockSyntax) => ResourceInstances;
  readonly callsOf: (block: BlockSyntax) => CalledModules;
}

export interface ModuleCall {
  readonly block: BlockSyntax;
  readonly scope: Scope;
  readonly parent: ModuleInstance;
}

export interface ResourceInstance {
  readonly types: readonly string[];
  readonly address: string;
  readonly key: Instance["key"];
  readonly block: BlockSyntax;
  readonly scope: Scope;
  readonly body: ReturnType<typeof bodyBlock>;
  readonly module: ModuleInstance;
}

export interface ResourceInstances {
  readonly expansion: Expansion;
  readonly instances: readonly ResourceInstance[];
}

export interface CalledModules {
  readonly expansion: Expansion;
  readonly instances: readonly ModuleInstance[];
  /** Why the module cannot be looked into. */
  readonly unread?: string | undefined;
}

export function rootModule(tree: ModuleTree, source: ModuleSource): ModuleInstance {
  return moduleInstance(tree, source, { prefix: "", path: [{ folder: source.folder, name: "" }], calledFrom: [] });
}

type Origin = Pick<ModuleInstance, "prefix" | "path" | "calledFrom" | "call">;

function moduleInstance(tree: ModuleTree, source: ModuleSource, origin: Origin): ModuleInstance {
  tree.modules++;
  const resources = new Map<BlockSyntax, ResourceInstances>();
  const calls = new Map<BlockSyntax, CalledModules>();
  const roots = new Map<string, Node | undefined>();
  let outputs: Node | undefined;
  const module: ModuleInstance = {
    tree,
    source,
    ...origin,
    scope: { find: (name) => findRoot(module, roots, name), run: tree.run },
    get outputs() {
      outputs ??= outputsOf(module);
      return outputs;
    },
    resourcesOf: (block) => once(resources, block, beingExpanded, () => resourceInstances(module, block)),
    callsOf: (block) => once(calls, block, beingCalled, () => calledModules(module, block)),
  };
  return module;
}

/** Remembers the answer; while it is worked out, whoever asks again gets `meanwhile`. */
function once<K, V>(known: Map<K, V>, key: K, meanwhile: V, make: () => V): V {
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, meanwhile);
  const made = make();
  known.set(key, made);
  return made;
}

const circular = "its loop depends on itself";
const beingExpanded: ResourceInstances = {
  expansion: { by: undefined, instances: [], unknown: circular },
  instances: [],
};
const beingCalled: CalledModules = { ...beingExpanded, instances: [], unread: circular };

function resourceInstances(module: ModuleInstance, block: BlockSyntax): ResourceInstances {
  const expansion = expand(block.body.items, module.scope);
  if (expansion.tooMany) {
    report(
      module.tree,
      "too-many",
      `A loop asks for more than ${maxInstances} instances; the resource is read as one whose loop is not known.`,
      block,
    );
  }
  const kind = block.type === "resource" ? "" : `${block.type}.`;
  const types = [`${kind}${block.labels[0]?.text ?? ""}`];
  const address = `${module.prefix}${kind}${block.labels.map(({ text }) => text).join(".")}`;
  const instances = expansion.instances.map((instance) => {
    const scope = scopeOf(module.scope, instance, block);
    const body = bodyBlock(block.body.items, block, scope);
    return { types, address: address + keyText(instance.key), key: instance.key, block, scope, body, module };
  });
  return { expansion, instances };
}

export function scopeOf(scope: Scope, instance: Instance, at: Place): Scope {
  return instance.index || instance.each ? withNames(scope, loopNames(instance, at)) : scope;
}

export function keyText(key: Instance["key"]): string {
  return key === undefined ? "" : `[${JSON.stringify(key)}]`;
}

function calledModules(module: ModuleInstance, block: BlockSyntax): CalledModules {
  const { tree } = module;
  const expansion = expand(block.body.items, module.scope);
  const name = block.labels[0]?.text ?? "";
  const source = sourceOf(module, block, name);
  if (typeof source === "string") return { expansion, instances: [], unread: source };
  if (tree.modules + expansion.instances.length > maxModules) {
    report(
      tree,
      "too-many",
      `There are more than ${maxModules} calls of modules; the modules called here are not read.`,
      block,
    );
    return { expansion, instances: [], unread: "too many calls of modules" };
  }
  const instances = expansion.instances.map((instance) =>
    moduleInstance(tree, source, {
      prefix: `${module.prefix}module.${name}${keyText(instance.key)}.`,
      path: [...module.path, { folder: source.folder, name }],
      calledFrom: [...module.calledFrom, block],
      call: { block, scope: scopeOf(module.scope, instance, block), parent: module },
    }),
  );
  return { expansion, instances };
}

/** The module that is called, or why it cannot be read. */
function sourceOf(module: ModuleInstance, block: BlockSyntax, name: string): ModuleSource | string {
  const { tree, path, source } = module;
  const written = attributeOf(block.body.items, "source");
  const value = written && evaluate(written.value, module.scope);
  const text = value?.is === "scalar" ? String(value.value) : undefined;
  if (text === undefined) return "the source of the module is not known";
  const folder = isLocalSource(text)
    ? resolvePath(source.folder, text.replaceAll("\\", "/"))
    : tree.installed.get([...path.slice(1).map((step) => step.name), name].join("."));
  const found = folder === undefined ? undefined : tree.sources.get(folder);
  if (!found) {
    const shown = withoutCredentials(text);
    const told = `The module ${shown} is not in the repository; what it makes was not examined.`;
    // Once for each source, however many calls there are.
    if (!tree.told.has(told) && report(tree, "missing-module", told, block, true)) tree.told.add(told);
    return `the module ${shown} is not in this repository`;
  }
  if (path.length > maxModuleDepth || path.some((step) => step.folder === folder)) {
    report(tree, "cycle", `The module ${text} calls itself, directly or through others; it is not read again.`, block);
    return "the module calls itself";
  }
  return found;
}

function findRoot(module: ModuleInstance, roots: Map<string, Node | undefined>, name: string): Node | undefined {
  if (roots.has(name)) return roots.get(name);
  const node = rootNode(module, name);
  roots.set(name, node);
  return node;
}
