/** Records of the PEAR installer: one package in each `.registry/*.reg`. */
import type { PackageUse } from "#model/package-manifest.ts";
import type { SourceFile } from "#model/source-file.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemAt } from "../../reading/manifest-text.ts";
import { type PhpEntry, phpSerialized } from "./php-serialized.ts";

const format = "PEAR .reg";

const pearReader: PackageReader = {
  format,
  ecosystem: "Packagist",
  matches: (path) => /(?:^|\/)\.registry\/.*\.reg$/.test(path),
  alone: "always",
  read,
};

export const readers: readonly PackageReader[] = [pearReader];

/** Larger ones are no records: they name one package and its files. */
const largest = 4_000_000;

function read(file: SourceFile): PackagesRead {
  const bytes = file.size > largest ? "" : Buffer.from(file.bytes()).toString("latin1");
  // Places are those of the bytes; records are in ASCII but for people's names.
  const text: TextFile = { path: file.path, text: bytes };
  const record = phpSerialized(bytes);
  const name = textIn(record, "name") ?? textIn(record, "package");
  if (name === undefined) {
    const message = "This is no record of the PEAR installer, or it is too large. No package was read from it.";
    return { manifests: [], problems: [problemAt({ file: text, start: 0, end: 0 }, "syntax", message)] };
  }
  const versionEntry = entryIn(entryIn(record, "version"), "release") ?? entryIn(record, "version");
  const version = typeof versionEntry?.value === "string" ? versionEntry.value : undefined;
  const license = textIn(entryIn(record, "license"), "_content") ?? textIn(record, "license");
  const channel = textIn(record, "channel");
  const use: PackageUse = {
    ecosystem: "Packagist",
    name,
    ...(version !== undefined && { version }),
    at: spanOf({ file: text, start: 0, end: bytes.length }),
    relation: "unknown",
    isDevelopment: false,
    ...(channel !== undefined && { groups: [channel] }),
    ...(license !== undefined && { licenses: [license] }),
  };
  return {
    manifests: [{ path: file.path, format, ecosystem: "Packagist", isLocked: true, packages: [use] }],
    problems: [],
  };
}

function entryIn(entry: PhpEntry | undefined, key: string): PhpEntry | undefined {
  return entry?.value instanceof Map ? (entry.value as ReadonlyMap<string, PhpEntry>).get(key) : undefined;
}

function textIn(entry: PhpEntry | undefined, key: string): string | undefined {
  const value = entryIn(entry, key)?.value;
  return typeof value === "string" && value !== "" ? value : undefined;
}
