/**
 * Follows a path through a tree. Lists are walked into without saying so: `ingress.cidr_blocks` is every block of every
 * ingress rule. `*` is every member of a block, `[0]` the first item, quotes keep dots: `metadata.annotations."a.b/c"`.
 */
import type { Block, List, Member, Node } from "../formats/node.ts";
import type { Place } from "../formats/text-file.ts";

export type Located =
  /** `member` is where the node stands, if it is a member of a block itself and no item of a list. */
  | { readonly is: "found"; readonly node: Node; readonly maybe: boolean; readonly member?: Member | undefined }
  /** `block` is the deepest one there was, `rest` what it lacks; `node` is a null that stands in its place. */
  | {
      readonly is: "missing";
      readonly block: Block | undefined;
      readonly rest: readonly string[];
      readonly at: Place;
      readonly maybe: boolean;
      readonly node?: Node;
    }
  | { readonly is: "unclear"; readonly at: Place; readonly reason: string };

type Segment = string | number | typeof every;
const every = Symbol("every member");

const parsed = new Map<string, readonly Segment[]>();
const pathPart = /"([^"]*)"|\[(\d+)\]|([^.[\]"]+)/g;

function segmentsOf(path: string): readonly Segment[] {
  const known = parsed.get(path);
  if (known) return known;
  const segments = [...path.matchAll(pathPart)].map(([, quoted, index, name]): Segment => {
    if (quoted !== undefined) return quoted;
    if (index !== undefined) return Number(index);
    return name === "*" ? every : (name ?? "");
  });
  parsed.set(path, segments);
  return segments;
}

/** Everything at the path. Never empty: what is not there is told as missing. */
export function locate(start: Node, path: string): readonly Located[] {
  const out: Located[] = [];
  walk({ segments: segmentsOf(path), out }, start, 0, undefined, false);
  return out;
}

/** One path, or several names of one thing over versions of a provider: the first that is there counts. */
export type Path = string | readonly string[];

/** The first of several paths under which anything is found; the first path if none is. */
export function locateFirst(start: Node, paths: Path): readonly Located[] {
  if (typeof paths === "string") return locate(start, paths);
  let unclear: readonly Located[] | undefined;
  for (const path of paths) {
    const located = locate(start, path);
    if (located.some(({ is }) => is === "found")) return located;
    if (located.some(({ is }) => is === "unclear")) unclear ??= located;
  }
  return unclear ?? locate(start, paths[0] ?? "");
}

interface Walk {
  readonly segments: readonly Segment[];
  readonly out: Located[];
}

function walk(to: Walk, node: Node, index: number, within: Block | undefined, maybe: boolean, member?: Member): void {
  const segment = to.segments[index];
  if (segment === undefined) arrive(to, node, index, within, maybe, member);
  else if (node.is === "list") walkList(to, node, index, within, maybe);
  else if (node.is === "block") walkBlock(to, node, index, maybe);
  else if (node.content) walk(to, node.content, index, within, maybe);
  else if (node.is === "unknown") to.out.push({ is: "unclear", at: node.at, reason: node.reason });
  else to.out.push(missing(to, index, within, node.at, maybe));
}

function arrive(to: Walk, node: Node, index: number, within: Block | undefined, maybe: boolean, member?: Member): void {
  if (node.is === "scalar" && node.value === null) {
    to.out.push({ ...missing(to, index - 1, within, node.at, maybe), node });
  } else {
    to.out.push({ is: "found", node, maybe: maybe || (node.is === "block" && node.maybe === true), member });
  }
}

function walkList(to: Walk, list: List, index: number, within: Block | undefined, maybe: boolean): void {
  const segment = to.segments[index];
  const rest = segment === every || typeof segment === "number" ? index + 1 : index;
  const items = typeof segment === "number" ? list.items.slice(segment, segment + 1) : list.items;
  for (const item of items) walk(to, item, rest, within, maybe);
  if (list.open !== undefined && items.length === 0) to.out.push({ is: "unclear", at: list.at, reason: list.open });
  else if (items.length === 0) to.out.push(missing(to, Math.max(index - 1, 0), within, list.at, maybe));
}

function walkBlock(to: Walk, block: Block, index: number, before: boolean): void {
  const segment = to.segments[index];
  const maybe = before || block.maybe === true;
  // A single block where a list may stand is its only item.
  if (typeof segment === "number") {
    if (segment === 0) walk(to, block, index + 1, block, maybe);
    else to.out.push(missing(to, index, block, block.at, maybe));
    return;
  }
  const keys = segment === every ? block.keys() : [segment as string];
  let any = false;
  for (const key of keys) {
    const member = block.get(key);
    if (!member) continue;
    any = true;
    walk(to, member.value, index + 1, block, maybe, member);
  }
  if (any) return;
  if (block.open !== undefined) to.out.push({ is: "unclear", at: block.at, reason: block.open });
  else to.out.push(missing(to, index, block, block.at, maybe));
}

function missing(
  { segments }: Walk,
  index: number,
  block: Block | undefined,
  at: Place,
  maybe: boolean,
): Extract<Located, { is: "missing" }> {
  const rest = segments.slice(Math.max(index, 0)).filter((segment) => typeof segment === "string");
  return { is: "missing", block, rest, at: block?.at ?? at, maybe };
}
