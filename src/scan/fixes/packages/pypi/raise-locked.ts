/**
 * What holds for every lock file of Python before one of its packages goes up: the index tells both versions, the old one is
 * the one that is locked, and what the new one needs is locked. Whatever is not certain is a reason not to write.
 */
import type { FixKnowledge, PublishedVersion } from "#model/fix-plan.ts";
import { packageKey } from "#model/package-key.ts";
import { compareVersions, lowestOf, satisfies } from "../../../packages/versions.ts";
import { editDeclared } from "../edit-declared.ts";
import { type EditAsked, type Edited, refused } from "../package-editor.ts";
import { judgeMarker, type Surroundings, upperBound } from "./python-marker.ts";
import { type Need, needsOf } from "./python-needs.ts";

interface LockedPackage {
  readonly key: string;
  readonly version: string | undefined;
}

export interface Release extends PublishedVersion {
  readonly version: string;
  readonly files: NonNullable<PublishedVersion["files"]>;
  readonly needs: readonly Need[];
}

export interface TwoReleases {
  readonly key: string;
  readonly name: string;
  readonly old: Release;
  readonly now: Release;
}

/** A clause is why not. Both are asked for at once, so that they are looked up together. */
export function twoReleases({ raising, known }: EditAsked): TwoReleases | string {
  const [{ use, from, to }, ...others] = raising;
  const key = packageKey("PyPI", use.name);
  const old = releaseOf(from, known.publishedOf("PyPI", key, from));
  const now = releaseOf(to, known.publishedOf("PyPI", key, to));
  if (others.length > 0) return `it has more than one version of ${use.name}`;
  if (!now) return `what ${use.name} ${to} needs and the checksums of its files are not known here`;
  if (!old) return `what ${use.name} ${from} needs is not known here, so the two cannot be compared`;
  return { key, name: use.name, old, now };
}

function releaseOf(version: string, published: PublishedVersion | undefined): Release | undefined {
  const needs = published && needsOf(published);
  const { files } = published ?? {};
  return published && needs && files && files.length > 0 ? { ...published, version, files, needs } : undefined;
}

/** The index that was asked must be the one that the lock file was written from. */
export function isFromThere(locked: readonly string[], { files }: Release): boolean {
  const told = new Set(files.map(({ hash }) => hash));
  return locked.length > 0 && locked.every((hash) => told.has(hash));
}

interface Needing {
  readonly releases: TwoReleases;
  readonly locked: readonly LockedPackage[];
  readonly where: Surroundings;
}

/** A clause about the first thing that is not met. */
export function notMet({ releases: { name, old, now }, locked, where }: Needing): string | undefined {
  const known = new Set(old.needs.map(({ words }) => words));
  const title = `${name} ${now.version}`;
  for (const need of now.needs) {
    const applies = need.marker ? judgeMarker(need.marker, where) : true;
    if (applies === false) continue;
    const there = locked.filter(({ key }) => key === need.key);
    // As before: whatever was right for the old version is.
    if (known.has(need.words) && there.length !== 1) continue;
    const asks = `${title} asks for ${need.name}${need.specifier === "" ? "" : ` ${need.specifier}`}`;
    const [only] = there;
    if (!only)
      return `${asks}, which the lock file does not have${applies === undefined ? "; where that is needed cannot be judged here" : ""}`;
    if (there.length > 1 || only.version === undefined) return `${asks}, of which the lock file has several`;
    if (!takes(only.version, need.specifier)) return `${asks}, and the lock file has ${only.version}`;
  }
  return pythonTrouble(now, old, where.pythons);
}

interface Refusal {
  readonly known: FixKnowledge;
  readonly key: string;
  readonly name: string;
  readonly version: string;
}

const mostAsking = 100;

/** Where a lock file says no ranges: whether everybody takes the version. All are asked for at once. */
export function refusedBy(
  others: readonly LockedPackage[],
  { known, key, name, version }: Refusal,
): string | undefined {
  if (others.length > mostAsking) return `too many packages ask for ${name}`;
  const told = others.map((one) => ({
    ...one,
    needs: needsOf(known.publishedOf("PyPI", one.key, one.version ?? "") ?? {}),
  }));
  const unknown = told.find(({ needs }) => !needs);
  if (unknown) return `which ${name} ${unknown.key} ${unknown.version} takes is not known here`;
  for (const one of told) {
    const need = one.needs?.find((asked) => asked.key === key && !takes(version, asked.specifier));
    if (need) return `${one.key} asks for ${name} ${need.specifier}`;
  }
  return undefined;
}

export function takes(version: string, specifier: string): boolean {
  return specifier === "" || satisfies("PyPI", version, specifier) === true;
}

/** Every Python that the project is for must do. */
function pythonTrouble(now: Release, old: Release, pythons: string | undefined): string | undefined {
  const clausesOf = (text = "") => text.split(",").flatMap((clause) => clause.replace(/\s+/g, "") || []);
  const known = new Set(clausesOf(old.requiresPython));
  const fresh = clausesOf(now.requiresPython).filter((clause) => !known.has(clause));
  if (fresh.length === 0) return undefined;
  const lowest = pythons === undefined ? undefined : lowestOf("PyPI", pythons);
  const end = upperBound(pythons ?? "");
  const isMet = fresh.every((clause) => {
    const [, sign = "", version = ""] = /^(>=|<|!=)(\d+(?:\.\d+)*)(?:\.\*)?$/.exec(clause) ?? [];
    if (sign === "<") return end !== undefined && compareVersions("PyPI", end, version) <= 0;
    if (lowest === undefined || sign === "") return false;
    if (sign === ">=") return compareVersions("PyPI", lowest, version) >= 0;
    return compareVersions("PyPI", lowest, version) > 0 && !`${lowest}.`.startsWith(`${version}.`);
  });
  const project = pythons === undefined ? "which the project does not say" : `and the project is for ${pythons}`;
  return isMet ? undefined : `${now.version} is for Python ${now.requiresPython}, ${project}`;
}

/** What the old version needed and the new one does not, and the other way round; specifiers aside. */
export function edgesApart({ old, now }: TwoReleases, where: Surroundings) {
  const apply = (needs: readonly Need[]) =>
    needs.filter(({ marker }) => !marker || judgeMarker(marker, where) !== false);
  const [before, after] = [apply(old.needs), apply(now.needs)];
  const [had, has] = [new Set(before.map(({ edge }) => edge)), new Set(after.map(({ edge }) => edge))];
  return {
    lost: before.filter(({ edge }) => !has.has(edge)),
    added: after.filter(({ edge }) => !had.has(edge)),
  };
}

/** The project is edited all the same where that is sound, and the tool has to write the lock file. */
export function notWritten(asked: EditAsked, why: string): Edited {
  const edited = editDeclared(asked);
  const [{ use }] = asked.raising;
  const because = `${asked.manifest.path} is not written here: ${why}.`;
  if (edited.is === "refused") return refused(`${use.name} is left as it is. ${because} ${edited.because}`);
  return { ...edited, said: [[because, ...edited.said].join(" ")] };
}
