/** A yarn.lock of Yarn 4 with a package raised, as Yarn would write it. What is not known to be right is refused in a clause. */

import { folderOf } from "../../../../packages/paths.ts";
import { npmSpecOf } from "../../../../packages/readers/npm/npm-spec.ts";
import { objectOf } from "../../../../packages/reading/json-fields.ts";
import { jsonValue } from "../../../../packages/reading/json-slices.ts";
import { satisfies } from "../../../../packages/versions.ts";
import { changedText, type TextChange } from "../../../text-edits.ts";
import type { EditAsked } from "../../package-editor.ts";
import { type ChooseVersion, choosing } from "../choose-version.ts";
import { type BerryBlock, berryLockOf, quoted, writtenBerry } from "./berry-blocks.ts";
import { berryAsks, berryBody } from "./berry-body.ts";

export interface RaisedBerry {
  readonly text: string;
  readonly adds: readonly string[];
  readonly gone: readonly string[];
}

interface Raising {
  readonly asked: EditAsked;
  readonly choose: ChooseVersion;
  /** By position in the file; new ones behind. */
  readonly blocks: BerryBlock[];
  readonly adds: string[];
  /** Asked for before. */
  readonly wanted: ReadonlySet<string>;
}

/** `edits` are those of the projects beside it. */
export function raisedBerryLock(
  asked: EditAsked,
  edits: ReadonlyMap<string, readonly TextChange[]>,
): RaisedBerry | string | { readonly refusedBy: string } {
  const written = asked.textOf(asked.manifest.path) ?? "";
  const lock = berryLockOf(asked.plan, written.replaceAll("\r\n", "\n"));
  if (!lock) return "it is of a version that is not written here, or not laid out as Yarn lays it out";
  const [{ use }] = asked.raising;
  if (lock.blocks.some(({ name, source }) => name === use.name && source.startsWith("patch:")))
    return `${use.name} is patched`;
  const raising: Raising = {
    asked,
    choose: choosing(asked),
    blocks: [...lock.blocks],
    adds: [],
    wanted: wantedIn(lock.blocks),
  };
  const trouble = inWorkspaces(raising, edits) ?? raiseBlocks(raising);
  if (trouble !== undefined) return trouble;
  const refused = refusedBy(raising, edits);
  if (refused !== undefined) return refused;
  const kept = withoutUnneeded(raising);
  const text = writtenBerry({ ...lock, blocks: kept });
  const names = new Set(kept.map(({ name, version }) => `${name}@${version}`));
  return {
    text: written.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text,
    adds: raising.adds,
    gone: lock.blocks.filter(({ name, version }) => !names.has(`${name}@${version}`)).map(({ name }) => name),
  };
}

function wantedIn(blocks: readonly BerryBlock[]): ReadonlySet<string> {
  return new Set(blocks.flatMap(({ dependencies }) => [...dependencies].map(([name, range]) => `${name}@${range}`)));
}

function isWorkspace({ source }: BerryBlock): boolean {
  return source.startsWith("workspace:");
}

/** What projects ask for, where the lock file repeats it. A clause is why not. */
function inWorkspaces(
  { asked, blocks }: Raising,
  edits: ReadonlyMap<string, readonly TextChange[]>,
): string | undefined {
  const { raising, textOf, manifest } = asked;
  const steps = new Map(raising.map(({ from, to }) => [from, to]));
  const [{ use }] = raising;
  for (const [at, block] of blocks.entries()) {
    if (!isWorkspace(block)) continue;
    for (const [name, range] of block.dependencies) {
      const position = blocks.findIndex(({ patterns }) => patterns.includes(`${name}@${range}`));
      const target = blocks[position];
      const to = target?.name === use.name ? steps.get(target.version) : undefined;
      if (!target || to === undefined) continue;
      const folder = block.source.slice("workspace:".length);
      const path = [folderOf(manifest.path), folder === "." ? "" : folder, "package.json"]
        .filter((part) => part !== "")
        .join("/");
      const text = textOf(path);
      const changes = edits.get(path);
      const spec = text === undefined ? undefined : specIn(changedText(text, changes ?? []), name);
      if (spec === undefined) return `${path} does not ask for ${name}`;
      const bound = spec.startsWith("npm:") ? spec : `npm:${spec}`;
      if (!takes(spec, to)) return `${path} asks for ${name} ${spec}`;
      if (bound === range) continue;
      const line = `    ${quoted(name)}: `;
      const body = block.body.replace(`${line}${quoted(range)}\n`, () => `${line}${quoted(bound)}\n`);
      blocks[at] = {
        ...(blocks[at] ?? block),
        body,
        dependencies: new Map([...(blocks[at] ?? block).dependencies, [name, bound]]),
      };
      const pattern = `${name}@${bound}`;
      const other = blocks.find(({ patterns }) => patterns.includes(pattern));
      if (other && other !== target) return `${name} ${spec} leads to another version there`;
      blocks[position] = { ...target, patterns: [...new Set([...target.patterns, pattern])] };
    }
  }
  return undefined;
}

function specIn(text: string | undefined, name: string): string | undefined {
  const project = objectOf(text === undefined ? undefined : jsonValue(text));
  const specs = ["dependencies", "devDependencies", "optionalDependencies"].map(
    (section) => objectOf(project?.[section])?.[name],
  );
  return specs.find((spec) => typeof spec === "string");
}

function raiseBlocks(raising: Raising): string | undefined {
  const { asked, blocks } = raising;
  const [{ use }] = asked.raising;
  let isThere = false;
  for (const { from, to } of asked.raising) {
    const position = blocks.findIndex(({ name, source }) => name === use.name && source === `npm:${from}`);
    const block = blocks[position];
    if (!block) continue;
    isThere = true;
    const known = blocks.findIndex(({ name, source }) => name === use.name && source === `npm:${to}`);
    const other = blocks[known];
    if (other) {
      blocks[known] = { ...other, patterns: [...new Set([...other.patterns, ...block.patterns])] };
      blocks.splice(position, 1);
      continue;
    }
    const made = newBlock(raising, use.name, to, block);
    if (typeof made === "string") return made;
    blocks[position] = made;
    const trouble = wants(raising, made);
    if (trouble !== undefined) return trouble;
  }
  return isThere ? undefined : "the lock file does not have it as it was scanned";
}

/** Of a version; `old` is the block that it takes the place of. A clause is why not. */
function newBlock({ asked: { known } }: Raising, name: string, version: string, old?: BerryBlock): BerryBlock | string {
  const published = known.publishedOf("npm", name, version);
  const about = `${name} ${version}`;
  if (!published?.dependencies || !published.entry) return `what ${about} depends on is not known here`;
  const asks = berryAsks(published);
  if (typeof asks === "string") return `${asks} (${about})`;
  // Yarn adds node-gyp where a script calls it.
  const calls = old?.dependencies.has("node-gyp") && !asks.has("node-gyp");
  if (calls || published.entry.hasInstallScript === true)
    return `${about} runs a script when it is installed, so what Yarn adds to it is not known here`;
  const isLimited = old
    ? !/^ {2}checksum: 10c0\//m.test(old.body)
    : ["os", "cpu", "libc"].some((key) => published.entry?.[key] !== undefined);
  if (isLimited) return `${about} is not installed on every machine, so Yarn does not always write its checksum`;
  const checksum = known.yarnChecksumOf?.(name, version);
  if (checksum === undefined) return `Yarn's own checksum of ${about} is not known here`;
  const body = berryBody({ name, version, checksum }, published, asks);
  return { patterns: old?.patterns ?? [], name, source: `npm:${version}`, version, dependencies: asks, body };
}

/** What a new block asks for is there, or is put there. A clause is why not. */
function wants(raising: Raising, block: BerryBlock): string | undefined {
  const { blocks, choose, adds } = raising;
  let trouble: string | undefined;
  for (const [name, range] of block.dependencies) {
    const pattern = `${name}@${range}`;
    if (blocks.some(({ patterns }) => patterns.includes(pattern))) continue;
    if (patchedByYarn.has(name)) return `${block.name} asks for ${name}, which Yarn patches`;
    const chosen = choose(name, range.slice("npm:".length));
    if (typeof chosen === "string") {
      trouble ??= `${block.name} asks for ${name} ${range.slice("npm:".length)}: ${chosen}`;
      continue;
    }
    const position = blocks.findIndex((one) => one.name === name && one.source === `npm:${chosen.version}`);
    const known = blocks[position];
    if (known) {
      blocks[position] = { ...known, patterns: [...known.patterns, pattern] };
      continue;
    }
    const made = newBlock(raising, name, chosen.version);
    if (typeof made === "string") {
      trouble ??= made;
      continue;
    }
    const added = { ...made, patterns: [pattern] };
    blocks.push(added);
    adds.push(`${name}@${chosen.version}`);
    const why = wants(raising, added);
    trouble ??= why;
  }
  return trouble;
}

/** Whoever asks for it must take the new version, or it is overridden for everybody. */
function refusedBy({ asked, blocks }: Raising, edits: ReadonlyMap<string, readonly TextChange[]>) {
  const [{ use, to }] = asked.raising;
  const tos = new Set(asked.raising.map((one) => one.to));
  const folder = folderOf(asked.manifest.path);
  const path = folder === "" ? "package.json" : `${folder}/package.json`;
  const text = asked.textOf(path);
  const resolutions =
    objectOf(
      objectOf(text === undefined ? undefined : jsonValue(changedText(text, edits.get(path) ?? []) ?? ""))?.resolutions,
    ) ?? {};
  const standing = resolutions[use.name];
  const isOverridden = standing === to;
  if (typeof standing === "string" && !takes(standing, to)) return { refusedBy: `\`resolutions\` of ${path}` };
  if (
    Object.keys(resolutions).some(
      (key) => key !== use.name && (key.endsWith(`/${use.name}`) || key.startsWith(`${use.name}@`)),
    )
  )
    return `${use.name} is overridden in a way of its own`;
  const own = blocks.filter(({ name, source }) => name === use.name && source.startsWith("npm:"));
  if (isOverridden) {
    if (own.length !== 1 || own[0]?.version !== to)
      return `the versions of ${use.name} differ, so one override would not be right for all`;
    blocks[blocks.indexOf(own[0])] = { ...own[0], patterns: [`${use.name}@npm:${to}`] };
    return undefined;
  }
  for (const block of own.filter(({ version }) => tos.has(version))) {
    for (const asker of blocks) {
      for (const [name, range] of asker.dependencies) {
        if (!block.patterns.includes(`${name}@${range}`)) continue;
        if (takes(range, block.version)) continue;
        return { refusedBy: `${asker.name} ${asker.version}` };
      }
    }
  }
  return undefined;
}

function takes(range: string, version: string): boolean {
  const spec = npmSpecOf(range);
  return spec.is === "registry" && satisfies("npm", version, spec.range) === true;
}

/** Without the patterns that nobody asks for any more, and the blocks that are left without any. */
function withoutUnneeded({ blocks, wanted, asked }: Raising): readonly BerryBlock[] {
  const byPattern = Map.groupBy(
    blocks.flatMap((block) => block.patterns.map((pattern) => ({ block, pattern: innerOf(pattern) }))),
    ({ pattern }) => pattern,
  );
  const now = wantedIn(blocks);
  const [{ use, to }] = asked.raising;
  // What nobody asks for by its own words is asked for by something else: an override.
  const isUnasked = (pattern: string) => !wanted.has(pattern) && !now.has(pattern);
  const isFree = (pattern: string) => isUnasked(innerOf(pattern)) || pattern === `${use.name}@npm:${to}`;
  const needed = new Set(blocks.filter((block) => isWorkspace(block) || block.patterns.every(isFree)));
  const asks = new Set<string>();
  for (const { dependencies } of needed) {
    for (const [name, range] of dependencies) {
      asks.add(`${name}@${range}`);
      for (const { block } of byPattern.get(`${name}@${range}`) ?? []) needed.add(block);
    }
  }
  return blocks
    .filter((block) => needed.has(block))
    .map((block) => ({ ...block, patterns: block.patterns.filter((one) => isFree(one) || asks.has(innerOf(one))) }));
}

/** What Yarn patches itself stands twice: as it is, and patched. */
function innerOf(pattern: string): string {
  const [, inner] = /^(?:@[^/@]+\/)?[^/@]+@patch:([^#]+)#/.exec(pattern) ?? [];
  return inner === undefined ? pattern : inner.replace("npm%3A", "npm:");
}

const patchedByYarn = new Set(["fsevents", "resolve", "typescript"]);
