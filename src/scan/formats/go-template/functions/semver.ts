/** Versions and what is demanded of them, as in the library that sprig uses: hyphens, wildcards, tildes, carets. */
import { type FunctionTable, strictly, TemplateFailure } from "../template-function.ts";
import { plainText } from "../traced-text.ts";
import { bool, int, type Value } from "../value.ts";
import { type Args, stringArgument } from "./arguments.ts";

interface Version {
  readonly numbers: readonly [number, number, number];
  readonly prerelease: string;
  readonly metadata: string;
  /** How many of the numbers are written; the others are wildcards. */
  readonly written: number;
}

const pattern = /^v?(\d+|[xX*])(?:\.(\d+|[xX*]))?(?:\.(\d+|[xX*]))?(?:-([\w.-]+))?(?:\+([\w.-]+))?$/;

function parseVersion(text: string): Version | undefined {
  const [all, major, minor, patch, prerelease = "", metadata = ""] = pattern.exec(text.trim()) ?? [];
  if (all === undefined) return undefined;
  const parts = [major, minor, patch];
  const wild = parts.findIndex((part) => part === undefined || /[xX*]/.test(part));
  const numbers = parts.map((part, n) => (wild >= 0 && n >= wild ? 0 : Number(part)));
  return {
    numbers: [numbers[0] ?? 0, numbers[1] ?? 0, numbers[2] ?? 0],
    prerelease,
    metadata,
    written: wild < 0 ? 3 : wild,
  };
}

function compareVersions(a: Version, b: Version): number {
  for (const [n, number] of a.numbers.entries()) {
    const difference = number - (b.numbers[n] ?? 0);
    if (difference !== 0) return Math.sign(difference);
  }
  if (a.prerelease === b.prerelease) return 0;
  if (a.prerelease === "" || b.prerelease === "") return a.prerelease === "" ? 1 : -1;
  return comparePrereleases(a.prerelease.split("."), b.prerelease.split("."));
}

function comparePrereleases(a: readonly string[], b: readonly string[]): number {
  for (let n = 0; n < Math.max(a.length, b.length); n++) {
    const [left, right] = [a[n], b[n]];
    if (left === undefined || right === undefined) return left === undefined ? -1 : 1;
    if (left === right) continue;
    const numeric = [left, right].map((one) => /^\d+$/.test(one));
    if (numeric[0] && numeric[1]) return Math.sign(Number(left) - Number(right));
    if (numeric[0] !== numeric[1]) return numeric[0] ? -1 : 1;
    return left < right ? -1 : 1;
  }
  return 0;
}

/** The first version behind all that share the first `count` numbers. */
function behind({ numbers }: Version, count: number): Version {
  const next = numbers.map((number, n) => (n < count - 1 ? number : n === count - 1 ? number + 1 : 0));
  return { numbers: [next[0] ?? 0, next[1] ?? 0, next[2] ?? 0], prerelease: "", metadata: "", written: 3 };
}

function within(version: Version, from: Version, to: Version | undefined): boolean {
  return compareVersions(version, from) >= 0 && (to === undefined || compareVersions(version, to) < 0);
}

function satisfies(version: Version, operator: string, wanted: Version): boolean {
  if (version.prerelease !== "" && wanted.prerelease === "") return operator === "!=" && wanted.written === 3;
  const { written } = wanted;
  const isSame = within(version, wanted, written === 0 ? undefined : behind(wanted, written));
  const compared = compareVersions(version, wanted);
  switch (operator) {
    case "":
    case "=":
      return written === 3 ? compared === 0 : isSame;
    case "!=":
      return written === 3 ? compared !== 0 : !isSame;
    case ">":
      return written === 3 ? compared > 0 : compared > 0 && !isSame;
    case "<":
      return compared < 0;
    case ">=":
    case "=>":
      return compared >= 0;
    case "<=":
    case "=<":
      return compared <= 0 || (written < 3 && isSame);
    case "~":
    case "~>":
      return within(version, wanted, written === 0 ? undefined : behind(wanted, Math.min(written, 2)));
    case "^": {
      const lead = wanted.numbers.findIndex((number) => number !== 0);
      const count = written === 0 ? 0 : Math.min(lead < 0 ? written : lead + 1, written);
      return within(version, wanted, count === 0 ? undefined : behind(wanted, count));
    }
    default:
      return false;
  }
}

function meets(version: Version, constraint: string): boolean {
  const ranges = constraint.replace(/(\S+)\s+-\s+(\S+)/g, ">=$1 <=$2");
  return ranges.split("||").some((range) => {
    const parts = [...range.matchAll(/([=!<>~^]*)\s*([^\s,=!<>~^|]+)/g)];
    return parts.every(([, operator = "", text = ""]) => {
      const wanted = parseVersion(text);
      if (!wanted) throw new TemplateFailure(`${constraint} demands no version`);
      return satisfies(version, operator, wanted);
    });
  });
}

function versionArgument(args: Args, position: number): Version {
  const text = stringArgument(args, position);
  const version = parseVersion(text);
  if (!version) throw new TemplateFailure(`${text} is no version`);
  return version;
}

function versionValue(version: Version, original: string): Value {
  const [major, minor, patch] = version.numbers;
  const fields: Readonly<Record<string, Value>> = {
    Major: int(major),
    Minor: int(minor),
    Patch: int(patch),
    Prerelease: plainText(version.prerelease),
    Metadata: plainText(version.metadata),
    Original: plainText(original),
  };
  const numbers = version.numbers.join(".");
  return {
    is: "native",
    text: `${numbers}${version.prerelease && `-${version.prerelease}`}${version.metadata && `+${version.metadata}`}`,
    field: (name) => (Object.hasOwn(fields, name) ? fields[name] : undefined),
    call: (name, [other]) => {
      const compared = other?.is === "native" || other?.is === "text" ? parseVersion(other.text) : undefined;
      return name === "Compare" && compared ? int(compareVersions(version, compared)) : undefined;
    },
  };
}

export const semverFunctions: FunctionTable = strictly({
  semver: (args) => versionValue(versionArgument(args, 0), stringArgument(args, 0)),
  semverCompare: (args) => bool(meets(versionArgument(args, 1), stringArgument(args, 0))),
});
