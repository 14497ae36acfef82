/** The property functions that can be answered from the repository alone. Undefined: not one of them. */
import type { Scope } from "./msbuild-expand.ts";
import { repositoryPath } from "./msbuild-files.ts";
import { targetFrameworkOf } from "./target-framework.ts";

type Arguments = readonly string[];

export function staticFunction(type: string, name: string, given: Arguments, scope: Scope): string | undefined {
  const [first = "", second = ""] = given;
  switch (`${type}.${name}`.toLowerCase()) {
    case "msbuild.getpathoffileabove":
      return scope.fileAbove(first, second === "" ? scope.property("msbuildthisfiledirectory").text : second);
    case "msbuild.getdirectorynameoffileabove": {
      const found = scope.fileAbove(second, first);
      return found.slice(0, Math.max(0, found.lastIndexOf("/")));
    }
    case "msbuild.normalizepath":
    case "system.io.path.combine":
    case "system.io.path.getfullpath":
      return joined(given);
    case "msbuild.normalizedirectory":
      return ensureSlash(joined(given));
    case "msbuild.ensuretrailingslash":
      return ensureSlash(first);
    case "system.io.path.getdirectoryname":
      return first.replace(/[/\\][^/\\]*$/, "");
    case "system.io.path.getfilename":
      return first.slice(Math.max(first.lastIndexOf("/"), first.lastIndexOf("\\")) + 1);
    case "msbuild.valueordefault":
      return first === "" ? second : first;
    case "system.string.isnullorempty":
    case "system.string.isnullorwhitespace":
      return booleanText(first.trim() === "");
    default:
      return frameworkFunction(name.toLowerCase(), first, second) ?? versionFunction(name.toLowerCase(), first, second);
  }
}

function frameworkFunction(name: string, first: string, second: string): string | undefined {
  const framework = targetFrameworkOf(first);
  switch (name) {
    case "gettargetframeworkidentifier":
      return framework.identifier === "other" ? undefined : framework.identifier;
    case "gettargetframeworkversion":
      return framework.version;
    case "gettargetplatformidentifier":
      return framework.platform;
    case "istargetframeworkcompatible": {
      const wanted = targetFrameworkOf(second);
      if (framework.identifier === "other" || wanted.identifier === "other") return undefined;
      if (wanted.identifier === ".NETStandard" && framework.identifier !== ".NETStandard") return booleanText(true);
      if (wanted.platform !== "" && wanted.platform !== framework.platform) return booleanText(false);
      return booleanText(
        wanted.identifier === framework.identifier && compareNumbers(framework.version, wanted.version) >= 0,
      );
    }
    default:
      return undefined;
  }
}

function versionFunction(name: string, first: string, second: string): string | undefined {
  const [, relation] =
    /^version(equals|notequals|greaterthan|greaterthanorequals|lessthan|lessthanorequals)$/.exec(name) ?? [];
  if (relation === undefined || !isVersion(first) || !isVersion(second)) return undefined;
  return booleanText(isRelated(compareNumbers(first, second), relation));
}

function isRelated(order: number, relation: string): boolean {
  switch (relation) {
    case "equals":
      return order === 0;
    case "notequals":
      return order !== 0;
    case "greaterthan":
      return order > 0;
    case "lessthan":
      return order < 0;
    default:
      return relation.startsWith("greater") ? order >= 0 : order <= 0;
  }
}

export function textFunction(text: string, name: string, given: Arguments): string | undefined {
  const [first = "", second = ""] = given;
  switch (name.toLowerCase()) {
    case "startswith":
      return booleanText(text.startsWith(first));
    case "endswith":
      return booleanText(text.endsWith(first));
    case "contains":
      return booleanText(text.includes(first));
    case "equals":
      return booleanText(text === first);
    case "trim":
      return given.length === 0 ? text.trim() : undefined;
    case "tolower":
    case "tolowerinvariant":
      return text.toLowerCase();
    case "toupper":
    case "toupperinvariant":
      return text.toUpperCase();
    case "replace":
      return first === "" || text.length * second.length > 100_000 ? undefined : text.replaceAll(first, () => second);
    case "length":
      return String(text.length);
    case "tostring":
      return text;
    default:
      return undefined;
  }
}

function booleanText(value: boolean): string {
  return value ? "True" : "False";
}

function joined(parts: Arguments): string | undefined {
  let path = "";
  for (const part of parts) path = /^[/\\]/.test(part) ? part : `${path}/${part}`;
  const normal = repositoryPath(path, "");
  return normal === undefined ? undefined : `/${normal}`;
}

function ensureSlash(path: string | undefined): string | undefined {
  return path === undefined || path === "" || /[/\\]$/.test(path) ? path : `${path}/`;
}

export function isVersion(text: string): boolean {
  return /^v?\d{1,9}(?:\.\d{1,9}){0,3}(?:[-+].*)?$/i.test(text.trim());
}

/** By up to four numbers; what follows them does not count. */
export function compareNumbers(left: string, right: string): number {
  const numbers = (text: string) => (/\d[\d.]*/.exec(text)?.[0] ?? "").split(".").map(Number);
  const [a, b] = [numbers(left), numbers(right)];
  for (let part = 0; part < 4; part++) {
    const difference = (a[part] ?? 0) - (b[part] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}
