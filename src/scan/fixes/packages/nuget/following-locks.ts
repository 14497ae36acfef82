/**
 * Other lock files of the repository that follow when a project goes up: those of projects with the same central versions, and
 * those that name the project among theirs. Each is written, or named with the reason why not.
 */
import { fileNameOf, folderOf } from "../../../packages/paths.ts";
import { isProject } from "../../../packages/readers/nuget/project-files.ts";
import type { TextChange } from "../../text-edits.ts";
import type { EditAsked } from "../package-editor.ts";
import { sectionChanges } from "./lock-changes.ts";
import type { NugetFacts } from "./nuget-facts.ts";
import { type NugetLock, nugetLockOf } from "./nuget-lock.ts";
import { normalRange, nugetRange } from "./nuget-range.ts";
import { isNugetLock, type ProjectEdit, placeOf, projectsOfLock, stemOf } from "./project-edit.ts";
import { type LockAbout, type LockStep, raisedLock } from "./raised-lock.ts";

export interface WrittenLock {
  readonly path: string;
  readonly changes: readonly TextChange[];
  /** Names that went. */
  readonly gone: readonly string[];
  /** Versions of a package that it has then. */
  left(name: string): readonly string[];
}

export interface LeftLock {
  readonly path: string;
  /** A clause. */
  readonly why: string;
}

const mostLocks = 500;

/** `facts` are asked for only if there is a lock file that follows. */
export function followingLocks(
  asked: EditAsked,
  edit: ProjectEdit,
  { step, facts }: { readonly step: LockStep; readonly facts: () => NugetFacts | string },
): readonly (WrittenLock | LeftLock)[] {
  const { manifest, textOf, paths } = asked;
  const word = JSON.stringify(step.name).toLowerCase();
  const others = paths()
    .filter((path) => isNugetLock(path) && path !== manifest.path)
    .slice(0, mostLocks)
    .flatMap((path) => {
      const text = textOf(path);
      return text?.toLowerCase().includes(word) === true ? [{ path, text, lock: nugetLockOf(text) }] : [];
    });
  if (others.length === 0) return [];
  const { sharing, projects } = sharers(
    asked,
    edit,
    others.map(({ path }) => path),
  );
  const all = { ...step, projects: new Set([...step.projects, ...projects]) };
  return others.flatMap(({ path, text, lock }): readonly (WrittenLock | LeftLock)[] => {
    const follows = sharing.has(path) || (typeof lock === "object" && namesProject(lock, all));
    if (!follows) return [];
    const known = facts();
    const about = { step: all, isPinned: false, isCentral: isCentral(asked, path) };
    const written = typeof known === "string" ? known : writtenLock(path, text, lock, { ...about, facts: known });
    if (typeof written === "string") return [{ path, why: written }];
    return written.changes.length === 0 ? [] : [written];
  });
}

/** A clause is why not. */
export function writtenLock(
  path: string,
  text: string,
  lock: NugetLock | string,
  about: LockAbout,
): WrittenLock | string {
  if (typeof lock === "string") return lock;
  const raised = raisedLock(lock, about);
  if (typeof raised === "string") return raised;
  const changes = [...raised.sections].flatMap(([section, after]) => sectionChanges(text, section, after));
  const left = (name: string) =>
    lock.sections.flatMap(
      (section) => (raised.sections.get(section) ?? section.entries).get(name.toLowerCase())?.resolved ?? [],
    );
  return { path, changes, gone: raised.gone, left };
}

function namesProject({ sections }: NugetLock, { name, ranges, projects, pin }: LockStep): boolean {
  return sections.some(({ entries }) =>
    [...entries].some(([key, { type, dependencies }]) => {
      if (type !== "Project" || !projects.has(key)) return false;
      const asks = Object.entries(dependencies).find(([one]) => one.toLowerCase() === name.toLowerCase());
      const range = asks && nugetRange(asks[1]);
      return asks ? range !== undefined && ranges.has(normalRange(range)) : pin !== undefined;
    }),
  );
}

/** Whose version stands at a place that changed; only a file that several projects share has such ones. */
function sharers(asked: EditAsked, { places, changes, pin }: ProjectEdit, locks: readonly string[]) {
  const { manifest, raising, alone, paths } = asked;
  const [{ use }] = raising;
  const shared = new Set([...changes.keys()].filter((path) => !isProject(path)));
  const isShared = shared.size > 0 || [...places].some((place) => !isProject(place.replace(/:\d+:\d+$/, "")));
  const sharing = new Set<string>();
  const projects = new Set<string>();
  for (const one of isShared ? alone(locks) : []) {
    const takesPart = one.packages.some(({ name, versionAt }) => {
      if (!versionAt) return false;
      const isSame = name.toLowerCase() === use.name.toLowerCase() && places.has(placeOf(versionAt));
      return isSame || (pin?.isCentral === true && shared.has(versionAt.path));
    });
    if (!takesPart || one.path === manifest.path) continue;
    if (one.isLocked) sharing.add(one.path);
    const own = one.isLocked ? projectsOfLock(one.path, paths()) : [one.path];
    for (const path of own) projects.add(stemOf(path));
    if (one.root) projects.add(one.root.name.toLowerCase());
  }
  // A new reference is one project's alone.
  return { sharing, projects: pin ? new Set<string>() : projects };
}

const pinning = /<CentralPackageTransitivePinningEnabled(?:\s[^>]{0,200})?>\s*true\s*</i;
const sharedNames = ["directory.packages.props", "directory.build.props", "directory.build.targets", "packages.props"];

/** Whether central versions hold for what others bring in as well, as the files above the lock file and its projects say. */
export function isCentral({ textOf, paths }: EditAsked, lock: string): boolean {
  const folder = folderOf(lock);
  const isAbove = (path: string) => folderOf(path) === "" || `${folder}/`.startsWith(`${folderOf(path)}/`);
  const above = paths().filter((path) => sharedNames.includes(fileNameOf(path).toLowerCase()) && isAbove(path));
  return [...above, ...projectsOfLock(lock, paths())].some((path) => pinning.test(textOf(path) ?? ""));
}
