/**
 * Raises a package in a packages.lock.json, in the projects and central versions that decide it, and in the lock files of other
 * projects that follow, so that a restore in locked mode takes them all. A lock file for which NuGet would have to choose
 * something anew is left to it, with the reason.
 */
import type { TextChange } from "../../text-edits.ts";
import { editDeclared, restoreWords } from "../edit-declared.ts";
import { leftToTool } from "../left-to-tool.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import { type Following, followingLocks, isCentral, type LeftLock } from "./following-locks.ts";
import { nugetFactsOf } from "./nuget-facts.ts";
import { nugetLockOf } from "./nuget-lock.ts";
import { normalVersion } from "./nuget-range.ts";
import { otherLocks, widerEdit } from "./other-locks.ts";
import { type ProjectEdit, projectEdit } from "./project-edit.ts";
import type { LockStep } from "./raised-lock.ts";
import { type WrittenLock, writtenLock } from "./written-lock.ts";

type EditedFiles = Extract<Edited, { is: "edited" }>;

export function editNugetLock(asked: EditAsked): Edited {
  const { manifest, raising } = asked;
  const [{ use, to }] = raising;
  const { path } = manifest;
  if (raising.some((one) => one.to !== to))
    return leftToTool(asked, `its versions of ${use.name} go to different ones`);
  const following = followingOf(asked);
  if (!following) return editDeclared(asked);
  const own = ownLock(asked, following);
  const whole = { is: "edited" as const, changes: following.edit.changes, stale: [], said: [] };
  const edited: EditedFiles =
    typeof own === "string"
      ? { ...whole, stale: [path], said: [restoreWords(asked), leftWords(path, own)] }
      : withLocks(whole, [own], asked);
  return withLocks(edited, followingLocks(asked, following), asked);
}

/** A project without a lock file may be named in those of others. */
export function editNugetProject(asked: EditAsked): Edited {
  const edited = editDeclared(asked);
  const following = edited.is === "edited" ? followingOf(asked) : undefined;
  if (edited.is === "refused" || !following || following.others.locks.length === 0) return edited;
  const changes = new Map([...following.edit.changes, ...edited.changes]);
  return withLocks({ ...edited, changes }, followingLocks(asked, following), asked);
}

function followingOf(asked: EditAsked): Following | undefined {
  const first = projectEdit(asked);
  const others = otherLocks(asked);
  const edit = first && widerEdit(asked, first, others);
  const step = edit && stepOf(asked, edit);
  return edit && step && { edit, others, step, facts: factsOf(asked, step) };
}

function stepOf({ raising }: EditAsked, { ranges, projects, pin }: ProjectEdit): LockStep | undefined {
  const [{ use, to: written }] = raising;
  const to = normalVersion(written);
  return to === undefined ? undefined : { name: use.name, to, ranges, projects, ...(pin && { pin }) };
}

/** The old versions are asked for in the same turn: their entries are held against them. */
function factsOf({ known, raising }: EditAsked, { name, to }: LockStep): Following["facts"] {
  let facts: ReturnType<Following["facts"]> | undefined;
  return () => {
    if (facts === undefined) for (const { from } of raising) known.publishedOf("NuGet", name, from);
    facts ??= nugetFactsOf(known, name, to);
    return facts;
  };
}

/** A clause is why not. */
function ownLock(asked: EditAsked, { edit, step, facts }: Following): WrittenLock | string {
  const { manifest, textOf, raising } = asked;
  const { path } = manifest;
  const [{ use }] = raising;
  const known = facts();
  const text = textOf(path);
  if (typeof known === "string") return known;
  if (text === undefined) return "it cannot be read";
  const written = writtenLock(
    { path, text, lock: nugetLockOf(asked.plan, text) },
    {
      ...{ step, facts: known, isCentral: isCentral(asked, path) },
      isAsked: use.relation === "direct" || use.versionAt !== undefined,
      isPinned: edit.pin !== undefined,
    },
  );
  if (typeof written === "string") return written;
  const old = new Set(raising.map(({ from }) => from));
  const left = written.left(step.name).find((version) => old.has(version));
  return left === undefined ? written : `what brings in ${step.name} would still have ${left}`;
}

function withLocks(
  edited: EditedFiles,
  locks: readonly (WrittenLock | LeftLock)[],
  { raising }: EditAsked,
): EditedFiles {
  const [{ use }] = raising;
  const changes = new Map<string, readonly TextChange[]>(edited.changes);
  const [stale, said, beside] = [[...edited.stale], [...edited.said], [...(edited.beside ?? [])]];
  for (const lock of locks) {
    if ("why" in lock) {
      stale.push(lock.path);
      said.push(`${lock.path} follows with ${use.name}: run \`dotnet restore --force-evaluate\` and commit the file.`);
      said.push(leftWords(lock.path, lock.why));
      continue;
    }
    changes.set(lock.path, [...(changes.get(lock.path) ?? []), ...lock.changes]);
    beside.push(...lock.gone);
  }
  return { ...edited, changes, stale, said, beside };
}

function leftWords(path: string, why: string): string {
  return `${path} is left as it is: ${why}.`;
}
