/** Lists the resources of a module tree: those that are deployed, and the blocks that say how. */

import type { Scope } from "../../../formats/hcl/scope.ts";
import type { BlockSyntax } from "../../../formats/hcl/syntax.ts";
import type { Block } from "../../../formats/node.ts";
import { attributeOf } from "./attribute-of.ts";
import { bodyBlock } from "./body-block.ts";
import type { Instance } from "./expand.ts";
import { type ModuleInstance, scopeOf } from "./module-instance.ts";
import { report } from "./module-tree.ts";

export interface LocatedResource {
  readonly types: readonly string[];
  readonly address: string;
  readonly block: BlockSyntax;
  readonly body: Block;
  readonly module: ModuleInstance;
  /** The scope of its expressions, and its key in a loop. */
  readonly scope: Scope;
  readonly key?: Instance["key"];
}

/** Loops in loops multiply; what is beyond is not read. */
const maxResources = 50_000;

/** With `only` just those that may have one of these addresses; nothing is worked out for the others. */
export function locatedResources(root: ModuleInstance, only?: readonly string[]): readonly LocatedResource[] {
  const found: LocatedResource[] = [];
  const modules = [root];
  for (let module = modules.pop(); module; module = modules.pop()) {
    const asked = only && addressesIn(module, only);
    for (const block of module.source.blocks) {
      if (asked && !mayBeAmong(asked, block)) continue;
      if (found.length >= maxResources) {
        report(
          root.tree,
          "too-many",
          `There are more than ${maxResources} resources; from here on they are not read.`,
          block,
        );
        return found;
      }
      found.push(...resourcesOf(module, block));
      if (block.type === "module") modules.push(...module.callsOf(block).instances);
    }
  }
  return found;
}

/** Those of the module and of what it calls, as seen from it. */
function addressesIn({ prefix }: ModuleInstance, all: readonly string[]): readonly string[] {
  return all.filter((address) => address.startsWith(prefix)).map((address) => address.slice(prefix.length));
}

/** By the beginning of the address, which all instances of a block and all resources of a call have in common. */
function mayBeAmong(addresses: readonly string[], { type, labels }: BlockSyntax): boolean {
  if (addresses.length === 0) return false;
  const kind = type === "resource" ? [] : [type === "variable" ? "var" : type];
  const beginning = [...kind, ...labels.map(({ text }) => text)].join(".");
  return addresses.some((address) => address.startsWith(beginning));
}

function resourcesOf(module: ModuleInstance, block: BlockSyntax): readonly LocatedResource[] {
  const [first = "", second = ""] = block.labels.map(({ text }) => text);
  switch (block.type) {
    case "resource":
    case "data":
    case "ephemeral":
      return second === "" ? [] : module.resourcesOf(block).instances;
    case "provider": {
      const alias = attributeOf(block.body.items, "alias")?.value;
      const suffix = alias?.is === "literal" ? `.${String(alias.value)}` : "";
      return [written(module, block, `provider.${first}`, `provider.${first}${suffix}`)];
    }
    case "module":
      return [calling(module, block, first)];
    case "variable":
      return [written(module, block, "variable", `var.${first}`)];
    case "output":
      return [written(module, block, "output", `output.${first}`)];
    case "terraform":
    case "locals":
      return [written(module, block, block.type, block.type)];
    default:
      return [];
  }
}

function written(module: ModuleInstance, block: BlockSyntax, type: string, address: string): LocatedResource {
  const { scope } = module;
  const body = bodyBlock(block.body.items, block, scope);
  return { types: [type], address: module.prefix + address, block, body, module, scope };
}

/** A call is one resource however often it is made; its arguments are those of the first time. */
function calling(module: ModuleInstance, block: BlockSyntax, name: string): LocatedResource {
  const [first] = module.callsOf(block).expansion.instances;
  const scope = first ? scopeOf(module.scope, first, block) : module.scope;
  const body = bodyBlock(block.body.items, block, scope);
  return { types: ["module"], address: `${module.prefix}module.${name}`, block, body, module, scope };
}
