/** The text of a package URL, taken apart and put together; no rules of types in here. What is none gives undefined, never a throw. */

export interface Purl {
  readonly type: string;
  /** Its segments joined by slashes. */
  readonly namespace?: string | undefined;
  readonly name: string;
  readonly version?: string | undefined;
  readonly qualifiers?: Readonly<Record<string, string>> | undefined;
  readonly subpath?: string | undefined;
}

const longest = 10_000;

export function readPurl(text: string): Purl | undefined {
  const [, path = "", query = "", hash = ""] = /^pkg:\/*([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/is.exec(text) ?? [];
  const slash = path.indexOf("/");
  const type = path.slice(0, slash).toLowerCase();
  if (text.length > longest || slash < 0 || !/^[a-z][a-z0-9.+-]*$/.test(type)) return undefined;
  try {
    const { segments, version } = splitPath(path.slice(slash + 1));
    const name = segments.at(-1);
    const qualifiers = readQualifiers(query);
    if (!name || !qualifiers) return undefined;
    return {
      type,
      name,
      namespace: segments.slice(0, -1).filter(Boolean).join("/") || undefined,
      version: version || undefined,
      qualifiers: Object.keys(qualifiers).length > 0 ? qualifiers : undefined,
      subpath: readSubpath(hash),
    };
  } catch {
    // Percent signs that encode nothing.
    return undefined;
  }
}

/** An `@` that begins a segment which another follows is a scope, not a version. */
function splitPath(path: string): { readonly segments: readonly string[]; readonly version: string } {
  const at = path.lastIndexOf("@");
  const isScope = at < path.lastIndexOf("/") && (at === 0 || path[at - 1] === "/");
  const names = (at < 0 || isScope ? path : path.slice(0, at)).split("/");
  const version = at < 0 || isScope ? "" : path.slice(at + 1);
  return { segments: names.map(decodeURIComponent), version: decodeURIComponent(version) };
}

const qualifierName = /^[a-z][a-z0-9._-]*$/;

function readQualifiers(query: string): Readonly<Record<string, string>> | undefined {
  const found: Record<string, string> = {};
  for (const pair of query.split("&").filter(Boolean)) {
    const [written = "", ...value] = pair.split("=");
    const name = written.toLowerCase();
    if (!qualifierName.test(name) || Object.hasOwn(found, name)) return undefined;
    const decoded = decodeURIComponent(value.join("="));
    if (decoded !== "") found[name] = decoded;
  }
  return found;
}

function readSubpath(hash: string): string | undefined {
  const segments = hash.split("/").filter((segment) => segment !== "" && segment !== "." && segment !== "..");
  return segments.map(decodeURIComponent).join("/") || undefined;
}

export function writePurl({ type, namespace = "", name, version, qualifiers = {}, subpath = "" }: Purl): string {
  const path = [type.toLowerCase(), ...namespace.split("/").filter(Boolean).map(encode), encode(name)].join("/");
  const query = Object.entries(qualifiers)
    .filter(([, value]) => value !== "")
    .map(([key, value]): [string, string] => [key.toLowerCase(), encode(value)])
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => `${key}=${value}`)
    .join("&");
  const hash = subpath
    .split("/")
    .filter((segment) => segment !== "" && segment !== "." && segment !== "..")
    .map(encode)
    .join("/");
  return `pkg:${path}${version ? `@${encode(version)}` : ""}${query && `?${query}`}${hash && `#${hash}`}`;
}

export function isWritable({ type, name, qualifiers = {} }: Purl): boolean {
  return (
    /^[a-z][a-z0-9.+-]*$/i.test(type) &&
    name !== "" &&
    Object.keys(qualifiers).every((key) => qualifierName.test(key.toLowerCase()))
  );
}

function encode(text: string): string {
  return encodeURIComponent(text.toWellFormed())
    .replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`)
    .replaceAll("%3A", ":");
}
