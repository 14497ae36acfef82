/** Raises what Python projects ask for where their range does not take the new version; a range that takes it stays as it is. */
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";
import { folderOf } from "../../../packages/paths.ts";
import { compareVersions, lowestOf, satisfies } from "../../../packages/versions.ts";
import { changedText, type TextChange } from "../../text-edits.ts";
import { declaredChanges, declaredFix } from "../edit-declared.ts";
import type { EditAsked } from "../package-editor.ts";
import { raisedRange } from "../raised-range.ts";
import { type LockPart, type LockText, quoted, valueChange } from "./lock-blocks.ts";

export interface ProjectRaise {
  /** By path; empty where every range takes the new version. */
  readonly changes: ReadonlyMap<string, readonly TextChange[]>;
  /** The text of a file afterwards. */
  readonly textOf: (path: string) => string | undefined;
  /** The extras that the projects ask for it with. */
  readonly extras: readonly string[];
  /** What was asked for and what is now, in the order that lock files have: `>=1,<2`. */
  readonly specifiers: ReadonlyMap<string, string>;
}

/** A clause is why not. */
export function raiseInProjects(asked: EditAsked): ProjectRaise | string {
  const [{ use, to }] = asked.raising;
  const changes = new Map<string, readonly TextChange[]>();
  const extras: string[] = [];
  const specifiers = new Map<string, string>();
  for (const manifest of asked.alone()) {
    const own = manifest.packages.filter((one) => isSame(one, use));
    for (const one of own) extras.push(...extrasIn(asked, one));
    if (own.some(({ source }) => source !== undefined)) return `the project does not take ${use.name} from an index`;
    const raising = own.flatMap((one) => {
      if (one.requirement === undefined && one.version === undefined) return [];
      if (satisfies("PyPI", to, one.requirement ?? `==${one.version}`) === true) return [];
      return [{ use: one, from: one.version ?? lowestOf("PyPI", one.requirement ?? "") ?? "", to }];
    });
    if (raising.some(({ from }) => from === "" || compareVersions("PyPI", from, to) > 0))
      return `what the project asks for does not take ${use.name} ${to}`;
    for (const one of raising) {
      const before = one.use.requirement ?? `==${one.from}`;
      const after =
        one.use.version === undefined ? raisedRange("PyPI", before, one) : before.replace(one.from, () => to);
      if (after !== undefined) specifiers.set(inOrder(before), inOrder(after));
    }
    const [first, ...others] = raising;
    const here = first && { ...asked, manifest, raising: [first, ...others] as const };
    const found = here && declaredChanges(here, declaredFix(here));
    if (first && !found)
      return `what the project asks for does not take ${use.name} ${to}, and has no form that is raised`;
    for (const [path, edits] of found ?? []) changes.set(path, [...(changes.get(path) ?? []), ...edits]);
  }
  const textOf = (path: string) => {
    const text = asked.textOf(path);
    return text === undefined ? undefined : changedText(text, changes.get(path) ?? []);
  };
  return { changes, textOf, extras, specifiers };
}

/** By their versions. */
function inOrder(specifier: string): string {
  const versionOf = (clause: string) => clause.replace(/^[<>=!~]+/, "");
  const clauses = specifier.replace(/\s+/g, "").split(",");
  return clauses.toSorted((one, other) => compareVersions("PyPI", versionOf(one), versionOf(other))).join(",");
}

function isSame({ ecosystem, name }: PackageUse, use: PackageUse): boolean {
  return ecosystem === "PyPI" && packageKey("PyPI", name) === packageKey("PyPI", use.name);
}

/** `name[a,b]` and `extras = ["a", "b"]`. */
function extrasIn({ textOf }: EditAsked, { at }: PackageUse): readonly string[] {
  const lines = (textOf(at.path) ?? "").split("\n").slice(at.startLine - 1, at.endLine);
  const text = lines.join("\n").slice(at.startColumn - 1, 5000);
  const [, listed = ""] = /\[([^\]]*)\]/.exec(text) ?? [];
  return listed.split(",").flatMap((word) => word.replace(/["'\s]/g, "") || []);
}

export function projectBeside({ manifest }: EditAsked): string {
  const folder = folderOf(manifest.path);
  return folder === "" ? "pyproject.toml" : `${folder}/pyproject.toml`;
}

interface Hashed {
  readonly lock: LockText;
  /** Where the hash stands. */
  readonly part: LockPart | undefined;
  /** By the name of the rule; versions of a tool differ in theirs. */
  readonly hashesOf: (project: string) => ReadonlyMap<string, string>;
}

/** The hash of the pyproject.toml beside a lock file: the old one must come out of the old project. A clause is why not. */
export function hashedProject(
  asked: EditAsked,
  raise: ProjectRaise,
  { lock, part, hashesOf }: Hashed,
): readonly TextChange[] | string {
  const path = projectBeside(asked);
  const before = asked.textOf(path);
  if (!part || before === undefined) return "the hash of the project in it cannot be computed";
  if ([...raise.changes.keys()].some((changed) => changed !== path))
    return "more than the project beside it would change";
  const old = [...hashesOf(before)].filter(([, hash]) => part.value === quoted(hash)).map(([rule]) => rule);
  const after = hashesOf(raise.textOf(path) ?? "");
  const hashes = new Set(old.map((rule) => after.get(rule)));
  const [hash] = hashes;
  if (old.length === 0 || hash === undefined) return "its hash of the project is not the one that the project gives";
  if (hashes.size > 1) return "which rule its hash of the project follows cannot be told";
  return part.value === quoted(hash) ? [] : [valueChange(lock, part, quoted(hash))];
}
