/** The path in the repository of what a result is at. Refuses what leads out of it; what lies in the web is no path. */
import { textAt } from "./loose-value.ts";

export type Resolved =
  | { readonly is: "path"; readonly path: string }
  | { readonly is: "web"; readonly url: string }
  | { readonly is: "refused"; readonly because: string };

export interface Roots {
  /** `originalUriBaseIds` of the run. */
  readonly bases: unknown;
  /** Folders that stand for the repository's, as people named them: they come before the bases. */
  readonly given: readonly string[];
}

const longestPath = 1_000;
/** Bases may stand on bases. */
const mostBases = 8;

export function resolvePath(uri: string, baseId: string | undefined, roots: Roots): Resolved {
  if (/^https?:\/\//i.test(uri)) return { is: "web", url: uri.slice(0, 2_000) };
  const decoded = decode(uri);
  if (decoded === undefined) return refused("its percent signs do not make sense");
  const whole = isAbsolute(decoded) ? decoded : `${prefixOf(baseId, roots)}${decoded}`;
  const path = isAbsolute(whole) ? withoutRoot(withoutDots(whole), rootsOf(roots)) : whole;
  if (path === undefined) return refused("it is a full path outside of the folder that was analysed");
  return checked(path);
}

function refused(because: string): Resolved {
  return { is: "refused", because };
}

function checked(text: string): Resolved {
  const parts = withoutDots(text)
    .split("/")
    .filter((part) => part !== "");
  if (parts.includes("..")) return refused("it leads out of the repository");
  // oxlint-disable-next-line no-control-regex -- they are what is refused
  if (/[\u0000-\u001f\u007f]/.test(text)) return refused("it holds characters that no path has");
  if (text.length > longestPath) return refused(`it is longer than ${longestPath} characters`);
  if (parts.length === 0) return refused("it is empty");
  return { is: "path", path: parts.join("/").toWellFormed() };
}

/** A `..` takes back what stands before it; one that nothing stands before stays. */
function withoutDots(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    const before = parts.at(-1) ?? "";
    if (part === ".." && before !== "" && before !== "..") parts.pop();
    else if (part !== "." && (part !== "" || parts.length === 0)) parts.push(part);
  }
  return parts.join("/");
}

/** Without scheme and percent signs, with forward slashes. Undefined if it cannot be decoded. */
function decode(uri: string): string | undefined {
  const isFile = /^file:/i.test(uri);
  try {
    const text = decodeURIComponent(isFile ? uri.slice("file:".length) : uri).replaceAll("\\", "/");
    // file:///x has no host; file:/x is written as well.
    return isFile ? `/${text.replace(/^\/\/[^/]*/, "").replace(/^\/+/, "")}` : text;
  } catch {
    return undefined;
  }
}

function isAbsolute(path: string): boolean {
  return path.startsWith("/") || /^[a-z]:\//i.test(path) || /^[a-z][a-z0-9+.-]*:/i.test(path);
}

/**
 * What stands before a relative path: only what is below another base. One with a full path is where the tool ran: the
 * repository's folder, if nobody named another.
 */
function prefixOf(baseId: string | undefined, { bases, given }: Roots): string {
  let prefix = "";
  let name = baseId;
  for (let step = 0; name !== undefined && step < mostBases; step++) {
    const uri = textAt(bases, name, "uri");
    const path = uri === undefined ? undefined : decode(uri);
    if (path === undefined) return prefix;
    const below = `${path.replace(/\/*$/, path === "" ? "" : "/")}${prefix}`;
    if (isAbsolute(path)) return withoutRoot(below, foldersIn(given)) === undefined ? prefix : below;
    prefix = below;
    name = textAt(bases, name, "uriBaseId");
  }
  return prefix;
}

/** Those that people named, then the bases. */
function rootsOf({ bases, given }: Roots): readonly string[] {
  const names = typeof bases === "object" && bases !== null ? Object.keys(bases).slice(0, 100) : [];
  const uris = names.flatMap((name) => textAt(bases, name, "uri") ?? []);
  return [...foldersIn(given), ...foldersIn(uris)];
}

/** Longest first: a folder below another is the nearer one. `/` says nothing. */
function foldersIn(uris: readonly string[]): readonly string[] {
  const folders = uris.flatMap((uri) => decode(uri) ?? []).filter(isAbsolute);
  return folders
    .map((folder) => `${folder.replace(/^\/?([a-z]:\/)/i, "/$1").replace(/\/+$/, "")}/`)
    .filter((folder) => folder !== "/")
    .sort((a, b) => b.length - a.length);
}

function withoutRoot(path: string, roots: readonly string[]): string | undefined {
  const whole = path.replace(/^([a-z]:\/)/i, "/$1");
  const isWindows = /^\/[a-z]:\//i.test(whole);
  const fold = (text: string) => (isWindows ? text.toLowerCase() : text);
  const root = roots.find((one) => fold(whole).startsWith(fold(one)));
  return root === undefined ? undefined : whole.slice(root.length);
}
