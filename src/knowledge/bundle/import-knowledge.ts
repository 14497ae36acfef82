/**
 * Takes over a bundle: first all of it is unpacked beside and held against its checksums and, where a key is configured, its
 * signature; only then it takes the place of what was there. A bundle that is wrong changes nothing.
 */
import { createHash } from "node:crypto";
import { mkdirSync, renameSync, rmSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { dirname, join } from "node:path";
import { removeLeftovers, sourcesFolder } from "../knowledge-folder.ts";
import { buildKnowledge } from "../update/build-knowledge.ts";
import { type KnowledgeProgress, openJournal, type UpdateFailure } from "../update/journal.ts";
import { lockFolder } from "../update/lock-folder.ts";
import { BundleError, type BundleManifest, isSignedBy, manifestName, readManifest, signatureName } from "./manifest.ts";
import { readTar, type TarEntry, TarError } from "./tar.ts";

export interface KnowledgeImport {
  readonly folder: string;
  readonly file: string;
  /** Bundles that this key has not signed are refused. */
  readonly publicKey?: string;
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: KnowledgeProgress) => void;
}

export interface ImportResult {
  /** ISO time when the bundle was made. */
  readonly created: string;
  readonly sources: readonly string[];
  readonly built: readonly string[];
  readonly failures: readonly UpdateFailure[];
}

const manifestLimit = 64 * 1024 ** 2;

export async function importKnowledge(knowledge: KnowledgeImport): Promise<ImportResult> {
  const { folder, file, signal } = knowledge;
  const release = lockFolder(folder);
  const staging = join(folder, "import.part");
  try {
    rmSync(staging, { recursive: true, force: true });
    const manifest = await unpack(knowledge, staging);
    signal?.throwIfAborted();
    removeLeftovers(folder);
    const journal = openJournal(folder);
    for (const [name, source] of Object.entries(manifest.sources)) {
      const target = join(sourcesFolder(folder), name);
      rmSync(target, { recursive: true, force: true });
      mkdirSync(dirname(target), { recursive: true });
      mkdirSync(join(staging, name), { recursive: true });
      renameSync(join(staging, name), target);
      journal.set({ ...journal.state, sources: { ...journal.state.sources, [name]: source } });
    }
    const built = await buildKnowledge({ ...knowledge, journal });
    return { created: manifest.created, sources: Object.keys(manifest.sources), built, failures: journal.failures };
  } catch (error) {
    throw error instanceof TarError ? new BundleError(`${file} cannot be imported: ${error.message}`) : error;
  } finally {
    rmSync(staging, { recursive: true, force: true });
    release();
  }
}

async function unpack({ file, publicKey, signal }: KnowledgeImport, staging: string): Promise<BundleManifest> {
  const bundle = await open(file, "r");
  try {
    const refuse = (why: string) => new BundleError(`${file} cannot be imported: ${why}`);
    const entries = readTar(bundle);
    const text = await readSmall((await entries.next()).value, manifestName);
    if (text === undefined) throw refuse("it is no bundle");
    let next = (await entries.next()).value as TarEntry | undefined;
    const signature = await readSmall(next, signatureName);
    if (publicKey !== undefined && !(signature !== undefined && isSignedBy(publicKey, text, signature))) {
      throw refuse(
        signature === undefined
          ? "it is not signed, and a public key is configured"
          : "its signature is of another key",
      );
    }
    if (signature !== undefined) next = (await entries.next()).value as TarEntry | undefined;
    const manifest = readManifestOf(file, text);
    const wanted = expectedFiles(manifest);
    for (; next; next = (await entries.next()).value as TarEntry | undefined) {
      const expected = wanted.get(next.name);
      if (!expected) throw refuse(`it has a file that its manifest does not name: ${next.name}`);
      const found = await unpackEntry(next, join(staging, ...next.name.split("/")), signal);
      if (found !== expected) throw refuse(`the checksum of ${next.name} differs`);
      wanted.delete(next.name);
    }
    const [missing] = wanted.keys();
    if (missing !== undefined) throw refuse(`${missing} is missing`);
    return manifest;
  } finally {
    await bundle.close();
  }
}

function readManifestOf(file: string, text: string): BundleManifest {
  try {
    return readManifest(text);
  } catch (error) {
    throw error instanceof BundleError ? new BundleError(`${file} cannot be imported: ${error.message}`) : error;
  }
}

function expectedFiles({ sources }: BundleManifest): Map<string, string> {
  return new Map(
    Object.entries(sources).flatMap(([source, { parts }]) =>
      Object.entries(parts)
        .filter(([, { bytes }]) => bytes > 0)
        .map(([name, { sha256 }]) => [`${source}/${name}`, sha256] as const),
    ),
  );
}

async function readSmall(entry: TarEntry | undefined, name: string): Promise<string | undefined> {
  if (entry?.name !== name || entry.bytes > manifestLimit) return undefined;
  const chunks: Buffer[] = [];
  for await (const chunk of entry.chunks()) chunks.push(chunk);
  return Buffer.concat(chunks).toString("utf8");
}

/** Its checksum. */
async function unpackEntry(entry: TarEntry, path: string, signal: AbortSignal | undefined): Promise<string> {
  mkdirSync(dirname(path), { recursive: true });
  const file: FileHandle = await open(path, "wx", 0o644);
  const hash = createHash("sha256");
  try {
    for await (const chunk of entry.chunks()) {
      signal?.throwIfAborted();
      hash.update(chunk);
      await file.appendFile(chunk);
    }
    await file.sync();
  } finally {
    await file.close();
  }
  return hash.digest("hex");
}
