/** A pnpm-lock.yaml as what it says: the entries of packages, what they lead to, and what projects ask for. */
import { plain } from "../../../../packages/readers/npm/yaml-members.ts";
import { type Format, idOfReference, type PackageKey, packageKeyOf } from "./lock-keys.ts";
import { type LockPart, lockParts, partOf } from "./lock-parts.ts";

export interface Attribute {
  readonly key: string;
  /** Whole lines. */
  readonly text: string;
}

export interface Edge {
  readonly name: string;
  readonly id: string;
  readonly isOptional: boolean;
}

/** An entry of `snapshots`, of `packages` before version 9. */
export interface LockEntry {
  readonly id: string;
  readonly key: PackageKey | undefined;
  readonly attributes: readonly Attribute[];
  readonly edges: readonly Edge[];
}

/** What a project asks for, with the places of what is written. */
export interface LockAsk {
  readonly folder: string;
  readonly section: string;
  readonly name: string;
  readonly specifier: LockPart;
  readonly version: LockPart;
  /** What it leads to. */
  readonly id: string | undefined;
}

export interface LockGraph {
  readonly format: Format;
  readonly roots: readonly LockPart[];
  readonly entries: ReadonlyMap<string, LockEntry>;
  /** Version 9 describes packages apart from what they lead to. */
  readonly packages: ReadonlyMap<string, readonly Attribute[]>;
  readonly asks: readonly LockAsk[];
}

/** Undefined if it is of another version, or not as pnpm writes it. */
export function lockGraphOf(text: string): LockGraph | undefined {
  const roots = lockParts(text);
  const format = formatOf(plain(partOf(roots, "lockfileVersion")?.value ?? ""));
  if (!roots || format === undefined) return undefined;
  const list = partOf(roots, format === 9 ? "snapshots" : "packages")?.parts ?? [];
  const ids = new Set(list.map(({ key }) => key));
  const find = (name: string, words: string) => idOfReference(name, words, format, (id) => ids.has(id));
  const entries = new Map(list.map((part) => [part.key, entryOf(text, part, format, find)]));
  const packages = new Map(
    (format === 9 ? (partOf(roots, "packages")?.parts ?? []) : []).map((part) => [part.key, attributesOf(text, part)]),
  );
  return { format, roots, entries, packages, asks: asksOf(roots, find) };
}

function formatOf(version: string): Format | undefined {
  const known = /^([569])\.\d{1,2}(?:-[\w.]+)?$/.exec(version)?.[1];
  return known === undefined ? undefined : (Number(known) as Format);
}

type Find = (name: string, words: string) => string | undefined;

function entryOf(text: string, part: LockPart, format: Format, find: Find): LockEntry {
  const edges = ["dependencies", "optionalDependencies"].flatMap((section) =>
    (partOf(part.parts, section)?.parts ?? []).flatMap(({ key: name, value }): readonly Edge[] => {
      const id = find(name, plain(value));
      return id === undefined ? [] : [{ name, id, isOptional: section === "optionalDependencies" }];
    }),
  );
  return { id: part.key, key: packageKeyOf(part.key, format), attributes: attributesOf(text, part), edges };
}

function attributesOf(text: string, { parts }: LockPart): readonly Attribute[] {
  return parts.map(({ key, start, end }) => ({ key, text: `${text.slice(start, end).trimEnd()}\n` }));
}

export function isAskList(key: string): boolean {
  return key === "dependencies" || key === "devDependencies" || key === "optionalDependencies";
}

function asksOf(roots: readonly LockPart[], find: Find): readonly LockAsk[] {
  const importers = partOf(roots, "importers");
  const projects = importers ? importers.parts.map(({ key, parts }) => ({ folder: key, parts })) : [];
  return [...projects, { folder: ".", parts: roots }].flatMap(({ folder, parts }) => {
    const specifiers = partOf(parts, "specifiers")?.parts ?? [];
    const apart = new Map(specifiers.map((part) => [part.key, part]));
    return parts
      .filter(({ key }) => isAskList(key))
      .flatMap((list) =>
        list.parts.flatMap((one): readonly LockAsk[] => {
          const version = partOf(one.parts, "version") ?? one;
          const specifier = partOf(one.parts, "specifier") ?? apart.get(one.key);
          if (!specifier) return [];
          const id = find(one.key, plain(version.value));
          return [{ folder, section: list.key, name: one.key, specifier, version, id }];
        }),
      );
  });
}

/** What the projects need, and of that what is needed for more than development, or at all costs. */
export interface Reached {
  readonly all: ReadonlySet<string>;
  readonly product: ReadonlySet<string>;
  readonly development: ReadonlySet<string>;
  readonly firm: ReadonlySet<string>;
}

type EdgesOf = (id: string) => readonly Edge[];

export function reachedFrom(asks: readonly Pick<LockAsk, "section" | "id">[], edgesOf: EdgesOf): Reached {
  const walk = (of: (section: string) => boolean, takesOptional: boolean): ReadonlySet<string> => {
    const reached = new Set(asks.flatMap(({ section, id }) => (id !== undefined && of(section) ? [id] : [])));
    for (const id of reached)
      for (const edge of edgesOf(id)) if (takesOptional || !edge.isOptional) reached.add(edge.id);
    return reached;
  };
  return {
    all: walk(() => true, true),
    product: walk((section) => section !== "devDependencies", true),
    development: walk((section) => section === "devDependencies", true),
    firm: walk((section) => section !== "optionalDependencies", false),
  };
}
