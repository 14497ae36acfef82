/** Keys of packages and what leads to them, in the forms of lock files 5, 6 and 9. What comes from elsewhere has no name here. */

export type Format = 5 | 6 | 9;

export interface PackageKey {
  readonly name: string;
  readonly version: string;
  /** The peers that it was joined with, as written. */
  readonly suffix: string;
}

const byAt = /^\/?((?:@[^/@()\s]+\/)?[^/@()\s]+)@(\d+\.\d+\.\d+[^()\s:/]*)((?:\(.*\))?)$/;
const bySlash = /^\/((?:@[^/\s]+\/)?[^/\s]+)\/(\d+\.\d+\.\d+[^_\s:/]*)((?:_.*)?)$/;

export function packageKeyOf(id: string, format: Format): PackageKey | undefined {
  if (id.length > 5_000 || id.startsWith("/") === (format === 9)) return undefined;
  const [, name, version, suffix] = (format === 5 ? bySlash : byAt).exec(id) ?? [];
  return name === undefined || version === undefined ? undefined : { name, version, suffix: suffix ?? "" };
}

export function idOf({ name, version, suffix }: PackageKey, format: Format): string {
  return startOf(name, format) + version + suffix;
}

/** The key of `packages` for a key of `snapshots`. */
export function packageIdOf(id: string, format: Format): string {
  const peers = format === 9 ? id.indexOf("(") : -1;
  return peers < 0 ? id : id.slice(0, peers);
}

export function startOf(name: string, format: Format): string {
  return format === 5 ? `/${name}/` : format === 6 ? `/${name}@` : `${name}@`;
}

/** What a name and the words behind it lead to: a version of that name, or the whole key of another. */
export function idOfReference(name: string, words: string, format: Format, has: (id: string) => boolean) {
  const own = startOf(name, format) + words;
  return has(own) ? own : has(words) ? words : undefined;
}

/** The words by which a name leads to an id, in the form in which it led to the old one. */
export function referenceTo(name: string, id: string, format: Format): string {
  const start = startOf(name, format);
  return id.startsWith(start) ? id.slice(start.length) : id;
}

/** With the new version wherever a package is named as itself or as a peer. Undefined if that is not to be seen in the key. */
export function renamed(
  id: string,
  format: Format,
  steps: ReadonlyMap<string, string>,
  name: string,
): string | undefined {
  const key = packageKeyOf(id, format);
  const own = key?.name === name ? steps.get(key.version) : undefined;
  const head = key && own !== undefined ? idOf({ ...key, version: own, suffix: "" }, format) : undefined;
  const suffix = key?.suffix ?? "";
  const before = id.slice(0, id.length - suffix.length);
  let peers = suffix;
  for (const [from, to] of steps) {
    if (format === 5) {
      if (`${suffix}_`.replaceAll("+", "_").includes(`_${name.replace("/", "_")}@${from}_`)) return undefined;
    } else {
      peers = peers
        .replaceAll(`(${name}@${from})`, `(${name}@${to})`)
        .replaceAll(`(${name}@${from}(`, `(${name}@${to}(`);
    }
  }
  return (head ?? before) + peers;
}
