/**
 * Other lock files of the repository that follow when a project goes up: those of projects with the same versions, and those
 * that name the project among theirs. Each is written, or named with the reason why not.
 */
import { fileNameOf, folderOf } from "../../../packages/paths.ts";
import type { EditAsked } from "../package-editor.ts";
import type { NugetFacts } from "./nuget-facts.ts";
import { namesProject, type OtherLocks, sharingLocks } from "./other-locks.ts";
import { type ProjectEdit, projectsOfLock } from "./project-edit.ts";
import type { LockStep } from "./raised-lock.ts";
import { type WrittenLock, writtenLock } from "./written-lock.ts";

export interface LeftLock {
  readonly path: string;
  /** A clause. */
  readonly why: string;
}

export interface Following {
  readonly edit: ProjectEdit;
  readonly others: OtherLocks;
  readonly step: LockStep;
  /** Asked for only if there is a lock file that follows. */
  readonly facts: () => NugetFacts | string;
}

export function followingLocks(
  asked: EditAsked,
  { edit, others, step, facts }: Following,
): readonly (WrittenLock | LeftLock)[] {
  const sharing = sharingLocks(others, asked, edit);
  return others.locks.flatMap((one): readonly (WrittenLock | LeftLock)[] => {
    const { path, lock } = one;
    const isAsked = sharing.has(path);
    if (!isAsked && (typeof lock === "string" || !namesProject(lock, step.name, edit))) return [];
    const known = facts();
    const about = { step, isAsked, isPinned: false, isCentral: isCentral(asked, path) };
    const written = typeof known === "string" ? known : writtenLock(one, { ...about, facts: known });
    if (typeof written === "string") return [{ path, why: written }];
    return written.changes.length === 0 ? [] : [written];
  });
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
