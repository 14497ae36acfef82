/**
 * What a Python project asks for, as PEP 508 writes it: `name[extra]>=1,<2; marker`, `name @ address`, and the forms that
 * pip takes beside it. One pass; it refuses what has no name.
 */
import type { PackageSource } from "#model/package-manifest.ts";

export interface PythonRequirement {
  readonly name: string;
  readonly extras: readonly string[];
  /** As written, without the marker: `>=1,<2`; empty if any version will do. */
  readonly specifier: string;
  /** The one version that it allows: `==1.2`, or that of a wheel. */
  readonly version?: string;
  /** Offsets of the version in the text. */
  readonly versionAt?: readonly [start: number, end: number];
  readonly source?: PackageSource;
  /** Behind the semicolon. */
  readonly marker?: string;
}

/** Undefined if the text asks for nothing that has a name. */
export function readRequirement(text: string): PythonRequirement | undefined {
  const start = skipBlanks(text, 0);
  const nameEnd = endOfName(text, start);
  if (nameEnd === start || text.startsWith("://", nameEnd) || isPathLike(text, nameEnd))
    return readAddress(text.trim());
  const name = text.slice(start, nameEnd);
  const afterExtras = readExtras(text, skipBlanks(text, nameEnd));
  if (!afterExtras) return undefined;
  const { extras } = afterExtras;
  const at = skipBlanks(text, afterExtras.at);
  if (text.charAt(at) === "@") return readDirect(text, { name, extras, at: at + 1 });
  const semicolon = text.indexOf(";", at);
  const end = semicolon < 0 ? text.length : semicolon;
  const marker = semicolon < 0 ? "" : text.slice(semicolon + 1).trim();
  const found = readSpecifier(text, at, end);
  return found && { name, extras, ...found, ...(marker === "" ? {} : { marker }) };
}

function skipBlanks(text: string, from: number): number {
  let at = from;
  while (text.charCodeAt(at) <= 32) at++;
  return at;
}

function endOfName(text: string, start: number): number {
  if (!/[A-Za-z0-9]/.test(text.charAt(start))) return start;
  let at = start;
  while (/[\w.-]/.test(text.charAt(at))) at++;
  while (at > start && !/[A-Za-z0-9]/.test(text.charAt(at - 1))) at--;
  return at;
}

/** `dir/x.whl`, `git+https://...`, `file:...`, `x-1.0.whl`: addresses and paths, not names. */
function isPathLike(text: string, nameEnd: number): boolean {
  const next = text.charAt(nameEnd);
  if (next === "/" || next === "\\" || next === "+" || next === ":") return true;
  const word = text.slice(0, nameEnd).trim();
  return /\.(?:whl|zip|tar\.gz|tgz|tar\.bz2)$/i.test(word);
}

function readExtras(text: string, at: number): { readonly extras: readonly string[]; readonly at: number } | undefined {
  if (text.charAt(at) !== "[") return { extras: [], at };
  const end = text.indexOf("]", at);
  if (end < 0) return undefined;
  const extras = text.slice(at + 1, end).split(",");
  return { extras: extras.map((extra) => extra.trim()).filter((extra) => extra !== ""), at: end + 1 };
}

type Found = Pick<PythonRequirement, "specifier" | "version" | "versionAt" | "source">;

function readSpecifier(text: string, from: number, to: number): Found | undefined {
  const isInParentheses = text.charAt(from) === "(";
  let start = isInParentheses ? from + 1 : from;
  let end = to;
  const closing = isInParentheses ? text.lastIndexOf(")", to - 1) : -1;
  if (closing > start) end = closing;
  while (start < end && text.charCodeAt(start) <= 32) start++;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  // `name == 1.0 @ address` is no standard, but is found.
  const address = / @ *(\S+)$/.exec(text.slice(start, Math.min(end, start + 1000)));
  if (address) end = start + address.index;
  while (end > start && text.charCodeAt(end - 1) <= 32) end--;
  const specifier = text.slice(start, end);
  if (address?.[1]) return { specifier, source: sourceOf(address[1]), ...exactVersion(text, start, end) };
  if (specifier === "" || specifier === "*") return { specifier };
  // Conda's lists have `name=1.0=build`; a word behind one sign is the value of a setting.
  if (!/^(?:[<>!~^*\d@]|=(?:=|\s*v?\d))/.test(specifier)) return undefined;
  return { specifier, ...exactVersion(text, start, end) };
}

const exact = /(?:^|,)\s*===?\s*v?([^\s,;*@]+)(?=\s*(?:@|,|$))/;

/** Of `==1.2` or `==1.2,>=1`; a star or a text behind it make it none. */
function exactVersion(text: string, start: number, end: number): Pick<Found, "version" | "versionAt"> | undefined {
  const found = end - start > 1000 ? null : exact.exec(text.slice(start, end));
  const version = found?.[1];
  if (!found || version === undefined) return undefined;
  const at = start + found.index + found[0].length - version.length;
  return { version, versionAt: [at, at + version.length] };
}

/** True for `==` with nothing behind it: nobody can say what was meant. */
export function isIncomplete({ specifier }: PythonRequirement): boolean {
  return /(?:^|,)\s*[<>=!~]+\s*(?:,|$)/.test(specifier.slice(0, 1000));
}

interface Direct {
  readonly name: string;
  readonly extras: readonly string[];
  readonly at: number;
}

function readDirect(text: string, { name, extras, at }: Direct): PythonRequirement | undefined {
  const start = skipBlanks(text, at);
  const rest = text.slice(start);
  const [address = ""] = rest.split(/\s/, 1);
  if (address === "") return undefined;
  const marker = /^\s*;\s*(.*)$/s.exec(rest.slice(address.length))?.[1]?.trim();
  const version = wheelOf(address)?.version;
  return {
    name,
    extras,
    specifier: `@ ${address}`,
    source: sourceOf(address),
    ...(version === undefined ? {} : { version }),
    ...(marker ? { marker } : {}),
  };
}

/** An address or a path that says its name itself: `#egg=name`, or the name of a wheel. */
function readAddress(text: string): PythonRequirement | undefined {
  const [address = ""] = text.split(/\s/, 1);
  const wheel = wheelOf(address);
  const egg = /[#&]egg=([A-Za-z0-9][\w.-]*)(?:\[([^\]]*)\])?/.exec(address);
  const name = egg?.[1] ?? wheel?.name;
  if (name === undefined) return undefined;
  const extras = (egg?.[2] ?? "").split(",").filter((extra) => extra !== "");
  const marker = /\s;\s*(.*)$/s.exec(text.slice(address.length, address.length + 1000))?.[1];
  return {
    name,
    extras,
    specifier: address,
    source: sourceOf(address),
    ...(wheel ? { version: wheel.version } : {}),
    ...(marker ? { marker } : {}),
  };
}

/** By the rule of wheel names: `name-version(-build)?-python-abi-platform.whl`. */
function wheelOf(address: string): { readonly name: string; readonly version: string } | undefined {
  const path = /^[^?#]*/.exec(address)?.[0] ?? "";
  const file = path.slice(path.lastIndexOf("/") + 1);
  if (!/\.whl$/i.test(file)) return undefined;
  const [name, version, ...rest] = file.split("-");
  return name && version && rest.length >= 3 ? { name, version: version.replaceAll("%2B", "+") } : undefined;
}

function sourceOf(address: string): PackageSource {
  const [plain = address] = address.split("#", 1);
  const git = /^git\+(.*)$/i.exec(plain)?.[1];
  if (git !== undefined || /^(?:hg|svn|bzr)\+/.test(plain)) {
    const url = git ?? plain;
    const at = url.lastIndexOf("@");
    return at > url.indexOf("://") + 2 && at > url.lastIndexOf("/", url.indexOf("/", url.indexOf("://") + 3))
      ? { is: "git", url: url.slice(0, at), commit: url.slice(at + 1) }
      : { is: "git", url };
  }
  if (/^file:/i.test(plain)) return { is: "path", path: plain.replace(/^file:(?:\/\/)?/i, "") };
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(plain)) return { is: "archive", url: plain };
  return { is: "path", path: plain };
}
