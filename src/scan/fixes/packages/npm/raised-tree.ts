/** The entries of a package-lock.json with a package raised, and whether everything that asks for anything still gets it. */
import type { FixKnowledge } from "#model/fix-plan.ts";
import type { JsonObject } from "../../../packages/reading/json-fields.ts";
import { satisfies } from "../../../packages/versions.ts";
import type { Raising } from "../raising.ts";
import { entryOf } from "./entry-of.ts";
import { type Edge, edgesOf, type LockNode, type LockTree, reachedIn, targetOf } from "./lock-tree.ts";

export interface RaisedTree {
  readonly entries: ReadonlyMap<LockNode, JsonObject>;
  /** Entries that nothing needs any more. */
  readonly gone: ReadonlySet<string>;
  /** What a project asks for itself. */
  readonly asked: readonly { readonly project: LockNode; readonly edge: Edge; readonly step: Step }[];
  /** Set if what other packages ask for does not take the new version. */
  readonly refusedBy?: string;
  readonly runsScript: boolean;
}

export interface Step {
  readonly from: string;
  readonly to: string;
}

/** A clause is why not. */
export function raisedTree(tree: LockTree, raising: readonly Raising[], known: FixKnowledge): RaisedTree | string {
  const entries = raisedEntries(tree, raising, known);
  if (typeof entries === "string") return entries;
  const asked: RaisedTree["asked"][number][] = [];
  let refusedBy: string | undefined;
  for (const node of tree.nodes.values()) {
    if (entries.has(node)) continue;
    for (const edge of edgesOf(node.value, node.isProject)) {
      const target = targetOf(tree, node, edge);
      const raised = target && entries.get(target);
      if (!target || !raised) continue;
      const step = { from: String(target.value.version), to: String(raised.version) };
      if (node.isProject && edge.section !== "peerDependencies") asked.push({ project: node, edge, step });
      else if (!takes(step.to, edge.range)) refusedBy ??= node.name || "the project";
    }
  }
  const missing = missingIn(tree, entries);
  if (missing !== undefined) return missing;
  const after = reachedIn(tree, (node) => entries.get(node) ?? node.value);
  const gone = [...reachedIn(tree, ({ value }) => value)].filter((path) => !after.has(path));
  const runsScript = [...entries].some(([{ value }, now]) => now.hasInstallScript === true && !value.hasInstallScript);
  return { entries, gone: new Set(gone), asked, runsScript, ...(refusedBy !== undefined && { refusedBy }) };
}

function takes(version: string, range: string): boolean {
  return satisfies("npm", version, range) === true;
}

function raisedEntries(
  { nodes }: LockTree,
  raising: readonly Raising[],
  { publishedOf }: FixKnowledge,
): ReadonlyMap<LockNode, JsonObject> | string {
  const steps = new Map(raising.map((one) => [one.from, one]));
  const entries = new Map<LockNode, JsonObject>();
  for (const node of nodes.values()) {
    const step = steps.get(String(node.value.version));
    if (!step || node.name !== step.use.name || node.isProject || node.value.link === true) continue;
    const { name } = node;
    if (node.value.inBundle === true) return `${name} comes inside another package, which has to bring a newer one`;
    const published = publishedOf("npm", name, step.to);
    if (published?.integrity === undefined || published.dependencies === undefined)
      return `a lock file says the checksum of ${name} ${step.to} and what it depends on, and both are not known here`;
    const entry = entryOf(node.value, step, published);
    if (!entry) return `where the archive of ${name} ${step.to} lies is not known here`;
    entries.set(node, entry);
  }
  return entries.size === 0 ? "the lock file does not have it as it was scanned" : entries;
}

const flags = ["dev", "optional", "devOptional", "peer"];

/** What a new version asks for must be there, and be installed wherever it is. */
function missingIn(tree: LockTree, entries: ReadonlyMap<LockNode, JsonObject>): string | undefined {
  for (const [node, entry] of entries) {
    const before = new Set(edgesOf(node.value, false).map(({ name }) => name));
    for (const edge of edgesOf(entry, false)) {
      const target = targetOf(tree, node, edge);
      const asks = `${node.name} ${String(entry.version)} asks for ${edge.name} ${edge.range}`;
      if (!target) {
        if (edge.isOptional) continue;
        return `${asks}, which the lock file does not have`;
      }
      const version = String((entries.get(target) ?? target.value).version);
      if (!takes(version, edge.range)) return `${asks}, and the lock file has ${version}`;
      const isLess = flags.some((flag) => target.value[flag] === true && node.value[flag] !== true);
      if (isLess && !before.has(edge.name)) return `${asks}, which is not installed everywhere`;
    }
  }
  return undefined;
}
