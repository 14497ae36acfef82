/** Who needs whom in a uv.lock. It says no ranges: those of packages are asked from the index. */
import { packageKey } from "#model/package-key.ts";
import type { LockBlock, LockText } from "./lock-blocks.ts";
import { partIn } from "./lock-blocks.ts";
import type { LockEdge, LockGraph } from "./lock-graph.ts";
import { extraKey } from "./python-marker.ts";

export function isProject(block: LockBlock): boolean {
  return /^\{ (?:virtual|editable|directory|path) = /.test(partIn(block, "source")?.value ?? "");
}

/** The items of a list of tables, each as it is written. */
export function itemsIn(value: string): readonly string[] {
  return value.match(/\{[^{}]*(?:\{[^{}]*\}[^{}]*)*\}/g) ?? [];
}

export function nameIn(item: string): string {
  return packageKey("PyPI", /^\{ name = "([^"]+)"/.exec(item)?.[1] ?? "");
}

const tables: ReadonlySet<string> = new Set(["optional-dependencies", "dev-dependencies"]);

export function uvGraph({ blocks }: LockText): LockGraph {
  const edges = new Map<string, LockEdge[]>();
  const roots = new Set<string>();
  for (const block of blocks) {
    if (isProject(block)) roots.add(block.key);
    const own = edges.get(block.key) ?? [];
    edges.set(block.key, own);
    const lists = [
      partIn(block, "dependencies")?.value ?? "",
      ...block.tables.flatMap(({ name, parts }) => (tables.has(name) ? parts.map(({ value }) => value) : [])),
    ];
    for (const item of lists.flatMap(itemsIn)) own.push(edgeOf(item));
  }
  return { edges, roots };
}

function edgeOf(item: string): LockEdge {
  const [, extras = ""] = /extra = \[([^\]]*)\]/.exec(item) ?? [];
  return {
    to: nameIn(item),
    extras: (extras.match(/[^",\s]+/g) ?? []).map(extraKey),
    range: undefined,
    isConditional: item.includes("marker = "),
  };
}
