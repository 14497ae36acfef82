/** Writes changed entries into a package-lock.json: in the list of folders and in the older tree of modules in modules. */
import type { TextChange } from "../../text-edits.ts";
import { withoutMembers } from "../json-members.ts";
import { addedMembers, entryChanges } from "./lock-members.ts";
import type { LockTree } from "./lock-tree.ts";
import { olderChanges } from "./older-part.ts";
import type { RaisedTree } from "./raised-tree.ts";

/** Version 1 has the older tree only, version 3 the list only, version 2 both. A clause is why not. */
export function lockChanges(text: string, { slices }: LockTree, raised: RaisedTree): readonly TextChange[] | string {
  const inOlder = olderChanges(text, raised);
  if (!slices || typeof inOlder === "string") return inOlder;
  const { entries, added, gone } = raised;
  return [
    ...[...entries].flatMap(([{ slice, value, path }, entry]) =>
      slice && !gone.has(path) ? entryChanges(text, slice, value, entry) : [],
    ),
    ...addedMembers(text, { slices, gone, added: added.map(({ path, value }) => [path, value] as const) }),
    ...withoutMembers(slices, ({ key }) => gone.has(key)),
    ...inOlder,
  ];
}
