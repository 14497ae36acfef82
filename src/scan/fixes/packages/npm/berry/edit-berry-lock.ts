/** Raises a package in a yarn.lock of Yarn 4 and in the projects that ask for it; what is not known to be right is left to Yarn. */
import type { TextChange } from "../../../text-edits.ts";
import { declaredChanges, declaredFix, projectChanges } from "../../edit-declared.ts";
import { leftToTool } from "../../left-to-tool.ts";
import type { EditAsked, Edited } from "../../package-editor.ts";
import { type RaisedBerry, raisedBerryLock } from "./raised-berry-lock.ts";

type Changes = ReadonlyMap<string, readonly TextChange[]>;

export function editBerryLock(asked: EditAsked): Edited {
  const isDirect = asked.raising.some(({ use }) => use.relation === "direct");
  const inProjects = isDirect ? projectChanges(asked) : new Map();
  const alone = raised(asked, inProjects);
  if (typeof alone === "string" || "text" in alone) return written(asked, inProjects, alone);
  const why = `${alone.refusedBy} asks for another version`;
  const pinned = isDirect ? undefined : declaredChanges(asked, declaredFix(asked));
  const overridden = pinned && raised(asked, pinned);
  return overridden && typeof overridden === "object" && "text" in overridden
    ? written(asked, pinned, overridden)
    : leftToTool(asked, typeof overridden === "string" ? overridden : why);
}

function raised(asked: EditAsked, changes: Changes | undefined) {
  return changes ? raisedBerryLock(asked, changes) : "where the project asks for it is not known";
}

function written(asked: EditAsked, changes: Changes | undefined, lock: RaisedBerry | string): Edited {
  if (typeof lock === "string") return leftToTool(asked, lock);
  const { manifest, textOf } = asked;
  const whole = { start: 0, end: textOf(manifest.path)?.length ?? 0, text: lock.text };
  const beside = [...lock.gone, ...lock.adds.map((one) => one.slice(0, one.lastIndexOf("@")))];
  const all = new Map([...(changes ?? []), [manifest.path, [whole]] as const]);
  return { is: "edited", changes: all, stale: [], said: [], beside, adds: lock.adds };
}
