/** A pnpm-lock.yaml with a package raised, as pnpm would write it. What is not known to be right is refused in a clause. */
import { oncePerText } from "../../../once-per-text.ts";
import type { TextChange } from "../../../text-edits.ts";
import type { EditAsked } from "../../package-editor.ts";
import { type LockGraph, lockGraphOf } from "./lock-graph.ts";
import { partOf } from "./lock-parts.ts";
import { askChanges, besideLock, isOverriddenElsewise, overrideChange, overrideIn } from "./project-asks.ts";
import { type RaisedGraph, raisedGraph } from "./raised-graph.ts";
import { writtenLock } from "./written-lock.ts";

export interface RaisedLock {
  readonly text: string;
  readonly adds: readonly string[];
  readonly gone: readonly string[];
  readonly runsScript: boolean;
}

/** What changes in a way that a lock file does not tell. */
const refusedRoots = ["packageExtensionsChecksum", "pnpmfileChecksum", "ignoredOptionalDependencies", "time"];

/** `edits` are those of the projects and settings beside it. */
export function raisedPnpmLock(
  asked: EditAsked,
  edits: ReadonlyMap<string, readonly TextChange[]>,
): RaisedLock | string | { readonly refusedBy: string } {
  const written = asked.textOf(asked.manifest.path) ?? "";
  const text = written.replaceAll("\r\n", "\n");
  const graph = soundGraph(asked.plan, text);
  if (!graph) return "it is not laid out as pnpm lays it out";
  const [{ use }] = asked.raising;
  const refused = refusedRoots.find((key) => partOf(graph.roots, key));
  if (refused !== undefined) return `it has ${refused}, so it depends on more than is known here`;
  if (isOverriddenElsewise(graph, use.name)) return `${use.name} is overridden in a way of its own`;
  const beside = besideLock(asked, edits);
  const override = overrideIn(beside, use.name);
  const raised = raisedGraph(graph, asked, override !== undefined);
  if (typeof raised === "string") return raised;
  if (raised.refusedBy !== undefined) return { refusedBy: raised.refusedBy };
  if (override !== undefined && !isForAll(asked, raised, override))
    return `the versions of ${use.name} differ, so one override would not be right for all`;
  const inAsks = askChanges(graph, beside, raised.asks, override);
  if (typeof inAsks === "string") return inAsks;
  const inOverrides = overrideChange(graph, use.name, override);
  if (typeof inOverrides === "string") return inOverrides;
  const { entries, packages } = raised;
  const lists = { ...graph, entries, packages };
  const after = writtenLock(text, lists, [...inAsks, ...inOverrides]);
  if (after === undefined) return "it cannot be written as pnpm would write it";
  return { ...raised, text: written.includes("\r\n") ? after.replaceAll("\n", "\r\n") : after };
}

const soundGraph = oncePerText((text) => {
  const graph = lockGraphOf(text);
  return graph && isAsPnpmWrites(text, graph) ? graph : undefined;
});

/** What is not put together again as it was has something that is not understood here. */
function isAsPnpmWrites(text: string, graph: LockGraph): boolean {
  const entries = new Map([...graph.entries].map(([id, { attributes }]) => [id, attributes]));
  return writtenLock(text, { ...graph, entries }, []) === text;
}

/** An override holds for every version that is there. */
function isForAll({ raising }: EditAsked, raised: RaisedGraph, override: string): boolean {
  const [{ use, to }] = raising;
  const starts = [`${use.name}@`, `/${use.name}@`, `/${use.name}/`];
  const own = [...raised.entries.keys()].filter((id) => starts.some((start) => id.startsWith(start)));
  return override === to || override.endsWith(to)
    ? own.every((id) => starts.some((start) => id === start + to || /^[(_]/.test(id.slice((start + to).length))))
    : false;
}
