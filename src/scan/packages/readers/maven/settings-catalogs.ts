/**
 * The version catalogues that `settings.gradle` and `settings.gradle.kts` name or write out: `versionCatalogs { create("tools") {
 * from(files("gradle/tools.toml")); library("guava", "com.google.guava:guava:31.0-jre") } }`. Nothing is run.
 */
import type { TextFile } from "../../../formats/text-file.ts";
import { folderOf, joinPath } from "../../paths.ts";
import { type BuildToken, behindClosing, buildTokens, isMark } from "./build-tokens.ts";
import type { GradleText } from "./gradle-variables.ts";
import { accessorOf, type CatalogEntry, type VersionCatalog } from "./version-catalog.ts";

export interface SettingsCatalog {
  /** The word that build files begin with: `tools`. */
  readonly name: string;
  /** The files that it is read from, from the repository's root. */
  readonly from: readonly string[];
  /** What is written out in the settings themselves; it counts before what stands in the files. */
  readonly written: VersionCatalog;
}

export function settingsCatalogs(file: TextFile): readonly SettingsCatalog[] {
  if (!file.text.includes("versionCatalogs")) return [];
  const tokens = buildTokens(file.text);
  const catalogs: SettingsCatalog[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index]?.value !== "versionCatalogs" || !isMark(tokens[index + 1], "{")) continue;
    const end = behindClosing(tokens, index + 1);
    for (let at = index + 2; at < end; at++) {
      if (!isMark(tokens[at], "{")) continue;
      const name = blockName(tokens, at);
      const close = behindClosing(tokens, at);
      if (name !== undefined) catalogs.push(catalogIn(file, name, tokens.slice(at + 1, close - 1)));
      at = close - 1;
    }
    index = end - 1;
  }
  return catalogs;
}

/** `create("x") {`, `x {` and `val x by creating {`. */
function blockName(tokens: readonly BuildToken[], open: number): string | undefined {
  const before = tokens[open - 1];
  if (isMark(before, ")")) return tokens[open - 2]?.is === "text" ? tokens[open - 2]?.value : undefined;
  if (before?.is !== "name") return undefined;
  return tokens[open - 2]?.value === "by" ? tokens[open - 3]?.value : before.value;
}

/** What is called within a catalogue. */
const calls = new Set(["files", "version", "library", "plugin", "bundle"]);

function catalogIn(file: TextFile, name: string, tokens: readonly BuildToken[]): SettingsCatalog {
  const versions = new Map<string, GradleText>();
  const libraries = new Map<string, CatalogEntry>();
  const plugins = new Map<string, CatalogEntry>();
  const bundles = new Map<string, readonly string[]>();
  const from: string[] = [];
  for (const [at, { is, value }] of tokens.entries()) {
    if (is !== "name" || !calls.has(value)) continue;
    const call = callAt(tokens, at);
    const [alias, first, second] = call.texts;
    if (value === "files" && tokens.slice(Math.max(0, at - 2), at).some((one) => one.value === "from"))
      from.push(...call.texts.flatMap((text) => pathFrom(file, text.value) ?? []));
    else if (!alias || isMark(tokens[at - 1], ".")) continue;
    else if (value === "version" && first) versions.set(accessorOf(alias.value), textOf(file, first));
    else if (value === "bundle")
      bundles.set(
        accessorOf(alias.value),
        call.texts.slice(1).map((text) => accessorOf(text.value)),
      );
    else if (value === "library" && first)
      libraries.set(
        accessorOf(alias.value),
        entryOf(file, { tokens, at, call, names: second ? [first, second] : [first] }, versions),
      );
    else if (value === "plugin" && first) {
      const entry = entryOf(file, { tokens, at, call, names: [first] }, versions);
      plugins.set(accessorOf(alias.value), { ...entry, name: `${first.value}:${first.value}.gradle.plugin` });
    }
  }
  return { name, from, written: { libraries, plugins, bundles, versions, problems: [] } };
}

interface Call {
  readonly texts: readonly BuildToken[];
  /** Position behind it. */
  readonly end: number;
}

/** More words are no one call. */
const longestCall = 500;

/** The texts of a call with brackets, whatever else stands in it; of Groovy's without, those that commas divide. */
function callAt(tokens: readonly BuildToken[], at: number): Call {
  if (!isMark(tokens[at + 1], "(")) {
    let end = at + 1;
    while (tokens[end]?.is === "text" && isMark(tokens[end + 1], ",")) end += 2;
    if (tokens[end]?.is === "text") end++;
    return { texts: tokens.slice(at + 1, end).filter(({ is }) => is === "text"), end };
  }
  const end = at + 1 + behindClosing(tokens.slice(at + 1, at + 1 + longestCall), 0);
  return { texts: tokens.slice(at + 2, end - 1).filter(({ is }) => is === "text"), end };
}

function textOf(file: TextFile, { value, contentAt }: BuildToken): GradleText {
  return { text: value, isTemplate: false, at: { file, start: contentAt, end: contentAt + value.length } };
}

interface Named {
  readonly tokens: readonly BuildToken[];
  readonly at: number;
  readonly call: Call;
  /** `group:artifact:version` in one text, or group and artifact. */
  readonly names: readonly BuildToken[];
}

function entryOf(
  file: TextFile,
  { tokens, at, call, names }: Named,
  versions: ReadonlyMap<string, GradleText>,
): CatalogEntry {
  const [group = "", artifact = "", ...more] = names
    .map(({ value }) => value)
    .join(":")
    .split(":");
  const place = { file, start: tokens[at]?.start ?? 0, end: tokens[call.end - 1]?.end ?? 0 };
  const base = { name: `${group}:${artifact}`, at: place };
  const [last] = names.slice(-1);
  if (more.length > 0 && last) {
    const version = more.join(":");
    const end = last.contentAt + last.value.length;
    return { ...base, version, versionAt: { file, start: end - version.length, end } };
  }
  // `.version("1")` or `.versionRef("kotlin")` behind it.
  const setter = isMark(tokens[call.end], ".") ? tokens[call.end + 1]?.value : undefined;
  const [word] = setter === undefined ? [] : callAt(tokens, call.end + 1).texts;
  if (!word) return base;
  const found =
    setter === "versionRef"
      ? versions.get(accessorOf(word.value))
      : setter === "version"
        ? textOf(file, word)
        : undefined;
  const end = tokens[callAt(tokens, call.end + 1).end - 1]?.end ?? place.end;
  return { ...base, at: { ...place, end }, ...(found && { version: found.text, versionAt: found.at }) };
}

/** Beside the settings, where the build begins. */
function pathFrom({ path }: TextFile, written: string): string | undefined {
  const fromRoot = /^\$\{?(?:rootDir|settingsDir|rootProject\.projectDir)\}?\/(.+)$/.exec(written)?.[1];
  return joinPath(folderOf(path), fromRoot ?? written);
}
