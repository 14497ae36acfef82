/**
 * Scripts that name packages of NuGet themselves: C# and F# scripts and notebooks (`#r "nuget: Newtonsoft.Json, 13.0.1"`),
 * programs of one file (`#:package Humanizer@2.14.1`), and build scripts of Cake (`#addin nuget:?package=Cake.Git&version=1.0.0`).
 */
import type { Feed, Manifest, PackageUse } from "#model/package-manifest.ts";
import { spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead } from "../../package-reader.ts";
import { notLocked, readByHand } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { packageUse } from "../../reading/package-use.ts";
import { linesOf, placeOfLine, type TextLine } from "../../reading/text-lines.ts";
import { isVersion } from "./nuget-version.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "*.csx",
    ecosystem: "NuGet",
    matches: (path) => /\.(?:csx|fsx|dib|cake)$/i.test(path),
    alone: "always",
    read: (file) => readByHand(file, read),
  },
  {
    format: "file-based app",
    ecosystem: "NuGet",
    // Of all files of C# only those where such programs lie: to look into each would cost more than it finds.
    matches: (path) =>
      path.endsWith(".cs") &&
      (!path.includes("/") || /(?:^|\/)(?:scripts?|tools?|build|eng|samples?|examples?)\/[^/]+$/i.test(path)),
    alone: "always",
    read: (file) => readByHand(file, readApp),
  },
];

/** `#:package Name@1.0` and `#:sdk Name@1.0`, which stand before the code. */
const appDirective = /^#:(package|sdk)[ \t]+([\w.-]+)(?:@([^\s;]+))?/;

function readApp(file: TextFile): PackagesRead {
  if (!/^#:(?:package|sdk)[ \t]/m.test(file.text)) return nothingRead;
  const packages = linesOf(file.text).flatMap((line): readonly PackageUse[] => {
    const [whole = "", kind, name = "", asked = ""] = appDirective.exec(line.text) ?? [];
    // Those of .NET itself come with it.
    if (kind === undefined || (kind === "sdk" && asked === "")) return [];
    const groups = kind === "sdk" ? ["build tool", "sdk"] : [];
    return [useOf(file, line, { name, asked, at: whole.length - asked.length, groups })];
  });
  return manifestRead(file, "file-based app", packages, []);
}

function read(file: TextFile): PackagesRead {
  if (!/^[ \t]*#/m.test(file.text)) return nothingRead;
  const isCake = /\.cake$/i.test(file.path);
  const lines = linesOf(file.text).filter(({ text }) => text.length <= 2000 && /^\s*#/.test(text));
  const packages = merged(
    lines.flatMap((line) => (isCake ? cakePackage(file, line) : scriptPackage(file, line)) ?? []),
  );
  const feeds = lines.flatMap((line) => feedAt(file, line) ?? []);
  return manifestRead(file, "*.csx", packages, feeds);
}

function manifestRead(
  file: TextFile,
  format: string,
  packages: readonly PackageUse[],
  feeds: readonly Feed[],
): PackagesRead {
  if (packages.length === 0 && feeds.length === 0) return nothingRead;
  const isLocked = packages.every(({ version }) => version !== undefined);
  const manifest: Manifest = {
    path: file.path,
    format,
    ecosystem: "NuGet",
    isLocked: false,
    packages,
    ...(feeds.length > 0 && { feeds }),
  };
  return { manifests: [manifest], problems: isLocked ? [] : [notLocked(file, "exact versions")] };
}

/** `#r "nuget: Name, 1.0"`, `#load "nuget:Name/1.0"`. */
const reference = /^\s*#(?:r|load)\s+(?:nuget\s+)?"nuget:\s*([\w.-]+)\s*(?:[,/]([^"]*))?"/i;

function scriptPackage(file: TextFile, line: TextLine): PackageUse | undefined {
  const [whole = "", name, written = ""] = reference.exec(line.text) ?? [];
  if (name === undefined) return undefined;
  const asked = written.trim();
  return useOf(file, line, { name, asked, at: whole.lastIndexOf(asked), groups: [] });
}

/** `#addin nuget:?package=Name&version=1.0`, with an address of a feed before the question mark or none. */
const directive = /^\s*#(addin|tool|module|load|l)\s+"?(?:nuget|dotnet):[^?"\s]*\?([^"\s]*)/i;

function cakePackage(file: TextFile, line: TextLine): PackageUse | undefined {
  const [whole = "", kind = "", query = ""] = directive.exec(line.text) ?? [];
  const [, name] = /(?:^|&)package=([\w.-]+)/i.exec(query) ?? [];
  if (name === undefined) return undefined;
  const [, asked = ""] = /(?:^|&)version=([^&]*)/i.exec(query) ?? [];
  const at = whole.toLowerCase().lastIndexOf(`version=${asked.toLowerCase()}`) + "version=".length;
  return useOf(file, line, { name, asked, at, groups: ["build tool", kind.toLowerCase()] });
}

interface Asked {
  readonly name: string;
  /** Empty if any version will do. */
  readonly asked: string;
  /** Where that stands in the line. */
  readonly at: number;
  readonly groups: readonly string[];
}

function useOf(file: TextFile, line: TextLine, { name, asked, at, groups }: Asked): PackageUse {
  const version = isVersion(asked) ? asked : /^\[\s*([^\s,[\]]+)\s*\]$/.exec(asked)?.[1];
  const start = line.start + at + (version === undefined ? 0 : asked.indexOf(version));
  return packageUse({
    ecosystem: "NuGet",
    name,
    version,
    requirement: asked === "" || asked === version ? undefined : asked,
    at: spanOf(placeOfLine(file, line)),
    versionAt: version === undefined ? undefined : spanOf({ file, start, end: start + version.length }),
    relation: "direct",
    isDevelopment: groups.length > 0,
    groups,
  });
}

/** `#i "nuget: https://..."` of F# and notebooks: asked beside the others. */
function feedAt(file: TextFile, line: TextLine): Feed | undefined {
  const [, address] = /^\s*#i\s+"nuget:\s*(https?:\/\/[^"\s]+)\s*"/i.exec(line.text) ?? [];
  if (address === undefined) return undefined;
  const plain = address.replace(/^([a-z+]{1,20}:\/\/)[^/@]*@/i, "$1");
  return { address: plain, isBesideOthers: true, at: spanOf(placeOfLine(file, line)) };
}
