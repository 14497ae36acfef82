/** The block of a version in a yarn.lock of Yarn 4, from what the registry says. */

import type { PublishedVersion } from "#model/fix-plan.ts";
import { npmSpecOf } from "../../../../packages/readers/npm/npm-spec.ts";
import { type JsonObject, objectOf } from "../../../../packages/reading/json-fields.ts";
import { quoted } from "./berry-blocks.ts";

interface About {
  readonly name: string;
  readonly version: string;
  /** Undefined for what is not fetched on every machine. */
  readonly checksum: string | undefined;
}

export function berryBody(
  { name, version, checksum }: About,
  published: PublishedVersion,
  asks: ReadonlyMap<string, string>,
): string {
  const { entry = {} } = published;
  const optional = Object.keys(objectOf(entry.optionalDependencies) ?? {});
  const optionalPeers = Object.entries(objectOf(entry.peerDependenciesMeta) ?? {}).filter(
    ([, meta]) => objectOf(meta)?.optional === true,
  );
  const conditions = conditionsOf(entry);
  return [
    `  version: ${version}\n`,
    `  resolution: ${quoted(`${name}@npm:${version}`)}\n`,
    list("dependencies", asks),
    list("peerDependencies", textsOf(entry.peerDependencies)),
    flags("dependenciesMeta", optional),
    flags(
      "peerDependenciesMeta",
      optionalPeers.map(([key]) => key),
    ),
    list("bin", binsOf(name, entry.bin)),
    checksum === undefined ? "" : `  checksum: 10c0/${checksum}\n`,
    conditions === "" ? "" : `  conditions: ${conditions}\n`,
    "  languageName: node\n  linkType: hard\n",
  ].join("");
}

/** What it asks for, as Yarn binds it. A clause is why not. */
export function berryAsks({ dependencies = {}, entry = {} }: PublishedVersion): ReadonlyMap<string, string> | string {
  const asks = new Map<string, string>();
  for (const [name, range] of Object.entries({ ...dependencies, ...objectOf(entry.optionalDependencies) })) {
    const spec = typeof range === "string" ? npmSpecOf(range) : undefined;
    if (spec?.is !== "registry" || spec.isJsr) return `it asks for ${name} in a way that is not written here`;
    asks.set(name, String(range).startsWith("npm:") ? String(range) : `npm:${String(range)}`);
  }
  return asks;
}

function list(key: string, members: ReadonlyMap<string, string>): string {
  if (members.size === 0) return "";
  const sorted = [...members].sort(([a], [b]) => (a < b ? -1 : 1));
  return `  ${key}:\n${sorted.map(([name, value]) => `    ${quoted(name)}: ${quoted(value)}\n`).join("")}`;
}

function flags(key: string, names: readonly string[]): string {
  if (names.length === 0) return "";
  return `  ${key}:\n${names
    .toSorted()
    .map((name) => `    ${quoted(name)}:\n      optional: true\n`)
    .join("")}`;
}

function textsOf(value: unknown): ReadonlyMap<string, string> {
  const members = Object.entries(objectOf(value) ?? {});
  return new Map(members.flatMap(([name, text]) => (typeof text === "string" ? [[name, text] as const] : [])));
}

function binsOf(name: string, bin: unknown): ReadonlyMap<string, string> {
  if (typeof bin === "string") return new Map([[name.slice(name.indexOf("/") + 1), bin]]);
  return textsOf(bin);
}

function conditionsOf(entry: JsonObject): string {
  return ["os", "cpu", "libc"]
    .flatMap((key) => {
      const own = entry[key];
      const all = (Array.isArray(own) ? own : []).map((one) =>
        String(one).startsWith("!") ? `!${key}=${String(one).slice(1)}` : `${key}=${String(one)}`,
      );
      return all.length === 0 ? [] : all.length === 1 ? all : [`(${all.join(" | ")})`];
    })
    .join(" & ");
}
