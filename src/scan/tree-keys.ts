/** Names of what tree scanners made of content: the same bytes at the same paths are looked at once. */
import { createHash } from "node:crypto";
import type { TreeScanner, TreeUnit } from "./tree-scanner.ts";

type Versioned = Pick<TreeScanner, "name" | "version">;

/** A file as a tree holds it. */
export interface TreeFile {
  readonly path: string;
  readonly objectId: string;
}

/** 32 bytes under which the survey of a file is stored. Its path counts: what a file pulls in is relative to it. */
export function surveyKey({ name, version }: Versioned, { path, objectId }: TreeFile): Uint8Array {
  return createHash("sha256").update(`survey\0${name}\0${version}\0${objectId}\0${path}`).digest();
}

/** 32 bytes under which the result of a unit is stored: all that it is made of. */
export function unitKey(
  { name, version }: Versioned,
  { language, root }: Pick<TreeUnit, "language" | "root">,
  files: readonly TreeFile[],
): Uint8Array {
  const hash = createHash("sha256").update(`unit\0${name}\0${version}\0${language}\0${root}`);
  const sorted = files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
  for (const { path, objectId } of sorted) hash.update(`\0${objectId}\0${path}`);
  return hash.digest();
}
