/**
 * Raises a package in a pdm.lock (lock version 4.5.0), and in the project where its range does not take it. The text is what PDM
 * writes: what it wrote of the old version is reproduced first, and where that fails nothing is written.
 */
import { packageKey } from "#model/package-key.ts";
import type { TextChange } from "../../text-edits.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import { changeIn, type LockBlock, type LockText, lockText, partIn, quoted, valueChange } from "./lock-blocks.ts";
import { asking, type LockEdge, type LockGraph } from "./lock-graph.ts";
import { goneIn } from "./lock-placement.ts";
import { pdmHash } from "./pdm-content-hash.ts";
import { hashedProject, type ProjectRaise, projectBeside, raiseInProjects } from "./project-raise.ts";
import { along, tomlIn } from "./python-json.ts";
import { extrasIn, markerText } from "./python-marker.ts";
import { type Need, needOf } from "./python-needs.ts";
import { notMet, notWritten, type Release, type TwoReleases, takes, twoReleases } from "./raise-locked.ts";
import { mayBeUsed } from "./uv-files.ts";

export function editPdmLock(asked: EditAsked): Edited {
  const releases = twoReleases(asked);
  const lock = lockText(asked.plan, asked.textOf(asked.manifest.path) ?? "");
  if (typeof releases === "string") return notWritten(asked, releases);
  const written = lock ? pdmChanges(asked, lock, releases) : "it is laid out in a way that PDM does not write";
  return typeof written === "string" ? notWritten(asked, written) : written;
}

function pdmChanges(asked: EditAsked, lock: LockText, releases: TwoReleases): Edited | string {
  const { key, name, old, now } = releases;
  const metadata = lock.others.find((table) => table.name === "metadata")?.parts ?? [];
  const told = (part: string) => metadata.find((one) => one.key === part)?.value;
  if (told("lock_version") !== '"4.5.0"') return "its lock version is not known here";
  if (told("strategy") !== '["inherit_metadata"]') return "its strategy is another one than PDM has by itself";
  const targets = lock.others.filter((table) => table.name === "metadata.targets");
  const pythons = /^"([^"]*)"$/.exec(targets[0]?.parts[0]?.value ?? "")?.[1];
  if (targets.length !== 1 || targets[0]?.parts.length !== 1 || pythons === undefined)
    return "it is for chosen platforms";
  const blocks = lock.blocks.filter((one) => one.key === key);
  const [block] = blocks;
  if (!block || blocks.length > 1 || block.version !== old.version)
    return `it does not have one ${name} as it was scanned`;
  if (isOverridden(asked, key)) return `settings of PDM decide on ${name} as well`;
  const raise = raiseInProjects(asked);
  if (typeof raise === "string") return raise;
  const graph = pdmGraph(asked, lock);
  const refusing = asking(graph, key).find(({ range }) => range === undefined || !takes(now.version, range));
  if (refusing) return `${refusing.from} asks for ${name} ${refusing.range ?? "in a way that is not understood"}`;
  const where = { extras: new Set<string>(), pythons };
  const trouble = notMet({ releases, locked: lock.blocks, where });
  if (trouble !== undefined) return trouble;
  const gone = goneIn({ lock, block, releases, graph, where });
  if (typeof gone === "string") return gone;
  const entry = entryChanges(lock, block, { releases, pythons });
  if (typeof entry === "string") return entry;
  const hashed = hashChange(asked, raise, lock);
  if (typeof hashed === "string") return hashed;
  const without = lock.blocks.filter((one) => gone.has(one.key));
  const changes = new Map<string, readonly TextChange[]>(raise.changes);
  const goes = without.map(({ start, end }) => ({ start, end, text: "" }));
  changes.set(asked.manifest.path, [...entry, ...hashed, ...goes]);
  return { is: "edited", changes, stale: [], said: [], beside: [...gone] };
}

/** Whatever else asks for it, the next resolution takes the version of the settings again. */
function isOverridden(asked: EditAsked, key: string): boolean {
  const project = tomlIn(asked.textOf(projectBeside(asked)) ?? "");
  const overrides = along(project, "tool", "pdm", "resolution", "overrides");
  return overrides?.is === "block" && overrides.keys().some((name) => packageKey("PyPI", name) === key);
}

function pdmGraph({ manifest }: EditAsked, { blocks }: LockText): LockGraph {
  const edges = new Map<string, LockEdge[]>();
  for (const block of blocks) {
    const own = edges.get(block.key) ?? [];
    edges.set(block.key, own);
    for (const line of partIn(block, "dependencies")?.value.match(/"(?:[^"\\]|\\.)*"/g) ?? []) {
      const need = needOf(line.slice(1, -1).replaceAll('\\"', '"'));
      if (!need) continue;
      const { key, extras, specifier, marker } = need;
      own.push({ to: key, extras, range: specifier, isConditional: marker !== undefined });
    }
  }
  const direct = manifest.packages.filter(({ relation }) => relation === "direct");
  return { edges, roots: new Set(direct.map(({ name }) => packageKey("PyPI", name))) };
}

interface Entry {
  readonly releases: TwoReleases;
  readonly pythons: string;
}

/** PDM leaves out wheels for other Pythons, older ones do not: as it was done for the old version. */
function entryChanges(
  lock: LockText,
  block: LockBlock,
  { releases: { old, now }, pythons }: Entry,
): readonly TextChange[] | string {
  const count = partIn(block, "files")?.value.match(/\{file = /g)?.length;
  const isForAll = count === old.files.length;
  const usable = ({ files, ...rest }: Release): Release => ({
    ...rest,
    files: isForAll ? files : files.filter(({ name }) => !name.endsWith(".whl") || mayBeUsed(name, pythons)),
  });
  const [before, after] = [membersOf(usable(old), old, block), membersOf(usable(now), old, block)];
  const parts = block.tables[0]?.parts ?? [];
  const changes: TextChange[] = [];
  for (const [key, value] of Object.entries(before)) {
    const part = parts.find((one) => one.key === key);
    const next = after[key];
    if (part?.value !== value) return `how PDM writes the ${key} of ${old.version} is not known for certain`;
    if (next === null) return `how PDM writes the ${key} of ${now.version} is not known for certain`;
    if (next === value) continue;
    if (part && next !== undefined) changes.push(valueChange(lock, part, next));
    else if (part) changes.push({ start: part.start, end: part.end, text: "" });
    else {
      const files = partIn(block, "files");
      if (key !== "dependencies" || !files)
        return `how PDM writes the ${key} of ${now.version} is not known for certain`;
      changes.push(changeIn(lock, files.start, files.start, `${key} = ${next}\n`));
    }
  }
  return changes;
}

/** Undefined: it is not there. `null`: not known. */
function membersOf(
  release: Release,
  old: Release,
  block: LockBlock,
): Readonly<Record<string, string | undefined | null>> {
  const { version, requiresPython, entry, files } = release;
  const summary = entry?.summary;
  const lines = files
    .toSorted((one, other) => (one.name < other.name ? -1 : 1))
    .map(({ name, hash }) => `    {file = ${quoted(name)}, hash = ${quoted(hash)}},\n`);
  return {
    version: quoted(version),
    requires_python: requiresPython === undefined ? undefined : quoted(requiresPython),
    summary: typeof summary === "string" ? quoted(summary) : null,
    dependencies: dependencyList(release, old, block),
    files: `[\n${lines.join("")}]`,
  };
}

/** What the old version needs in the same words stands as it stood. */
function dependencyList({ needs }: Release, old: Release, block: LockBlock): string | undefined | null {
  const written = new Map<string, string>();
  for (const line of partIn(block, "dependencies")?.value.match(/"(?:[^"\\]|\\.)*"/g) ?? []) {
    const need = needOf(line.slice(1, -1).replaceAll('\\"', '"'));
    if (need) written.set(need.words, line);
  }
  const known = new Set(old.needs.map(({ words }) => words));
  const own = needs.filter(({ marker }) => extrasIn(marker).length === 0);
  const lines = own.map((need) => (known.has(need.words) ? written.get(need.words) : undefined) ?? lineOf(need));
  if (lines.includes(undefined)) return null;
  const sorted = (lines as readonly string[]).toSorted((one, other) => (one < other ? -1 : 1));
  return sorted.length === 0 ? undefined : `[\n${sorted.map((line) => `    ${line},\n`).join("")}]`;
}

function lineOf({ name, extras, specifier, marker }: Need): string | undefined {
  const words = marker ? markerText(marker) : "";
  // Names with other marks are written with hyphens, but which of them is not known for certain.
  if (words === undefined || /[._]/.test(name)) return undefined;
  const clauses = specifier.split(",").toSorted().join(",");
  return quoted(
    `${name}${extras.length > 0 ? `[${extras.join(",")}]` : ""}${clauses}${words === "" ? "" : `; ${words}`}`,
  );
}

function hashChange(asked: EditAsked, raise: ProjectRaise, lock: LockText): readonly TextChange[] | string {
  const metadata = lock.others.find((table) => table.name === "metadata");
  return hashedProject(asked, raise, {
    lock,
    part: metadata?.parts.find(({ key }) => key === "content_hash"),
    hashesOf: (text) => new Map([["pdm", `sha256:${pdmHash(text) ?? ""}`]]),
  });
}
