/** The entries of a package-lock.json with a package raised, and whether everything that asks for anything still gets it. */
import type { JsonObject } from "../../../packages/reading/json-fields.ts";
import type { EditAsked } from "../package-editor.ts";
import { entryOf } from "./entry-of.ts";
import { grownTree, takes } from "./grown-tree.ts";
import { flagsIn, leftFlags } from "./left-flags.ts";
import { type Edge, edgesOf, type LockNode, type LockTree, reachedIn, targetOf } from "./lock-tree.ts";

export interface RaisedTree {
  readonly entries: ReadonlyMap<LockNode, JsonObject>;
  /** What comes in, `name@version` each, and where it is put if nothing stands there. */
  readonly adds: readonly string[];
  readonly added: readonly LockNode[];
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
export function raisedTree(tree: LockTree, asking: EditAsked): RaisedTree | string {
  const raised = raisedEntries(tree, asking);
  if (typeof raised === "string") return raised;
  const before = reachedIn(tree, ({ value }) => value);
  const flagsBefore = flagsIn(tree, ({ value }) => value);
  const grown = grownTree(tree, raised, asking);
  if (typeof grown === "string") return grown;
  const valueNow = (node: LockNode) => grown.entries.get(node) ?? node.value;
  const asked: RaisedTree["asked"][number][] = [];
  let refusedBy: string | undefined;
  for (const node of tree.nodes.values()) {
    if (raised.has(node)) continue;
    for (const edge of edgesOf(valueNow(node), node.isProject)) {
      const target = targetOf(tree, node, edge);
      const now = target && raised.get(target);
      if (!target || !now) continue;
      const step = { from: String(target.value.version), to: String(now.version) };
      if (node.isProject && edge.section !== "peerDependencies") asked.push({ project: node, edge, step });
      else if (!takes(step.to, edge.range)) refusedBy ??= node.name || "the project";
    }
  }
  const after = reachedIn(tree, valueNow);
  const gone = [...before].filter((path) => !after.has(path));
  const runsScript = [...raised].some(([{ value }, now]) => now.hasInstallScript === true && !value.hasInstallScript);
  const entries = new Map([...grown.entries, ...leftFlags(tree, flagsBefore, valueNow)]);
  return { ...grown, entries, gone: new Set(gone), asked, runsScript, ...(refusedBy !== undefined && { refusedBy }) };
}

function raisedEntries(
  { nodes }: LockTree,
  { raising, known: { publishedOf } }: EditAsked,
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
    const entry = entryOf(node.value, step, published, name);
    if (!entry) return `where the archive of ${name} ${step.to} lies is not known here`;
    entries.set(node, entry);
  }
  return entries.size === 0 ? "the lock file does not have it as it was scanned" : entries;
}
