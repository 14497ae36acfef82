/**
 * Builds all objects of a delta family, each once, from the root to the leaves; a base is kept until its last child is
 * built. It iterates: a chain may be as long as it likes. What cannot be built is told, with all that hangs on it.
 */

import { applyDelta, type Copies, deltaSizes, newCopies } from "./apply-delta.ts";
import type { Arena } from "./arena.ts";
import type { ByteRanges } from "./byte-ranges.ts";
import type { InflateInto } from "./inflate-into.ts";
import { PackDamage } from "./pack-damage.ts";
import { largestObject } from "./whole-size.ts";

/** What every thread sees of a pack. */
export interface SharedPack {
  readonly file: string;
  /** All bytes of the file, unless they are too many. */
  readonly held?: Uint8Array<SharedArrayBuffer> | undefined;
  readonly idLength: number;
  readonly offsets: Float64Array;
  readonly headers: Uint8Array;
  readonly sizes: Int32Array;
  readonly children: Int32Array;
  readonly siblings: Int32Array;
}

export interface FamilyTools {
  readonly pack: SharedPack;
  readonly ranges: ByteRanges;
  readonly arena: Arena;
  readonly inflate: InflateInto;
}

export interface BuiltObject<Carried> {
  readonly entry: number;
  /** Valid during the visit only. */
  readonly bytes: Buffer;
  /** Of children: what of the base is where, and what was said of the base. */
  readonly base?: { readonly copies: Copies; readonly size: number; readonly carried: Carried };
}

export interface FamilyVisitor<Carried> {
  /** What is said of an object goes to those built on it. Throws PackDamage if it is none that the pack should hold: it is told as failed. */
  visit(object: BuiltObject<Carried>): Carried;
  /** An object that could not be built. */
  failed(entry: number): void;
}

interface Kept<Carried> {
  readonly at: number;
  readonly size: number;
  readonly carried: Carried;
  next: number;
}

const copies = newCopies();

export function walkFamily<Carried>(tools: FamilyTools, root: number, visitor: FamilyVisitor<Carried>): void {
  const { pack, arena } = tools;
  const { children, siblings } = pack;
  const first = buildRoot(tools, root, visitor);
  if (first === undefined) {
    failAll(pack, root, visitor);
    return;
  }
  const open: Kept<Carried>[] = [];
  const keep = (kept: Kept<Carried>) => {
    if (kept.next < 0) arena.release(kept.at);
    else open.push(kept);
  };
  keep(first);
  for (let base = open.at(-1); base !== undefined; base = open.at(-1)) {
    const entry = base.next;
    base.next = siblings[entry]!;
    const isLast = base.next < 0;
    if (isLast) open.pop();
    const built = buildChild(tools, entry, base, visitor);
    if (isLast) arena.release(base.at);
    if (built === undefined) failAll(pack, entry, visitor);
    else keep({ ...built, next: children[entry]! });
  }
}

function buildRoot<Carried>(
  tools: FamilyTools,
  entry: number,
  visitor: FamilyVisitor<Carried>,
): Kept<Carried> | undefined {
  const { pack, arena } = tools;
  const at = inflated(tools, entry);
  if (at === undefined) return undefined;
  const size = pack.sizes[entry]!;
  try {
    const carried = visitor.visit({ entry, bytes: arena.bytes().subarray(at, at + size) });
    return { at, size, carried, next: pack.children[entry]! };
  } catch (error) {
    if (!(error instanceof PackDamage)) throw error;
    arena.release(at);
    return undefined;
  }
}

function buildChild<Carried>(
  tools: FamilyTools,
  entry: number,
  base: Kept<Carried>,
  visitor: FamilyVisitor<Carried>,
): Omit<Kept<Carried>, "next"> | undefined {
  const { pack, arena } = tools;
  const delta = inflated(tools, entry);
  if (delta === undefined) return undefined;
  let at: number | undefined;
  try {
    const end = delta + pack.sizes[entry]!;
    const sizes = deltaSizes(arena.bytes(), delta, end);
    const size = sizes.target;
    if (sizes.base !== base.size || size > largestObject) throw new PackDamage("a delta of another base");
    at = arena.take(size);
    applyDelta(arena.bytes(), { at: sizes.at, end }, base, { at, size }, copies);
    arena.release(delta);
    const bytes = arena.bytes().subarray(at, at + size);
    const carried = visitor.visit({ entry, bytes, base: { copies, size: base.size, carried: base.carried } });
    return { at, size, carried };
  } catch (error) {
    if (!(error instanceof PackDamage)) throw error;
    arena.release(delta);
    if (at !== undefined) arena.release(at);
    return undefined;
  }
}

/** Where the inflated bytes of an entry lie; undefined if it is damaged. */
function inflated({ pack, ranges, arena, inflate }: FamilyTools, entry: number): number | undefined {
  const size = pack.sizes[entry]!;
  const header = pack.headers[entry]!;
  const from = pack.offsets[entry]! + header;
  const length = pack.offsets[entry + 1]! - from;
  // A pack that was cut ends before its index says.
  if (header === 0 || size > largestObject || from + length > ranges.size) return undefined;
  let at: number | undefined;
  try {
    at = arena.take(size);
    const start = ranges.seek(from, length);
    if (inflate(ranges.bytes(), start, start + length, arena.bytes(), at, size)) return at;
  } catch (error) {
    if (!(error instanceof PackDamage)) throw error;
  }
  if (at !== undefined) arena.release(at);
  return undefined;
}

function failAll<Carried>({ children, siblings }: SharedPack, entry: number, visitor: FamilyVisitor<Carried>): void {
  const left = [entry];
  for (let one = left.pop(); one !== undefined; one = left.pop()) {
    visitor.failed(one);
    for (let child = children[one]!; child >= 0; child = siblings[child]!) left.push(child);
  }
}
