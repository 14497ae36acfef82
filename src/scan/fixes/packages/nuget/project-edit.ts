/**
 * What is written for people to see: the versions that projects ask for, centrally or each by itself, and a reference beside
 * another one for what others bring in. Also what follows for lock files: which ranges and which projects changed.
 */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";
import { fileNameOf, folderOf } from "../../../packages/paths.ts";
import { isProject } from "../../../packages/readers/nuget/project-files.ts";
import { compareVersions } from "../../../packages/versions.ts";
import { changesOf, type TextChange } from "../../text-edits.ts";
import { declaredChanges, declaredFix, projectChanges } from "../edit-declared.ts";
import type { EditAsked } from "../package-editor.ts";
import { normalRange, nugetRange } from "./nuget-range.ts";
import type { LockPin, LockStep } from "./raised-lock.ts";

export interface ProjectEdit {
  readonly changes: ReadonlyMap<string, readonly TextChange[]>;
  readonly ranges: LockStep["ranges"];
  readonly projects: LockStep["projects"];
  /** Where the versions stand that changed, or had changed before. */
  readonly places: ReadonlySet<string>;
  readonly pin?: LockPin;
}

/** For what a lock file, or a project without one, lists; undefined if no edit is known. */
export function projectEdit(asked: EditAsked): ProjectEdit | undefined {
  const [{ use }] = asked.raising;
  const own = ownProjects(asked);
  if (use.relation === "direct") return directEdit(asked, own);
  if (use.versionAt) return placedEdit(asked, [use], declaredChanges(asked, declaredFix(asked)) ?? new Map(), own);
  return pinEdit(asked, own) ?? ownersEdit(asked);
}

/** The projects in the folder of the lock file, as they are without it. */
function ownProjects({ manifest, alone, paths }: EditAsked): readonly Manifest[] {
  if (!manifest.isLocked) return [manifest];
  const own = new Set(projectsOfLock(manifest.path, paths()));
  return alone().filter(({ path, isLocked, ecosystem }) => !isLocked && ecosystem === "NuGet" && own.has(path));
}

/** `packages.lock.json` is for all projects in its folder but those with a lock file of their own name. */
export function projectsOfLock(lock: string, paths: readonly string[]): readonly string[] {
  const folder = folderOf(lock);
  const beside = paths.filter((path) => folderOf(path) === folder);
  const files = new Set(beside.map((path) => fileNameOf(path).toLowerCase()));
  const ownLock = (project: string) => `packages.${stemOf(project).replaceAll(" ", "_")}.lock.json`;
  const name = fileNameOf(lock).toLowerCase();
  return beside
    .filter((path) => isProject(path))
    .filter((path) => (name === "packages.lock.json" ? !files.has(ownLock(path)) : name === ownLock(path)));
}

export function isNugetLock(path: string): boolean {
  return /(?:^|\/)packages\.(?:[^/]+\.)?lock\.json$/i.test(path);
}

/** `own` are the projects behind the manifest, as they are without a lock file. */
export function directEdit(asked: EditAsked, own: readonly Manifest[]): ProjectEdit | undefined {
  const [{ use }] = asked.raising;
  const uses = own.flatMap((project) => namesakes(project, use));
  const isTold = uses.length > 0 && uses.every(({ versionAt }) => versionAt);
  const alone = () => own;
  const changes = asked.manifest.isLocked
    ? projectChanges({ ...asked, alone })
    : declaredChanges(asked, declaredFix(asked));
  return isTold ? placedEdit(asked, uses, changes ?? new Map(), own) : undefined;
}

function placedEdit(
  asked: EditAsked,
  uses: readonly PackageUse[],
  changes: ProjectEdit["changes"],
  own: readonly Manifest[],
): ProjectEdit | undefined {
  const { raising, textOf } = asked;
  const ranges = new Map<string, string>();
  const places = new Set<string>();
  const now = new Set<string>();
  for (const { versionAt } of uses) {
    const text = versionAt && textOf(versionAt.path);
    const [place] = versionAt && text !== undefined ? (changesOf(text, [{ at: versionAt, text: "" }]) ?? []) : [];
    if (!versionAt || text === undefined || !place) return undefined;
    const change = changes.get(versionAt.path)?.find(({ start, end }) => start === place.start && end === place.end);
    const [old, raised] = [
      nugetRange(text.slice(place.start, place.end)),
      nugetRange(change?.text ?? text.slice(place.start, place.end)),
    ];
    if (!old || !raised) return undefined;
    if (change) ranges.set(normalRange(old), normalRange(raised));
    now.add(normalRange(raised));
    places.add(placeOf(versionAt));
  }
  // An earlier step may have raised what several lock files share: then this one says what was asked for before.
  const [range] = now;
  if (changes.size === 0 && now.size === 1 && range !== undefined)
    for (const { use } of raising) {
      const before = use.requirement === undefined ? undefined : nugetRange(use.requirement);
      if (before) ranges.set(normalRange(before), range);
    }
  return { changes, ranges, places, projects: namesOf(own) };
}

/** Beside the one reference of the project that brings it in. */
function pinEdit(asked: EditAsked, own: readonly Manifest[]): ProjectEdit | undefined {
  const fix = declaredFix(asked);
  const changes = declaredChanges(asked, fix);
  if (!changes || ![...changes.values()].flat().every(({ start, end }) => start === end)) return undefined;
  const beside = own
    .flatMap(({ packages }) => packages)
    .filter(({ at, alsoAt = [] }) =>
      fix.edits.some((edit) => [at, ...alsoAt].some((place) => isEndOf(edit.at, place))),
    );
  const [one, ...others] = beside;
  const isEverywhere =
    one && others.length === 0 && !one.frameworks && !one.alsoAt?.some(({ path }) => path === one.at.path);
  if (!isEverywhere) return undefined;
  const isCentral = [...changes.keys()].some((path) => !isProject(path));
  const projects = namesOf(own);
  const pin = { beside: one.name.toLowerCase(), isCentral, projects };
  return { changes, ranges: new Map(), places: new Set(), projects, pin };
}

const mostOwners = 20;

/** Where another project of the repository asks for it, that project is the one to change; of several each. */
function ownersEdit(asked: EditAsked): ProjectEdit | undefined {
  const { manifest, raising, paths, alone } = asked;
  const [{ use, to }] = raising;
  const position = manifest.packages.indexOf(use);
  const owners = manifest.packages.filter(
    ({ relation, dependsOn = [] }) => relation === "workspace" && dependsOn.includes(position),
  );
  const all = owners.slice(0, mostOwners).map(({ name }) => {
    const found = paths().filter((path) => isProject(path) && stemOf(path) === name.toLowerCase());
    const [path] = found;
    const locks = paths().filter((one) => isNugetLock(one) && folderOf(one) === folderOf(path ?? ""));
    const project =
      found.length === 1 ? alone(found, locks).find((one) => !one.isLocked && one.path === path) : undefined;
    const uses =
      project && namesakes(project, use).filter(({ version = to }) => compareVersions("NuGet", version, to) < 0);
    const [first, ...others] = (uses ?? []).map((one) => ({ use: one, from: one.version ?? "", to }));
    return project && first && directEdit({ ...asked, manifest: project, raising: [first, ...others] }, [project]);
  });
  return joined(all);
}

function namesakes({ packages }: Manifest, { name }: PackageUse): readonly PackageUse[] {
  return packages.filter((one) => one.ecosystem === "NuGet" && one.name.toLowerCase() === name.toLowerCase());
}

/** As the lock files of other projects name them. */
function namesOf(projects: readonly Manifest[]): ReadonlySet<string> {
  return new Set(projects.flatMap(({ path, root }) => [stemOf(path), ...(root ? [root.name.toLowerCase()] : [])]));
}

export function stemOf(path: string): string {
  return fileNameOf(path)
    .replace(/\.\w+$/, "")
    .toLowerCase();
}

export function placeOf({ path, startLine, startColumn }: Span): string {
  return `${path}:${startLine}:${startColumn}`;
}

function isEndOf(at: Span, { path, endLine, endColumn }: Span): boolean {
  return at.path === path && at.startLine === endLine && at.startColumn === endColumn;
}

/** Undefined if there is none. */
export function joined(edits: readonly (ProjectEdit | undefined)[]): ProjectEdit | undefined {
  const [first, ...others] = edits.flatMap((one) => one ?? []);
  return first && others.reduce(both, first);
}

function both(one: ProjectEdit, other: ProjectEdit): ProjectEdit {
  const changes = new Map(one.changes);
  for (const [path, own] of other.changes) changes.set(path, [...(changes.get(path) ?? []), ...own]);
  return {
    ...one,
    changes,
    ranges: new Map([...one.ranges, ...other.ranges]),
    projects: new Set([...one.projects, ...other.projects]),
    places: new Set([...one.places, ...other.places]),
  };
}
