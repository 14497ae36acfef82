/** NuGet, Maven and Gradle: `[1.0,2.0)`, `(,1.0]`, `[1.0]`, several of them, and versions whose end floats: `1.*`, `1.+`. */
import { type Comparison, type Requirement, raised } from "./requirement.ts";

/** NuGet: a version alone is the lowest one; a floating one stays within its prefix. */
export function readNugetRequirement(text: string): Requirement | undefined {
  const trimmed = text.trim();
  if (/^[[(]/.test(trimmed)) return readIntervals(trimmed);
  const floating = readFloating(trimmed, "*");
  if (floating) return [floating];
  return isVersionText(trimmed) ? [[{ is: ">=", version: trimmed }]] : undefined;
}

/** Maven: a version alone is the one that is used. */
export function readMavenRequirement(text: string): Requirement | undefined {
  const trimmed = text.trim();
  if (/^[[(\]]/.test(trimmed)) return readIntervals(trimmed);
  const floating = readFloating(trimmed, "+");
  if (floating) return [floating];
  return isVersionText(trimmed) ? [[{ is: "=", version: trimmed }]] : undefined;
}

function isVersionText(text: string): boolean {
  return /^v?\d[^\s,*+()[\]$]*(?:\+[0-9A-Za-z.-]+)?$/.test(text);
}

/** `*` is everything that is released, `1.2-*` also what is not. */
function readFloating(text: string, sign: string): readonly Comparison[] | undefined {
  if (text === sign) return [];
  const [, numbers, prerelease, end] = /^v?(\d+(?:\.\d+)*)(-[^*+]*)?(\.?[*+](?:-\*)?)$/.exec(text) ?? [];
  if (numbers === undefined || !end?.includes(sign)) return undefined;
  if (prerelease !== undefined) {
    const word = prerelease.replace(/[.-]+$/, "");
    // The same numbers, at least this prerelease: the release as well.
    return [
      { is: ">=", version: word === "" ? `${numbers}-0` : `${numbers}${word}` },
      { is: "<=", version: numbers },
    ];
  }
  const count = numbers.split(".").length;
  const low = sign === "*" && end.endsWith("-*") ? `${numbers}-0` : numbers;
  return [
    { is: ">=", version: low },
    { is: "<", version: sign === "*" ? `${raised(numbers, count)}-0` : `${raised(numbers, count)}-alpha` },
  ];
}

const interval = /\s*([[(\]])\s*([^,[\]()]*?)\s*(?:(,)\s*([^,[\]()]*?)\s*)?([\])[])\s*(?:,|$)/y;

function readIntervals(text: string): Requirement | undefined {
  const found: Comparison[][] = [];
  interval.lastIndex = 0;
  while (interval.lastIndex < text.length) {
    const [whole, open = "", low = "", comma, high = "", close = ""] = interval.exec(text) ?? [];
    if (whole === undefined) return undefined;
    if (comma === undefined) {
      if (open !== "[" || close !== "]" || low === "") return undefined;
      found.push([{ is: "=", version: low }]);
      continue;
    }
    const isFloating = low.includes("*");
    const lowest = isFloating
      ? readFloating(low, "*")
      : low === ""
        ? []
        : [{ is: open === "[" ? ">=" : ">", version: low } as const];
    if (lowest === undefined) return undefined;
    found.push([
      ...lowest.slice(0, 1),
      ...(high === "" ? [] : [{ is: close === "]" ? "<=" : "<", version: high } as const]),
    ]);
  }
  return found.length === 0 ? undefined : found;
}
