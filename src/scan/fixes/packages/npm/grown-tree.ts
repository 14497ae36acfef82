/**
 * What a raised package needs in a package-lock.json: it is there already, takes the place of an older one that everybody
 * would give up for it, or is put where npm puts it: at the top if that is free, or inside of who asks for it.
 */
import { modules } from "../../../packages/readers/npm/module-path.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { compareVersions, satisfies } from "../../../packages/versions.ts";
import type { EditAsked } from "../package-editor.ts";
import { type ChooseVersion, choosing } from "./choose-version.ts";
import { newEntryOf } from "./entry-of.ts";
import { addedNode, type Edge, edgesOf, type LockNode, type LockTree, reachedIn, targetOf } from "./lock-tree.ts";

export interface GrownTree {
  /** Raised ones, and those that go up with them. */
  readonly entries: ReadonlyMap<LockNode, JsonObject>;
  readonly added: readonly LockNode[];
  readonly adds: readonly string[];
}

interface Growing {
  readonly tree: LockTree;
  readonly choose: ChooseVersion;
  readonly entries: Map<LockNode, JsonObject>;
  readonly added: LockNode[];
  readonly adds: string[];
  /** Whose needs are still to be met. */
  readonly open: LockNode[];
}

export function takes(version: string, range: string): boolean {
  return satisfies("npm", version, range) === true;
}

/** A clause is why not. */
export function grownTree(
  tree: LockTree,
  raised: ReadonlyMap<LockNode, JsonObject>,
  asked: EditAsked,
): GrownTree | string {
  const growing: Growing = {
    ...{ tree, choose: choosing(asked), entries: new Map(raised), added: [], adds: [] },
    open: [...raised.keys()],
  };
  let trouble: string | undefined;
  // All of them, also behind what is not known: what is asked for is looked up at once.
  for (const node of growing.open)
    for (const edge of edgesOf(valueNow(growing, node), false)) {
      const why = unmet(growing, node, edge);
      trouble ??= why;
    }
  return trouble ?? growing;
}

function valueNow({ entries }: Growing, node: LockNode): JsonObject {
  return entries.get(node) ?? node.value;
}

const flags = ["dev", "optional", "devOptional", "peer"];

function unmet(growing: Growing, node: LockNode, edge: Edge): string | undefined {
  const { tree, entries } = growing;
  const target = targetOf(tree, node, edge);
  const asks = `${node.name} ${String(valueNow(growing, node).version)} asks for ${edge.name} ${edge.range}`;
  const version = target && String(valueNow(growing, target).version);
  if (target && version !== undefined && takes(version, edge.range)) {
    const isLess = flags.some((flag) => valueNow(growing, target)[flag] === true && node.value[flag] !== true);
    const before = entries.has(node) ? edgesOf(node.value, false) : [];
    const isOwn = edge.section === "optionalDependencies" && target.value.optional === true;
    const isNew = !before.some(({ name }) => name === edge.name);
    return isLess && !isOwn && isNew ? `${asks}, which is not installed everywhere` : undefined;
  }
  if (!target && edge.isOptional) return undefined;
  if (edge.section === "peerDependencies")
    return `${asks}, ${target ? `and the lock file has ${version}` : "which the lock file does not have"}`;
  const chosen = growing.choose(edge.name, edge.range);
  if (typeof chosen === "string")
    return `${asks}, ${target ? `and the lock file has ${version}` : "which the lock file does not have"}, and ${chosen}`;
  if (Object.keys(objectOf(chosen.published.entry?.peerDependencies) ?? {}).length > 0)
    return `${asks}, which would come in and takes packages from who uses it`;
  const entry = newEntryOf(valueNow(growing, node), edge.name, chosen.version, chosen.published);
  if (!entry) return `where the archive of ${edge.name} ${chosen.version} lies is not known here`;
  const trouble = placed(growing, node, { edge, entry });
  if (trouble === undefined) growing.adds.push(`${edge.name}@${chosen.version}`);
  return trouble === undefined ? undefined : `${asks}, and ${trouble}`;
}

interface Placing {
  readonly edge: Edge;
  readonly entry: JsonObject;
}

/** A clause is why not. */
function placed(growing: Growing, node: LockNode, { edge, entry }: Placing): string | undefined {
  const { tree } = growing;
  const top = modules + edge.name;
  const flagged = withFlags(node.value, edge, entry);
  const put = (path: string): undefined => {
    const made = addedNode(tree, path, flagged);
    growing.added.push(made);
    growing.open.push(made);
  };
  const there = tree.nodes.get(top);
  const nested = `${node.path}/${top}`;
  const inside = tree.nodes.get(nested);
  if (!inside && !there) return put(top);
  const known = inside ?? there;
  const outcome = known && goesUp(growing, known, { node, edge, entry });
  if (outcome !== undefined) return outcome === "" ? undefined : outcome;
  if (inside || !there) return "another version of it is there already";
  if (node.path.lastIndexOf(modules) !== 0 || isShadowed(growing, node, there))
    return "where npm would put it is not known here";
  return put(nested);
}

/** What is there goes up if everybody takes that. Undefined if it cannot, empty if it did; otherwise a clause is why not. */
function goesUp(
  growing: Growing,
  there: LockNode,
  { node, edge, entry }: Placing & { readonly node: LockNode },
): string | undefined {
  const flagged = withFlags(node.value, edge, entry);
  const version = String(entry.version);
  const askers = askersOf(growing, there, node);
  const isNewer = compareVersions("npm", version, String(valueNow(growing, there).version)) > 0;
  const isOwn = there.value.link !== true && there.name === edge.name && there.value.inBundle !== true;
  if (!isOwn || !isNewer || !askers.every(({ range }) => takes(version, range))) return undefined;
  const old = there.value;
  const isLess = flags.some((flag) => old[flag] === true && flagged[flag] !== true);
  if (isLess && askers.length > 0) return "what is there is not installed everywhere";
  if (there.slice === undefined) return "two versions of it would come in";
  const own = Object.fromEntries(flags.flatMap((flag) => (old[flag] === true ? [[flag, true]] : [])));
  growing.entries.set(there, askers.length > 0 ? withOwn(entry, own) : flagged);
  growing.open.push(there);
  return "";
}

/** Everybody else that a module is for. */
function askersOf(growing: Growing, target: LockNode, without: LockNode): readonly Edge[] {
  const { tree } = growing;
  const reached = reachedIn(tree, (node) => valueNow(growing, node));
  return [...tree.nodes.values()].flatMap((node) =>
    node === without || !reached.has(node.path)
      ? []
      : edgesOf(valueNow(growing, node), node.isProject).filter(
          (edge) => edge.name === target.name && targetOf(tree, node, edge) === target,
        ),
  );
}

/** Whether a module inside of a folder gets its own from above. */
function isShadowed(growing: Growing, { path }: LockNode, target: LockNode): boolean {
  const { tree } = growing;
  return [...tree.nodes.values()].some(
    (node) =>
      node.path.startsWith(`${path}/`) &&
      edgesOf(valueNow(growing, node), false).some((edge) => targetOf(tree, node, edge) === target),
  );
}

/** It is needed for no more than who brings it in. */
function withFlags(beside: JsonObject, { section }: Edge, entry: JsonObject): JsonObject {
  const own = Object.fromEntries(flags.flatMap((flag) => (beside[flag] === true ? [[flag, true]] : [])));
  return withOwn(
    entry,
    section === "optionalDependencies" && own.devOptional !== true ? { ...own, optional: true } : own,
  );
}

/** Behind the checksum, as npm orders them. */
function withOwn(entry: JsonObject, own: JsonObject): JsonObject {
  const { version, resolved, integrity, ...rest } = entry;
  const start = { version, ...(resolved !== undefined && { resolved }), integrity };
  const isObject = (value: unknown) => typeof value === "object" && value !== null && !Array.isArray(value);
  const members = Object.entries({ ...own, ...rest });
  const texts = members.filter(([, value]) => !isObject(value)).sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    ...start,
    ...Object.fromEntries(texts),
    ...Object.fromEntries(members.filter(([, value]) => isObject(value))),
  };
}
