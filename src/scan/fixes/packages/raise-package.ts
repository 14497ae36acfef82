/** Raises one package in all manifests that have it, and reads the result again. What does not verify is taken back. */
import type { FixKnowledge } from "#model/fix-plan.ts";
import { packageKey } from "#model/package-key.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { compareVersions, lowestOf } from "../../packages/versions.ts";
import type { ManifestReading, Texts, UnitRead } from "../manifest-reading.ts";
import { changedText } from "../text-edits.ts";
import { editorOf } from "./editors.ts";
import { affectedIn, type PackageGoal, type Raising, raisingIn, type WorldKnowledge } from "./raising.ts";
import { troubleIn } from "./verify-raised.ts";

export interface RaiseRequest {
  readonly reading: ManifestReading;
  /** Of files as they are, without byte order marks; undefined if they cannot be edited. */
  readonly original: (path: string) => string | undefined;
  /** What earlier steps wrote. */
  readonly texts: Texts;
  readonly known: FixKnowledge;
  readonly world?: WorldKnowledge | undefined;
}

export interface Raised {
  readonly texts: Texts;
  /** Paths of the manifests in which it went up, or will after a restore. */
  readonly manifests: readonly string[];
  readonly raised: readonly Raising[];
  readonly needsRestore: boolean;
  readonly said: readonly string[];
  /** What comes in with it, `name@version` each. */
  readonly adds: readonly string[];
  /** A sentence for each manifest that is left as it is. */
  readonly refusals: readonly string[];
}

interface Step {
  readonly texts: Texts;
  readonly raised: readonly Raising[];
  readonly needsRestore: boolean;
  readonly said: readonly string[];
  readonly adds: readonly string[];
}

export function raisePackage(goal: PackageGoal, request: RaiseRequest): Raised {
  const paths = [...new Set(goal.findings.flatMap(({ package: of }) => of?.manifest ?? []))];
  const [manifests, raised, refusals]: [string[], Raising[], string[]] = [[], [], []];
  const said = new Set<string>();
  const adds = new Set<string>();
  let { texts } = request;
  let needsRestore = false;
  for (const path of paths) {
    const step = raiseAt(path, goal, { ...request, texts });
    if (typeof step === "string") {
      refusals.push(step);
      continue;
    }
    texts = step.texts;
    needsRestore ||= step.needsRestore;
    manifests.push(path);
    raised.push(...step.raised);
    for (const words of step.said) said.add(words);
    for (const one of step.adds) adds.add(one);
  }
  return { texts, manifests, raised, needsRestore, said: [...said], adds: [...adds], refusals };
}

/** A text is why not. */
function raiseAt(path: string, goal: PackageGoal, request: RaiseRequest): Step | string {
  const { reading, texts, world } = request;
  const here = reading.read([path], texts).manifests.filter((one) => one.path === path);
  if (here.length === 0) return `${path} could not be read as it was scanned, so ${goal.name} is left as it is there.`;
  const draft: Draft = {
    texts,
    changed: new Set(),
    raised: [],
    said: [],
    adds: [],
    beside: new Set(),
    stale: new Set(),
    needsRestore: false,
  };
  for (const manifest of here) {
    const [first, ...others] = raisingIn(manifest, goal, world);
    const trouble = first && edit(manifest, [first, ...others], request, draft);
    if (trouble !== undefined) return trouble;
  }
  // An earlier step of the same goal may have raised what several manifests share.
  if (draft.raised.length === 0) return draft;
  const wrong = verified(path, request, draft);
  return wrong === undefined ? draft : `${goal.name} is left as it is in ${path}: ${wrong}.`;
}

interface Draft extends Step {
  texts: Texts;
  readonly changed: Set<string>;
  readonly raised: Raising[];
  readonly said: string[];
  readonly adds: string[];
  readonly beside: Set<string>;
  readonly stale: Set<string>;
  needsRestore: boolean;
}

function edit(
  manifest: Manifest,
  raising: readonly [Raising, ...Raising[]],
  { known, original, reading, world }: RaiseRequest,
  draft: Draft,
): string | undefined {
  const textOf = (path: string) => draft.texts.get(path) ?? original(path);
  const alone = (more: readonly string[] = [], without: readonly string[] = []) =>
    reading.read([...filesOf(manifest), ...more], draft.texts, new Set([manifest.path, ...without])).manifests;
  const [{ use }] = raising;
  const isAffected = world && affectedIn(use.ecosystem, world);
  const edited = editorOf(manifest)({
    ...{ plan: reading, manifest, raising, textOf, alone },
    ...{ paths: reading.paths, known, isAffected },
  });
  if (edited.is === "refused") return edited.because;
  const texts = new Map(draft.texts);
  for (const [path, changes] of edited.changes) {
    const text = textOf(path);
    const after = text === undefined ? undefined : changedText(text, changes);
    if (after === undefined) return `The edits for ${use.name} in ${path} reach into each other, so none was made.`;
    if (after === text) continue;
    texts.set(path, after);
    draft.changed.add(path);
  }
  draft.texts = texts;
  draft.raised.push(...raising);
  draft.said.push(...edited.said);
  draft.adds.push(...(edited.adds ?? []));
  for (const path of edited.stale) draft.stale.add(path);
  draft.needsRestore = draft.stale.size > 0;
  for (const name of edited.beside ?? []) draft.beside.add(packageKey(use.ecosystem, name));
  return undefined;
}

const otherFiles = new WeakMap<Manifest, ReadonlySet<string>>();

/** The other files that a manifest was read from, as far as its packages tell. */
function filesOf(manifest: Manifest): ReadonlySet<string> {
  const { path, packages } = manifest;
  const known = otherFiles.get(manifest);
  if (known) return known;
  const places = packages.flatMap(({ at, alsoAt = [], versionAt }) => [
    at,
    ...alsoAt,
    ...(versionAt ? [versionAt] : []),
  ]);
  const files = new Set(places.map((place) => place.path));
  files.delete(path);
  otherFiles.set(manifest, files);
  return files;
}

/** Where the lock file stays as it is, what the others say is compared as if it were not there. */
function verified(path: string, { reading, texts }: RaiseRequest, draft: Draft): string | undefined {
  const paths = [path, ...draft.changed];
  const { raised, beside, stale } = draft;
  // Of a lock file that stays as it is, an earlier step may have raised what its project shares with others.
  const isRaised = stale.has(path) && raised.some(({ use }) => use.relation === "direct");
  if (draft.changed.size === 0 && !isRaised) return "nothing would change";
  if (!stale.has(path)) {
    const [before, after] = [reading.read(paths, texts), reading.read(paths, draft.texts)];
    return troubleIn({ before, after, raised: new Map([[path, raised]]), beside });
  }
  const without = new Set([path]);
  const [before, after] = [reading.read(paths, texts, without), reading.read(paths, draft.texts, without)];
  const names = new Set([...beside, ...raised.map(({ use }) => packageKey(use.ecosystem, use.name))]);
  return troubleIn({ before, after, raised: new Map(), beside: names }) ?? notAsked(after, raised);
}

/** What the project asks for itself must ask for the new version. */
function notAsked({ manifests }: UnitRead, raised: readonly Raising[]): string | undefined {
  for (const { use, to } of raised) {
    if (use.relation !== "direct") continue;
    const own = manifests.flatMap(({ packages }) =>
      packages.filter(({ ecosystem, name }) => isSameName(use, { ecosystem, name })),
    );
    const takes = own.some((one) => {
      const lowest =
        one.version ?? (one.requirement === undefined ? undefined : lowestOf(one.ecosystem, one.requirement));
      return lowest !== undefined && compareVersions(one.ecosystem, lowest, to) >= 0;
    });
    if (!takes) return `nothing would ask for ${use.name} ${to}`;
  }
  return undefined;
}

function isSameName(one: Pick<PackageUse, "ecosystem" | "name">, other: Pick<PackageUse, "ecosystem" | "name">) {
  return (
    one.ecosystem === other.ecosystem && packageKey(one.ecosystem, one.name) === packageKey(other.ecosystem, other.name)
  );
}
