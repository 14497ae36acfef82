/** The files of one source: fetched from below its address or copied from its folder, each with what is known of it. */
import { createHash } from "node:crypto";
import { copyFileSync, createReadStream, mkdirSync, renameSync, rmSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { sourcesFolder } from "../knowledge-folder.ts";
import type { KnowledgeSource } from "../sources.ts";
import { download } from "./download.ts";
import type { PartState, SourceState } from "./folder-state.ts";
import type { Fetch } from "./send-get.ts";

export interface SourceParts {
  readonly source: KnowledgeSource;
  /** `name` is below the source; the address or folder itself if empty. */
  fetch(
    name: string,
    options: { readonly as?: string; readonly limit: number },
  ): Promise<"fetched" | "unchanged" | "missing">;
  /** Counts what was written without fetching. */
  keep(name: string, part: PartState): void;
  drop(name: string): void;
  known(name: string): PartState | undefined;
  pathOf(name: string): string;
  /** All that are there now. */
  readonly parts: Readonly<Record<string, PartState>>;
}

export interface PartsOptions {
  readonly folder: string;
  readonly source: KnowledgeSource;
  readonly state: SourceState | undefined;
  readonly fetch?: Fetch;
  readonly signal?: AbortSignal;
  readonly onDownload?: (name: string, done: number, total: number | undefined) => void;
  /** Whenever there is something new to remember. */
  readonly onChange: (parts: Readonly<Record<string, PartState>>) => void;
}

export function openSourceParts(options: PartsOptions): SourceParts {
  const { source } = options;
  const parts = new Map(Object.entries(options.state?.parts ?? {}));
  const pathOf = (name: string) => join(sourcesFolder(options.folder), source.name, ...name.split("/"));
  const remember = (name: string, part: PartState) => {
    parts.set(name, part);
    options.onChange(Object.fromEntries(parts));
  };
  return {
    source,
    pathOf,
    known: (name) => parts.get(name),
    keep: remember,
    drop(name) {
      parts.delete(name);
      rmSync(pathOf(name), { force: true });
      options.onChange(Object.fromEntries(parts));
    },
    get parts() {
      return Object.fromEntries(parts);
    },
    async fetch(name, { as = name, limit }) {
      const known = parts.get(as);
      const found =
        source.from.is === "folder"
          ? await copyPart(join(source.from.folder, ...name.split("/")), pathOf(as), known, limit)
          : await download({
              address: name === "" ? source.from.address : `${source.from.address}/${encodePath(name)}`,
              path: pathOf(as),
              limit,
              ...(known && { known }),
              ...(options.fetch && { fetch: options.fetch }),
              ...(options.signal && { signal: options.signal }),
              onProgress: (done, total) => options.onDownload?.(as, done, total),
            });
      if (found.is === "fetched") remember(as, found.part);
      return found.is;
    },
  };
}

function encodePath(name: string): string {
  return name.split("/").map(encodeURIComponent).join("/");
}

type Copied = { readonly is: "unchanged" | "missing" } | { readonly is: "fetched"; readonly part: PartState };

async function copyPart(from: string, to: string, known: PartState | undefined, limit: number): Promise<Copied> {
  const there = statSync(from, { throwIfNoEntry: false });
  if (!there?.isFile()) return { is: "missing" };
  if (there.size > limit) throw new Error(`${from} is larger than ${limit} bytes`);
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, `${to}.part`);
  const part = await describePart(`${to}.part`, there.mtime);
  const isSame = known?.sha256 === part.sha256 && statSync(to, { throwIfNoEntry: false })?.size === part.bytes;
  if (isSame) rmSync(`${to}.part`);
  else renameSync(`${to}.part`, to);
  return isSame ? { is: "unchanged" } : { is: "fetched", part };
}

/** Of a file that is there. */
export async function describePart(path: string, fetched: Date): Promise<PartState> {
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const chunk of createReadStream(path)) {
    hash.update(chunk as Buffer);
    bytes += (chunk as Buffer).length;
  }
  return { bytes, sha256: hash.digest("hex"), fetched: fetched.toISOString() };
}
