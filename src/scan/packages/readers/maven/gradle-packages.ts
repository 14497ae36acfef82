/** What a build file asks for, as packages: variables and words of a catalogue put in. */
import type { PackageUse } from "#model/package-manifest.ts";
import { type Place, spanOf, type TextFile } from "../../../formats/text-file.ts";
import { merged } from "../../reading/merged-packages.ts";
import { packageUse } from "../../reading/package-use.ts";
import { buildTokens } from "./build-tokens.ts";
import { isDevelopmentConfiguration } from "./gradle-configuration.ts";
import { type GradleWish, type Value, wishesIn } from "./gradle-dependencies.ts";
import type { GradleSettings } from "./gradle-project.ts";
import { type GradleText, type ResolvedText, resolveText, variableName } from "./gradle-variables.ts";
import { exactMavenVersion } from "./maven-version.ts";

export interface BuildPackages {
  readonly packages: readonly PackageUse[];
  /** What is asked for in words that lead nowhere. */
  readonly unresolved: readonly Place[];
}

/** Group, artifact and version, as far as they are known. */
interface Coordinate {
  readonly name: string;
  readonly version?: ResolvedText | undefined;
  /** Another place that it comes from: an entry of a catalogue. */
  readonly also?: Place;
}

export function buildPackages(file: TextFile, settings: GradleSettings): BuildPackages {
  const uses: PackageUse[] = [];
  const unresolved: Place[] = [];
  const managed = new Map<string, ResolvedText>();
  const wishes = wishesIn(buildTokens(file.text));
  for (const wish of wishes.filter(({ isConstraint }) => isConstraint)) {
    for (const { name, version } of coordinatesOf(file, wish, settings) ?? []) if (version) managed.set(name, version);
  }
  for (const wish of wishes.filter(({ isConstraint }) => !isConstraint)) {
    const place = { file, start: wish.start, end: wish.end };
    const coordinates = coordinatesOf(file, wish, settings);
    if (!coordinates) unresolved.push(place);
    for (const one of coordinates ?? []) uses.push(useOf(wish, place, one, managed));
  }
  return { packages: merged(uses), unresolved };
}

function useOf(
  { configuration, isPlatform }: GradleWish,
  place: Place,
  { name, version: own, also }: Coordinate,
  managed: ReadonlyMap<string, ResolvedText>,
): PackageUse {
  const version = own ?? managed.get(name);
  const exact = version?.isResolved ? exactMavenVersion(version.text) : undefined;
  return packageUse({
    ecosystem: "Maven",
    name,
    version: exact,
    requirement: version && exact !== version.text ? version.text : undefined,
    at: spanOf(place),
    alsoAt: also ? [spanOf(also)] : undefined,
    versionAt: version?.at && exact === version.text ? spanOf(version.at) : undefined,
    relation: "direct",
    isDevelopment: configuration === "plugin" || isDevelopmentConfiguration(configuration),
    groups: [configuration, ...(isPlatform ? ["platform"] : [])],
  });
}

/** None for what is no package of a registry; undefined for what cannot be told. */
function coordinatesOf(
  file: TextFile,
  { wish }: GradleWish,
  settings: GradleSettings,
): readonly Coordinate[] | undefined {
  switch (wish.is) {
    case "notation": {
      const { token, more } = wish;
      const text = more === undefined ? token.value : `${token.value}\${${more}}`;
      const at = { file, start: token.contentAt, end: token.contentAt + token.value.length };
      return notation({ text, isTemplate: token.isTemplate || more !== undefined, at }, settings);
    }
    case "parts":
      return fromParts(file, wish.parts, settings);
    case "plugin": {
      const version = wish.version && valueText(file, wish.version, settings);
      return [{ name: `${wish.id}:${wish.id}.gradle.plugin`, version }];
    }
    case "word":
      return fromWord(wish.chain, settings);
  }
}

function fromParts(
  file: TextFile,
  parts: ReadonlyMap<string, Value>,
  settings: GradleSettings,
): readonly Coordinate[] | undefined {
  const [group, artifact, version] = ["group", "name", "version"].map((key) => {
    const value = parts.get(key);
    return value && valueText(file, value, settings);
  });
  // A name without a group is a file in a folder.
  if (!group && artifact) return [];
  if (!group?.isResolved || !artifact?.isResolved) return undefined;
  return [{ name: `${group.text}:${artifact.text}`, version }];
}

function valueText(file: TextFile, value: Value, settings: GradleSettings): ResolvedText {
  if ("token" in value) {
    const { value: text, isTemplate, contentAt } = value.token;
    return resolveText(
      { text, isTemplate, at: { file, start: contentAt, end: contentAt + text.length } },
      settings.lookUp,
    );
  }
  const found = settings.lookUp(variableName(value.chain));
  return found ? resolveText(found, settings.lookUp) : { text: value.chain, isResolved: false };
}

/** `libs.spring.core`, or a variable that holds a whole coordinate. */
function fromWord(chain: string, settings: GradleSettings): readonly Coordinate[] | undefined {
  const entries = settings.entriesOf(chain);
  if (entries.length > 0)
    return entries.map(({ name, version, versionAt, at }) => ({
      name,
      version:
        version === undefined
          ? undefined
          : { text: version, isResolved: true, ...(versionAt ? { at: versionAt } : {}) },
      also: at,
    }));
  const found = settings.lookUp(variableName(chain));
  if (found) return notation(found, settings);
  // `project.x`, `sourceSets.main.output` and their like are no packages.
  return /^(?:project|projects|sourceSets|rootProject|configurations|compose|kotlin)\b/.test(chain) ? [] : undefined;
}

/** `group:artifact:version:classifier@type`; the version is looked at by itself, for its place. */
function notation(written: GradleText, settings: GradleSettings): readonly Coordinate[] | undefined {
  const { text, at, isTemplate } = written;
  const whole = /^\$\{?[^{}]*\}?$/.test(text) && isTemplate ? resolveText(written, settings.lookUp) : undefined;
  if (whole)
    return whole.isResolved && whole.at
      ? notation({ text: whole.text, isTemplate: false, at: whole.at }, settings)
      : undefined;
  const parts = partsOf(text);
  const [group, artifact] = parts.map((part) => resolveText({ text: part, isTemplate, at }, settings.lookUp));
  if (!group?.isResolved || !artifact?.isResolved || group.text === "" || artifact.text === "") return undefined;
  const name = `${group.text}:${artifact.text.replace(/@.*$/, "")}`;
  const part = parts[2]?.replace(/@[^@]*$|!!$/, "");
  if (part === undefined || part === "") return [{ name }];
  const start = at.start + (parts[0]?.length ?? 0) + (parts[1]?.length ?? 0) + 2;
  const place = { file: at.file, start, end: start + part.length };
  return [{ name, version: resolveText({ text: part, isTemplate, at: place }, settings.lookUp) }];
}

/** Colons in `${...}` do not part. */
function partsOf(text: string): readonly string[] {
  const parts: string[] = [""];
  let depth = 0;
  for (const character of text.slice(0, 2000)) {
    if (character === "{") depth++;
    else if (character === "}") depth--;
    if (character === ":" && depth === 0) parts.push("");
    else parts[parts.length - 1] += character;
  }
  return parts;
}
