/**
 * `build.sbt`, other `.sbt` files and the Scala files of `project/`, read as texts: dependencies written as
 * `"group" % "artifact" % "version"`. The build is never run; what it computes is not known.
 */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Place, spanOf, type TextFile } from "../../../formats/text-file.ts";
import { nothingRead, type PackageReader, type PackagesRead, type UnitFiles } from "../../package-reader.ts";
import { fileNameOf, folderOf } from "../../paths.ts";
import { notLocked, readAsText, textFileOf } from "../../reading/manifest-text.ts";
import { merged } from "../../reading/merged-packages.ts";
import { packageUse } from "../../reading/package-use.ts";
import { type BuildToken, buildTokens, isMark } from "./build-tokens.ts";
import { exactMavenVersion } from "./maven-version.ts";

export const readers: readonly PackageReader[] = [
  {
    format: "build.sbt",
    ecosystem: "Maven",
    matches: (path) => path.endsWith(".sbt") || (path.endsWith(".scala") && /(?:^|\/)project\/[^/]+$/.test(path)),
    alone: "always",
    claims: (path, paths) => {
      const folder = folderOf(path);
      const isInProject = fileNameOf(folder) === "project";
      const root = isInProject ? folderOf(folder) : folder;
      const project = root === "" ? "project" : `${root}/project`;
      const lock = `${path}.lock`;
      return [...paths.in(root), ...paths.in(project)].filter(
        (one) => one !== path && (/\.(?:sbt|scala)$/.test(one) || one === lock),
      );
    },
    read: (file, files) => readAsText(file, (text) => read(text, files)),
  },
];

interface Settings {
  readonly variables: ReadonlyMap<string, { readonly text: string; readonly at: Place }>;
  /** `2.13`, which names of Scala libraries end in. */
  readonly binaryVersion: string | undefined;
}

function read(file: TextFile, files: UnitFiles): PackagesRead {
  if (files.get(`${file.path}.lock`)) return nothingRead;
  const others = files.paths.flatMap((path) => (path === file.path ? [] : (textFileOf(files.get(path)) ?? [])));
  const settings = settingsOf([file, ...others]);
  const tokens = buildTokens(file.text);
  const packages = tokens.flatMap((token, at) =>
    token.is === "text" ? (packageAt(file, tokens, at, settings) ?? []) : [],
  );
  if (packages.length === 0) return nothingRead;
  return {
    manifests: [
      { path: file.path, format: "build.sbt", ecosystem: "Maven", isLocked: false, packages: merged(packages) },
    ],
    problems: [notLocked(file, "build.sbt.lock")],
  };
}

/** `val x = "1"` and `scalaVersion := "2.13.8"`; what stands first counts. */
function settingsOf(files: readonly TextFile[]): Settings {
  const variables = new Map<string, { readonly text: string; readonly at: Place }>();
  let scalaVersion: string | undefined;
  for (const file of files) {
    const tokens = buildTokens(file.text);
    for (const [index, { is, value }] of tokens.entries()) {
      if (is !== "name") continue;
      const isTyped = isMark(tokens[index + 1], ":") && tokens[index + 2]?.value === "String";
      const equals = index + (isTyped ? 3 : isMark(tokens[index + 1], ":") ? 2 : 1);
      const text = tokens[equals + 1];
      if (!isMark(tokens[equals], "=") || text?.is !== "text") continue;
      if (value === "scalaVersion") scalaVersion ??= text.value;
      const at = { file, start: text.contentAt, end: text.contentAt + text.value.length };
      if (!variables.has(value)) variables.set(value, { text: text.value, at });
    }
    scalaVersion ??= scalaVersionNamed(tokens, variables);
  }
  return { variables, binaryVersion: binaryVersionOf(scalaVersion) };
}

/** `scalaVersion := scala213`. */
function scalaVersionNamed(tokens: readonly BuildToken[], variables: Settings["variables"]): string | undefined {
  const index = tokens.findIndex(
    ({ value }, at) => value === "scalaVersion" && isMark(tokens[at + 1], ":") && isMark(tokens[at + 2], "="),
  );
  const name = index < 0 ? undefined : tokens[index + 3];
  return name?.is === "name" ? variables.get(name.value)?.text : undefined;
}

function binaryVersionOf(version: string | undefined): string | undefined {
  return /^3\./.test(version ?? "") ? "3" : /^(2\.\d+)/.exec(version ?? "")?.[1];
}

/** `"group" %% "artifact" % version % Test`, from the group on. */
function packageAt(
  file: TextFile,
  tokens: readonly BuildToken[],
  at: number,
  { variables, binaryVersion }: Settings,
): PackageUse | undefined {
  // A text behind a percent sign is the artifact or version of another.
  if (isMark(tokens[at - 1], "%")) return undefined;
  const group = tokens[at];
  const first = percentAt(tokens, at + 1);
  const artifact = tokens[first.end];
  const second = percentAt(tokens, first.end + 1);
  const version = tokens[second.end];
  if (!group || first.count === 0 || artifact?.is !== "text" || second.count !== 1 || !version) return undefined;
  const named = version.is === "name" ? namedAt(tokens, second.end, variables) : undefined;
  const behind = named?.end ?? second.end + 1;
  const text = version.is === "text" ? version.value : named?.value?.text;
  const third = percentAt(tokens, behind);
  const scope = third.count === 1 ? tokens[third.end]?.value : undefined;
  const isPlugin =
    tokens[at - 1] !== undefined &&
    isMark(tokens[at - 1], "(") &&
    /^(?:addSbtPlugin|addCompilerPlugin|compilerPlugin)$/.test(tokens[at - 2]?.value ?? "");
  const suffix = first.count > 1 && binaryVersion !== undefined ? `_${binaryVersion}` : "";
  const exact = text === undefined ? undefined : exactMavenVersion(text);
  const own =
    version.is === "text"
      ? { file, start: version.contentAt, end: version.contentAt + version.value.length }
      : named?.value?.at;
  const written = file.text.slice(version.start, tokens[behind - 1]?.end ?? version.end);
  const end = (scope === undefined ? tokens[behind - 1] : tokens[third.end])?.end ?? version.end;
  return packageUse({
    ecosystem: "Maven",
    name: `${group.value}:${artifact.value}${suffix}`,
    version: exact,
    requirement: exact === undefined ? (text ?? written) : undefined,
    at: spanOf({ file, start: group.start, end }),
    versionAt: own && exact !== undefined ? spanOf(own) : undefined,
    relation: "direct",
    isDevelopment: isPlugin || /^(?:test|it\b|integrationtest)/i.test(scope ?? ""),
    groups: [...(scope === undefined ? [] : [scope]), ...(isPlugin ? ["plugin"] : [])],
  });
}

function percentAt(tokens: readonly BuildToken[], from: number): { readonly count: number; readonly end: number } {
  let at = from;
  while (at - from < 3 && isMark(tokens[at], "%")) at++;
  return { count: at - from, end: at };
}

/** `Versions.akka` by its last word. */
function namedAt(
  tokens: readonly BuildToken[],
  from: number,
  variables: Settings["variables"],
): { readonly value: { readonly text: string; readonly at: Place } | undefined; readonly end: number } {
  let at = from;
  while (isMark(tokens[at + 1], ".") && tokens[at + 2]?.is === "name" && at - from < 20) at += 2;
  return { value: variables.get(tokens[at]?.value ?? ""), end: at + 1 };
}
