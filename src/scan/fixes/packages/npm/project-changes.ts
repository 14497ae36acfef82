/** Raises what a package.json asks for, and overrides what others ask for, in the form that is written there. */

import { npmSpecOf } from "../../../packages/readers/npm/npm-spec.ts";
import { type JsonObject, objectOf } from "../../../packages/reading/json-fields.ts";
import { jsonValue } from "../../../packages/reading/json-slices.ts";
import { compareVersions, lowestOf, satisfies } from "../../../packages/versions.ts";
import { changesOf, type TextChange } from "../../text-edits.ts";
import { memberAlong, memberIn, replaced, valueIn } from "../json-members.ts";
import type { EditAsked } from "../package-editor.ts";
import { raisedRange } from "../raised-range.ts";
import type { Step } from "./raised-tree.ts";

/** The spec that asks for the new version; the same one if it asks for that already, undefined if it cannot be said. */
export function raisedSpec(spec: string, step: Step): string | undefined {
  const asked = npmSpecOf(spec);
  if (asked.is !== "registry") return undefined;
  const takes = satisfies("npm", step.to, asked.range) === true;
  const lowest = lowestOf("npm", asked.range);
  if (takes && (lowest === undefined || lowest === "0.0.0" || compareVersions("npm", lowest, step.to) >= 0))
    return spec;
  const range = raisedRange("npm", asked.range, step);
  if (range === undefined) return takes ? spec : undefined;
  return spec.slice(0, asked.rangeAt) + range;
}

/** In the object that begins at `start`, a package.json or an entry of a lock file. */
export function askedChange(
  text: string,
  start: number,
  { section, name, step }: { readonly section: string; readonly name: string; readonly step: Step },
): TextChange | undefined {
  const object = memberIn(text, start, section);
  const slice = object && memberIn(text, object.start, name);
  const spec = slice && valueIn(text, slice);
  const raised = typeof spec === "string" ? raisedSpec(spec, step) : undefined;
  return slice && raised !== undefined ? replaced(slice, JSON.stringify(raised)) : undefined;
}

/** A clause is why not. */
export function overrideChange(
  { manifest, textOf }: EditAsked,
  { path, name, to }: { readonly path: string; readonly name: string; readonly to: string },
): readonly TextChange[] | string {
  const text = textOf(path);
  if (text === undefined) return `${path}, where it could be overridden, is not there`;
  const known = memberAlong(text, ["overrides", name]);
  if (known) {
    if (typeof valueIn(text, known) !== "string") return `${path} overrides it in a way of its own`;
    return [replaced(known, JSON.stringify(to))];
  }
  const all = memberAlong(text, ["overrides"]);
  const others = all && objectOf(jsonValue(text.slice(all.start, all.end)));
  if (others && Object.keys(others).some((key) => key.startsWith(`${name}@`)))
    return `${path} overrides it in a way of its own`;
  const { pinAt } = manifest;
  if (!pinAt || pinAt.at.path !== path) return `${path} has no place for an override`;
  const written = pinAt.text.replace("NAME", () => name).replace("VERSION", () => to);
  return changesOf(text, [{ at: pinAt.at, text: written }]) ?? `${path} is not as it was scanned`;
}

/** How a project overrides a package: for everybody, or below others and for some versions only. */
export interface StandingOverride {
  readonly isForAll: boolean;
  readonly spec: string;
}

/** What `overrides` of a package.json say of a package. What refers to what the project asks for itself follows by itself. */
export function overridesOf(text: string | undefined, name: string): readonly StandingOverride[] {
  const project = objectOf(text === undefined ? undefined : jsonValue(text));
  return standingIn(objectOf(project?.overrides) ?? {}, name, true);
}

function standingIn(overrides: JsonObject, name: string, isTop: boolean): readonly StandingOverride[] {
  return Object.entries(overrides).flatMap(([key, value]): readonly StandingOverride[] => {
    const inner = objectOf(value);
    const spec = inner ? inner["."] : value;
    const isOwn = (key === name || key.startsWith(`${name}@`)) && typeof spec === "string" && !spec.startsWith("$");
    return [
      ...(isOwn ? [{ isForAll: isTop && key === name && !inner, spec }] : []),
      ...(inner ? standingIn(inner, name, false) : []),
    ];
  });
}

export function takesOverridden({ spec }: StandingOverride, version: string): boolean {
  const asked = npmSpecOf(spec);
  return asked.is !== "registry" || satisfies("npm", version, asked.range) === true;
}
