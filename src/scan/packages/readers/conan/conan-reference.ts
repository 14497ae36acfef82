/** A package as Conan writes it: `name/version@user/channel#revision:package_id#revision`. */
import type { Place, TextFile } from "../../../formats/text-file.ts";

export interface ConanReference {
  readonly name: string;
  readonly version: string | undefined;
  /** `[>=1.2 <2]`: any version in the range. */
  readonly requirement: string | undefined;
  readonly revision: string | undefined;
  readonly userChannel: string | undefined;
}

const reference = /^([A-Za-z0-9_][\w.+-]*)\/(\[[^\]]*\]|[^@#:%\s]+)(?:@([^#:\s]*))?(?:#([^:%\s]*))?/;

export function conanReference(text: string): ConanReference | undefined {
  const [, name, version = "", userChannel, revision] = reference.exec(text.trim()) ?? [];
  if (name === undefined) return undefined;
  const isRange = version.startsWith("[");
  return {
    name,
    version: isRange ? undefined : version,
    requirement: isRange ? version.slice(1, -1).trim() : undefined,
    revision: revision || undefined,
    userChannel: userChannel || undefined,
  };
}

/** Where the version stands in a text that begins at `start`. */
export function versionPlace(
  file: TextFile,
  start: number,
  text: string,
  { version }: ConanReference,
): Place | undefined {
  const at = text.indexOf("/") + 1;
  return version === undefined ? undefined : { file, start: start + at, end: start + at + version.length };
}
