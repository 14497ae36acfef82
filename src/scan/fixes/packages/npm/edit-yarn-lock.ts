/**
 * Raises a package in a yarn.lock of version 1 together with the projects that ask for it, where everything that it asks for
 * is there already; all else is left to Yarn.
 */
import { isDeepStrictEqual } from "node:util";
import type { PublishedVersion } from "#model/fix-plan.ts";
import { satisfies } from "../../../packages/versions.ts";
import { oncePerText } from "../../once-per-text.ts";
import type { TextChange } from "../../text-edits.ts";
import { declaredChanges, declaredFix, editDeclared, projectChanges } from "../edit-declared.ts";
import type { EditAsked, Edited } from "../package-editor.ts";
import type { Raising } from "../raising.ts";
import { editBerryLock } from "./berry/edit-berry-lock.ts";
import { raisedSpec } from "./project-changes.ts";

export function editYarnLock(asked: EditAsked): Edited {
  const text = asked.textOf(asked.manifest.path);
  const isFirst = text !== undefined && /^# yarn lockfile v1\r?$/m.test(text.slice(0, 1000));
  if (text?.slice(0, 1000).includes("\n__metadata:")) return editBerryLock(asked);
  return (isFirst ? edited(asked, text) : undefined) ?? editDeclared(asked);
}

interface Block {
  readonly start: number;
  /** Of the whole block, with its header. */
  readonly text: string;
  /** `name@range` each. */
  readonly patterns: readonly string[];
  readonly version: string | undefined;
}

function edited(asked: EditAsked, text: string): Edited | undefined {
  const { blocks, known } = blocksOf(asked.plan, text);
  const [{ use, to }] = asked.raising;
  const isDirect = use.relation === "direct";
  const inProjects = isDirect ? projectChanges(asked) : new Map<string, readonly TextChange[]>();
  if (!inProjects) return undefined;
  const changes: TextChange[] = [];
  let needsOverride = false;
  for (const one of asked.raising) {
    const own = blocks.filter((block) => isOf(block, one));
    const published = asked.known.publishedOf("npm", use.name, one.to);
    if (own.length === 0 || one.to !== to || !published) return undefined;
    for (const block of own) {
      const written = writtenBlock(block, one, { published, known, isDirect, text });
      if (!written) return undefined;
      needsOverride ||= written.needsOverride;
      changes.push({ start: block.start, end: block.start + block.text.length, text: written.text });
    }
  }
  const pinned = needsOverride ? declaredChanges(asked, declaredFix(asked)) : new Map<string, readonly TextChange[]>();
  if (!pinned || (needsOverride && isDirect)) return undefined;
  const all = new Map([...inProjects, ...pinned, [asked.manifest.path, changes] as const]);
  return { is: "edited", changes: all, stale: [], said: [] };
}

interface Blocks {
  readonly blocks: readonly Block[];
  /** The patterns of all. */
  readonly known: ReadonlySet<string>;
}

const blocksOf = oncePerText((text): Blocks => {
  const blocks = readBlocks(text);
  return { blocks, known: new Set(blocks.flatMap(({ patterns }) => patterns)) };
});

function readBlocks(text: string): readonly Block[] {
  const starts = [...text.matchAll(/^[^\s#][^\n]*:\r?$/gm)].map(({ index }) => index);
  return starts.map((start, at) => {
    const block = text.slice(start, starts[at + 1] ?? text.length);
    const header = block.slice(0, block.indexOf(":", block.slice(0, 20_000).search(/:\r?\n/)));
    const patterns = header.split(",").map((pattern) => pattern.trim().replace(/^"|"$/g, ""));
    return { start, text: block, patterns, version: /^ {2}version "([^"\n]+)"/m.exec(block)?.[1] };
  });
}

function isOf({ patterns, version }: Block, { use, from }: Raising): boolean {
  return version === from && patterns.some((pattern) => nameIn(pattern) === use.name);
}

function nameIn(pattern: string): string {
  return pattern.slice(0, Math.max(0, pattern.indexOf("@", 1)));
}

interface Writing {
  readonly published: PublishedVersion;
  readonly known: ReadonlySet<string>;
  readonly isDirect: boolean;
  readonly text: string;
}

function writtenBlock(block: Block, { use, from, to }: Raising, writing: Writing) {
  const { published, known, isDirect, text } = writing;
  const { integrity, dependencies } = published;
  if (integrity === undefined || !dependencies || !hasAll(block.text, dependencies, known)) return undefined;
  if (block.patterns.length > mostPatterns) return undefined;
  const step = { from, to };
  const patterns = new Set<string>();
  let needsOverride = false;
  for (const pattern of block.patterns) {
    if (nameIn(pattern) !== use.name) return undefined;
    const range = pattern.slice(use.name.length + 1);
    const raised = isDirect ? raisedSpec(range, step) : range;
    const isAskedByOthers =
      text.includes(`\n    ${use.name} "${range}"`) || text.includes(`\n    "${use.name}" "${range}"`);
    if (raised !== undefined && (raised === range || !known.has(`${use.name}@${raised}`)))
      patterns.add(`${use.name}@${raised}`);
    else return undefined;
    if (raised === range || !isAskedByOthers) {
      if (satisfies("npm", to, raised) !== true) needsOverride = true;
      continue;
    }
    if (satisfies("npm", to, range) !== true) return undefined;
    patterns.add(pattern);
  }
  const address = addressIn(block.text, step);
  if (address === undefined) return undefined;
  const quoted = [...patterns].sort().map((one) => (/^[\w][\w@^~.>=<|*+/-]*$/.test(one) ? one : `"${one}"`));
  const body = block.text.slice(block.text.search(/:\r?\n/));
  const written = body
    .replace(/^( {2}version ")[^"\n]+/m, (_, start: string) => start + to)
    .replace(/^( {2}resolved ")[^"\n]+/m, (_, start: string) => start + address)
    .replace(/^( {2}integrity )\S+/m, (_, start: string) => start + integrity);
  return { text: quoted.join(", ") + written, needsOverride };
}

/** Nobody asks for one version in so many ways, and each is looked for in the whole file. */
const mostPatterns = 100;

/** What it asked for it asks for still, in the same words; what is new is there. */
function hasAll(block: string, dependencies: Readonly<Record<string, string>>, known: ReadonlySet<string>): boolean {
  if (/^ {2}(?!version |resolved |integrity |dependencies:)\S/m.test(block)) return false;
  const old = Object.fromEntries(
    [...block.matchAll(/^ {4}"?([^\s"]+)"? "?([^"\r\n]*)"?\r?$/gm)].map(([, name = "", range = ""]) => [name, range]),
  );
  return (
    isDeepStrictEqual(old, { ...dependencies }) &&
    Object.entries(dependencies).every(([n, r]) => known.has(`${n}@${r}`))
  );
}

/** The hash behind the address is that of the old archive. */
function addressIn(block: string, { from, to }: { readonly from: string; readonly to: string }): string | undefined {
  const [, old] = /^ {2}resolved "([^"#\n]+)/m.exec(block) ?? [];
  const end = `-${from}.tgz`;
  return old?.endsWith(end) ? `${old.slice(0, -end.length)}-${to}.tgz` : undefined;
}
