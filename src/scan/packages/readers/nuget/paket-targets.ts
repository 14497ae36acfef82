/** Which target frameworks a group of `paket.lock` is for, and what these carry themselves. */
import type { PackageUse } from "#model/package-manifest.ts";
import { frameworkProviding, netCoreApp } from "./framework-packages.ts";
import { type TargetFramework, targetFrameworkOf } from "./target-framework.ts";

const restriction = /^RESTRICTION:\s*(.{1,2000})$/;
const target = /^\(?==\s*([A-Za-z][\w.-]{1,40})\)?$/;

/** `RESTRICTION: || (== net6.0) (== net8.0)`; none if the line says anything else than names of frameworks. */
export function targetsIn(line: string): readonly TargetFramework[] {
  const [, written] = restriction.exec(line) ?? [];
  if (written === undefined) return [];
  const parts = written.replace(/^\|\|\s*/, "").match(/\([^()]*\)|==\s*\S+|\S+/g) ?? [];
  const names = parts.map((part) => target.exec(part.trim())?.[1]);
  return names.every((name) => name !== undefined) ? names.map((name) => targetFrameworkOf(name)) : [];
}

/** As provided if every target carries the same or a newer one. Which further frameworks projects refer to is not known here. */
export function asProvided(use: PackageUse, targets: readonly TargetFramework[]): PackageUse {
  const { name, version, source } = use;
  if (version === undefined || source || targets.length === 0) return use;
  const providers = targets.map((one) => frameworkProviding(one, [netCoreApp], name, version));
  const [first] = providers;
  return first !== undefined && providers.every((one) => one !== undefined) ? { ...use, providedBy: first } : use;
}
