/**
 * `METADATA` and `PKG-INFO` of a wheel or egg: one package with its licence. In a folder `*.dist-info` or `*.egg-info` it is
 * installed or vendored; elsewhere it describes the project itself. What it requires has metadata of its own.
 */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Place, spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { problemAt, readAsText } from "../../reading/manifest-text.ts";
import { linesOf } from "../../reading/text-lines.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "METADATA",
    ecosystem: "PyPI",
    matches: (path) =>
      /(?:METADATA|PKG-INFO|egg-info)$/.test(path.slice(-12)) &&
      /(?:^|\/)(?:[^/]*\.dist-info\/METADATA|PKG-INFO|[^/]*\.egg-info)$/.test(path),
    alone: "always",
    read: (file) => readAsText(file, read),
  },
];

interface Field {
  readonly value: string;
  readonly at: Place;
}

function read(file: TextFile): PackagesRead {
  const fields = headerFields(file);
  const first = (name: string) => fields.get(name)?.[0];
  const name = first("name");
  if (!name || name.value === "") {
    const message =
      'A field such as "Name: x" was expected at the beginning of the package\'s metadata, but there is none.';
    return { manifests: [], problems: [problemAt({ file, start: 0, end: 0 }, "syntax", message)] };
  }
  const version = first("version");
  const isInstalled = /\.(?:dist|egg)-info(?:\/|$)|\/EGG-INFO\//.test(file.path);
  const licenses = licensesIn(fields);
  const use: PackageUse = {
    ecosystem: "PyPI",
    name: name.value,
    ...(version && version.value !== "" ? { version: version.value } : {}),
    at: spanOf({ file, start: name.at.start, end: Math.max(name.at.end, version?.at.end ?? 0) }),
    relation: isInstalled ? "unknown" : "root",
    isDevelopment: false,
    ...(licenses.length > 0 ? { licenses } : {}),
  };
  return {
    manifests: [{ path: file.path, format: "METADATA", ecosystem: "PyPI", isLocked: true, packages: [use] }],
    problems: [],
  };
}

/** Up to the first empty line; a line that begins with a blank goes on with the field before it. */
function headerFields(file: TextFile): ReadonlyMap<string, readonly Field[]> {
  const fields = new Map<string, Field[]>();
  // Only the head of the file is of interest; descriptions in it may be long.
  for (const { text, start } of linesOf(file.text.slice(0, 200_000))) {
    if (text.trim() === "") {
      if (fields.size > 0) break;
      continue;
    }
    if (/^\s/.test(text)) continue;
    const colon = text.indexOf(":");
    if (colon <= 0) continue;
    const key = text.slice(0, colon).trim().toLowerCase();
    const value = text.slice(colon + 1).trim();
    const field = {
      value,
      at: { file, start, end: start + text.length },
    };
    const known = fields.get(key);
    if (known) known.push(field);
    else fields.set(key, [field]);
  }
  return fields;
}

/** The expression, else the field, else the classifiers, else the file that holds the text. */
function licensesIn(fields: ReadonlyMap<string, readonly Field[]>): readonly string[] {
  const values = (name: string) => (fields.get(name) ?? []).map(({ value }) => value).filter((value) => value !== "");
  const [expression] = values("license-expression");
  if (expression !== undefined) return [expression];
  const [license] = values("license");
  if (license !== undefined && license.toUpperCase() !== "UNKNOWN" && license.length <= 200) return [license];
  const classified = values("classifier").flatMap((classifier) => {
    const parts = classifier.split("::").map((part) => part.trim());
    const last = parts.at(-1);
    return parts[0] === "License" && last !== undefined && last !== "OSI Approved" ? [last] : [];
  });
  return classified.length > 0 ? classified : values("license-file").map((name) => `file://${name}`);
}
