/**
 * What is needed for less than before once a package has been raised: npm writes down what only development or only options
 * need. Entries whose flags say something else than their tree did before are left as they are.
 */
import type { JsonObject } from "../../../packages/reading/json-fields.ts";
import { inOrder } from "./entry-of.ts";
import { type Edge, type LockNode, type LockTree, reachedIn } from "./lock-tree.ts";

type ValueAt = (node: LockNode) => JsonObject;
type Flag = "dev" | "optional" | "devOptional";

type FlagsOf = (node: LockNode) => ReadonlySet<Flag> | undefined;

/** `was` is from before anything came into the tree. */
export function leftFlags(tree: LockTree, was: FlagsOf, after: ValueAt): ReadonlyMap<LockNode, JsonObject> {
  const is = flagsIn(tree, after);
  const changed = new Map<LockNode, JsonObject>();
  for (const node of tree.nodes.values()) {
    const value = after(node);
    const isPlain = node.slice && !node.isProject && value.inBundle !== true && value.peer !== true;
    if (!isPlain || typeof value.integrity !== "string") continue;
    const [old, now] = [was(node), is(node)];
    const isKnown =
      old &&
      (["dev", "optional", "devOptional"] as const).every((flag) => old.has(flag) === (node.value[flag] === true));
    if (!isKnown || !now || now.size <= old.size) continue;
    const { dev: _, optional: _o, devOptional: _d, ...rest } = value;
    changed.set(node, inOrder({ ...rest, ...Object.fromEntries([...now].map((flag) => [flag, true])) }));
  }
  return changed;
}

/** Of a module; undefined if nobody needs it. */
export function flagsIn(tree: LockTree, valueAt: ValueAt): FlagsOf {
  const isDev = ({ section }: Edge) => section === "devDependencies";
  const isOption = ({ section }: Edge) => section === "optionalDependencies";
  const all = reachedIn(tree, valueAt);
  const always = reachedIn(tree, valueAt, (edge) => !isDev(edge) && !isOption(edge));
  const withoutDev = reachedIn(tree, valueAt, (edge) => !isDev(edge));
  const withoutOptions = reachedIn(tree, valueAt, (edge) => !isOption(edge));
  return ({ path }) => {
    if (!all.has(path)) return undefined;
    const flags = new Set<Flag>();
    if (always.has(path)) return flags;
    if (!withoutDev.has(path)) flags.add("dev");
    if (!withoutOptions.has(path)) flags.add("optional");
    // Version 1 has no word for what either of both is enough for.
    return flags.size > 0 || !tree.slices ? flags : flags.add("devOptional");
  };
}
