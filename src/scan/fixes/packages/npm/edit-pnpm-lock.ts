/**
 * Raises a package in a pnpm-lock.yaml, and in the projects and settings that decide it: what the project asks for where it
 * asks, and an override where others do not take the version. What cannot be written soundly is left to pnpm, with the reason.
 */
import type { TextChange } from "../../text-edits.ts";
import { editDeclared, restoreWords } from "../edit-declared.ts";
import { type EditAsked, type Edited, refused } from "../package-editor.ts";
import { overridePlace } from "./pnpm/override-place.ts";
import { type RaisedLock, raisedPnpmLock } from "./pnpm/raised-pnpm-lock.ts";

type Changes = ReadonlyMap<string, readonly TextChange[]>;

export function editPnpmLock(asked: EditAsked): Edited {
  const { manifest, raising } = asked;
  const isDecided = raising.some(({ use }) => use.relation === "direct" || use.versionAt);
  if (isDecided) {
    const edited = editDeclared(asked);
    return edited.is === "edited" && edited.stale.includes(manifest.path) ? locked(asked, edited) : edited;
  }
  const alone = raisedPnpmLock(asked, new Map());
  return typeof alone === "object" && "text" in alone ? written(asked, new Map(), alone) : overridden(asked, alone);
}

type EditedFiles = Extract<Edited, { is: "edited" }>;

/** With the lock file as it follows from the edits; stale where that is not known. */
function locked(asked: EditAsked, edited: EditedFiles): Edited {
  const lock = raisedPnpmLock(asked, edited.changes);
  if (typeof lock === "object" && "text" in lock) return written(asked, edited.changes, lock);
  const why = typeof lock === "string" ? lock : `${lock.refusedBy} asks for another version`;
  return { ...edited, said: [...edited.said, reason(asked, why)] };
}

function written({ manifest, textOf, raising }: EditAsked, changes: Changes, lock: RaisedLock): Edited {
  const [{ use, to }] = raising;
  const whole = { start: 0, end: textOf(manifest.path)?.length ?? 0, text: lock.text };
  const script = `${use.name} ${to} runs a script when it is installed; the old one did not.`;
  const beside = [...lock.gone, ...lock.adds.map((one) => one.slice(0, one.lastIndexOf("@")))];
  return {
    ...{ is: "edited", changes: new Map([...changes, [manifest.path, [whole]]]), stale: [], beside },
    said: lock.runsScript ? [script] : [],
    adds: lock.adds,
  };
}

function reason({ manifest }: EditAsked, why: string): string {
  return `${manifest.path} is left as it is: ${why}.`;
}

function overridden(asked: EditAsked, because: string | { readonly refusedBy: string }): Edited {
  const [{ use, to }, ...others] = asked.raising;
  const why = `${use.name} is left as it is in ${asked.manifest.path}`;
  if (others.some((one) => one.to !== to))
    return refused(`${why}: its versions differ, so one override would not be right for all.`);
  const place = overridePlace(asked, use.name, to);
  if (!place)
    return refused(
      `${why}: no place for an override was found. Add it to \`overrides\` of pnpm's settings, then run \`pnpm install\`.`,
    );
  const changes = new Map([place]);
  const edited = { is: "edited", changes, stale: [asked.manifest.path], said: [restoreWords(asked)] } as const;
  return typeof because === "string"
    ? { ...edited, said: [...edited.said, reason(asked, because)] }
    : locked(asked, edited);
}
