/** The entries of a pnpm-lock.yaml with a package raised, and whether everything that asks for anything still gets it. */
import type { EditAsked } from "../../package-editor.ts";
import { ingoing } from "./ingoing.ts";
import { withFlags } from "./lock-flags.ts";
import { type Attribute, type LockAsk, type LockEntry, type LockGraph, reachedFrom } from "./lock-graph.ts";
import { packageIdOf, referenceTo, renamed } from "./lock-keys.ts";
import { newVersions } from "./new-versions.ts";
import { memberLine } from "./package-attributes.ts";

export interface RaisedGraph {
  /** All that is needed, in any order. */
  readonly entries: ReadonlyMap<string, readonly Attribute[]>;
  readonly packages: ReadonlyMap<string, readonly Attribute[]>;
  /** What each ask leads to, if it is another one. */
  readonly asks: ReadonlyMap<LockAsk, string>;
  readonly adds: readonly string[];
  readonly gone: readonly string[];
  /** Set if what other packages ask for does not take the new version. */
  readonly refusedBy?: string;
  readonly runsScript: boolean;
}

export interface Draft {
  /** With the new names of all; edges too. */
  readonly entries: Map<string, LockEntry>;
  readonly packages: Map<string, readonly Attribute[]>;
}

/** A clause is why not. */
export function raisedGraph(graph: LockGraph, asked: EditAsked, isOverridden: boolean): RaisedGraph | string {
  const [{ use }] = asked.raising;
  const steps = new Map(asked.raising.map(({ from, to }) => [from, to]));
  const { name } = use;
  const names = new Map<string, string>();
  for (const id of graph.entries.keys()) {
    const now = renamed(id, graph.format, steps, name);
    if (now === undefined) return `${id} is joined with it in a way that is not written here`;
    names.set(id, now);
  }
  const isRaised = ({ key }: LockEntry) => key?.name === name && steps.has(key.version);
  const targets = [...graph.entries.values()].filter(isRaised);
  if (targets.length === 0) return "the lock file does not have it as it was scanned";
  const takes = ingoing(graph, asked, new Map(targets.map(({ id, key }) => [id, steps.get(key?.version ?? "") ?? ""])));
  const draft = renamedDraft(graph, names, isRaised);
  const made = newVersions(graph, asked, { targets, draft, names });
  if (typeof made === "string") return made;
  if (typeof takes === "string" && !isOverridden) return takes;
  const refusedBy = typeof takes === "object" && !isOverridden ? takes.refusedBy : undefined;
  return settled(graph, { draft, names, made, refusedBy });
}

function renamedDraft(
  graph: LockGraph,
  names: ReadonlyMap<string, string>,
  isRaised: (entry: LockEntry) => boolean,
): Draft {
  const entries = new Map<string, LockEntry>();
  for (const entry of graph.entries.values()) {
    if (isRaised(entry)) continue;
    const id = names.get(entry.id) ?? entry.id;
    const edges = entry.edges.map((edge) => ({ ...edge, id: names.get(edge.id) ?? edge.id }));
    const isSame = edges.every(({ id: to }, at) => to === entry.edges[at]?.id);
    // One that is there already says of itself what is right.
    if (id !== entry.id && graph.entries.has(id)) continue;
    entries.set(id, { ...entry, id, edges, attributes: isSame ? entry.attributes : withEdges(graph, entry, names) });
  }
  return { entries, packages: new Map(graph.packages) };
}

/** The same lines, with new words behind the names whose targets changed. */
function withEdges({ format }: LockGraph, entry: LockEntry, names: ReadonlyMap<string, string>): readonly Attribute[] {
  const changed = new Map(
    entry.edges.flatMap(({ name, id, isOptional }) => {
      const now = names.get(id) ?? id;
      const [old, line] = [id, now].map((one) => memberLine(name, referenceTo(name, one, format)));
      return now === id || old === undefined || line === undefined ? [] : [[`${isOptional}${old}`, line] as const];
    }),
  );
  return entry.attributes.map(({ key, text }) => {
    if (key !== "dependencies" && key !== "optionalDependencies") return { key, text };
    const lines = text.split(/(?<=\n)/).map((line) => changed.get(`${key === "optionalDependencies"}${line}`) ?? line);
    return { key, text: lines.join("") };
  });
}

interface Settling {
  readonly draft: Draft;
  readonly names: ReadonlyMap<string, string>;
  readonly made: { readonly adds: readonly string[]; readonly runsScript: boolean };
  readonly refusedBy: string | undefined;
}

function settled(graph: LockGraph, { draft, names, made, refusedBy }: Settling): RaisedGraph | string {
  const { format } = graph;
  const before = reachedFrom(graph.asks, (id) => graph.entries.get(id)?.edges ?? []);
  const asks = graph.asks.map((ask) => ({
    ...ask,
    id: ask.id === undefined ? undefined : (names.get(ask.id) ?? ask.id),
  }));
  const after = reachedFrom(asks, (id) => draft.entries.get(id)?.edges ?? []);
  const missing = [...after.all].find((id) => !draft.entries.has(id));
  if (missing !== undefined) return `nothing would be ${missing}`;
  const entries = new Map<string, readonly Attribute[]>();
  const olds = new Map([...names].map(([old, now]) => [now, old]));
  for (const [id, { attributes }] of draft.entries) {
    const was = graph.entries.has(id) ? id : (olds.get(id) ?? id);
    if (!after.all.has(id) && before.all.has(was)) continue;
    const flagged = withFlags(attributes, { id, was, before, after, format });
    if (!flagged) return `how ${id} is needed is not written as pnpm writes it`;
    entries.set(id, flagged);
  }
  const needed = new Set([...entries.keys()].map((id) => packageIdOf(id, format)));
  const old = new Set([...graph.entries.keys()].map((id) => packageIdOf(id, format)));
  const gone = [...old].filter((id) => !needed.has(id));
  const packages = [...draft.packages].filter(([id]) => needed.has(id) || !old.has(id));
  return {
    entries,
    packages: new Map(packages),
    asks: new Map(
      graph.asks.flatMap((ask, at) =>
        asks[at]?.id !== undefined && asks[at].id !== ask.id ? [[ask, asks[at].id] as const] : [],
      ),
    ),
    ...made,
    gone: gone.flatMap((id) => graph.entries.get(id)?.key?.name ?? /^\/?((?:@[^/@]+\/)?[^/@]+)/.exec(id)?.[1] ?? []),
    ...(refusedBy !== undefined && { refusedBy }),
  };
}
