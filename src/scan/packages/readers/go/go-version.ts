/** How Go writes versions, and how we do: without the leading `v`. */
import type { Place } from "../../../formats/text-file.ts";
import type { GoWord } from "./go-directives.ts";

export function withoutV(version: string): string {
  return /^v\d/.test(version) ? version.slice(1) : version;
}

/** Where the version stands, behind its `v`. */
export function versionPlace({ text, place }: GoWord): Place {
  return { ...place, start: place.start + (withoutV(text) === text ? 0 : 1) };
}

/** Since Go 1.17 a `go.mod` names every module of the build; before, `go.sum` must tell the rest. */
export function namesAllModules(goVersion: string | undefined): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(goVersion ?? "") ?? [];
  return major !== undefined && (Number(major) > 1 || Number(minor) >= 17);
}

/** The version of a released toolchain: `1.21.3`, `1.23rc1`. A bare `1.22` names the language only. */
export function isToolchainVersion(version: string): boolean {
  return /^\d+\.\d+(?:\.\d+|(?:\.\d+)?(?:rc|beta)\d+)$/.test(version);
}
