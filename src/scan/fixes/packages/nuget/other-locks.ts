/**
 * The other lock files of the repository that have the package, and what an edit of projects means for them: which share a
 * version that changed, and which name a project that did.
 */
import type { Manifest } from "#model/package-manifest.ts";
import { isProject } from "../../../packages/readers/nuget/project-files.ts";
import type { EditAsked } from "../package-editor.ts";
import { type NugetLock, nugetLockOf } from "./nuget-lock.ts";
import { normalRange, nugetRange } from "./nuget-range.ts";
import { directEdit, isNugetLock, joined, type ProjectEdit, placeOf, projectsOfLock, stemOf } from "./project-edit.ts";
import { isAbove } from "./section-graph.ts";
import type { LockText } from "./written-lock.ts";

export interface OtherLocks {
  /** Only those that have the package. */
  readonly locks: readonly LockText[];
  /** What their projects, and all that share files with them, say. */
  readonly manifests: readonly Manifest[];
}

const most = { locks: 500, projects: 100 };

export function otherLocks({ plan, manifest, raising, textOf, paths, alone }: EditAsked): OtherLocks {
  const [{ use }] = raising;
  const word = JSON.stringify(use.name).toLowerCase();
  const locks = paths()
    .filter((path) => isNugetLock(path) && path !== manifest.path)
    .slice(0, most.locks)
    .flatMap((path) => {
      const text = textOf(path);
      return text?.toLowerCase().includes(word) === true ? [{ path, text, lock: nugetLockOf(plan, text) }] : [];
    });
  return { locks, manifests: locks.length === 0 ? [] : alone(locks.map(({ path }) => path)) };
}

/** Lock files whose projects have their version at a place that changed. */
export function sharingLocks({ manifests }: OtherLocks, asked: EditAsked, edit: ProjectEdit): ReadonlySet<string> {
  return new Set(sharers(manifests, asked, edit).flatMap(({ isLocked, path }) => (isLocked ? [path] : [])));
}

function sharers(manifests: readonly Manifest[], { manifest, raising }: EditAsked, edit: ProjectEdit) {
  const { changes, places, pin } = edit;
  const [{ use }] = raising;
  const shared = new Set(pin?.isCentral === true ? [...changes.keys()].filter((path) => !isProject(path)) : []);
  return manifests.filter(
    ({ path, packages }) =>
      path !== manifest.path &&
      packages.some(({ name, versionAt }) => {
        if (!versionAt) return false;
        const isSame = name.toLowerCase() === use.name.toLowerCase() && places.has(placeOf(versionAt));
        return isSame || shared.has(versionAt.path);
      }),
  );
}

export function namesProject({ sections }: NugetLock, name: string, { ranges, projects, pin }: ProjectEdit): boolean {
  return sections.some(({ entries }) =>
    [...entries].some(([key, { type, dependencies }]) => {
      if (type !== "Project" || !projects.has(key)) return false;
      const asks = Object.entries(dependencies).find(([one]) => one.toLowerCase() === name.toLowerCase());
      const range = asks && nugetRange(asks[1]);
      return asks ? range !== undefined && ranges.has(normalRange(range)) : pin?.projects.has(key) === true;
    }),
  );
}

/**
 * With all that must go up along: a project that asks for a lower version than one that it refers to does not restore. So its
 * own reference goes up too, and those who refer to it follow.
 */
export function widerEdit(asked: EditAsked, edit: ProjectEdit, others: OtherLocks): ProjectEdit {
  const [{ use, to }] = asked.raising;
  const seen = new Set<string>();
  let whole = edit;
  for (let round = 0; round < most.projects; round++) {
    const named = edit.pin ? [] : sharers(others.manifests, asked, whole);
    whole = {
      ...whole,
      projects: new Set([...whole.projects, ...named.flatMap((one) => [...namesOfAll(one, asked)])]),
    };
    const next = others.locks.find(
      ({ path, lock }) =>
        typeof lock === "object" &&
        !seen.has(path) &&
        namesProject(lock, use.name, whole) &&
        lock.sections.some(({ entries }) => {
          const { type, resolved } = entries.get(use.name.toLowerCase()) ?? {};
          return type === "Direct" && resolved !== undefined && isAbove(to, resolved);
        }),
    );
    if (!next) break;
    seen.add(next.path);
    whole = joined([whole, ownEdit(asked, next.path)]) ?? whole;
  }
  return whole;
}

function namesOfAll({ path, isLocked, root }: Manifest, { paths }: EditAsked): readonly string[] {
  const stems = isLocked ? projectsOfLock(path, paths()).map(stemOf) : [stemOf(path)];
  return root ? [...stems, root.name.toLowerCase()] : stems;
}

/** Of the projects behind another lock file. */
function ownEdit(asked: EditAsked, lock: string): ProjectEdit | undefined {
  const { alone, paths, raising } = asked;
  const [{ use, to }] = raising;
  const own = new Set(projectsOfLock(lock, paths()));
  const projects = alone([...own], [lock]).filter(({ path, isLocked }) => !isLocked && own.has(path));
  const edits = projects.map((project) => {
    const uses = project.packages.flatMap((one) => {
      const isOlder = one.version !== undefined && isAbove(to, one.version);
      return isOlder && one.name.toLowerCase() === use.name.toLowerCase() ? [{ use: one, from: one.version, to }] : [];
    });
    const [first, ...rest] = uses;
    return first && directEdit({ ...asked, manifest: project, raising: [first, ...rest] }, [project]);
  });
  return joined(edits);
}
