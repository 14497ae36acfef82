/**
 * The lines of a Gemfile.lock with a gem raised, for all platforms that it is locked for. Whoever asks for it must take the new
 * version, and what that asks for must be locked already.
 */
import { isDeepStrictEqual } from "node:util";
import type { FixKnowledge, PublishedGem } from "#model/fix-plan.ts";
import { satisfies } from "../../../packages/versions.ts";
import { byText } from "./by-text.ts";
import { type GemLock, gemLines, inBracketsOf, type LockedGem } from "./gem-lock.ts";

export interface GemStep {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** What the project asks for afterwards, as it is written in the lock file; absent: what it asked for before. */
  readonly asked?: string;
}

export interface RaisedGems {
  readonly lines: readonly string[];
  /** Names of gems that nothing needs any more. */
  readonly gone: readonly string[];
}

/** A clause is why not. */
export function raisedGems(lock: GemLock, step: GemStep, known: FixKnowledge): RaisedGems | string {
  const { name, from } = step;
  const own = lock.gems.filter((gem) => gem.name === name);
  if (own.length === 0 || own.some(({ version }) => version !== from))
    return "the lock file does not have it as it was scanned";
  if (own.some(({ isServed }) => !isServed)) return `${name} does not come from a server of gems`;
  const taker = takerAgainst(lock, step);
  const next = nextGems(lock, own, step, known);
  if (taker !== undefined) return taker;
  if (typeof next === "string") return next;
  const missing = missingIn(lock, step, next);
  if (missing !== undefined) return missing;
  const gone = goneWith(lock, step, next);
  const lines = writtenLines(lock, { step, next, gone });
  return typeof lines === "string" ? lines : { lines, gone: [...gone] };
}

function takerAgainst({ gems, asked }: GemLock, step: GemStep): string | undefined {
  const { name, to } = step;
  const own = step.asked ?? asked.get(name)?.requirement ?? "";
  if (!takes(to, own)) return `the project asks for ${name} ${own}`;
  for (const gem of gems) {
    const range = gem.name === name ? undefined : gem.wants.get(name);
    if (range !== undefined && !takes(to, range)) return `${gem.name} ${gem.version} asks for ${name} ${range}`;
  }
  return undefined;
}

function takes(version: string, range: string): boolean {
  return range === "" || satisfies("RubyGems", version, range) === true;
}

type NextGems = ReadonlyMap<LockedGem, PublishedGem>;

function nextGems(lock: GemLock, own: readonly LockedGem[], step: GemStep, known: FixKnowledge): NextGems | string {
  const { name, from, to } = step;
  const [before, after] = [from, to].map((version) => known.publishedOf("RubyGems", name, version));
  if (!before?.gems || !after?.gems || before.place !== after.place)
    return `what ${name} ${to} asks for is not known here`;
  const next = new Map<LockedGem, PublishedGem>();
  for (const gem of own) {
    const [was, now] = [before.gems, after.gems].map((all) => all.find((one) => one.platform === gem.platform));
    const called = `${name} ${inBracketsOf({ ...gem, version: to })}`;
    if (!was || !now) return `${called} is not published`;
    if (!isDeepStrictEqual(lock.lines.slice(gem.start, gem.end), gemLines(gem, was.dependencies)))
      return `what the lock file has for ${name} ${from} is not what is published`;
    const runs = trouble(lock, was, now);
    if (runs !== undefined) return `${called} ${runs}`;
    next.set(gem, now);
  }
  const platforms = [before.gems, after.gems].map((all) => all.map(({ platform }) => platform).sort(byText));
  return isDeepStrictEqual(platforms[0], platforms[1]) ? next : `${name} ${to} is published for other platforms`;
}

/** Which Ruby runs it is not known, unless the file says so. */
function trouble({ ruby }: GemLock, was: PublishedGem, now: PublishedGem): string | undefined {
  for (const [what, range] of Object.entries(now.requires)) {
    const written = range.replaceAll("&", ", ");
    if (range === was.requires[what] || takes("0", written)) continue;
    if (what === "ruby" && ruby !== undefined && takes(ruby, written)) continue;
    return `asks for ${what === "ruby" ? "Ruby" : what} ${written}`;
  }
  return undefined;
}

/** A clause is why not. */
function missingIn({ gems }: GemLock, { name, to }: GemStep, next: NextGems): string | undefined {
  for (const [gem, { dependencies }] of next) {
    for (const [needed, published] of Object.entries(dependencies)) {
      const range = published.replaceAll("&", ", ");
      if (needed === "bundler" && gem.wants.has(needed)) continue;
      const asks = `${name} ${to} asks for ${needed} ${range}`;
      const locked = gems.filter((one) => one.name === needed);
      if (locked.length === 0) return `${asks}, which the lock file does not have`;
      const less = locked.find(({ version }) => !takes(version, range));
      if (less) return `${asks}, and the lock file has ${less.version}`;
    }
  }
  return undefined;
}

function goneWith({ gems, asked }: GemLock, { name }: GemStep, next: NextGems): ReadonlySet<string> {
  const byName = Map.groupBy(gems, (gem) => gem.name);
  const reach = (wantsOf: (gem: LockedGem) => Iterable<string>) => {
    const reached = new Set(asked.keys());
    for (const one of reached)
      for (const gem of byName.get(one) ?? []) for (const want of wantsOf(gem)) reached.add(want);
    return reached;
  };
  const before = reach(({ wants }) => wants.keys());
  const after = reach((gem) => {
    const now = next.get(gem);
    return gem.name === name && now ? Object.keys(now.dependencies) : gem.wants.keys();
  });
  return new Set([...before].filter((one) => !after.has(one) && byName.has(one)));
}

interface Writing {
  readonly step: GemStep;
  readonly next: NextGems;
  readonly gone: ReadonlySet<string>;
}

/** A clause is why not. */
function writtenLines(lock: GemLock, { step, next, gone }: Writing): readonly string[] | string {
  const { name, from, to } = step;
  const written = new Map<number, readonly string[]>();
  for (const gem of lock.gems) {
    const now = next.get(gem);
    const instead = now ? gemLines({ ...gem, version: to }, now.dependencies) : [];
    if (now || gone.has(gem.name))
      for (let at = gem.start; at < gem.end; at++) written.set(at, at === gem.start ? instead : []);
  }
  const request = lock.asked.get(name);
  if (request && step.asked !== undefined)
    written.set(request.at, [`  ${name}${step.asked === "" ? "" : ` (${step.asked})`}${request.isPinned ? "!" : ""}`]);
  for (const line of lock.checksums) {
    if (gone.has(line.name)) written.set(line.at, []);
    if (line.name !== name) continue;
    const now = [...next].find(([gem]) => gem.platform === line.platform)?.[1];
    const sum = sumOf(line.sums, now, line.version === from);
    if (sum === undefined) return `the checksum of ${name} ${to} is not known here`;
    written.set(line.at, [`  ${name} (${inBracketsOf({ version: to, platform: line.platform })})${sum}`]);
  }
  if (!isInOrder(lock, to, name)) return `${name} ${to} would stand elsewhere in the lock file`;
  return lock.lines.flatMap((line, at) => written.get(at) ?? [line]);
}

/** Bundler writes a line without any where it does not know it. */
function sumOf(old: string, now: PublishedGem | undefined, isOld: boolean): string | undefined {
  if (!isOld || !now?.sha256 || !/^(?:sha256=[0-9a-f]{64})?$/.test(old)) return undefined;
  return ` sha256=${now.sha256}`;
}

/** By the whole name, which the version is a part of. */
function isInOrder({ gems }: GemLock, to: string, name: string): boolean {
  return gems.every((gem, at) => {
    const before = gems[at - 1];
    // Another source begins anew.
    if (!before || before.end !== gem.start || (gem.name !== name && before.name !== name)) return true;
    const [one, other] = [before, gem].map((each) => {
      const version = each.name === name ? to : each.version;
      return `${each.name}-${inBracketsOf({ ...each, version })}`;
    });
    return byText(one ?? "", other ?? "") <= 0;
  });
}
