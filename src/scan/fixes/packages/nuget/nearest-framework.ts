/**
 * Which of a package's lists of dependencies NuGet takes for a target framework: the nearest one. What is certain is told for
 * .NET, .NET Framework and .NET Standard; where another kind of framework could come first, nothing is.
 */
import type { FrameworkDependencies } from "#model/fix-plan.ts";
import { compareNumbers } from "../../../packages/readers/nuget/msbuild-functions.ts";
import { type TargetFramework, targetFrameworkOf } from "../../../packages/readers/nuget/target-framework.ts";

type Dependencies = FrameworkDependencies["dependencies"];

interface Framework extends TargetFramework {
  readonly platformVersion: string;
}

interface Candidate {
  readonly framework: Framework;
  readonly dependencies: Dependencies;
}

/** No list at all is one without anything; undefined if it cannot be told. */
export function nearestDependencies(
  groups: readonly FrameworkDependencies[],
  target: string,
): Dependencies | undefined {
  if (groups.length === 0) return {};
  const own = frameworkOf(target);
  if (own.identifier === "other") return undefined;
  const forAny = groups.filter(({ framework }) => isAny(framework));
  const candidates = groups
    .filter(({ framework }) => !isAny(framework))
    .map(({ framework, dependencies }) => ({ framework: frameworkOf(framework), dependencies }));
  const unsure = candidates.filter(({ framework }) => mayFit(own, framework));
  // Portable libraries stand behind all others that fit; others might not.
  const areBehind = unsure.every(({ framework }) => isPortable(framework));
  const same = candidates.filter(({ framework }) => fitsSame(own, framework));
  if (same.length > 0) return areBehind || own.platform === "" ? nearestOf(same) : undefined;
  const highest = standardOf(own);
  const standards = candidates.filter(
    ({ framework: { identifier, version } }) =>
      identifier === ".NETStandard" && highest !== undefined && compareNumbers(version, highest) <= 0,
  );
  if (standards.length > 0) return areBehind ? nearestOf(standards) : undefined;
  const [only, ...others] = forAny;
  return unsure.length === 0 && only && others.length === 0 ? only.dependencies : undefined;
}

function isAny(framework: string): boolean {
  return /^(?:|any|agnostic)$/i.test(framework.trim());
}

/** `.NETStandard2.0` is how feeds write `.NETStandard,Version=v2.0`. */
function frameworkOf(written: string): Framework {
  const text = written.trim().slice(0, 200);
  const long = text.replace(/^(\.NET(?:CoreApp|Framework|Standard))(\d)/i, "$1,Version=v$2");
  const found = targetFrameworkOf(long);
  const isPlain = !long.includes(",") || /,\s*Version=v?[\d.]+$/i.test(long);
  const isWhole = isPlain && (found.identifier === ".NETCoreApp" || found.platform === "");
  const platformVersion = /-[a-z]+([\d.]+)$/i.exec(text)?.[1] ?? "";
  return { ...found, platformVersion, ...(!isWhole && { identifier: "other" as const }) };
}

function fitsSame(own: Framework, { identifier, version, platform, platformVersion }: Framework): boolean {
  if (identifier !== own.identifier || compareNumbers(version, own.version) > 0) return false;
  if (platform === "") return true;
  return (
    platform === own.platform && (platformVersion === "" || compareNumbers(platformVersion, own.platformVersion) <= 0)
  );
}

/** The highest version wins, and of one version what is for the platform; undefined where the two speak against each other. */
function nearestOf(candidates: readonly Candidate[]): Dependencies | undefined {
  const [first, second] = candidates.toSorted(({ framework: a }, { framework: b }) => {
    const isForPlatform = Number(b.platform !== "") - Number(a.platform !== "");
    return (
      compareNumbers(b.version, a.version) || isForPlatform || compareNumbers(b.platformVersion, a.platformVersion)
    );
  });
  if (!first) return undefined;
  const isTwice =
    second &&
    compareNumbers(first.framework.version, second.framework.version) === 0 &&
    first.framework.platform === second.framework.platform &&
    compareNumbers(first.framework.platformVersion, second.framework.platformVersion) === 0;
  const isMixed = first.framework.platform === "" && candidates.some(({ framework }) => framework.platform !== "");
  return isTwice || isMixed ? undefined : first.dependencies;
}

/** The newest .NET Standard that a framework takes. */
function standardOf({ identifier, version }: Framework): string | undefined {
  if (identifier === ".NETStandard") return version;
  const steps = identifier === ".NETCoreApp" ? coreSteps : frameworkSteps;
  return steps.find(([from]) => compareNumbers(version, from) >= 0)?.[1];
}

const coreSteps = [
  ["3.0", "2.1"],
  ["2.0", "2.0"],
  ["1.0", "1.6"],
] as const;

const frameworkSteps = [
  ["4.6.1", "2.0"],
  ["4.6", "1.3"],
  ["4.5.1", "1.2"],
  ["4.5", "1.1"],
] as const;

/** Kinds that neither .NET without a platform nor .NET Standard ever takes. */
const elsewhere =
  /^(?:monoandroid|monotouch|monomac|xamarin|uap|netcore\d|win\d|win$|windows|wp|sl\d|silverlight|tizen|native|aspnet|netnano|netmf)/;

function mayFit(own: Framework, { identifier, platform, name }: Framework): boolean {
  if (identifier === "other") {
    const word = name.toLowerCase().replace(/^\./, "");
    return !elsewhere.test(word) || (own.platform !== "" && own.platform !== "windows");
  }
  // What one mobile platform takes of another is decided nowhere here.
  return platform !== "" && own.platform !== "" && platform !== own.platform && identifier === own.identifier;
}

function isPortable({ name }: Framework): boolean {
  return /^\.?(?:net)?portable/i.test(name);
}
