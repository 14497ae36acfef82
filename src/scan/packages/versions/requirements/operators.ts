/** Lists of comparisons: RubyGems, Hex, CRAN, Pub, Composer. They differ in their signs and in what a version alone means. */
import { between, type Comparison, caretCount, countOfNumbers, type Requirement, raised } from "./requirement.ts";

const comparison = /^(>=|<=|!=|==|=|<>|<|>|~>|~|\^)?\s*v?(\d\S*)$/i;

type Sign = Comparison["is"];

const signs: Readonly<Record<string, Sign>> = {
  "==": "=",
  "<>": "!=",
  ">=": ">=",
  "<=": "<=",
  "!=": "!=",
  "=": "=",
  "<": "<",
  ">": ">",
};

interface Part {
  readonly sign: string;
  readonly version: string;
}

function readPart(text: string): Part | undefined {
  const [, sign = "", version] = comparison.exec(text.trim()) ?? [];
  return version === undefined ? undefined : { sign, version };
}

/** All parts as comparisons; undefined if one of them cannot be read. */
function readAll(
  parts: readonly string[],
  read: (part: Part) => readonly Comparison[] | undefined,
): readonly Comparison[] | undefined {
  const found: Comparison[] = [];
  for (const text of parts) {
    const part = readPart(text);
    const comparisons = part && (read(part) ?? plainly(part));
    if (!comparisons) return undefined;
    found.push(...comparisons);
  }
  return found;
}

function plainly({ sign, version }: Part): readonly Comparison[] | undefined {
  const is = signs[sign || "="];
  return is && [{ is, version }];
}

/** Signs may stand apart from their versions; what remains is divided by white space. */
function wordsOf(text: string): readonly string[] {
  return text
    .replace(/([<>=!~^]+)\s+/g, "$1")
    .split(/[\s,]+/)
    .filter(Boolean);
}

/** `~> 1.2.3` is at least 1.2.3 and below 1.3, prereleases of 1.3 left out: `A` is the lowest of them. */
export function readGemRequirement(text: string): Requirement | undefined {
  const parts = text.split(",").map((part) => part.trim().replace(/^["']|["']$/g, ""));
  const all = readAll(parts, ({ sign, version }) => {
    if (sign === "^" || sign === "~") return [];
    if (sign !== "~>") return undefined;
    return between(version, `${raised(version, Math.max(1, countOfNumbers(version) - 1))}.A`);
  });
  return all && [all];
}

/** Hex: joined by `and` and `or`. */
export function readHexRequirement(text: string): Requirement | undefined {
  const found: (readonly Comparison[])[] = [];
  for (const alternative of text.split(/\s+or\s+/)) {
    const all = readAll(alternative.split(/\s+and\s+/), ({ sign, version }) => {
      if (sign !== "~>") return undefined;
      return between(version, `${raised(version, Math.max(1, countOfNumbers(version) - 1))}.0-0`);
    });
    if (!all) return undefined;
    found.push(all);
  }
  return found;
}

/** CRAN: `(>= 1.0), (< 2)`. */
export function readCranRequirement(text: string): Requirement | undefined {
  const inner = text.trim().replaceAll(/[()]/g, "");
  if (inner === "*" || inner === "") return [[]];
  const all = readAll(inner.split(","), () => undefined);
  return all && [all];
}

/** Pub: `^0.0.3` keeps the minor, and `<2.0.0` leaves out the prereleases of 2.0.0. */
export function readPubRequirement(text: string): Requirement | undefined {
  const trimmed = text.trim();
  if (trimmed === "any" || trimmed === "") return [[]];
  const all = readAll(wordsOf(trimmed), ({ sign, version }) => {
    if (sign === "^") {
      return between(version, version.startsWith("0.") ? `${raised(version, 2)}.0-0` : `${raised(version, 1)}.0.0-0`);
    }
    return sign === "<" && !version.includes("-") ? [{ is: "<", version: `${version}-0` }] : undefined;
  });
  return all && [all];
}

/** Composer: `^ ~ || * -`, flags of stability, and bounds that stand before the prereleases of what they name: `>=2.0` takes them in, `<2.0` leaves them out. */
export function readComposerRequirement(text: string): Requirement | undefined {
  const found: (readonly Comparison[])[] = [];
  for (const written of text.split(/\s*\|\|?\s*/)) {
    const alternative = written.trim().replace(/@(?:dev|alpha|beta|rc|stable)\b/gi, "");
    const all = readHyphenRange(alternative) ?? readComposerParts(alternative);
    if (!all) return undefined;
    found.push(all);
  }
  return found;
}

function readHyphenRange(text: string): readonly Comparison[] | undefined {
  const [, low, high] = /^v?(\d\S*)\s+-\s+v?(\d\S*)$/.exec(text) ?? [];
  if (low === undefined || high === undefined) return undefined;
  const count = countOfNumbers(high);
  if (count < 3 && !/[a-z]/i.test(high)) return between(composerBound(low), `${raised(high, count)}-dev`);
  return [
    { is: ">=", version: composerBound(low) },
    { is: "<=", version: high },
  ];
}

function composerBound(version: string): string {
  return /[a-z]/i.test(version) ? version : `${version}-dev`;
}

function readComposerParts(text: string): readonly Comparison[] | undefined {
  const parts = wordsOf(text);
  if (parts.length === 0) return undefined;
  return readAll(
    parts.filter((part) => !/^[*x](?:\.[*x])*$/i.test(part)),
    ({ sign, version }) => {
      const [, prefix] = /^(\d+(?:\.\d+)*)(?:\.[*x])+$/i.exec(version) ?? [];
      if (prefix !== undefined) return between(composerBound(prefix), `${raised(prefix, countOfNumbers(prefix))}-dev`);
      const low = composerBound(version);
      if (sign === "^") return between(low, `${raised(version, caretCount(version))}-dev`);
      if (sign === "~") return between(low, `${raised(version, Math.max(1, countOfNumbers(version) - 1))}-dev`);
      return sign === "<" || sign === ">=" ? [{ is: sign, version: low }] : undefined;
    },
  );
}
