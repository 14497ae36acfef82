/**
 * Raises a line of a requirements file. Where hashes stand behind it, pip takes nothing without them: they are replaced if those of
 * the new version are known, and what it needs is in the file too.
 */
import { packageKey } from "#model/package-key.ts";
import { commandFor } from "../../../vulnerabilities/fixes/lock-commands.ts";
import { raisedText } from "../../../vulnerabilities/fixes/raised-text.ts";
import { changesOf, type TextChange } from "../../text-edits.ts";
import { editDeclared } from "../edit-declared.ts";
import { type EditAsked, type Edited, refused } from "../package-editor.ts";
import type { Raising } from "../raising.ts";
import { isFromThere, notMet, twoReleases } from "./raise-locked.ts";

const hash = /--hash[= ][^\s\\]+/g;

export function editRequirements(asked: EditAsked): Edited {
  const hashed = asked.raising.filter(({ use }) => entryText(asked, use.at)?.text.includes("--hash"));
  if (hashed.length === 0) return editDeclared(asked);
  const changes = new Map<string, readonly TextChange[]>();
  for (const one of asked.raising) {
    const trouble = notMetIn(asked, one);
    const own = trouble === undefined ? hashedChanges(asked, one) : undefined;
    if (!own) return refused(withoutHashes(asked, one, trouble ?? `those of ${one.to} are not known here`));
    changes.set(one.use.at.path, [...(changes.get(one.use.at.path) ?? []), ...own]);
  }
  return { is: "edited", changes, stale: [], said: [] };
}

/** Everything that has to be installed stands in such a file. */
function notMetIn(asked: EditAsked, raising: Raising): string | undefined {
  const { manifest, textOf } = asked;
  const releases = twoReleases({ ...asked, raising: [raising] });
  if (typeof releases === "string") return releases;
  const { old } = releases;
  if (!isFromThere(entryText(asked, raising.use.at)?.text.match(/sha256:[0-9a-f]{64}/g) ?? [], old))
    return `those of ${old.version} are not those that the index has`;
  const locked = manifest.packages.map(({ name, version }) => ({ key: packageKey("PyPI", name), version }));
  const head = (textOf(manifest.path) ?? "").slice(0, 2000);
  const python = /with Python (3\.\d+)|--python-version[ =](3\.\d+)/.exec(head);
  const pythons = python ? `>=${python[1] ?? python[2]}` : undefined;
  return notMet({ releases, locked, where: { extras: new Set(), pythons } });
}

function entryText({ textOf }: EditAsked, at: Raising["use"]["at"]) {
  const text = textOf(at.path);
  const [whole] = text === undefined ? [] : (changesOf(text, [{ at, text: "" }]) ?? []);
  return text !== undefined && whole ? { text: text.slice(whole.start, whole.end), start: whole.start } : undefined;
}

function hashedChanges(asked: EditAsked, { use, from, to }: Raising): readonly TextChange[] | undefined {
  const entry = entryText(asked, use.at);
  const files = asked.known.publishedOf("PyPI", use.name, to)?.files ?? [];
  const version = raisedText(use, from, to)?.text;
  const file = asked.textOf(use.at.path) ?? "";
  const edits =
    use.versionAt && version !== undefined ? changesOf(file, [{ at: use.versionAt, text: version }]) : undefined;
  const found = [...(entry?.text.matchAll(hash) ?? [])];
  const [first] = found;
  const last = found.at(-1);
  if (!entry || !edits || !first || !last || files.length === 0) return undefined;
  if (!files.every((one) => /^sha(?:256|384|512):[0-9a-f]{64,128}$/.test(one.hash))) return undefined;
  // As the hashes stood: each on a line of its own, or one behind the other.
  const between = / *\\\r?\n[ \t]*$/.exec(entry.text.slice(0, first.index))?.[0] ?? " ";
  const words = files.map((one) => `--hash=${one.hash}`).sort();
  const hashes = { start: entry.start + first.index, end: entry.start + last.index + last[0].length };
  return [...edits, { ...hashes, text: words.join(between) }];
}

function withoutHashes({ manifest }: EditAsked, { use, to }: Raising, why: string): string {
  const command = commandFor("pip-compile --upgrade-package NAME==VERSION", use.name, to);
  const how = command === undefined ? "" : `, for example with \`${command}\``;
  return `${use.name} is left as it is in ${manifest.path}: the file names hashes, and ${why}. Let the tool that wrote the file write it again${how}.`;
}
