/** Writes a newer version in the form in which the old one stands: `^1.2.0`, `[1.2.0,2.0)`, `~> 1.2`. What it does not know it leaves alone. */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { satisfies } from "../../packages/versions.ts";

export interface RaisedText {
  readonly text: string;
  /** False if the form in which the old one stands is not known: then the version stands alone. */
  readonly isInForm: boolean;
}

/** For the text at `versionAt`, which is known by what the package says and by its length. */
export function raisedText(use: PackageUse, to: string): RaisedText | undefined {
  const { ecosystem, versionAt } = use;
  if (!versionAt || versionAt.startLine !== versionAt.endLine) return undefined;
  const length = versionAt.endColumn - versionAt.startColumn;
  const written = textsOf(use).find((text) => text.length === length);
  if (written !== undefined) {
    const text = raised(ecosystem, written, to, written === use.version);
    return text === undefined ? undefined : { text, isInForm: true };
  }
  // Between quotes or tags, where a version may stand alone; in the others something may stand around it.
  const standsAlone = ecosystem === "npm" || ecosystem === "NuGet";
  return standsAlone && !/["'<>\s]/.test(to) ? { text: to, isInForm: false } : undefined;
}

function textsOf({ ecosystem, requirement = "", version }: PackageUse): readonly string[] {
  const isWritten = requirement !== "" && !requirement.includes("$(") && !requirement.includes("${");
  // An alias has the name of the package before its range.
  const alias = /^(?:npm|jsr):@?[^@]+@(.+)$/.exec(requirement)?.[1];
  const asked = ecosystem !== ".NET" && isWritten ? [requirement, ...(alias === undefined ? [] : [alias])] : [];
  return [...asked, ...(version === undefined ? [] : [version])];
}

const oneVersion = /v?\d[\w.+!-]*/gi;
const longest = 300;

function raised(ecosystem: Ecosystem, written: string, to: string, isPlain: boolean): string | undefined {
  if (written.length > longest) return undefined;
  if (isPlain) return withV(written, to);
  for (const found of written.matchAll(oneVersion)) {
    const [old] = found;
    const before = written.slice(0, found.index).trimEnd();
    // Bounds from above, and versions that are left out.
    if (/[<!]=?$/.test(before)) continue;
    if (/[*x]/i.test(old)) return undefined;
    const text = `${written.slice(0, found.index)}${withV(old, to)}${written.slice(found.index + old.length)}`;
    const kept = old === written ? bareText(ecosystem, old, to) : text;
    return satisfies(ecosystem, to, kept) === true ? kept : undefined;
  }
  return undefined;
}

function withV(old: string, to: string): string {
  return /^v\d/i.test(old) && !/^v/i.test(to) ? `v${to}` : to;
}

/** In npm `1` and `1.2` mean all that begin so; with three numbers they would mean one. */
function bareText(ecosystem: Ecosystem, old: string, to: string): string {
  const dots = old.split(".").length - 1;
  if ((ecosystem !== "npm" && ecosystem !== "Deno") || dots > 1) return withV(old, to);
  return `${dots === 0 ? "^" : "~"}${to}`;
}
