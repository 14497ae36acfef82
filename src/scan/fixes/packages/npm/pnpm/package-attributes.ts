/** What a pnpm-lock.yaml says of a package itself, from what the registry says. Refuses what is not known to be written soundly. */
import type { PublishedVersion } from "#model/fix-plan.ts";
import { plain } from "../../../../packages/readers/npm/yaml-members.ts";
import { type JsonObject, objectOf } from "../../../../packages/reading/json-fields.ts";
import { nextAddress } from "../entry-of.ts";
import type { Attribute } from "./lock-graph.ts";
import type { Format } from "./lock-keys.ts";
import { yamlFlowList, yamlFlowMap, yamlScalar, yamlText } from "./yaml-scalar.ts";

/** In the order in which pnpm writes them. */
const order = [
  ...["resolution", "id", "name", "version", "engines", "cpu", "os", "libc", "deprecated", "hasBin", "prepare"],
  ...["requiresBuild", "bundledDependencies", "peerDependencies", "peerDependenciesMeta", "dependencies"],
  ...["optionalDependencies", "transitivePeerDependencies", "dev", "optional"],
];

export function inPnpmOrder(attributes: readonly Attribute[]): readonly Attribute[] {
  return attributes.toSorted((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

/** Those of the old version, if there is one, tell how the archive's address is written. A text says what is not known. */
export function packageAttributes(
  published: PublishedVersion,
  {
    old,
    format,
    step,
  }: { readonly old?: readonly Attribute[] | undefined; readonly format: Format; readonly step: Step },
): readonly Attribute[] | string {
  const entry = objectOf(published.entry);
  if (!entry) return "what it says of itself is not known here";
  const unknown = old?.find(({ key }) => !order.includes(key));
  if (unknown) return `its entry has ${unknown.key}, which is not written here`;
  const resolution = resolutionOf(published, old, step);
  if (resolution === undefined) return "where its archive lies is not known here";
  const written: Readonly<Record<string, string | undefined>> = {
    resolution,
    engines: flowOf(enginesOf(entry)),
    ...Object.fromEntries(["cpu", "os", "libc"].map((key) => [key, listOf(entry[key])])),
    deprecated: deprecatedOf(entry),
    hasBin: hasBin(entry.bin) ? " true" : "",
    requiresBuild: format !== 9 && entry.hasInstallScript === true ? " true" : "",
    ...peersWritten(peersOf(published)),
  };
  const attributes: Attribute[] = [];
  for (const [key, value] of Object.entries(written)) {
    if (value === undefined) return `its ${key} cannot be written here`;
    if (value !== "") attributes.push({ key, text: `    ${key}:${value}\n` });
  }
  return attributes;
}

interface Step {
  readonly from: string;
  readonly to: string;
}

function resolutionOf({ integrity }: PublishedVersion, old: readonly Attribute[] | undefined, { from, to }: Step) {
  const before = old?.find(({ key }) => key === "resolution")?.text;
  const [, tarball] =
    before === undefined
      ? []
      : (/^ {4}resolution: \{integrity: [^,{}\s]+(?:, tarball: ([^,{}\s]+))?\}\n$/.exec(before) ?? [before]);
  if (integrity === undefined || (before !== undefined && !/^ {4}resolution: \{integrity: /.test(before)))
    return undefined;
  if (tarball === undefined) return before?.includes("tarball") ? undefined : ` {integrity: ${integrity}}`;
  const address = nextAddress(plain(tarball), from, to);
  const written = address === undefined ? undefined : yamlFlowMap({ integrity, tarball: address });
  return written === undefined ? undefined : ` ${written}`;
}

function enginesOf({ engines }: JsonObject): Readonly<Record<string, string>> {
  const own = Object.entries(objectOf(engines) ?? {});
  return Object.fromEntries(
    own.flatMap(([name, range]) => (typeof range === "string" && range !== "*" ? [[name, range]] : [])),
  );
}

function flowOf(members: Readonly<Record<string, string>>): string | undefined {
  if (Object.keys(members).length === 0) return "";
  const written = yamlFlowMap(members);
  return written === undefined ? undefined : ` ${written}`;
}

function listOf(value: unknown): string | undefined {
  if (value === undefined) return "";
  if (!Array.isArray(value) || !value.every((one) => typeof one === "string")) return undefined;
  const written = yamlFlowList(value);
  return written === undefined ? undefined : ` ${written}`;
}

function deprecatedOf({ deprecated }: JsonObject): string | undefined {
  if (deprecated === undefined || deprecated === "" || deprecated === false) return "";
  const written = typeof deprecated === "string" ? yamlText(deprecated, "      ") : undefined;
  return written === undefined ? undefined : ` ${written}`;
}

function hasBin(bin: unknown): boolean {
  return typeof bin === "string" ? bin !== "" : Object.keys(objectOf(bin) ?? {}).length > 0;
}

export interface Peer {
  readonly range: string;
  readonly isOptional: boolean;
}

/** What it takes from who uses it. What it brings itself is none, and what is only said to be optional may be any. */
export function peersOf({ dependencies = {}, entry = {} }: PublishedVersion): ReadonlyMap<string, Peer> {
  const brings = new Set([...Object.keys(dependencies), ...Object.keys(objectOf(entry.optionalDependencies) ?? {})]);
  const meta = objectOf(entry.peerDependenciesMeta) ?? {};
  const isOptional = (name: string) => objectOf(meta[name])?.optional === true;
  const peers = new Map<string, Peer>();
  for (const [name, range] of Object.entries(objectOf(entry.peerDependencies) ?? {}))
    if (typeof range === "string" && !brings.has(name)) peers.set(name, { range, isOptional: isOptional(name) });
  for (const name of Object.keys(meta))
    if (!peers.has(name) && !brings.has(name) && isOptional(name)) peers.set(name, { range: "*", isOptional: true });
  return peers;
}

function peersWritten(peers: ReadonlyMap<string, Peer>): Readonly<Record<string, string | undefined>> {
  const sorted = [...peers].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.map(([name, { range }]) => memberLine(name, range));
  const optional = sorted.filter(([, peer]) => peer.isOptional).map(([name]) => yamlScalar(name));
  const isKnown = !lines.includes(undefined) && !optional.includes(undefined);
  return {
    peerDependencies: sorted.length === 0 ? "" : isKnown ? `\n${lines.join("").slice(0, -1)}` : undefined,
    peerDependenciesMeta:
      optional.length === 0 ? "" : `\n${optional.map((name) => `      ${name}:\n        optional: true`).join("\n")}`,
  };
}

/** A member of a list in an entry, as a whole line. */
export function memberLine(name: string, value: string): string | undefined {
  const [key, text] = [yamlScalar(name), yamlScalar(value)];
  return key === undefined || text === undefined ? undefined : `      ${key}: ${text}\n`;
}
