/**
 * Raises a package in a composer.lock, and in the composer.json that asks for less, so that `composer install` takes both without
 * a warning. Where another package would have to move, or the entry cannot be written, the lock file is left to Composer.
 */
import { folderOf } from "../../../packages/paths.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { type JsonSlice, jsonValue, slicesOf } from "../../../packages/reading/json-slices.ts";
import { isPrerelease, satisfies } from "../../../packages/versions.ts";
import { oncePerText } from "../../once-per-text.ts";
import { changedText, type TextChange } from "../../text-edits.ts";
import { projectChanges } from "../edit-declared.ts";
import { replaced, valueIn } from "../json-members.ts";
import { leftToTool } from "../left-to-tool.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import type { Raising } from "../raising.ts";
import { contentHash } from "./content-hash.ts";
import { lockEntry } from "./lock-entry.ts";
import { prettyPhp } from "./php-json.ts";
import { type ComposerWorld, type LockedPackage, troubleRaising } from "./raised-lock.ts";

export function editComposerLock(asked: EditAsked): Edited {
  const { manifest, textOf, raising } = asked;
  const [one, other] = raising;
  const text = textOf(manifest.path);
  const folder = folderOf(manifest.path);
  const projectPath = folder === "" ? "composer.json" : `${folder}/composer.json`;
  const own = textOf(projectPath);
  const project = own === undefined ? undefined : objectOf(jsonValue(own));
  if (text === undefined || own === undefined || !project) return leftToTool(asked, `${projectPath} is not there`);
  if (other) return leftToTool(asked, `it has several ${one.use.name}`);
  const lock = { text, project };
  const inLock = entryChange(asked, one, lock);
  if (typeof inLock === "string") return leftToTool(asked, inLock);
  const inProject = requestChanges(asked, one, { ...lock, path: projectPath, own });
  if (typeof inProject === "string") return leftToTool(asked, inProject);
  const changes = new Map([...inProject.changes, [manifest.path, [inLock, ...inProject.inLock]] as const]);
  return { is: "edited", changes, stale: [], said: [] };
}

interface Lock {
  readonly text: string;
  readonly project: JsonObject;
}

interface Placed extends LockedPackage {
  readonly slice: JsonSlice;
}

const mostPackages = 20_000;

interface WholeLock {
  readonly members: readonly JsonSlice[];
  readonly packages: readonly Placed[];
}

const lockIn = oncePerText((text): WholeLock => {
  const members = slicesOf(text, 0).slices;
  return { members, packages: placedIn(text, members) };
});

function placedIn(text: string, members: readonly JsonSlice[]): readonly Placed[] {
  return ["packages", "packages-dev"].flatMap((key) => {
    const list = members.findLast((slice) => slice.key === key);
    const slices = list ? slicesOf(text, list.start, list.end).slices.slice(0, mostPackages) : [];
    return slices.flatMap((slice) => {
      const entry = objectOf(valueIn(text, slice));
      const name = typeof entry?.name === "string" ? entry.name.toLowerCase() : undefined;
      return entry && name !== undefined ? [{ name, entry, slice, isDevelopment: key === "packages-dev" }] : [];
    });
  });
}

/** A clause is why not. */
function entryChange({ plan, known }: EditAsked, { use, to }: Raising, { text, project }: Lock): TextChange | string {
  const { members, packages } = lockIn(plan, text);
  const [old, twin] = packages.filter(({ name }) => name === use.name.toLowerCase());
  if (!old || twin) return "the lock file does not have it once";
  const written = (version: string) => known.publishedOf("Packagist", use.name, version);
  const [before, after] = [written(String(old.entry.version)), written(to)];
  if (!before?.entry || !after?.entry || before.place !== after.place)
    return `a lock file repeats what the repository says of ${use.name} ${to}, and that is not known here`;
  const notification = old.entry["notification-url"];
  const was = lockEntry(before.entry, notification);
  const next = lockEntry(after.entry, notification);
  if (!was || entryText(text, was) !== text.slice(old.slice.start, old.slice.end))
    return `what the lock file has for ${use.name} is not what its repository says`;
  if (!next || next.name !== old.entry.name || isPrerelease("Packagist", String(next.version)))
    return `what the repository says of ${use.name} ${to} is not written here`;
  const platform = objectOf(memberOf(text, members, "platform-overrides")) ?? {};
  const world: ComposerWorld = { packages, project, platform };
  return troubleRaising(world, old, next) ?? replaced(old.slice, entryText(text, next));
}

function memberOf(text: string, members: readonly JsonSlice[], key: string): unknown {
  const slice = members.findLast((one) => one.key === key);
  return slice && valueIn(text, slice);
}

/** Two levels in, with the line ends of the file. */
function entryText(text: string, entry: JsonObject): string {
  const end = text.includes("\r\n") ? "\r\n" : "\n";
  return prettyPhp(entry).replaceAll("\n", `${end}        `);
}

interface ProjectAbout extends Lock {
  readonly path: string;
  readonly own: string;
}

interface ProjectChange {
  readonly changes: ReadonlyMap<string, readonly TextChange[]>;
  readonly inLock: readonly TextChange[];
}

/** The project's file where that asks for less, and the hash by which the lock file knows it. A clause is why not. */
function requestChanges(asked: EditAsked, { use, to }: Raising, about: ProjectAbout): ProjectChange | string {
  const { project, path, own, text } = about;
  const requests = ["require", "require-dev"].flatMap((key) => {
    const links = Object.entries(objectOf(project[key]) ?? {});
    return links.flatMap(([name, range]) => (name.toLowerCase() === use.name.toLowerCase() ? [String(range)] : []));
  });
  if (requests.every((range) => satisfies("Packagist", to, range) === true)) return { changes: new Map(), inLock: [] };
  const hash = lockIn(asked.plan, text).members.findLast(({ key }) => key === "content-hash");
  if (!hash || valueIn(text, hash) !== contentHash(own))
    return `${path} is not the one that the lock file was written for, or is hashed in a way that is not known here`;
  const changes = projectChanges(asked);
  const after = changes && changedText(own, changes.get(path) ?? []);
  const next = after === undefined ? undefined : contentHash(after);
  if (changes?.size !== 1 || next === undefined) return `what ${path} asks for is not raised here`;
  return { changes, inLock: [replaced(hash, JSON.stringify(next))] };
}
