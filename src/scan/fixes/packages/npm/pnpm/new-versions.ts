/** The entries of new versions in a pnpm-lock.yaml: of what is raised, and of what comes in with it. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import { objectOf } from "../../../../packages/reading/json-fields.ts";
import { compareVersions } from "../../../../packages/versions.ts";
import type { EditAsked } from "../../package-editor.ts";
import { type ChooseVersion, choosing } from "../choose-version.ts";
import { takes } from "./ingoing.ts";
import type { Attribute, Edge, LockEntry, LockGraph } from "./lock-graph.ts";
import { idOf, packageIdOf, packageKeyOf, referenceTo } from "./lock-keys.ts";
import { itemsIn, membersIn } from "./members-in.ts";
import { inPnpmOrder, memberLine, packageAttributes, peersOf } from "./package-attributes.ts";
import type { Draft } from "./raised-graph.ts";

interface Making {
  readonly graph: LockGraph;
  readonly draft: Draft;
  readonly choose: ChooseVersion;
  /** In the new tree, by name. */
  readonly byName: Map<string, LockEntry[]>;
  readonly adds: string[];
}

interface Given {
  readonly targets: readonly LockEntry[];
  readonly draft: Draft;
  readonly names: ReadonlyMap<string, string>;
}

/** Puts them into the draft. A clause is why not. */
export function newVersions(graph: LockGraph, asked: EditAsked, { targets, draft, names }: Given) {
  const { raising, known } = asked;
  const byName = Map.groupBy(draft.entries.values(), ({ key }) => key?.name ?? "");
  const making: Making = { graph, draft, choose: choosing(asked), byName, adds: [] };
  let runsScript = false;
  for (const target of targets) {
    const step = raising.find(({ from }) => from === target.key?.version);
    if (!step || !target.key) return "the lock file does not have it as it was scanned";
    const about = `${target.key.name} ${step.to}`;
    const id = names.get(target.id) ?? target.id;
    if (draft.entries.has(id)) continue;
    const published = known.publishedOf("npm", target.key.name, step.to);
    if (published?.integrity === undefined || !published.dependencies)
      return `the checksum of ${about} and what it depends on are not known here`;
    const made = raisedEntry(making, { target, published, id, names, step });
    if (typeof made === "string") return `${made} (${about})`;
    runsScript ||=
      published.entry?.hasInstallScript === true && !target.attributes.some(({ key }) => key === "requiresBuild");
  }
  return { adds: making.adds, runsScript: runsScript && graph.format !== 9 };
}

interface Raise {
  readonly target: LockEntry;
  readonly published: PublishedVersion;
  readonly id: string;
  readonly names: ReadonlyMap<string, string>;
  readonly step: { readonly from: string; readonly to: string };
}

function raisedEntry(making: Making, { target, published, id, names, step }: Raise): string | undefined {
  const { graph, draft } = making;
  const { format } = graph;
  const old = graph.packages.get(packageIdOf(target.id, format)) ?? target.attributes;
  if (target.key?.suffix.includes("patch_hash")) return "it is patched for the old version";
  const peers = peersOf(published);
  const before = membersIn(old, "peerDependencies");
  if (before.size !== peers.size || [...peers.keys()].some((name) => !before.has(name)))
    return "it takes other packages from who uses it than the old one";
  const edges = target.edges.map((edge) => ({ ...edge, id: names.get(edge.id) ?? edge.id }));
  const kept = edges.filter(({ name }) => peers.has(name));
  for (const { name, id: to } of kept) {
    const version = packageKeyOf(to, format)?.version;
    const range = peers.get(name)?.range ?? "";
    if (version === undefined || !takes(range, version)) return `it asks for ${name} ${range} of who uses it`;
  }
  const own = outgoing(making, published, new Map(edges.map((edge) => [edge.name, edge])));
  if (typeof own === "string") return own;
  const joined = (all: readonly Edge[]) =>
    all
      .flatMap(({ id: to }) => (hasPeers(making, to) ? [to] : []))
      .sort()
      .join("\n");
  if (joined(edges.filter(({ name }) => !peers.has(name))) !== joined(own))
    return "what it needs takes other packages from who uses it than before";
  const ofPackage = packageAttributes(published, { old, format, step });
  if (typeof ofPackage === "string") return ofPackage;
  const transitive = target.attributes.filter(({ key }) => key === "transitivePeerDependencies");
  const isOptional = target.attributes.some(({ key }) => key === "optional");
  const keeps = ["dev", "optional", ...(isOptional && format !== 9 ? ["requiresBuild"] : [])];
  const isSaid = (key: string) => ofPackage.some((one) => one.key === key);
  const flags = target.attributes.filter(({ key }) => keeps.includes(key) && !isSaid(key));
  put(making, { id, edges: [...kept, ...own], ofPackage, more: [...transitive, ...flags] });
  return draft.entries.has(id) ? undefined : "its entry cannot be written here";
}

function hasPeers({ draft, graph }: Making, id: string): boolean {
  const attributes = draft.entries.get(id)?.attributes ?? [];
  const suffix = packageKeyOf(id, graph.format)?.suffix ?? id;
  return suffix !== "" || itemsIn(attributes, "transitivePeerDependencies").length > 0;
}

interface Putting {
  readonly id: string;
  readonly edges: readonly Edge[];
  readonly ofPackage: readonly Attribute[];
  readonly more: readonly Attribute[];
}

function put({ graph, draft, byName }: Making, { id, edges, ofPackage, more }: Putting): void {
  const { format } = graph;
  const lists = [edgeList("dependencies", edges, format), edgeList("optionalDependencies", edges, format)].flat();
  const key = packageKeyOf(id, format);
  if (lists.some(({ text }) => text === "") || !key) return;
  const attributes = inPnpmOrder([...(format === 9 ? [] : ofPackage), ...lists, ...more]);
  const entry = { id, key, attributes, edges };
  draft.entries.set(id, entry);
  if (format === 9) draft.packages.set(packageIdOf(id, format), ofPackage);
  byName.set(key.name, [...(byName.get(key.name) ?? []).filter((one) => one.id !== id), entry]);
}

function edgeList(list: string, edges: readonly Edge[], format: LockGraph["format"]): readonly Attribute[] {
  const own = edges.filter(({ isOptional }) => isOptional === (list === "optionalDependencies"));
  if (own.length === 0) return [];
  const sorted = own.toSorted((a, b) => (a.name < b.name ? -1 : 1));
  const lines = sorted.map(({ name, id }) => memberLine(name, referenceTo(name, id, format)));
  return [{ key: list, text: lines.includes(undefined) ? "" : `    ${list}:\n${lines.join("")}` }];
}

/** What a version leads to; what is not there is chosen and put there. A clause is why not. */
function outgoing(
  making: Making,
  published: PublishedVersion,
  before: ReadonlyMap<string, Edge>,
): readonly Edge[] | string {
  const { dependencies = {}, entry = {} } = published;
  if (Array.isArray(entry.bundleDependencies) && entry.bundleDependencies.length > 0)
    return "it brings packages inside its own archive";
  const optional = objectOf(entry.optionalDependencies) ?? {};
  const edges: Edge[] = [];
  let trouble: string | undefined;
  // All of them, also behind what is not known: what is asked for is looked up at once.
  for (const [name, range] of Object.entries({ ...dependencies, ...optional })) {
    const isOptional = Object.hasOwn(optional, name);
    const target =
      typeof range === "string"
        ? targetFor(making, { name, range, before: before.get(name)?.id, isOptional })
        : `what it asks of ${name} cannot be read`;
    if (typeof target === "string") trouble ??= target;
    else edges.push({ name, id: target.id, isOptional });
  }
  if (trouble !== undefined) return trouble;
  return edges;
}

interface Want {
  readonly name: string;
  readonly range: string;
  /** What the old version led to. */
  readonly before: string | undefined;
  readonly isOptional: boolean;
}

function targetFor(making: Making, want: Want): { readonly id: string } | string {
  const { name, range, before } = want;
  const fitting = (making.byName.get(name) ?? [])
    .filter(({ key }) => key !== undefined && takes(range, key.version))
    .sort((a, b) => compareVersions("npm", b.key?.version ?? "", a.key?.version ?? ""));
  const [highest] = fitting;
  if (highest === undefined) return chosenEntry(making, want);
  const same = fitting.filter(({ key }) => key?.version === highest.key?.version);
  const found = same.find(({ id }) => id === before) ?? (same.length === 1 ? highest : undefined);
  return found ? { id: found.id } : `${name} ${highest.key?.version} is there with several sets of packages beside it`;
}

function chosenEntry(making: Making, { name, range, isOptional }: Want): { readonly id: string } | string {
  const { graph, draft, choose, adds } = making;
  const chosen = choose(name, range);
  if (typeof chosen === "string") return `it asks for ${name} ${range}: ${chosen}`;
  const { version, published } = chosen;
  const id = idOf({ name, version, suffix: "" }, graph.format);
  if (draft.entries.has(id)) return { id };
  if (peersOf(published).size > 0) return `${name} ${version}, which would come in, takes packages from who uses it`;
  const ofPackage = packageAttributes(published, { format: graph.format, step: { from: version, to: version } });
  if (typeof ofPackage === "string") return `${ofPackage} (${name} ${version})`;
  // What may be missing was not looked into by older versions of pnpm, so it might have a script.
  const isUnseen = isOptional && graph.format !== 9 && !ofPackage.some(({ key }) => key === "requiresBuild");
  const more = isUnseen ? [{ key: "requiresBuild", text: "    requiresBuild: true\n" }] : [];
  // First, so that a circle ends here.
  put(making, { id, edges: [], ofPackage, more });
  adds.push(`${name}@${version}`);
  const edges = outgoing(making, published, new Map());
  if (typeof edges === "string") return edges;
  if (edges.some((edge) => hasPeers(making, edge.id)))
    return `what ${name} ${version} needs takes packages from who uses it`;
  put(making, { id, edges, ofPackage, more });
  return draft.entries.has(id) ? { id } : `${name} ${version} cannot be written here`;
}
