/** The entries of a package-lock.json of version 2 or 3 by their folders, and which one a name leads to from where. */

import { folderOf } from "../../../packages/paths.ts";
import { moduleName, modules } from "../../../packages/readers/npm/module-path.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, slicesOf } from "../../../packages/reading/json-slices.ts";
import { memberIn, valueIn } from "../json-members.ts";

export interface LockNode {
  readonly path: string;
  /** The package's own name, also of an alias. */
  readonly name: string;
  readonly slice: JsonSlice;
  readonly value: JsonObject;
  /** The project itself or a member of its workspace. */
  readonly isProject: boolean;
}

export interface LockTree {
  readonly nodes: ReadonlyMap<string, LockNode>;
  readonly slices: readonly JsonSlice[];
}

/** Longer ones exist on no disk, and would cost their length for each folder in them. */
const longestPath = 1024;

/** Undefined if this is another version of the format, or broken. */
export function lockTreeOf(text: string): LockTree | undefined {
  const packages = memberIn(text, 0, "packages");
  if (!packages) return undefined;
  const { slices, trouble } = slicesOf(text, packages.start, packages.end);
  if (trouble) return undefined;
  const nodes = new Map<string, LockNode>();
  for (const slice of slices) {
    const { key: path } = slice;
    const value = objectOf(valueIn(text, slice));
    if (!value || path.length > longestPath || nodes.has(path)) return undefined;
    const isProject = !path.includes(modules);
    const name = typeof value.name === "string" ? value.name : moduleName(path);
    nodes.set(path, { path, name, slice, value, isProject });
  }
  return nodes.has("") ? { nodes, slices } : undefined;
}

/** As Node looks for modules: in the folder itself and then above it. Links are followed. */
export function resolved({ nodes }: LockTree, from: string, name: string): LockNode | undefined {
  for (let at = from; ; at = above(at)) {
    const found = nodes.get(at === "" ? modules + name : `${at}/${modules}${name}`);
    if (found)
      return typeof found.value.resolved === "string" && found.value.link === true
        ? nodes.get(found.value.resolved)
        : found;
    if (at === "") return undefined;
  }
}

function above(path: string): string {
  const at = path.lastIndexOf(modules);
  return at < 0 ? folderOf(path) : path.slice(0, Math.max(0, at - 1));
}

export interface Edge {
  readonly name: string;
  readonly range: string;
  readonly section: string;
  /** It may rightly lead nowhere. */
  readonly isOptional: boolean;
}

const sections = ["dependencies", "optionalDependencies", "peerDependencies"] as const;

/** What an entry asks for. Optional ones repeat in `dependencies`. */
export function edgesOf(value: JsonObject, isProject: boolean): readonly Edge[] {
  const own = isProject ? [...sections, "devDependencies"] : sections;
  const meta = objectOf(value.peerDependenciesMeta) ?? {};
  return own.flatMap((section) =>
    Object.entries(objectOf(value[section]) ?? {}).flatMap(([name, range]): readonly Edge[] => {
      if (typeof range !== "string") return [];
      const isOptional = section === "peerDependencies" && objectOf(meta[name])?.optional === true;
      return [{ name, range, section, isOptional }];
    }),
  );
}

/** What an edge of a node leads to. Peers stand beside who asks for them, not below. */
export function targetOf(tree: LockTree, node: Pick<LockNode, "path" | "isProject">, edge: Edge): LockNode | undefined {
  const from = edge.section === "peerDependencies" && !node.isProject ? above(node.path) : node.path;
  return resolved(tree, from, edge.name);
}

/** The paths that the projects need. */
export function reachedIn(tree: LockTree, valueAt: (node: LockNode) => JsonObject): ReadonlySet<string> {
  const reached = new Set([...tree.nodes.values()].filter(({ isProject }) => isProject).map(({ path }) => path));
  for (const path of reached) {
    const node = tree.nodes.get(path);
    if (!node) continue;
    for (const edge of edgesOf(valueAt(node), node.isProject)) {
      const target = targetOf(tree, node, edge);
      if (target) reached.add(target.path);
    }
  }
  return reached;
}
