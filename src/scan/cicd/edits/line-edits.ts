/** Edits of single commands: a piece of the line of a hit is written in another way. */
import { placeIn } from "../../formats/azure-pipeline/text-places.ts";
import type { TextChange } from "../../iac/fixes/text-change.ts";
import type { Script } from "../azure/pipeline.ts";
import type { Edit } from "../cicd-rule.ts";

export interface Rewrite {
  /** Global; what it finds is replaced. */
  readonly find: RegExp;
  readonly by: (found: string) => string;
}

export interface Rewriting {
  readonly title: string;
  readonly rewrites: readonly Rewrite[];
}

const mostChanges = 20;

/** `line` as it was looked through, `start` where it begins in the script. */
export function withLine(
  { node }: Script,
  line: string,
  start: number,
  { title, rewrites }: Rewriting,
): Edit | undefined {
  const changes: TextChange[] = [];
  for (const { find, by } of rewrites) {
    for (const match of line.matchAll(find)) {
      const [found] = match;
      const place = placeIn(node, start + match.index, start + match.index + found.length);
      if (place.file.text.slice(place.start, place.end) !== found || changes.length >= mostChanges) return undefined;
      changes.push({ place, text: by(found) });
    }
  }
  return changes.length > 0 ? { title, safe: false, changes } : undefined;
}
