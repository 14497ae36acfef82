/**
 * The sparse indexes that Cargo is set up for: what stands in for its usual one (`[source.crates-io] replace-with`), and other
 * registries, with their tokens. Indexes in git are left out, and so are tokens that a program would have to give.
 */
import { join } from "node:path";
import type { RegistryFeed } from "#knowledge/package-facts/facts-sources.ts";
import { type SecretValue, secretValue } from "#model/secret-value.ts";
import { child, type Node } from "#scan/formats/node.ts";
import { readToml } from "#scan/formats/toml/read-toml.ts";
import { feedAddress } from "./feed-address.ts";
import { readFirstUserFile, type Say, type UserPlace } from "./user-place.ts";

const mostSteps = 10;

export function readCargoFeeds({ home, environment }: UserPlace, say: Say): readonly RegistryFeed[] {
  const folder = environment.CARGO_HOME || join(home, ".cargo");
  const read = (name: string): Node | undefined => {
    const file = readFirstUserFile([join(folder, name), join(folder, `${name}.toml`)], say);
    if (!file) return undefined;
    const { node, problems } = readToml(file);
    if (problems[0]) say(`${file.path} is broken (${problems[0].message}): that line does not count`);
    return node;
  };
  const [config, credentials] = [read("config"), read("credentials")];
  const variable = (name: string, key: string) =>
    environment[`CARGO_REGISTRIES_${name.toUpperCase().replaceAll("-", "_")}_${key}`] || undefined;
  const registries = new Set([...namesIn(child(config, "registries")), ...namedInVariables(environment)]);
  const indexOf = (name: string) => variable(name, "INDEX") ?? wordAlong(config, ["registries", name, "index"]);
  const tokenOf = (name: string): SecretValue | undefined => {
    const token =
      variable(name, "TOKEN") ??
      wordAlong(credentials, ["registries", name, "token"]) ??
      wordAlong(config, ["registries", name, "token"]);
    return token === undefined ? undefined : secretValue(token);
  };
  const replaced = replacementIn(config);
  const found = new Map<string, SecretValue | undefined>();
  for (const name of registries) {
    const address = sparseAddress(indexOf(name));
    if (address !== undefined) found.set(address, tokenOf(name));
  }
  const instead = replaced && sparseAddress(replaced.registry ?? indexOf(replaced.name));
  if (instead !== undefined && !found.has(instead)) found.set(instead, undefined);
  return [...found].map(([address, authorization]) => ({
    ...{ ecosystem: "crates.io", address, isPublic: false },
    ...(authorization && { authorization }),
  }));
}

/** Where the usual source leads: one source may be replaced by the next. */
function replacementIn(config: Node | undefined) {
  let name = "crates-io";
  for (let step = 0; step < mostSteps; step++) {
    const next = wordAlong(config, ["source", name, "replace-with"]);
    if (next === undefined) break;
    name = next;
  }
  const registry = wordAlong(config, ["source", name, "registry"]);
  return name === "crates-io" && registry === undefined ? undefined : { name, registry };
}

function sparseAddress(written: string | undefined): string | undefined {
  return written?.startsWith("sparse+") ? feedAddress(written.slice("sparse+".length))?.address : undefined;
}

function namedInVariables(environment: UserPlace["environment"]): readonly string[] {
  return Object.keys(environment).flatMap((key) => {
    const name = /^CARGO_REGISTRIES_(.+)_INDEX$/.exec(key)?.[1];
    return name === undefined ? [] : [name.toLowerCase().replaceAll("_", "-")];
  });
}

function namesIn(node: Node | undefined): readonly string[] {
  return node?.is === "block" ? node.keys() : [];
}

function wordAlong(node: Node | undefined, way: readonly string[]): string | undefined {
  const last = way.reduce<Node | undefined>((at, key) => child(at, key), node);
  return last?.is === "scalar" && typeof last.value === "string" && last.value !== "" ? last.value : undefined;
}
