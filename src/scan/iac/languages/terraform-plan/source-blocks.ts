/** The `.tf` files beside a plan: which block made a resource, and what its locals refer to. Files are parsed when asked for. */
import { type ParsedHcl, parseHcl } from "../../../formats/hcl/parse-hcl.ts";
import type { Attribute, BlockSyntax, Expression } from "../../../formats/hcl/syntax.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import { folderOf } from "../folder-path.ts";
import { moduleSource } from "../terraform/module-source.ts";
import { parseTerraformJson } from "../terraform/parse-terraform-json.ts";

export interface SourceBlocks {
  /** By what stands before the brace: `resource aws_s3_bucket logs`. */
  readonly block: (folder: string, header: string) => BlockSyntax | undefined;
  /** Names that stand in the expression of a local: `aws_s3_bucket.logs`, `var.name`. */
  readonly localReferences: (folder: string, name: string) => readonly string[];
}

interface Folder {
  readonly blocks: ReadonlyMap<string, BlockSyntax>;
  readonly locals: ReadonlyMap<string, Attribute>;
}

export function sourceBlocksOf(files: readonly TextFile[]): SourceBlocks {
  const byFolder = Map.groupBy(files, ({ path }) => folderOf(path));
  const read = new Map<string, Folder>();
  const folderAt = (path: string): Folder => {
    let folder = read.get(path);
    if (!folder) {
      folder = readFolder(path, byFolder.get(path) ?? []);
      read.set(path, folder);
    }
    return folder;
  };
  return {
    block: (folder, header) => folderAt(folder).blocks.get(header),
    localReferences: (folder, name) => {
      const local = folderAt(folder).locals.get(name);
      return local ? namesIn(local.value) : [];
    },
  };
}

function readFolder(path: string, files: readonly TextFile[]): Folder {
  const { blocks, locals } = moduleSource(
    path,
    files.map((file) => ({ path: file.path, body: parse(file).body })),
  );
  return { blocks: new Map(blocks.map((block) => [headerOf(block), block])), locals };
}

function parse(file: TextFile): ParsedHcl {
  return file.path.endsWith(".json") ? parseTerraformJson(file, "configuration") : parseHcl(file);
}

function headerOf(block: BlockSyntax): string {
  return [block.type, ...block.labels.map(({ text }) => text), ...aliasOf(block)].join(" ");
}

/** Providers of one name differ by their alias. */
function aliasOf(block: BlockSyntax): readonly string[] {
  if (block.type !== "provider") return [];
  const alias = block.body.items.find((item) => item.is === "attribute" && item.name === "alias");
  return alias?.is === "attribute" && alias.value.is === "literal" ? [String(alias.value.value)] : [];
}

/** Rough on purpose: names of loop variables are among them and lead nowhere. */
function namesIn({ file, start, end }: Expression): readonly string[] {
  const names = file.text.slice(start, end).matchAll(/(?<![\w.-])[a-z][\w-]*(?:\[[^\][]*\])?(?:\.[\w-]+)+/gi);
  return [...new Set(Array.from(names, ([name]) => name))];
}
