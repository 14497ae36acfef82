/**
 * Strategic merge patches: blocks are merged, lists of named things by their names, other lists replaced; `$patch` deletes
 * or replaces. Objects of other APIs than Kubernetes' own have no named lists, as nobody knows their schema.
 */
import { type Block, child, type List, type Node, textOf } from "../../../formats/node.ts";
import { withItems, withMember, withoutMember } from "./edit-node.ts";
import { groupOf } from "./kustomized-object.ts";

/** By what items of a list are known, by the key of the list; the first that an item has counts. */
const mergeKeys: Readonly<Record<string, readonly string[]>> = {
  containers: ["name"],
  initContainers: ["name"],
  ephemeralContainers: ["name"],
  volumes: ["name"],
  env: ["name"],
  imagePullSecrets: ["name"],
  secrets: ["name"],
  volumeMounts: ["mountPath"],
  volumeDevices: ["devicePath"],
  ports: ["containerPort", "port"],
  hostAliases: ["ip"],
  topologySpreadConstraints: ["topologyKey"],
  webhooks: ["name"],
};

const deepest = 200;

/** Undefined if the patch deletes it. */
export function mergePatch(target: Block, patch: Block): Block | undefined {
  const group = groupOf(target);
  const isKnown = !group.includes(".") || group.endsWith(".k8s.io");
  return mergeBlocks(target, patch, isKnown, 0);
}

function directive(node: Node): string | undefined {
  return textOf(child(node, "$patch"));
}

function mergeBlocks(target: Block, patch: Block, isKnown: boolean, depth: number): Block | undefined {
  const order = directive(patch);
  if (order === "delete") return undefined;
  if (order === "replace") return withoutDirectives(patch);
  if (depth > deepest) return target;
  let block = target;
  for (const key of patch.keys()) {
    const member = patch.get(key);
    if (!member || key.startsWith("$")) continue;
    const before = block.get(key)?.value;
    const value = mergeValues(before, member.value, key, isKnown, depth + 1);
    if (value === undefined) block = withoutMember(block, key);
    else if (value !== before) block = withMember(block, key, { ...(block.get(key) ?? member), value });
  }
  return patch.open === undefined ? block : { ...block, open: patch.open };
}

function mergeValues(
  before: Node | undefined,
  patch: Node,
  key: string,
  isKnown: boolean,
  depth: number,
): Node | undefined {
  if (patch.is === "scalar" && patch.value === null) return undefined;
  if (patch.is === "block") {
    if (directive(patch) === "delete") return undefined;
    return before?.is === "block" ? mergeBlocks(before, patch, isKnown, depth) : withoutDirectives(patch);
  }
  if (patch.is !== "list") return patch;
  const keys = isKnown && Object.hasOwn(mergeKeys, key) ? mergeKeys[key] : undefined;
  if (patch.items.some((item) => directive(item) === "replace")) return withItems(patch, ordinary(patch));
  if (!keys || before?.is !== "list") return withItems(patch, ordinary(patch));
  return mergeLists(before, patch, keys, isKnown, depth);
}

/** Items without those that only say what shall happen. */
function ordinary({ items }: List): readonly Node[] {
  return items.flatMap((item) =>
    directive(item) === undefined ? [item.is === "block" ? withoutDirectives(item) : item] : [],
  );
}

/** What is new comes first, as kustomize has it; order means nothing to a policy. */
function mergeLists(before: List, patch: List, keys: readonly string[], isKnown: boolean, depth: number): List {
  const items: Node[] = [...before.items];
  const added: Node[] = [];
  for (const item of patch.items) {
    const position = items.findIndex((one) => isSame(one, item, keys));
    const own = items[position];
    if (own?.is !== "block" || item.is !== "block") {
      if (directive(item) === undefined) added.push(item.is === "block" ? withoutDirectives(item) : item);
      continue;
    }
    const merged = mergeBlocks(own, item, isKnown, depth + 1);
    if (merged) items[position] = merged;
    else items.splice(position, 1);
  }
  return withItems(before, [...added, ...items]);
}

function isSame(a: Node, b: Node, keys: readonly string[]): boolean {
  return keys.some((key) => {
    const [left, right] = [child(a, key), child(b, key)];
    return left?.is === "scalar" && right?.is === "scalar" && left.value === right.value;
  });
}

/** Directives mean something only while merging. */
function withoutDirectives(block: Block): Block {
  return block
    .keys()
    .filter((key) => key.startsWith("$patch") || key.startsWith("$setElementOrder") || key.startsWith("$retainKeys"))
    .reduce(withoutMember, block);
}
