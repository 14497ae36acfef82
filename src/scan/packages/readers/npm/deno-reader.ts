/** deno.json where no deno.lock stands beside it, and the files in which Deno programs gather their imports. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import type { PackageReader, PackagesRead } from "../../package-reader.ts";
import { fileNameOf } from "../../paths.ts";
import { notLocked, readAsText } from "../../reading/manifest-text.ts";
import { type DenoImport, readDenoConfig } from "./deno-config.ts";
import { denoPackageOf } from "./deno-specifier.ts";
import { isInstalled } from "./installed-path.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "deno.json",
    ecosystem: "Deno",
    matches: (path) => /^deno\.jsonc?$/.test(fileNameOf(path)) && !isInstalled(path),
    alone: "unless-claimed",
    read: (file) => readAsText(file, readConfig),
  },
  {
    format: "deno source",
    ecosystem: "Deno",
    // Other sources may import by address too; these exist for nothing else.
    matches: (path) => /^(?:dev_)?deps\.[jt]s$/.test(fileNameOf(path)) && !isInstalled(path),
    alone: "always",
    read: (file) => readAsText(file, readSource),
  },
];

function readConfig(file: TextFile): PackagesRead {
  const { name, version, imports, problems } = readDenoConfig(file);
  if (imports.length === 0) return { manifests: [], problems };
  const manifest: Manifest = {
    path: file.path,
    format: "deno.json",
    ecosystem: "Deno",
    ...(name === undefined ? {} : { root: { name, ...(version === undefined ? {} : { version }) } }),
    isLocked: false,
    packages: imports.map(useOf),
  };
  return { manifests: [manifest], problems: [...problems, notLocked(file, "deno.lock")] };
}

function useOf({ asked, whole, rangeAt }: DenoImport): PackageUse {
  const { ecosystem, name, version, requirement } = asked;
  return {
    ecosystem,
    name,
    ...(version === undefined ? {} : { version }),
    ...(requirement === undefined ? {} : { requirement }),
    at: spanOf(whole),
    ...(rangeAt ? { versionAt: spanOf(rangeAt) } : {}),
    relation: "direct",
    isDevelopment: false,
  };
}

const importedText = /\b(?:from|import)\s*(?:\(\s*)?(["'])((?:npm:|jsr:|https:)[^"'\n]{1,500})\1/dg;

function readSource(file: TextFile): PackagesRead {
  const isDevelopment = fileNameOf(file.path).startsWith("dev_");
  const packages = new Map<string, PackageUse>();
  for (const match of file.text.matchAll(importedText)) {
    const [start, end] = match.indices?.[2] ?? [];
    const asked = denoPackageOf(match[2] ?? "");
    if (!asked || start === undefined || end === undefined || isComment(file.text, match.index)) continue;
    const { rangeAt } = asked;
    const range = rangeAt && { file, start: start + rangeAt.start, end: start + rangeAt.end };
    const whole = { file, start: match.index, end: end + 1 };
    const use = useOf({ specifier: match[2] ?? "", asked, whole, ...(range ? { rangeAt: range } : {}) });
    const key = `${use.ecosystem}\n${use.name}\n${use.requirement ?? ""}`;
    const known = packages.get(key);
    if (!known) packages.set(key, { ...use, isDevelopment });
    else packages.set(key, { ...known, alsoAt: [...(known.alsoAt ?? []), use.at] });
  }
  if (packages.size === 0) return { manifests: [], problems: [] };
  const about = { path: file.path, format: "deno source", ecosystem: "Deno", isLocked: false } as const;
  return { manifests: [{ ...about, packages: [...packages.values()] }], problems: [] };
}

function isComment(text: string, at: number): boolean {
  const line = text.slice(Math.max(text.lastIndexOf("\n", at) + 1, at - 500), at).trimStart();
  return line.startsWith("//") || line.startsWith("*") || line.startsWith("/*");
}
