/** Requirements in the words of poetry.lock. What Poetry might write in another way is undefined. */
import { compareVersions } from "../../../packages/versions.ts";
import { quoted } from "./lock-blocks.ts";
import { markerText, withoutExtras } from "./python-marker.ts";
import type { Need } from "./python-needs.ts";

interface Bounds {
  readonly lower?: string;
  readonly upper?: string;
  /** In order. */
  readonly without: readonly string[];
  readonly exact?: string;
}

function boundsOf(specifier: string): Bounds | undefined {
  const lower: string[] = [];
  const upper: string[] = [];
  const without: string[] = [];
  const clauses = specifier.split(",").filter((clause) => clause !== "");
  for (const clause of clauses) {
    const [, sign = "", version = ""] =
      /^(>=|>|<=|<|!=|==|~=)(\d+(?:\.\d+)*(?:\.?(?:a|b|rc|post|dev)\d+)*)$/.exec(clause) ?? [];
    if (sign === "") return undefined;
    if (sign === "==") return clauses.length === 1 ? { without: [], exact: version } : undefined;
    if (sign === "!=") without.push(version);
    else if (sign === "~=") {
      const numbers = /^\d+(?:\.\d+)+$/.test(version) ? version.split(".").map(Number) : [];
      if (numbers.length < 2 || numbers.length > 3) return undefined;
      const kept = numbers.slice(0, -1);
      kept[kept.length - 1] = (kept.at(-1) ?? 0) + 1;
      lower.push(`>=${version}`);
      upper.push(`<${[...kept, 0].join(".")}`);
    } else (sign.startsWith(">") ? lower : upper).push(clause);
  }
  // Which of several bounds counts is for Poetry to say.
  if (lower.length > 1 || upper.length > 1) return undefined;
  const [low, high] = [lower[0], upper[0]];
  const isIn = (version: string) =>
    (low === undefined || compareVersions("PyPI", version, low.replace(/^>=?/, "")) > 0) &&
    (high === undefined || compareVersions("PyPI", version, high.replace(/^<=?/, "")) < 0);
  if (!without.every(isIn)) return undefined;
  if (low !== undefined && high !== undefined && compareVersions("PyPI", bare(low), bare(high)) >= 0) return undefined;
  return {
    ...(low !== undefined && { lower: low }),
    ...(high !== undefined && { upper: high }),
    without: [...new Set(without)].toSorted((one, other) => compareVersions("PyPI", one, other)),
  };
}

function bare(bound: string): string {
  return bound.replace(/^[<>]=?/, "");
}

/** `>=1,<1.5 || >1.5,<2`. */
function constraintText(specifier: string): string | undefined {
  const bounds = boundsOf(specifier);
  if (!bounds) return undefined;
  const { lower, upper, without, exact } = bounds;
  if (exact !== undefined) return exact;
  if (lower === undefined && upper === undefined && without.length === 1) return `!=${without[0]}`;
  const starts = [lower, ...without.map((version) => `>${version}`)];
  const ends = [...without.map((version) => `<${version}`), upper];
  const ranges = starts.map((start, at) => [start, ends[at]].filter((bound) => bound !== undefined).join(","));
  return ranges.length === 1 && ranges[0] === "" ? "*" : ranges.join(" || ");
}

/** `PySocks (>=1.5.6,!=1.5.7)`, and from Poetry 2 on with its marker. */
export function extraText(need: Need, withMarker: boolean): string | undefined {
  const { name, extras, specifier, marker } = need;
  const bounds = boundsOf(specifier);
  const left = withoutExtras(marker);
  const words = left ? markerText(left) : "";
  if (!bounds || left === null || words === undefined) return undefined;
  const { lower, upper, without, exact } = bounds;
  const clauses = exact === undefined ? [lower, ...without.map((one) => `!=${one}`), upper] : [`==${exact}`];
  const range = clauses.filter((clause) => clause !== undefined).join(",");
  const title = `${name}${extras.length > 0 ? `[${extras.join(",")}]` : ""}${range === "" ? "" : ` (${range})`}`;
  return withMarker && words !== "" ? `${title} ; ${words}` : title;
}

/** What stands behind the name in `[package.dependencies]`. */
export function dependencyText({ specifier, extras, marker }: Need, isOptional: boolean): string | undefined {
  const version = constraintText(specifier);
  const words = marker ? markerText(marker) : "";
  if (version === undefined || words === undefined) return undefined;
  if (extras.length === 0 && words === "") return quoted(version);
  const members = [
    `version = ${quoted(version)}`,
    ...(extras.length > 0 ? [`extras = [${extras.map(quoted).join(", ")}]`] : []),
    ...(isOptional ? ["optional = true"] : []),
    ...(words === "" ? [] : [`markers = ${quoted(words)}`]),
  ];
  return `{${members.join(", ")}}`;
}
