/** Writes a newer version in the form in which the old one stands: `^1.2.0`, `[1.2.0,2.0)`, `~> 1.2`. What it does not know it leaves alone. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { satisfies } from "../../packages/versions.ts";

export interface RaisedText {
  readonly text: string;
  /** False if it says more or less than the old one did: the form was not known, or holds fewer versions now. */
  readonly isInForm: boolean;
}

/** For the text at `versionAt`, which is known by what the package says and by its length. */
export function raisedText(use: PackageUse, from: string, to: string): RaisedText | undefined {
  const { ecosystem, version, versionAt } = use;
  if (!versionAt || versionAt.startLine !== versionAt.endLine || /["'<>\s]/.test(to)) return undefined;
  const length = versionAt.endColumn - versionAt.startColumn;
  const written = textsOf(use).find((text) => text.length === length);
  if (written !== undefined && written === version) return { text: withV(written, to), isInForm: true };
  if (written !== undefined) return raised(ecosystem, written, from, to);
  // Between quotes or tags, where a version may stand alone; in the others something may stand around it.
  return ecosystem === "npm" || ecosystem === "NuGet" ? { text: to, isInForm: false } : undefined;
}

function textsOf({ ecosystem, requirement = "", version }: PackageUse): readonly string[] {
  const isWritten = requirement !== "" && !requirement.includes("$(") && !requirement.includes("${");
  // An alias has the name of the package before its range.
  const alias = /^(?:npm|jsr):@?[^@]+@(.+)$/.exec(requirement)?.[1];
  const asked = ecosystem !== ".NET" && isWritten ? [requirement, ...(alias === undefined ? [] : [alias])] : [];
  return [...asked, ...(version === undefined ? [] : [version])];
}

const oneVersion = /v?\d[\w.+!*-]*/gi;
/** It stands for many: `1.*`, `1.0.5-*`, `1.x`. */
const wildcard = /\*|(?:^|\.)x(?:\.|$)/i;
const longest = 300;

function raised(ecosystem: Ecosystem, written: string, from: string, to: string): RaisedText | undefined {
  // Which of several alternatives is meant nobody can tell.
  if (written.length > longest || written.includes("|")) return undefined;
  for (const found of written.matchAll(oneVersion)) {
    const [old] = found;
    const before = written.slice(0, found.index).trimEnd();
    // Bounds from above, and versions that are left out.
    if (/[<!]=?$/.test(before)) continue;
    if (wildcard.test(old)) return undefined;
    const rest = written.slice(found.index + old.length);
    const text =
      old === written ? bareText(ecosystem, old, to) : `${written.slice(0, found.index)}${withV(old, to)}${rest}`;
    if (satisfies(ecosystem, to, text) !== true || satisfies(ecosystem, from, text) !== false) return undefined;
    // `~> 1.2` goes up to 2, `~> 1.2.3` to 1.3 only.
    const isNarrower = /~[>=]?$/.test(before) && ecosystem !== "npm" && partsOf(old) < partsOf(to);
    return { text, isInForm: !isNarrower };
  }
  return undefined;
}

function partsOf(version: string): number {
  return version.split(".").length;
}

function withV(old: string, to: string): string {
  return /^v\d/i.test(old) && !/^v/i.test(to) ? `v${to}` : to;
}

/** In npm `1` and `1.2` mean all that begin so; with three numbers they would mean one. */
function bareText(ecosystem: Ecosystem, old: string, to: string): string {
  const parts = partsOf(old);
  if ((ecosystem !== "npm" && ecosystem !== "Deno") || parts > 2) return withV(old, to);
  return `${parts === 1 ? "^" : "~"}${to}`;
}
