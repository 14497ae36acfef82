/** The names that the expressions of a module see, and what the module gives to its caller. */
import { evaluate } from "../../../formats/hcl/evaluate.ts";
import { scalar, unknown } from "../../../formats/hcl/functions/answer.ts";
import { memoBlock } from "../../../formats/hcl/lazy-node.ts";
import type { Scope } from "../../../formats/hcl/scope.ts";
import type { Attribute } from "../../../formats/hcl/syntax.ts";
import { blockOf, type Member, type Node } from "../../../formats/node.ts";
import type { Place } from "../../../formats/text-file.ts";
import { attributeOf } from "./attribute-of.ts";
import { convertValue } from "./convert-value.ts";
import type { ModuleInstance } from "./module-instance.ts";
import { relativePath } from "./module-path.ts";
import type { BlocksByType, ModuleSource } from "./module-source.ts";
import { appliedBlock, nodeOfInstances, undeclaredType } from "./reference.ts";

/** What a root name of an expression means: `var`, `local`, a type of resources. */
export function rootNode(module: ModuleInstance, name: string): Node | undefined {
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

/** The value of a variable: what the call says, then tfvars files, then the default. */
function variable(module: ModuleInstance, name: string, at: Place): Member {
  const { call, source, tree } = module;
  const block = source.variables.get(name);
  // Defaults, value files and types name nothing.
  const outside: Scope = { find: () => undefined, run: tree.run };
  const declared = (key: string) => (block ? attributeOf(block.body.items, key) : undefined);
  const given = call
    ? attributeMember(attributeOf(call.block.body.items, name), call.scope)
    : attributeMember(tree.values.get(name), outside);
  const fallback = attributeMember(declared("default"), outside);
  const nullable = declared("nullable")?.value;
  const refusesNull = nullable?.is === "literal" && nullable.value === false;
  const isNull = given?.value.is === "scalar" && given.value.value === null;
  const chosen = given && !(isNull && refusesNull) ? given : (fallback ?? given);
  if (!chosen) {
    const reason = block ? `the variable ${name} has no value` : `the variable ${name} is not declared`;
    return member(block ?? at, unknown(reason, [], block ?? at));
  }
  const type = declared("type");
  return type ? { ...chosen, value: convertValue(chosen.value, type.value, outside) } : chosen;
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

/** What a call of the module gives. */
export function outputsOf(module: ModuleInstance): Node {
  const at = placeOf(module.source);
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

function placeOf({ folder, blocks }: ModuleSource): Place {
  const file = blocks[0]?.file ?? { path: folder, text: "" };
  return { file, start: 0, end: 0 };
}
