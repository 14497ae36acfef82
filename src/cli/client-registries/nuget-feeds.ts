/**
 * The feeds of the user's `NuGet.Config`: sources that are not switched off, which names come from which, and their logins.
 * Folders are left out: nobody is asked there.
 */
import { join } from "node:path";
import type { RegistryFeed } from "#knowledge/package-facts/facts-sources.ts";
import { readXml } from "#scan/formats/xml/read-xml.ts";
import { childOf, type XmlElement } from "#scan/formats/xml/xml-element.ts";
import { readNugetSources } from "#scan/packages/readers/nuget/nuget-sources.ts";
import type { Environment } from "../config.ts";
import { feedAddress } from "./feed-address.ts";
import { nugetLogin } from "./nuget-login.ts";
import { readFirstUserFile, type Say, type UserPlace } from "./user-place.ts";

export function readNugetFeeds({ home, environment }: UserPlace, say: Say): readonly RegistryFeed[] {
  const file = readFirstUserFile(
    [
      join(home, ".nuget", "NuGet", "NuGet.Config"),
      join(home, ".config", "NuGet", "NuGet.Config"),
      join(environment.APPDATA ?? join(home, "AppData", "Roaming"), "NuGet", "NuGet.Config"),
    ],
    say,
  );
  if (!file) return [];
  const { root, problems } = readXml(file);
  if (problems[0]) say(`${file.path} is broken (${problems[0].message}): what follows there does not count`);
  const { sources, mapping } = readNugetSources(file);
  return sources.flatMap(({ name, location }): readonly RegistryFeed[] => {
    const { address } = feedAddress(withVariables(location, environment)) ?? {};
    const names = mapping.filter(({ source }) => isSame(source, name)).flatMap(({ patterns }) => patterns);
    // Where a mapping stands, a source without patterns gives nothing.
    if (address === undefined || (mapping.length > 0 && names.length === 0)) return [];
    const isForAll = names.length === 0 || names.includes("*");
    const login = nugetLogin({ name, address, written: credentialsOf(root, name, environment), environment }, say);
    return [{ ecosystem: "NuGet", address, isPublic: false, ...(!isForAll && { names }), ...(login && { login }) }];
  });
}

/** By setting, in small letters. */
function credentialsOf(root: XmlElement | undefined, name: string, environment: Environment): Map<string, string> {
  // Names of elements hold no blanks: `_x0020_` stands for one.
  const section = childOf(root, "packageSourceCredentials")?.children.find((element) =>
    isSame(
      element.name.replace(/_x([\dA-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))),
      name,
    ),
  );
  const settings = new Map<string, string>();
  for (const { attributes } of section?.children ?? []) {
    const wordAt = (key: string) => attributes.find((attribute) => attribute.name === key)?.value ?? "";
    settings.set(wordAt("key").toLowerCase(), withVariables(wordAt("value"), environment));
  }
  return settings;
}

function isSame(a: string, b: string): boolean {
  return a.toLowerCase() === b.toLowerCase();
}

function withVariables(text: string, environment: Environment): string {
  return text.replace(/%([^%\s]{1,200})%/g, (whole, variable: string) => environment[variable] ?? whole);
}
