/** The entries of a package-lock.json by their folders, and which one a name leads to from where. */

import { folderOf } from "../../../packages/paths.ts";
import { moduleName, modules } from "../../../packages/readers/npm/module-path.ts";
import { type ModuleFolder, moduleFolder, moduleIn, resolveModule } from "../../../packages/readers/npm/module-tree.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, slicesOf } from "../../../packages/reading/json-slices.ts";
import { oncePerText } from "../../once-per-text.ts";
import { memberIn, valueIn } from "../json-members.ts";

export interface LockNode {
  readonly path: string;
  /** The package's own name, also of an alias. */
  readonly name: string;
  /** Where it stands; undefined for what comes in, and for a project that the lock file does not repeat. */
  readonly slice: JsonSlice | undefined;
  readonly value: JsonObject;
  /** The project itself or a member of its workspace. */
  readonly isProject: boolean;
  readonly folder: ModuleFolder;
}

export interface LockTree {
  /** By path, in the order of the file; `entry` of a folder is the position. */
  readonly nodes: Map<string, LockNode>;
  readonly inOrder: LockNode[];
  readonly folders: Map<string, ModuleFolder>;
  /** Of the list of folders; absent in version 1, which nests its modules instead. */
  readonly slices?: readonly JsonSlice[];
}

/** Longer ones exist on no disk, and would cost their length for each folder in them. */
export const longestPath = 1024;

/** Undefined if this is another version of the format, or broken. */
export function lockTreeOf(plan: object, text: string): LockTree | undefined {
  const read = entriesOf(plan, text);
  if (!read) return undefined;
  // Anew each time: packages that come in are put into it.
  const tree = { ...emptyTree(), slices: read.slices };
  for (const entry of read.entries) putNode(tree, entry);
  return tree;
}

type WrittenEntry = Omit<LockNode, "folder">;

interface WrittenEntries {
  readonly slices: readonly JsonSlice[];
  readonly entries: readonly WrittenEntry[];
}

const entriesOf = oncePerText(readEntries);

function readEntries(text: string): WrittenEntries | undefined {
  const packages = memberIn(text, 0, "packages");
  if (!packages) return undefined;
  const { slices, trouble } = slicesOf(text, packages.start, packages.end);
  if (trouble) return undefined;
  const entries = new Map<string, WrittenEntry>();
  for (const slice of slices) {
    const { key: path } = slice;
    const value = objectOf(valueIn(text, slice));
    if (!value || path.length > longestPath || entries.has(path)) return undefined;
    const name = typeof value.name === "string" ? value.name : moduleName(path);
    entries.set(path, { path, name, slice, value, isProject: !path.includes(modules) });
  }
  return entries.has("") ? { slices, entries: [...entries.values()] } : undefined;
}

export function emptyTree(): LockTree {
  return { nodes: new Map(), inOrder: [], folders: new Map([["", moduleFolder()]]) };
}

export function putNode({ nodes, inOrder, folders }: LockTree, about: WrittenEntry): LockNode {
  const folder = folderAt(folders, about.path);
  folder.entry = inOrder.length;
  const node = { ...about, folder };
  nodes.set(about.path, node);
  inOrder.push(node);
  return node;
}

/** Puts a module into a folder that has none of that name. */
export function addedNode(tree: LockTree, path: string, value: JsonObject): LockNode {
  return putNode(tree, { path, name: moduleName(path), slice: undefined, value, isProject: false });
}

/** Modules hang below their folder, and other folders of the repository below the one that they are in. */
function folderAt(folders: Map<string, ModuleFolder>, path: string): ModuleFolder {
  const known = folders.get(path);
  if (known) return known;
  const at = path.lastIndexOf(modules);
  const made =
    at < 0
      ? moduleFolder(folderAt(folders, folderOf(path)))
      : moduleIn(folderAt(folders, path.slice(0, Math.max(0, at - 1))), path.slice(at + modules.length));
  folders.set(path, made);
  return made;
}

/** As Node looks for modules: in the folder itself and then above it. Links are followed. */
function resolved({ nodes, inOrder }: LockTree, from: ModuleFolder, name: string): LockNode | undefined {
  const position = resolveModule(from, name);
  const found = position === undefined ? undefined : inOrder[position];
  const target = found?.value.link === true ? found.value.resolved : undefined;
  return typeof target === "string" ? nodes.get(target) : found;
}

export interface Edge {
  readonly name: string;
  readonly range: string;
  readonly section: string;
  /** It may rightly lead nowhere. */
  readonly isOptional: boolean;
}

const sections = ["dependencies", "optionalDependencies", "peerDependencies"] as const;

const edgesOfModules = new WeakMap<JsonObject, readonly Edge[]>();
const edgesOfProjects = new WeakMap<JsonObject, readonly Edge[]>();

/** What an entry asks for. Optional ones repeat in `dependencies`. The tree is walked many times for one package. */
export function edgesOf(value: JsonObject, isProject: boolean): readonly Edge[] {
  const known = isProject ? edgesOfProjects : edgesOfModules;
  const edges = known.get(value) ?? readEdges(value, isProject);
  known.set(value, edges);
  return edges;
}

function readEdges(value: JsonObject, isProject: boolean): readonly Edge[] {
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
export function targetOf(
  tree: LockTree,
  node: Pick<LockNode, "folder" | "isProject">,
  edge: Edge,
): LockNode | undefined {
  const { folder } = node;
  const isPeer = edge.section === "peerDependencies" && !node.isProject;
  return resolved(tree, isPeer ? (folder.parent ?? folder) : folder, edge.name);
}

/** The paths that the projects need, or would if they asked for nothing but what is followed. */
export function reachedIn(
  tree: LockTree,
  valueAt: (node: LockNode) => JsonObject,
  follows: (edge: Edge) => boolean = () => true,
): ReadonlySet<string> {
  const reached = new Set([...tree.nodes.values()].filter(({ isProject }) => isProject).map(({ path }) => path));
  for (const path of reached) {
    const node = tree.nodes.get(path);
    if (!node) continue;
    for (const edge of edgesOf(valueAt(node), node.isProject)) {
      const target = follows(edge) ? targetOf(tree, node, edge) : undefined;
      if (target) reached.add(target.path);
    }
  }
  return reached;
}
