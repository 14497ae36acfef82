/**
 * The crates of a lock file with one of them raised: as `cargo update --precise` would leave them if nothing else has to move.
 * What the new version asks for must be locked already, and whoever asks for the crate must take the new version.
 */
import type { CrateDependency, FixKnowledge } from "#model/fix-plan.ts";
import { compareVersions, satisfies } from "../../../packages/versions.ts";
import { dependenciesOf } from "./crate-features.ts";
import type { CrateLock, LockCrate } from "./crate-lock.ts";
import { askedMore, type CratesNow, nameOf, settledAt, troubleWithLess, troubleWithMore } from "./feature-changes.ts";
import {
  askedFeatures,
  isMet,
  type KnownCrate,
  knownCrate,
  knownOf,
  reachesOf,
  type SettledCrate,
  settledCrate,
} from "./settled-crate.ts";

export interface CratesAsked {
  readonly known: FixKnowledge;
  /** What a crate of the repository asks for, by the name of what it wants: undefined if its manifest is not there. */
  readonly requirementsOf: (member: string, name: string) => readonly string[] | undefined;
}

export interface RaisedCrates {
  readonly crates: readonly LockCrate[];
  readonly gone: ReadonlySet<number>;
  /** A crate of the repository asks for less. */
  readonly needsProjects: boolean;
  /** Crates that the new version asks for in one version only, and that have to go up with it. */
  readonly companions: readonly Companion[];
}

export interface Companion {
  readonly name: string;
  readonly from: string;
  readonly to: string;
  /** Position of who says so. */
  readonly by: number;
}

interface Step {
  readonly to: string;
  readonly checksum: string;
  readonly before: SettledCrate;
  readonly next: KnownCrate;
}

/** A clause is why not. */
export function raisedCrates(
  { crates, tail }: CrateLock,
  { name, from, to, by }: Omit<Companion, "by"> & Partial<Companion>,
  asked: CratesAsked,
): RaisedCrates | string {
  const position = crates.findIndex((crate) => crate.name === name && crate.version === from && crate.source);
  const old = crates[position];
  if (!old) return "the lock file does not have it as it was scanned";
  if (crates.some((crate) => crate !== old && crate.name === name && areOneLine(crate.version, to)))
    return `the lock file has another ${name} that ${to} would take the place of`;
  if (tail.includes(`name = "${name}"`)) return `a patch of ${name} is written there`;
  // Both are asked before either is looked at: what is missed is looked up together.
  const [step, takers] = [stepOf(old, to, crates, asked.known), takersOf(crates, { position, to, by }, asked)];
  if (typeof step === "string") return step;
  if (typeof takers === "string") return takers;
  const settled = settledNow(step, { position, old }, crates);
  if (typeof settled === "string") return settled;
  const { now, companions } = settled;
  const raised: LockCrate = { ...old, version: to, checksum: step.checksum, wants: new Set(now.wants.values()) };
  const after = crates.map((one, at) => (at === position ? raised : one));
  const gone = unreached(after);
  const { before } = step;
  const trouble = troubleWithFeatures({ now, before, position }, { crates: after, gone, known: asked.known });
  return trouble ?? { crates: after, gone, needsProjects: takers.needsProjects, companions };
}

/** Cargo has one version of a crate in each line: `1.x`, `0.2.x`, `0.0.3`. */
function areOneLine(a: string, b: string): boolean {
  return lineOf(a) === lineOf(b);
}

function lineOf(version: string): string {
  const [major = "", minor = "", patch = ""] = (version.split(/[-+]/)[0] ?? "").split(".");
  return major !== "0" ? major : minor !== "0" ? `0.${minor}` : `0.0.${patch}`;
}

function stepOf(old: LockCrate, to: string, crates: readonly LockCrate[], known: FixKnowledge): Step | string {
  const { name, version, source = "" } = old;
  if (!/^(?:registry|sparse)\+/.test(source)) return `${name} does not come from a registry`;
  const published = known.publishedOf("crates.io", name, to);
  const next = published && knownOf(published);
  const own = knownCrate(known, old);
  const { integrity = "" } = published ?? {};
  if (!next || !own || own.place !== next.place || !/^[0-9a-f]{64}$/.test(integrity))
    return `a lock file says the checksum of ${name} ${to} and what it depends on, and both are not known here`;
  if (next.crate.isYanked) return `${name} ${to} is withdrawn`;
  const { links } = next.crate;
  // Two crates cannot link one library; what has its own version in its name is nobody else's.
  if (own.crate.links !== links && links?.includes(to.replaceAll(".", "_")) !== true)
    return `${name} ${to} links another library`;
  const before = settledCrate(own, old, crates);
  return before
    ? { to, checksum: integrity, before, next }
    : `what the lock file has for ${name} ${version} is not what that asks for`;
}

/** Whether those who want the crate take the new version. */
function takersOf(
  crates: readonly LockCrate[],
  { position, to, by }: { readonly position: number; readonly to: string; readonly by: number | undefined },
  { known, requirementsOf }: CratesAsked,
): { readonly needsProjects: boolean } | string {
  const old = crates[position] as LockCrate;
  const takers = crates
    .filter(({ wants }, at) => wants.has(position) && at !== by)
    .map((crate) => ({ crate, asks: crate.source === undefined ? undefined : knownCrate(known, crate) }));
  let needsProjects = false;
  for (const { crate, asks } of takers) {
    const isOwn = crate.source === undefined;
    const written = isOwn
      ? (requirementsOf(crate.name, old.name) ?? [])
      : asks && dependenciesOf(asks.crate).flatMap((one) => (one.crate === old.name ? [one.requirement] : []));
    const own = (written ?? []).filter((one) => satisfies("crates.io", old.version, one) === true);
    if (own.length === 0) return `what ${nameOf(crate)} asks of ${old.name} is not known here`;
    const refusing = own.find((one) => satisfies("crates.io", to, one) !== true);
    if (refusing === undefined) continue;
    if (!isOwn) return `${nameOf(crate)} asks for ${old.name} ${refusing}`;
    needsProjects = true;
  }
  return { needsProjects };
}

interface Settled {
  readonly now: SettledCrate;
  readonly companions: readonly Companion[];
}

/** What the new version wants of what is locked. */
function settledNow(
  { to, before, next: { crate } }: Step,
  { position, old: { name, source } }: { readonly position: number; readonly old: LockCrate },
  crates: readonly LockCrate[],
): Settled | string {
  const features = reachesOf(crate);
  for (const feature of before.mayBeOn) {
    const [old, now] = [before.features.get(feature), features.get(feature)];
    if (!old || !now || !isSame(old.turnsOn, now.turnsOn))
      return `the feature ${feature} of ${name} ${to} does not bring in what it brought in before`;
  }
  const on = new Set([...before.mayBeOn].flatMap((one) => [...(features.get(one)?.turnsOn ?? [])]));
  const wants = new Map<CrateDependency, number>();
  const companions = new Map<number, Companion>();
  for (const dependency of dependenciesOf(crate)) {
    if (dependency.isOptional && !on.has(dependency.name)) continue;
    const met = metBy(dependency, source, crates);
    if (typeof met === "string") return `${name} ${to} asks for ${dependency.crate} ${dependency.requirement}, ${met}`;
    const { at, raisedTo } = met;
    wants.set(dependency, at);
    const one = crates[at];
    if (raisedTo !== undefined && one)
      companions.set(at, { name: one.name, from: one.version, to: raisedTo, by: position });
  }
  return { now: { crate, features, wants, mayBeOn: before.mayBeOn }, companions: [...companions.values()] };
}

/** A clause is why not. */
function metBy(
  dependency: CrateDependency,
  source: string | undefined,
  crates: readonly LockCrate[],
): { readonly at: number; readonly raisedTo?: string } | string {
  const namesakes = crates.flatMap((one, at) => (one.name === dependency.crate ? [{ one, at }] : []));
  if (dependency.isElsewhere || namesakes.some(({ one }) => one.source !== source))
    return "which may come from elsewhere";
  const [only, other] = namesakes.filter(({ one }) => isMet(dependency, one));
  if (other) return "and the lock file has several that would do";
  if (only) return { at: only.at };
  // One version and no other: nothing has to be chosen.
  const [, exact] = /^=\s*(\d+\.\d+\.\d+\S*)$/.exec(dependency.requirement) ?? [];
  const next = namesakes.find(
    ({ one }) =>
      exact !== undefined && areOneLine(one.version, exact) && compareVersions("crates.io", one.version, exact) < 0,
  );
  if (next && exact !== undefined) return { at: next.at, raisedTo: exact };
  const has = namesakes.map(({ one }) => one.version).join(" and ");
  return has === "" ? "which the lock file does not have" : `and the lock file has ${has}`;
}

function isSame(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}

/** Those that no crate of the repository leads to any more. */
function unreached(crates: readonly LockCrate[]): ReadonlySet<number> {
  const reached = new Set(crates.flatMap(({ source }, position) => (source === undefined ? [position] : [])));
  for (const position of reached) for (const want of crates[position]?.wants ?? []) reached.add(want);
  return new Set(crates.flatMap((_, position) => (reached.has(position) ? [] : [position])));
}

interface Change {
  readonly now: SettledCrate;
  readonly before: SettledCrate;
  readonly position: number;
}

function troubleWithFeatures({ now, before, position }: Change, after: CratesNow): string | undefined {
  const [asksNow, askedBefore] = [askedFeatures(now), askedFeatures(before)];
  const more = troubleWithMore(askedMore(asksNow, askedBefore), after);
  const less = troubleWithLess(askedMore(askedBefore, asksNow), new Set([position]), after);
  const trouble = more ?? less;
  if (trouble !== undefined) return trouble;
  for (const one of after.gone) {
    const settled = settledAt(one, after);
    const name = nameOf(after.crates[one] as LockCrate);
    if (!settled) return `${name} is not needed any more, and which features it asked of others is not known here`;
    const nothing = { always: new Map(), by: new Map() };
    const own = troubleWithLess(askedMore(askedFeatures(settled), nothing), after.gone, after);
    if (own !== undefined) return own;
  }
  return undefined;
}
