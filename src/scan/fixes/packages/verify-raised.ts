/** Reads the edited files again and says what is not as it was meant: an edit that does not verify is never delivered. */
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import { compareVersions, lowestOf } from "../../packages/versions.ts";
import type { UnitRead } from "../manifest-reading.ts";
import type { Raising } from "./raising.ts";

export interface Wanted {
  readonly before: UnitRead;
  readonly after: UnitRead;
  /** What was to go up, by the path of its manifest. */
  readonly raised: ReadonlyMap<string, readonly Raising[]>;
  /** Names that may change beside it. */
  readonly beside: ReadonlySet<string>;
}

/** A clause, or nothing if all is well. */
export function troubleIn({ before, after, raised, beside }: Wanted): string | undefined {
  const broken = newProblem(before.problems, after.problems);
  if (broken) return `the edited file cannot be read: ${broken.message}`;
  const was = Map.groupBy(before.manifests, pathAndFormat);
  for (const [key, manifests] of Map.groupBy(after.manifests, pathAndFormat)) {
    const old = was.get(key) ?? [];
    was.delete(key);
    const path = manifests[0]?.path ?? "";
    const trouble =
      leftBehind(manifests, raised.get(path) ?? []) ??
      ownVersion(old, manifests) ??
      changedBeside(old, manifests, raised.get(path) ?? [], everyKey(raised, beside));
    if (trouble !== undefined) return trouble;
  }
  const [lost] = was.keys();
  return lost === undefined ? undefined : `${lost.split("\n")[0]} names no packages any more`;
}

function pathAndFormat({ path, format, ecosystem }: Manifest): string {
  return `${path}\n${format}\n${ecosystem}`;
}

function everyKey(raised: Wanted["raised"], beside: ReadonlySet<string>): ReadonlySet<string> {
  const own = [...raised.values()].flat().map(({ use }) => nameOf(use));
  return new Set([...own, ...beside]);
}

function nameOf({ ecosystem, name }: PackageUse): string {
  return packageKey(ecosystem, name);
}

function newProblem(before: readonly Problem[], after: readonly Problem[]): Problem | undefined {
  const key = ({ code, path, message }: Problem) => `${code} ${path} ${message.replace(/\d+/g, "")}`;
  const known = new Set(before.map(key));
  return after.find((problem) => !problem.isNotice && !known.has(key(problem)));
}

function leftBehind(manifests: readonly Manifest[], raising: readonly Raising[]): string | undefined {
  for (const { use, from, to } of raising) {
    const left = manifests
      .flatMap(({ packages }) => packages)
      .find((one) => one.ecosystem === use.ecosystem && nameOf(one) === nameOf(use) && versionIn(one) === from);
    if (left) return `${left.at.path} would still have ${use.name} ${from}, and not ${to}`;
    const isThere = manifests.some(({ packages }) =>
      packages.some(
        (one) =>
          one.ecosystem === use.ecosystem && nameOf(one) === nameOf(use) && isAtLeast(one, versionIn(one) ?? "", to),
      ),
    );
    if (!isThere) return `${use.at.path} would not have ${use.name} ${to}`;
  }
  return undefined;
}

/** Others may depend on what the project says of itself, a `${project.version}` among them. */
function ownVersion(before: readonly Manifest[], after: readonly Manifest[]): string | undefined {
  const old = new Map(before.flatMap(({ root }) => (root ? [[root.name, root.version] as const] : [])));
  const changed = after.find(({ root }) => root && old.has(root.name) && old.get(root.name) !== root.version)?.root;
  return changed && `the version of ${changed.name} itself would change`;
}

function isAtLeast({ ecosystem }: PackageUse, version: string, to: string): boolean {
  return version !== "" && compareVersions(ecosystem, version, to) >= 0;
}

function versionIn({ ecosystem, version, requirement }: PackageUse): string | undefined {
  return version ?? (requirement === undefined ? undefined : lowestOf(ecosystem, requirement));
}

/** What shares the place of its version, a property for a whole family, goes up with it. */
function changedBeside(
  before: readonly Manifest[],
  after: readonly Manifest[],
  raising: readonly Raising[],
  allowed: ReadonlySet<string>,
): string | undefined {
  const old = counted(before, allowed);
  const now = counted(after, allowed);
  const steps = new Map(raising.map(({ from, to }) => [from, to]));
  const lost = [...old].filter(([key, count]) => (now.get(key) ?? 0) !== count).map(([key]) => key);
  const come = new Set([...now].filter(([key, count]) => (old.get(key) ?? 0) !== count).map(([key]) => key));
  for (const key of lost) {
    const [name = "", version = ""] = key.split("\n");
    const to = steps.get(version);
    if (to === undefined || !come.delete(`${name}\n${to}`)) return `${name} ${version} would change as well`;
  }
  const [first] = come;
  return first === undefined ? undefined : `${first.replace("\n", " ")} would come in`;
}

function counted(manifests: readonly Manifest[], without: ReadonlySet<string>): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const use of manifests.flatMap(({ packages }) => packages)) {
    if (without.has(nameOf(use))) continue;
    const key = `${nameOf(use)}\n${use.version ?? use.requirement ?? ""}`;
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}
