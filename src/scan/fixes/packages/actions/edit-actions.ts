/** Raises an action: its tag, or the commit that stands for it together with the release that is named behind it. */
import { changesOf, type TextChange } from "../../text-edits.ts";
import { type EditAsked, type Edited, refused } from "../package-editor.ts";
import type { Raising } from "../raising.ts";

export function editActions(asked: EditAsked): Edited {
  const changes: TextChange[] = [];
  const { path } = asked.manifest;
  const text = asked.textOf(path);
  for (const one of asked.raising) {
    const own = text === undefined ? `${path} cannot be edited` : changesFor(asked, text, one);
    if (typeof own === "string") return refused(`${one.use.name} is left as it is in ${path}: ${own}.`);
    changes.push(...own);
  }
  return { is: "edited", changes: new Map([[path, changes]]), stale: [], said: [] };
}

function changesFor({ known }: EditAsked, text: string, { use, from, to }: Raising): readonly TextChange[] | string {
  const [place] = use.versionAt ? (changesOf(text, [{ at: use.versionAt, text: "" }]) ?? []) : [];
  if (!place) return "its version stands in no place that can be edited";
  const tag = /^v/i.test(from) && !/^v/i.test(to) ? `v${to}` : to;
  // A tag of fewer numbers moves: it says the line, and so does the new one.
  if (use.integrity === undefined) return [{ ...place, text: tag }];
  const repository = use.name.split("/").slice(0, 2).join("/");
  const commit = known.commitOf?.(repository, tag);
  if (commit === undefined || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(commit))
    return `it is pinned to a commit, and the one behind ${tag} is not known here; look it up where the action is published`;
  const lineEnd = text.indexOf("\n", place.end);
  const named = text.slice(place.end, lineEnd < 0 ? text.length : lineEnd).indexOf(from);
  if (named < 0) return "the release behind the commit is not named on its line";
  const at = place.end + named;
  return [
    { ...place, text: commit },
    { start: at, end: at + from.length, text: tag },
  ];
}
