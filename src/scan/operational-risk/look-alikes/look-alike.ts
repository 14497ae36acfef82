/**
 * Tells which famous name another name imitates: by one letter more, less, other or swapped, by other separators, by a scope
 * that is nearly the same or left out, by letters that look the same. Only names: whether it is an attack, they do not tell.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import { packageKey } from "#model/package-key.ts";
import { famousNames } from "./famous-names.ts";

export interface LookAlike {
  /** The famous name. */
  readonly of: string;
  /** In words: "one letter differs". */
  readonly by: string;
}

/** Shorter names have neighbours by chance: `vue` and `vuex`. */
const shortest = 5;
/** Nobody's name is longer. */
const longest = 100;

/** Who may publish under which beginning, the registry decides: nobody else gets a name in there. */
function ownerOf(ecosystem: Ecosystem, key: string): string | undefined {
  if (ecosystem === "NuGet") return /^(?:microsoft|system|azure)\./.exec(key)?.[0];
  return ecosystem === "Packagist" || key.startsWith("@") ? key.slice(0, key.indexOf("/") + 1) : undefined;
}

export function isFamousName(ecosystem: Ecosystem, key: string): boolean {
  return indexOf(ecosystem)?.names.has(key) === true;
}

/** `key` is normalised (`packageKey`). */
export function lookAlikeOf(ecosystem: Ecosystem, key: string): LookAlike | undefined {
  const index = indexOf(ecosystem);
  if (!index || key.length < shortest - 1 || key.length > longest) return undefined;
  if (index.names.has(key) || index.owners.has(ownerOf(ecosystem, key) ?? "")) return undefined;
  const separated = index.plain.get(plainOf(key));
  if (separated !== undefined) {
    const of = index.names.get(separated) ?? separated;
    if (joinedOf(key) !== joinedOf(separated)) return { of, by: "letters that look alike" };
    return { of, by: separated.startsWith("@") || key.startsWith("@") ? "another scope" : "other separators" };
  }
  for (const near of [key, ...withoutOne(key)]) {
    for (const famous of index.near.get(near) ?? []) {
      if (isOneStepAway(key, famous)) return { of: index.names.get(famous) ?? famous, by: stepOf(key, famous) };
    }
  }
  return undefined;
}

interface NameIndex {
  /** By normalised name, as it is written. */
  readonly names: ReadonlyMap<string, string>;
  readonly owners: ReadonlySet<string>;
  /** By the name without separators and with the same letter for those that look alike. */
  readonly plain: ReadonlyMap<string, string>;
  /** By the name, and by the name without one of its letters: two names that are one step apart meet here. */
  readonly near: ReadonlyMap<string, readonly string[]>;
}

const indexes = new Map<Ecosystem, NameIndex | undefined>();

function indexOf(ecosystem: Ecosystem): NameIndex | undefined {
  if (!indexes.has(ecosystem)) indexes.set(ecosystem, buildIndex(ecosystem));
  return indexes.get(ecosystem);
}

function buildIndex(ecosystem: Ecosystem): NameIndex | undefined {
  const list = famousNames[ecosystem]?.trim().split(/\s+/);
  if (!list) return undefined;
  const names = new Map(list.map((name) => [packageKey(ecosystem, name), name]));
  const plain = new Map<string, string>();
  const near = new Map<string, string[]>();
  for (const key of names.keys()) {
    if (key.length < shortest) continue;
    plain.set(plainOf(key), key);
    for (const one of [key, ...withoutOne(key)]) {
      const others = near.get(one);
      if (others) others.push(key);
      else near.set(one, [key]);
    }
  }
  const owners = new Set([...names.keys()].flatMap((key) => ownerOf(ecosystem, key) || []));
  return { names, owners, plain, near };
}

function withoutOne(name: string): readonly string[] {
  return Array.from(name, (_, at) => name.slice(0, at) + name.slice(at + 1));
}

/** Letters of other alphabets that look like Latin ones. */
const looks: Readonly<Record<string, string>> = {
  а: "a",
  е: "e",
  і: "i",
  ј: "j",
  о: "o",
  р: "p",
  с: "c",
  у: "y",
  х: "x",
  ѕ: "s",
  ο: "o",
  ν: "v",
  ı: "i",
  ł: "l",
};

function looksOf(name: string): string {
  return name
    .replace(/[^\x20-\x7e]/g, (letter) => looks[letter] ?? letter)
    .replace(/rn/g, "m")
    .replace(/vv/g, "w")
    .replace(/[01]/g, (digit) => (digit === "0" ? "o" : "l"));
}

function plainOf(name: string): string {
  return joinedOf(looksOf(name));
}

/** Without separators. */
function joinedOf(name: string): string {
  return name.replace(/[-_./@]/g, "");
}

/** Damerau's distance of two names that share all letters but one. */
function isOneStepAway(a: string, b: string): boolean {
  const start = sharedStart(a, b);
  const [restA, restB] = [a.slice(start), b.slice(start)];
  // Another number is another version: `log4js`, `boto3`.
  if (restA === restB || /^\d/.test(restA) || /^\d/.test(restB)) return false;
  if (restA.slice(1) === restB || restA === restB.slice(1)) return true;
  if (restA.slice(1) === restB.slice(1)) return true;
  return restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2);
}

function sharedStart(a: string, b: string): number {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at += 1;
  return at;
}

function stepOf(a: string, b: string): string {
  if (a.length > b.length) return "one letter too many";
  if (a.length < b.length) return "one letter missing";
  const start = sharedStart(a, b);
  return a[start] === b[start + 1] && a[start + 1] === b[start] ? "two letters swapped" : "one letter differs";
}
