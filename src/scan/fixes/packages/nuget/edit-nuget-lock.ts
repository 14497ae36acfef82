/**
 * Raises a package in a packages.lock.json, in the projects and central versions that decide it, and in the lock files of other
 * projects that follow, so that a restore in locked mode takes them all. A lock file for which NuGet would have to choose
 * something anew is left to it, with the reason.
 */
import type { TextChange } from "../../text-edits.ts";
import { editDeclared, restoreWords } from "../edit-declared.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import { followingLocks, isCentral, type LeftLock, type WrittenLock, writtenLock } from "./following-locks.ts";
import { type NugetFacts, nugetFactsOf } from "./nuget-facts.ts";
import { nugetLockOf } from "./nuget-lock.ts";
import { normalVersion } from "./nuget-range.ts";
import { type ProjectEdit, projectEdit } from "./project-edit.ts";
import type { LockStep } from "./raised-lock.ts";

type EditedFiles = Extract<Edited, { is: "edited" }>;

export function editNugetLock(asked: EditAsked): Edited {
  const edit = projectEdit(asked);
  const step = edit && stepOf(asked, edit);
  if (!edit || !step) return editDeclared(asked);
  const facts = factsOf(asked, step);
  const own = ownLock(asked, edit, { step, facts });
  const { path } = asked.manifest;
  const whole = { is: "edited" as const, changes: edit.changes, stale: [], said: [] };
  const edited: EditedFiles =
    typeof own === "string"
      ? { ...whole, stale: [path], said: [restoreWords(asked), leftWords(path, own)] }
      : withLocks(whole, [own], asked);
  return withLocks(edited, followingLocks(asked, edit, { step, facts }), asked);
}

/** A project without a lock file may be named in those of others. */
export function editNugetProject(asked: EditAsked): Edited {
  const edited = editDeclared(asked);
  const edit = edited.is === "edited" ? projectEdit(asked) : undefined;
  const step = edit && stepOf(asked, edit);
  if (edited.is === "refused" || !edit || !step) return edited;
  return withLocks(edited, followingLocks(asked, edit, { step, facts: factsOf(asked, step) }), asked);
}

function stepOf({ raising }: EditAsked, { ranges, projects, pin }: ProjectEdit): LockStep | undefined {
  const [{ use, to: written }] = raising;
  const to = normalVersion(written);
  return to === undefined ? undefined : { name: use.name, to, ranges, projects, ...(pin && { pin }) };
}

/** The old versions are asked for in the same turn: their entries are held against them. */
function factsOf({ known, raising }: EditAsked, { name, to }: LockStep): () => NugetFacts | string {
  let facts: NugetFacts | string | undefined;
  return () => {
    if (facts === undefined) for (const { from } of raising) known.publishedOf("NuGet", name, from);
    facts ??= nugetFactsOf(known, name, to);
    return facts;
  };
}

/** A clause is why not. */
function ownLock(
  asked: EditAsked,
  { pin }: ProjectEdit,
  { step, facts }: { readonly step: LockStep; readonly facts: () => NugetFacts | string },
): WrittenLock | string {
  const { manifest, textOf, raising } = asked;
  const known = facts();
  const text = textOf(manifest.path);
  if (typeof known === "string") return known;
  if (text === undefined) return "it cannot be read";
  const lock = nugetLockOf(text);
  const about = { step, facts: known, isPinned: pin !== undefined, isCentral: isCentral(asked, manifest.path) };
  const written = writtenLock(manifest.path, text, lock, about);
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
