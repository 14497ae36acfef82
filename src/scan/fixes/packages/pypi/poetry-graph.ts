/** Who needs whom in a poetry.lock; what the project asks for is what the reader found to be asked for directly. */
import { packageKey } from "#model/package-key.ts";
import { itemsOf, type Node } from "../../../formats/node.ts";
import { readToml } from "../../../formats/toml/read-toml.ts";
import { membersOf, wordIn, wordsIn } from "../../../packages/reading/node-fields.ts";
import type { EditAsked } from "../package-editor.ts";
import type { LockText } from "./lock-blocks.ts";
import type { LockEdge, LockGraph } from "./lock-graph.ts";
import { extraKey } from "./python-marker.ts";

export function poetryGraph({ manifest }: EditAsked, { blocks }: LockText): LockGraph {
  const edges = new Map<string, LockEdge[]>();
  for (const { key, tables } of blocks) {
    const own = edges.get(key) ?? [];
    edges.set(key, own);
    const parts = tables.find(({ name }) => name === "dependencies")?.parts ?? [];
    const text = parts.map((part) => `${JSON.stringify(part.key)} = ${part.value}\n`).join("");
    for (const { name, value } of membersOf(readToml({ path: "poetry.lock", text }).node))
      for (const one of value.is === "list" ? itemsOf(value) : [value]) own.push(edgeOf(name, one));
  }
  const direct = manifest.packages.filter(({ relation }) => relation === "direct");
  return { edges, roots: new Set(direct.map(({ name }) => packageKey("PyPI", name))) };
}

function edgeOf(name: string, value: Node): LockEdge {
  const table = new Map(membersOf(value).map((member) => [member.name, member.value]));
  const version = value.is === "block" ? table.get("version") : value;
  return {
    to: packageKey("PyPI", name),
    extras: wordsIn(table.get("extras")).map(extraKey),
    range: wordIn(version),
    isConditional: table.has("markers") || table.has("optional"),
  };
}
