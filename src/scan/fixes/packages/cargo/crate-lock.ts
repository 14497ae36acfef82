/**
 * A Cargo.lock as a list of crates that know what they want, and the text that Cargo writes for it. A file that is not exactly
 * what would be written for what was read from it is not taken: something in it is not understood.
 */
import { cargoLock, type LockedCrate } from "../../../packages/readers/cargo/cargo-lock.ts";
import { compareVersions } from "../../../packages/versions.ts";
import { oncePerText } from "../../once-per-text.ts";

export interface LockCrate {
  readonly name: string;
  readonly version: string;
  /** Absent for crates of the repository. */
  readonly source?: string;
  readonly checksum?: string;
  /** Positions. */
  readonly wants: ReadonlySet<number>;
}

export interface CrateLock {
  readonly crates: readonly LockCrate[];
  /** Of the first form: checksums stand apart, and everything is called by its whole name. */
  readonly isFirst: boolean;
  readonly head: string;
  /** What stands behind the crates: patches that nobody uses. */
  readonly tail: string;
  readonly isWindows: boolean;
}

const mostCrates = 20_000;
const longest = 10_000_000;
const metadata = "\n[metadata]\n";

export const crateLockOf = oncePerText(readCrateLock);

function readCrateLock(written: string): CrateLock | undefined {
  if (written.length > longest) return undefined;
  const isWindows = written.includes("\r\n");
  const text = isWindows ? written.replaceAll("\r\n", "\n") : written;
  const { crates, checksums, trouble } = cargoLock({ path: "", text });
  const last = crates.at(-1);
  if (trouble || !last || crates.length > mostCrates) return undefined;
  const isFirst = text.includes(metadata);
  const own = isFirst ? text.slice(0, text.indexOf(metadata)) : text;
  const lock: CrateLock = {
    crates: linked(crates, checksums),
    isFirst,
    head: text.slice(0, crates[0]?.at.start),
    tail: own.slice(last.at.end).trimEnd(),
    isWindows,
  };
  const version = /^version = (\d+)$/m.exec(lock.head)?.[1];
  const isKnown = version === undefined || version === "3" || version === "4";
  return isKnown && crateLockText(lock, new Set()) === written ? lock : undefined;
}

function linked(crates: readonly LockedCrate[], checksums: ReadonlyMap<string, string>): readonly LockCrate[] {
  const byWant = new Map<string, number | undefined>();
  for (const [position, { name, version, source }] of crates.entries()) {
    for (const want of [name, `${name} ${version}`, `${name} ${version} (${plain(source)})`])
      byWant.set(want, byWant.has(want) ? undefined : position);
  }
  return crates.map(({ name, version, source, checksum, wants }): LockCrate => {
    const apart = checksums.get(`${name} ${version} (${source})`);
    const sum = checksum ?? (apart === "<none>" ? undefined : apart);
    return {
      name,
      version,
      ...(source !== undefined && { source }),
      ...(sum !== undefined && { checksum: sum }),
      wants: new Set(wants.flatMap((want) => byWant.get(want) ?? [])),
    };
  });
}

/** Without the commit. */
function plain(source: string | undefined): string | undefined {
  return source?.startsWith("git+") ? source.replace(/#[^#]*$/, "") : source;
}

/** Without those at the positions that are gone. */
export function crateLockText(
  { crates, isFirst, head, tail, isWindows }: CrateLock,
  gone: ReadonlySet<number>,
): string {
  const left = crates.filter((_, position) => !gone.has(position));
  const called = isFirst ? fullName : shortNames(left);
  const order = left.toSorted(
    (a, b) =>
      byText(a.name, b.name) ||
      compareVersions("crates.io", a.version, b.version) ||
      byText(a.source ?? "", b.source ?? ""),
  );
  const entries = order.map((crate) => entryText(crate, { crates, called, isFirst }));
  const parts = [head + entries.join("\n"), ...(tail === "" ? [] : [`${tail}\n`])];
  if (isFirst) {
    const sums = left.flatMap((crate) => {
      if (crate.source === undefined) return [];
      return [`"checksum ${crate.name} ${crate.version} (${crate.source})" = "${crate.checksum ?? "<none>"}"\n`];
    });
    parts.push(metadata + sums.sort(byText).join(""));
  }
  const text = parts.join("");
  return isWindows ? text.replaceAll("\n", "\r\n") : text;
}

type Called = (crate: LockCrate) => CrateName;

interface CrateName {
  readonly name: string;
  readonly version?: string;
  readonly source?: string;
}

interface Writing {
  readonly crates: readonly LockCrate[];
  readonly called: Called;
  readonly isFirst: boolean;
}

function entryText({ name, version, source, checksum, wants }: LockCrate, { crates, called, isFirst }: Writing) {
  const lines = ["[[package]]", `name = "${name}"`, `version = "${version}"`];
  if (source !== undefined) lines.push(`source = "${source}"`);
  if (checksum !== undefined && !isFirst) lines.push(`checksum = "${checksum}"`);
  const names = [...wants].flatMap((position) => crates[position] ?? []).map(called);
  // Versions are put in order as texts here.
  names.sort(
    (a, b) =>
      byText(a.name, b.name) || byText(a.version ?? "", b.version ?? "") || byText(a.source ?? "", b.source ?? ""),
  );
  if (names.length > 0) lines.push("dependencies = [", ...names.map((one) => ` "${inWords(one)}",`), "]");
  return `${lines.join("\n")}\n`;
}

function inWords({ name, version, source }: CrateName): string {
  return [name, version, source && `(${source})`].filter(Boolean).join(" ");
}

function fullName({ name, version, source }: LockCrate): CrateName {
  const from = plain(source);
  return { name, version, ...(from !== undefined && { source: from }) };
}

/** As much as tells it from the others of its name. */
function shortNames(crates: readonly LockCrate[]): Called {
  const versions = new Map<string, Map<string, number>>();
  for (const { name, version } of crates) {
    const own = versions.get(name) ?? new Map<string, number>();
    versions.set(name, own.set(version, (own.get(version) ?? 0) + 1));
  }
  return (crate) => {
    const own = versions.get(crate.name);
    if (own && (own.get(crate.version) ?? 0) > 1) return fullName(crate);
    return own?.size === 1 ? { name: crate.name } : { name: crate.name, version: crate.version };
  };
}

function byText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
