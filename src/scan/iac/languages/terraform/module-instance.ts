/**
 * One call of a module: the names its expressions see, the instances of its resources and the modules it calls in turn.
 * Everything is made when it is first asked for, and made once.
 */

import { evaluate } from "../../../formats/hcl/evaluate.ts";
import { scalar, unknown } from "../../../formats/hcl/functions/answer.ts";
import { memoBlock } from "../../../formats/hcl/lazy-node.ts";
import { type Scope, withNames } from "../../../formats/hcl/scope.ts";
import type { Attribute, BlockSyntax, Item } from "../../../formats/hcl/syntax.ts";
import { blockOf, type Member, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { bodyBlock } from "./body-block.ts";
import { convertValue } from "./convert-value.ts";
import { type Expansion, expand, type Instance, loopNames, maxInstances } from "./expand.ts";
import { isLocalSource, relativePath, resolvePath } from "./folder-path.ts";
import type { BlocksByType, ModuleSource } from "./module-source.ts";
import { type ModuleTree, maxModuleDepth, maxModules, report } from "./module-tree.ts";
import { appliedBlock, nodeOfInstances, undeclaredType } from "./reference.ts";

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
  const at = placeOf(source);
  let outputs: Node | undefined;
  const module: ModuleInstance = {
    tree,
    source,
    ...origin,
    scope: { find: (name) => findRoot(module, roots, name), run: tree.run },
    get outputs() {
      outputs ??= outputsOf(module, at);
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

function placeOf({ folder, blocks }: ModuleSource): Place {
  const file = blocks[0]?.file ?? { path: folder, text: "" };
  return { file, start: 0, end: 0 };
}

function resourceInstances(module: ModuleInstance, block: BlockSyntax): ResourceInstances {
  const expansion = expand(block.body.items, module.scope);
  if (expansion.tooMany) {
    report(
      module.tree,
      "too-many",
      `more than ${maxInstances} instances were asked for; the resource is read as one whose loop is not known`,
      block,
    );
  }
  const address = `${module.prefix}${block.type === "resource" ? "" : "data."}${block.labels.map(({ text }) => text).join(".")}`;
  const instances = expansion.instances.map((instance) => {
    const scope = scopeOf(module.scope, instance, block);
    const body = bodyBlock(block.body.items, block, scope);
    return { address: address + keyText(instance.key), key: instance.key, block, scope, body, module };
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
    report(tree, "too-many", `more than ${maxModules} calls of modules; the modules called here are not read`, block);
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
  if (!found) return `the module ${text} is not in this repository`;
  if (path.length > maxModuleDepth || path.some((step) => step.folder === folder)) {
    report(tree, "cycle", `the module ${text} calls itself, directly or through others; it is not read again`, block);
    return "the module calls itself";
  }
  return found;
}

export function attributeOf(items: readonly Item[], name: string): Attribute | undefined {
  return items.find((item): item is Attribute => item.is === "attribute" && item.name === name);
}

function findRoot(module: ModuleInstance, roots: Map<string, Node | undefined>, name: string): Node | undefined {
  if (roots.has(name)) return roots.get(name);
  const node = rootNode(module, name);
  roots.set(name, node);
  return node;
}

function rootNode(module: ModuleInstance, name: string): Node | undefined {
  const { source, tree } = module;
  const at = placeOf(source);
  switch (name) {
    case "var":
      return memoBlock(
        at,
        () => [...source.variables.keys()],
        (key) => variable(module, key, at),
      );
    case "local":
      return memoBlock(
        at,
        () => [...source.locals.keys()],
        (key) => attributeMember(source.locals.get(key), module.scope),
      );
    case "module":
      return memoBlock(
        at,
        () => [...source.calls.keys()],
        (key) => calledMember(module, key),
      );
    case "data":
      return memoBlock(
        at,
        () => [...source.data.keys()],
        (type) => typeMember(module, source.data, type, "data.", at),
      );
    case "path":
      return pathBlock(relativePath(tree.root, source.folder), at);
    case "terraform":
    case "tofu":
    case "self":
    case "ephemeral":
      return unknown(`${name} is known only when Terraform runs`, [], at);
    default:
      return typeMember(module, source.managed, name, "", at)?.value;
  }
}

function pathBlock(folder: string, at: Place): Node {
  const entries = [
    ["module", folder],
    ["root", "."],
    ["cwd", "."],
  ] as const;
  return blockOf(at, new Map(entries.map(([key, path]) => [key, member(at, scalar(path, at))] as const)));
}

function member(at: Place, value: Node): Member {
  return { key: at, whole: at, value };
}

function attributeMember(attribute: Attribute | undefined, scope: Scope): Member | undefined {
  return attribute && { key: attribute.key, whole: attribute, value: evaluate(attribute.value, scope) };
}

const noNames = { find: () => undefined };

/** The value of a variable: what the call says, then tfvars files, then the default. */
function variable(module: ModuleInstance, name: string, at: Place): Member {
  const { call, source, tree } = module;
  const block = source.variables.get(name);
  const declared = (key: string) => (block ? attributeOf(block.body.items, key) : undefined);
  const given = call
    ? attributeMember(attributeOf(call.block.body.items, name), call.scope)
    : attributeMember(tree.values.get(name), { ...noNames, run: tree.run });
  const fallback = attributeMember(declared("default"), { ...noNames, run: tree.run });
  const nullable = declared("nullable")?.value;
  const refusesNull = nullable?.is === "literal" && nullable.value === false;
  const isNull = given?.value.is === "scalar" && given.value.value === null;
  const chosen = given && !(isNull && refusesNull) ? given : (fallback ?? given);
  if (!chosen) {
    const reason = block ? `the variable ${name} has no value` : `the variable ${name} is not declared`;
    return member(block ?? at, unknown(reason, [], block ?? at));
  }
  const type = declared("type");
  return type ? { ...chosen, value: convertValue(chosen.value, type.value) } : chosen;
}

function calledMember(module: ModuleInstance, name: string): Member | undefined {
  const block = module.source.calls.get(name);
  if (!block) return undefined;
  const { expansion, instances, unread } = module.callsOf(block);
  if (unread === undefined) {
    return member(
      block,
      nodeOfInstances(
        expansion,
        instances.map(({ outputs }) => outputs),
        block,
      ),
    );
  }
  const result = { is: "unknown", at: block, reason: unread, refs: [`${module.prefix}module.${name}`] } as const;
  return member(block, result);
}

function outputsOf(module: ModuleInstance, at: Place): Node {
  const { outputs } = module.source;
  return memoBlock(
    at,
    () => [...outputs.keys()],
    (name) => {
      const block = outputs.get(name);
      return block && attributeMember(attributeOf(block.body.items, "value"), module.scope);
    },
  );
}

/** All resources of a type, by name. */
function typeMember(
  module: ModuleInstance,
  types: BlocksByType,
  type: string,
  kind: "" | "data.",
  at: Place,
): Member | undefined {
  const blocks = types.get(type);
  const address = `${module.prefix}${kind}${type}`;
  if (!blocks) return type.includes("_") || kind !== "" ? member(at, undeclaredType(address, at)) : undefined;
  const find = (name: string): Member | undefined => {
    const block = blocks.get(name);
    if (!block) return undeclaredType(address, at).get(name);
    const { expansion, instances } = module.resourcesOf(block);
    return member(block, nodeOfInstances(expansion, instances.map(appliedBlock), block));
  };
  return member(
    at,
    memoBlock(at, () => [...blocks.keys()], find),
  );
}
