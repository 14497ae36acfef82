/**
 * Environment markers of Python requirements (PEP 508): read, judged as far as the files decide them, and written again. What
 * depends on a machine is neither true nor false here. Forms from before the standard are refused.
 */
import { compareVersions, lowestOf } from "../../../packages/versions.ts";

export type Marker =
  | { readonly is: "and" | "or"; readonly parts: readonly Marker[] }
  | { readonly is: "compare"; readonly variable: string; readonly sign: string; readonly value: string };

const variables: ReadonlySet<string> = new Set([
  ..."os_name sys_platform platform_machine platform_python_implementation platform_release platform_system".split(" "),
  ..."platform_version python_version python_full_version implementation_name implementation_version extra".split(" "),
]);
const token = /\s*(?:([()])|("[^"]*"|'[^']*')|(<=|>=|===|==|~=|!=|<|>)|([a-z_.]+))/y;
const longest = 2000;
const deepest = 20;

interface Cursor {
  readonly tokens: readonly string[];
  at: number;
}

/** Undefined if it is no marker that is known here. */
export function readMarker(text: string): Marker | undefined {
  if (text.length > longest) return undefined;
  const tokens: string[] = [];
  token.lastIndex = 0;
  for (let end = 0; text.slice(end).trim() !== ""; end = token.lastIndex) {
    const found = token.exec(text);
    if (!found) return undefined;
    tokens.push(found[0].trim());
  }
  const cursor = { tokens, at: 0 };
  const marker = readChoice(cursor, "or", 0);
  return cursor.at === tokens.length ? marker : undefined;
}

function readChoice(cursor: Cursor, is: "and" | "or", depth: number): Marker | undefined {
  const parts: Marker[] = [];
  do {
    const part = is === "or" ? readChoice(cursor, "and", depth) : readAtom(cursor, depth);
    if (!part) return undefined;
    parts.push(part);
  } while (cursor.tokens[cursor.at] === is && ++cursor.at);
  const [only] = parts;
  return parts.length === 1 ? only : { is, parts };
}

function readAtom(cursor: Cursor, depth: number): Marker | undefined {
  const { tokens } = cursor;
  if (tokens[cursor.at] === "(") {
    cursor.at += 1;
    const inner = depth < deepest ? readChoice(cursor, "or", depth + 1) : undefined;
    return tokens[cursor.at++] === ")" ? inner : undefined;
  }
  const variable = tokens[cursor.at++] ?? "";
  let sign = tokens[cursor.at++] ?? "";
  if (sign === "not" && tokens[cursor.at] === "in") {
    sign = "not in";
    cursor.at += 1;
  }
  const quoted = tokens[cursor.at++] ?? "";
  if (!variables.has(variable) || !/^(?:[<>=!~]+|in|not in)$/.test(sign) || !/^["']/.test(quoted)) return undefined;
  return { is: "compare", variable, sign, value: quoted.slice(1, -1) };
}

export interface Surroundings {
  readonly extras: ReadonlySet<string>;
  /** The Pythons that the project is for: `>=3.9,<4`. */
  readonly pythons: string | undefined;
}

/** Undefined if it depends on where it is installed, or cannot be told. */
export function judgeMarker(marker: Marker | undefined, where: Surroundings): boolean | undefined {
  if (!marker) return undefined;
  if (marker.is === "compare") return judgeComparison(marker, where);
  const answers = marker.parts.map((part) => judgeMarker(part, where));
  const deciding = marker.is === "or";
  if (answers.includes(deciding)) return deciding;
  return answers.includes(undefined) ? undefined : !deciding;
}

type Comparison = Extract<Marker, { readonly is: "compare" }>;

function judgeComparison(
  { variable, sign, value }: Comparison,
  { extras, pythons }: Surroundings,
): boolean | undefined {
  if (variable === "extra") {
    const isAsked = extras.has(extraKey(value));
    return sign === "==" ? isAsked : sign === "!=" ? !isAsked : undefined;
  }
  if (variable !== "python_version" && variable !== "python_full_version") return undefined;
  const lowest = pythons === undefined ? undefined : lowestOf("PyPI", pythons);
  if (lowest === undefined || !/^\d+(?:\.\d+)*$/.test(value)) return undefined;
  const least = variable === "python_version" ? lowest.split(".").slice(0, 2).join(".") : lowest;
  const order = compareVersions("PyPI", least, value);
  const end = upperBound(pythons ?? "");
  const isBelow = end !== undefined && compareVersions("PyPI", end, value) <= 0;
  if (sign === ">=") return order >= 0 ? true : isBelow ? false : undefined;
  if (sign === "<") return order >= 0 ? false : isBelow ? true : undefined;
  if (sign === ">" || sign === "!=") return order > 0 ? true : undefined;
  if (sign === "<=" || sign === "==") return order > 0 ? false : undefined;
  return undefined;
}

/** The least version that is too new. */
export function upperBound(pythons: string): string | undefined {
  if (pythons.includes("|")) return undefined;
  return pythons
    .split(",")
    .flatMap((clause) => /^\s*<\s*(\d+(?:\.\d+)*)\s*$/.exec(clause)?.[1] ?? [])
    .toSorted((one, other) => compareVersions("PyPI", one, other))[0];
}

export function extraKey(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, "-");
}

/** The extras that it names. */
export function extrasIn(marker: Marker | undefined): readonly string[] {
  if (!marker) return [];
  if (marker.is !== "compare") return marker.parts.flatMap(extrasIn);
  return marker.variable === "extra" ? [extraKey(marker.value)] : [];
}

/** Without what is said of extras; undefined if nothing is left. `null`: that cannot be told apart. */
export function withoutExtras(marker: Marker | undefined): Marker | undefined | null {
  if (!marker || extrasIn(marker).length === 0) return marker;
  if (marker.is === "compare") return undefined;
  const parts = marker.parts.map(withoutExtras);
  if (parts.includes(null)) return null;
  const left = parts.flatMap((part) => part ?? []);
  if (marker.is === "or") return left.length === 0 ? undefined : null;
  return left.length > 1 ? { is: "and", parts: left } : left[0];
}

/** As most tools write it; undefined where they would put it in other words: alternatives, one variable more than once. */
export function markerText(marker: Marker): string | undefined {
  if (marker.is === "or") return undefined;
  const parts = marker.is === "and" ? marker.parts : [marker];
  const seen = new Set<string>();
  const words = parts.map((part) => {
    if (part.is !== "compare" || !/^(?:==|!=|<|>=)$/.test(part.sign) || seen.has(part.variable)) return undefined;
    seen.add(part.variable);
    if (seen.has("python_version") && seen.has("python_full_version")) return undefined;
    if (/["\\]/.test(part.value)) return undefined;
    return `${part.variable} ${part.sign} "${part.variable === "extra" ? extraKey(part.value) : part.value}"`;
  });
  return words.includes(undefined) ? undefined : words.join(" and ");
}
