/** The files of one folder as a Terraform module: its blocks by kind, with override files merged into them. */
import type { Attribute, BlockSyntax, Body, Item } from "../../../formats/hcl/syntax.ts";
import { nameOf } from "./body-block.ts";

export interface ModuleSource {
  readonly folder: string;
  /** All top-level blocks, in the order of the text; an address may occur twice. */
  readonly blocks: readonly BlockSyntax[];
  readonly variables: ReadonlyMap<string, BlockSyntax>;
  readonly locals: ReadonlyMap<string, Attribute>;
  readonly outputs: ReadonlyMap<string, BlockSyntax>;
  readonly calls: ReadonlyMap<string, BlockSyntax>;
  /** By type, then by name. */
  readonly managed: BlocksByType;
  readonly data: BlocksByType;
}

export type BlocksByType = ReadonlyMap<string, ReadonlyMap<string, BlockSyntax>>;

export interface SourceBody {
  readonly path: string;
  readonly body: Body;
}

/** Many units call one module, and each is read again for its fixes. Kept with the first file as long as its syntax is. */
const known = new WeakMap<Body, { readonly files: readonly SourceBody[]; readonly source: ModuleSource }>();

export function moduleSource(folder: string, files: readonly SourceBody[]): ModuleSource {
  const [first] = files;
  const before = first && known.get(first.body);
  if (before?.files.length === files.length && before.files.every(({ body }, index) => body === files[index]?.body)) {
    return before.source;
  }
  const source = joinFiles(folder, files);
  if (first) known.set(first.body, { files, source });
  return source;
}

function joinFiles(folder: string, files: readonly SourceBody[]): ModuleSource {
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  const blocks = sorted.filter(({ path }) => !isOverride(path)).flatMap(({ body }) => blocksOf(body));
  for (const { path, body } of sorted)
    if (isOverride(path)) for (const block of blocksOf(body)) override(blocks, block);
  const managed = new Map<string, Map<string, BlockSyntax>>();
  const data = new Map<string, Map<string, BlockSyntax>>();
  const named = (type: string) =>
    new Map(blocks.filter((block) => block.type === type).map((block) => [first(block), block]));
  for (const block of blocks) {
    if (block.type === "resource") addByType(managed, block);
    else if (block.type === "data") addByType(data, block);
  }
  const locals = blocks.filter(({ type }) => type === "locals").flatMap(({ body }) => body.items);
  return {
    folder,
    blocks,
    variables: named("variable"),
    locals: new Map(locals.flatMap((item) => (item.is === "attribute" ? [[item.name, item] as const] : []))),
    outputs: named("output"),
    calls: named("module"),
    managed,
    data,
  };
}

function blocksOf({ items }: Body): BlockSyntax[] {
  return items.filter((item): item is BlockSyntax => item.is === "block");
}

function first(block: BlockSyntax): string {
  return block.labels[0]?.text ?? "";
}

function addByType(types: Map<string, Map<string, BlockSyntax>>, block: BlockSyntax): void {
  const names = types.get(first(block)) ?? new Map<string, BlockSyntax>();
  const name = block.labels[1]?.text ?? "";
  if (!names.has(name)) names.set(name, block);
  types.set(first(block), names);
}

function isOverride(path: string): boolean {
  return /(?:^|\/|_)override\.(?:tf|tofu)(?:\.json)?$/.test(path);
}

/** What an override says replaces what the block says: attributes one by one, nested blocks all of a name. */
function override(blocks: BlockSyntax[], by: BlockSyntax): void {
  const labels = labelsOf(by);
  const position = blocks.findIndex((block) => block.type === by.type && labelsOf(block) === labels);
  const block = blocks[position];
  if (!block) {
    blocks.push(by);
    return;
  }
  const names = new Set(by.body.items.map(nameOf));
  const items: Item[] = [...block.body.items.filter((item) => !names.has(nameOf(item))), ...by.body.items];
  blocks[position] = { ...block, body: { ...block.body, items } };
}

function labelsOf({ labels }: BlockSyntax): string {
  return JSON.stringify(labels.map(({ text }) => text));
}
