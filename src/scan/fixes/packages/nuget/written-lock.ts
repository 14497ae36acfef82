/** One packages.lock.json as a step leaves it: what is written in its text, and what went. */
import type { TextChange } from "../../text-edits.ts";
import { sectionChanges } from "./lock-changes.ts";
import type { NugetLock } from "./nuget-lock.ts";
import { type LockAbout, raisedLock } from "./raised-lock.ts";

export interface WrittenLock {
  readonly path: string;
  readonly changes: readonly TextChange[];
  /** Names that went. */
  readonly gone: readonly string[];
  /** Versions of a package that it has then. */
  left(name: string): readonly string[];
}

export interface LockText {
  readonly path: string;
  readonly text: string;
  /** A clause is why it is not edited. */
  readonly lock: NugetLock | string;
}

/** A clause is why not. */
export function writtenLock({ path, text, lock }: LockText, about: LockAbout): WrittenLock | string {
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
