/** Edits of nodes of an Azure pipeline: a key gets another value, a mapping gets members, a variable goes. */
import { entryOf, type MapNode, type PipelineNode, valueAt } from "../../formats/azure-pipeline/source-node.ts";
import type { Place } from "../../formats/text-file.ts";
import type { TextChange } from "../../iac/fixes/text-change.ts";
import type { Edit } from "../cicd-rule.ts";
import { type Members, withMembers, withoutPart, withValue } from "./mapping-edits.ts";

type Words = Pick<Edit, "title" | "safe">;

export function setKey(node: PipelineNode, key: string, text: string, words: Words): Edit | undefined {
  const entry = entryOf(node, key);
  return edit(words, entry && withValue(entry.key.at, entry.value.at, text));
}

/** A mapping that a loop fills stands for many. */
export function isMade({ at: { file, start, end } }: MapNode): boolean {
  return /\$\{\{\s*(?:each|insert)\b/.test(file.text.slice(start, end));
}

/** None of them may be there. */
export function addKeys(node: PipelineNode, members: Members, words: Words): Edit | undefined {
  const isThere = Object.keys(members).some((key) => valueAt(node, key) !== undefined);
  return node.is === "map" && !isThere && !isMade(node) ? edit(words, withMembers(node.at, members)) : undefined;
}

/** A variable or an entry of an environment, by its value. */
export function removeSetting(
  holder: MapNode,
  key: "variables" | "env",
  value: PipelineNode,
  words: Words,
): Edit | undefined {
  const entry = entryOf(holder, key);
  const own = entry && ownPlace(entry.value, value);
  if (!entry || !own) return undefined;
  const all = between(entry.key.at, entry.value.at);
  return edit(words, all && withoutPart({ own, within: entry.value.at, holder: all }));
}

function ownPlace(settings: PipelineNode, value: PipelineNode): Place | undefined {
  if (settings.is === "list") return settings.items.find((item) => valueAt(item, "value") === value)?.at;
  const entry = settings.is === "map" ? settings.entries.find((one) => one.value === value) : undefined;
  return entry && between(entry.key.at, entry.value.at);
}

function between(key: Place, value: Place): Place | undefined {
  return key.file.path === value.file.path && value.end > key.end ? { ...key, end: value.end } : undefined;
}

function edit(words: Words, change: TextChange | undefined): Edit | undefined {
  return change && { ...words, changes: [change] };
}
