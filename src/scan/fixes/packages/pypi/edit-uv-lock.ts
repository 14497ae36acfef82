/**
 * Raises a package in a uv.lock (version 1, its revisions 0 to 3 and 5), and in the project where its range does not take it. The
 * text is what uv writes: the files of the old version are reproduced first, and where that fails nothing is written.
 */
import type { TextChange } from "../../text-edits.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import { changeIn, type LockBlock, type LockText, lockText, partIn, valueChange } from "./lock-blocks.ts";
import { asking, goneWithout, type LockGraph } from "./lock-graph.ts";
import { type ProjectRaise, raiseInProjects } from "./project-raise.ts";
import { judgeMarker, type Surroundings } from "./python-marker.ts";
import {
  edgesApart,
  isFromThere,
  notMet,
  notWritten,
  refusedBy,
  type TwoReleases,
  twoReleases,
} from "./raise-locked.ts";
import { fileLines } from "./uv-files.ts";
import { isProject, itemsIn, nameIn, uvGraph } from "./uv-graph.ts";

const revisions: ReadonlySet<string> = new Set(["0", "1", "2", "3", "5"]);

export function editUvLock(asked: EditAsked): Edited {
  const releases = twoReleases(asked);
  const lock = lockText(asked.plan, asked.textOf(asked.manifest.path) ?? "");
  // Whoever asks for it is looked up in the same round.
  const graph = lock && graphOf(lock);
  const refusing =
    lock && graph && typeof releases !== "string" ? othersRefuse(asked, { lock, graph, releases }) : undefined;
  if (typeof releases === "string") return notWritten(asked, releases);
  if (!lock || !graph) return notWritten(asked, "it is laid out in a way that uv does not write");
  const written = refusing ?? uvChanges(asked, { lock, graph, releases });
  return typeof written === "string" ? notWritten(asked, written) : written;
}

const graphs = new WeakMap<LockText, LockGraph>();

function graphOf(lock: LockText): LockGraph {
  const graph = graphs.get(lock) ?? uvGraph(lock);
  graphs.set(lock, graph);
  return graph;
}

interface Uv {
  readonly lock: LockText;
  readonly graph: LockGraph;
  readonly releases: TwoReleases;
}

function othersRefuse({ known }: EditAsked, { lock, graph, releases }: Uv): string | undefined {
  const { key, now } = releases;
  const names = new Set(asking(graph, key).map(({ from }) => from));
  const others = lock.blocks.filter((block) => names.has(block.key) && !isProject(block));
  return refusedBy(others, { known, key, name: releases.name, version: now.version });
}

function uvChanges(asked: EditAsked, uv: Uv): Edited | string {
  const { lock, graph, releases } = uv;
  const { key, name, old } = releases;
  const head = lock.others.find((table) => table.name === "")?.parts ?? [];
  const told = (part: string) => head.find((one) => one.key === part)?.value;
  if (told("version") !== "1" || !revisions.has(told("revision") ?? "0")) return "its lock version is not known here";
  const pythons = /^"([^"]*)"$/.exec(told("requires-python") ?? "")?.[1];
  if (pythons === undefined) return "it does not say for which Pythons it is";
  const blocks = lock.blocks.filter((one) => one.key === key);
  const [block] = blocks;
  if (!block || blocks.length > 1 || block.version !== old.version)
    return `it does not have one ${name} as it was scanned`;
  if (!/^\{ registry = "[^"]*" \}$/.test(partIn(block, "source")?.value ?? "")) return `${name} is not from an index`;
  const settings = settingsTrouble(lock, releases);
  if (settings !== undefined) return settings;
  const raise = raiseInProjects(asked);
  if (typeof raise === "string") return raise;
  const extras = new Set(
    block.tables.find((table) => table.name === "optional-dependencies")?.parts.map((part) => part.key),
  );
  const where = { extras, pythons };
  const trouble = notMet({ releases, locked: lock.blocks, where });
  if (trouble !== undefined) return trouble;
  const files = fileChanges(lock, block, { releases, pythons });
  if (typeof files === "string") return files;
  const needs = needChanges(lock, block, { releases, where });
  if (typeof needs === "string") return needs;
  const projects = projectChanges(lock, raise, releases.key);
  if (typeof projects === "string") return projects;
  const gone = goneWithout(graph, key, needs.needed);
  const without = lock.blocks.filter((one) => gone.has(one.key));
  const version = partIn(block, "version");
  const changes = new Map<string, readonly TextChange[]>(raise.changes);
  changes.set(asked.manifest.path, [
    ...(version ? [valueChange(lock, version, `"${releases.now.version}"`)] : []),
    ...files,
    ...needs.changes,
    ...projects,
    ...without.map(({ start, end }) => ({ start, end, text: "" })),
  ]);
  return { is: "edited", changes, stale: [], said: [], beside: [...gone] };
}

/** Constraints, overrides and dates that decide beside what the projects ask for. */
function settingsTrouble(lock: LockText, { key, name, now }: TwoReleases): string | undefined {
  const manifest = lock.others.find((table) => table.name === "manifest")?.parts ?? [];
  const named = manifest.some(
    (part) => part.key !== "members" && itemsIn(part.value).some((item) => nameIn(item) === key),
  );
  if (named) return `settings of uv decide on ${name} as well`;
  const options = lock.others.find((table) => table.name === "options")?.parts ?? [];
  const newest = options.find((part) => part.key === "exclude-newer")?.value.slice(1, -1);
  const isOlder = (time: string | undefined) =>
    time !== undefined && newest !== undefined && Date.parse(time) < Date.parse(newest);
  if (
    options.some((part) => part.key.startsWith("exclude-newer")) &&
    !now.files.every((file) => isOlder(file.uploadedAt))
  )
    return `${name} ${now.version} is newer than uv may take (\`exclude-newer\`)`;
  return undefined;
}

function fileChanges(
  lock: LockText,
  block: LockBlock,
  { releases: { name, old, now }, pythons }: { readonly releases: TwoReleases; readonly pythons: string },
): readonly TextChange[] | string {
  const sdist = partIn(block, "sdist");
  const wheels = partIn(block, "wheels");
  const written = `${sdist?.value ?? ""}\n${wheels?.value ?? ""}`;
  const facts = {
    hasSize: written.includes(", size = "),
    timeKey: (["upload-time", "upload_time"] as const).find((key) => written.includes(`, ${key} = `)),
  };
  const before = fileLines(old.files, pythons, facts);
  const isAsTold =
    before !== undefined &&
    before.sdist === sdist?.value &&
    wheelsText(before.wheels) === (wheels?.value ?? "") &&
    isFromThere(written.match(/sha256:[0-9a-f]{64}/g) ?? [], old);
  if (!isAsTold) return `the files of ${name} ${old.version} in it are not those that the index has`;
  const after = fileLines(now.files, pythons, facts);
  if (!after || (after.sdist === undefined && after.wheels.length === 0))
    return `what it says of files is not known of ${name} ${now.version}`;
  const start = sdist?.start ?? wheels?.start ?? block.start;
  const end = wheels?.end ?? sdist?.end ?? block.start;
  const list = wheelsText(after.wheels);
  const text = `${after.sdist === undefined ? "" : `sdist = ${after.sdist}\n`}${list === "" ? "" : `wheels = ${list}\n`}`;
  return [changeIn(lock, start, end, text)];
}

function wheelsText(lines: readonly string[]): string {
  return lines.length === 0 ? "" : `[\n${lines.map((line) => `    ${line},\n`).join("")}]`;
}

/** What it depends on: lines of names, without ranges. */
function needChanges(
  lock: LockText,
  block: LockBlock,
  { releases, where }: { readonly releases: TwoReleases; readonly where: Surroundings },
): { readonly changes: readonly TextChange[]; readonly needed: readonly string[] } | string {
  const { name, now } = releases;
  const part = partIn(block, "dependencies");
  const lines = itemsIn(part?.value ?? "");
  const optional = block.tables.find((table) => table.name === "optional-dependencies")?.parts ?? [];
  const needed = new Set([...lines, ...optional.flatMap(({ value }) => itemsIn(value))].map(nameIn));
  const { lost, added } = edgesApart(releases, where);
  if (lost.length === 0 && added.length === 0) return { changes: [], needed: [...needed] };
  const kept = [...lines];
  for (const need of lost) {
    const at = kept.findIndex((line) => nameIn(line) === need.key);
    const isOnly = kept.filter((line) => nameIn(line) === need.key).length === 1;
    if (!isOnly || isForExtra(need)) return `${name} ${now.version} needs ${need.name} under other conditions`;
    kept.splice(at, 1);
    needed.delete(need.key);
  }
  for (const need of added) {
    const isAlways = !need.marker || judgeMarker(need.marker, where) === true;
    const target = lock.blocks.filter(({ key }) => key === need.key);
    const isNew = !kept.some((line) => nameIn(line) === need.key);
    if (!isAlways || !isNew || need.extras.length > 0 || target.length !== 1 || isForExtra(need))
      return `how uv writes that ${name} ${now.version} needs ${need.name} is not known for certain`;
    const line = `{ name = "${target[0]?.name}" }`;
    const at = kept.findIndex((one) => nameIn(one) > need.key);
    kept.splice(at < 0 ? kept.length : at, 0, line);
    needed.add(need.key);
  }
  const text = kept.length === 0 ? "" : `dependencies = ${wheelsText(kept)}\n`;
  const at = part ?? placeBefore(block);
  return { changes: [changeIn(lock, at.start, part ? at.end : at.start, text)], needed: [...needed] };
}

function isForExtra({ marker }: { readonly marker: unknown }): boolean {
  return JSON.stringify(marker ?? null).includes('"extra"');
}

function placeBefore(block: LockBlock) {
  return partIn(block, "sdist") ?? partIn(block, "wheels") ?? block;
}

/** What uv.lock repeats of the projects' own words. */
function projectChanges(lock: LockText, { specifiers }: ProjectRaise, key: string): readonly TextChange[] | string {
  if (specifiers.size === 0) return [];
  const changes: TextChange[] = [];
  const left = new Set(specifiers.keys());
  for (const part of lock.blocks.filter(isProject).flatMap(metadataParts)) {
    let value = part.value;
    for (const item of itemsIn(part.value)) {
      const [whole, written = ""] = /specifier = "([^"]*)"/.exec(item) ?? [];
      const after = specifiers.get(written);
      if (nameIn(item) !== key || whole === undefined || after === undefined) continue;
      left.delete(written);
      value = value.replace(item, () => item.replace(whole, () => `specifier = "${after}"`));
    }
    if (value !== part.value) changes.push(valueChange(lock, part, value));
  }
  return left.size === 0 ? changes : "what it repeats of the project is not what the project asks for";
}

function metadataParts({ tables }: LockBlock) {
  return tables.filter(({ name }) => name.startsWith("metadata")).flatMap(({ parts }) => parts);
}
