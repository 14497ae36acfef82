/** Writes what the folder has fetched into one file, for machines without a network. What is built of it is built again there. */
import { createPrivateKey } from "node:crypto";
import { createReadStream, renameSync, rmSync, statSync } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { join } from "node:path";
import { sourcesFolder } from "../knowledge-folder.ts";
import { readState } from "../update/folder-state.ts";
import { lockFolder } from "../update/lock-folder.ts";
import { BundleError, manifestName, signatureName, signManifest, writeManifest } from "./manifest.ts";
import { tarEnd, tarHeader, tarPadding } from "./tar.ts";

export interface KnowledgeExport {
  readonly folder: string;
  readonly file: string;
  /** Ed25519, PEM. */
  readonly privateKey?: string;
}

/** How many files, and how large the bundle is. */
export async function exportKnowledge({ folder, file, privateKey }: KnowledgeExport) {
  const release = lockFolder(folder);
  const part = `${file}.part`;
  try {
    const { sources } = readState(folder);
    const parts = Object.entries(sources).flatMap(([source, { parts: own }]) =>
      Object.entries(own)
        .filter(([, { bytes }]) => bytes > 0)
        .map(([name, about]) => ({ name: `${source}/${name}`, about })),
    );
    if (parts.length === 0)
      throw new BundleError(`there is nothing in ${folder}: run "sallyport advisories update" first`);
    const bundle = await open(part, "w", 0o644);
    try {
      const manifest = writeManifest({ created: new Date().toISOString(), sources });
      await writeEntry(bundle, manifestName, Buffer.from(manifest));
      if (privateKey !== undefined) {
        await writeEntry(bundle, signatureName, Buffer.from(signManifest(manifest, createPrivateKey(privateKey))));
      }
      for (const { name, about } of parts) {
        const path = join(sourcesFolder(folder), ...name.split("/"));
        if (statSync(path, { throwIfNoEntry: false })?.size !== about.bytes) {
          throw new BundleError(`${path} has changed: run "sallyport advisories update" first`);
        }
        await bundle.appendFile(tarHeader(name, about.bytes));
        for await (const chunk of createReadStream(path)) await bundle.appendFile(chunk as Buffer);
        await bundle.appendFile(tarPadding(about.bytes));
      }
      await bundle.appendFile(tarEnd);
      await bundle.sync();
    } finally {
      await bundle.close();
    }
    renameSync(part, file);
    return { files: parts.length, bytes: statSync(file).size };
  } finally {
    rmSync(part, { force: true });
    release();
  }
}

async function writeEntry(bundle: FileHandle, name: string, bytes: Buffer): Promise<void> {
  await bundle.appendFile(Buffer.concat([tarHeader(name, bytes.length), bytes, tarPadding(bytes.length)]));
}
