/** Full types and names of resources: a resource inside another carries on the type and the name of that one. */
import { addressOf } from "../../../formats/azure-template/resource-id.ts";

export interface FullName {
  /** What policies may call it; extensions in the old notation (`.../providers/locks`) have a second, plain one. */
  readonly types: readonly [string, ...string[]];
  readonly name: string;
  /** The address of what it is a part of, by its name; undefined for what stands alone. */
  readonly parent?: string | undefined;
}

export function fullNameOf(type: string, name: string, parent: FullName | undefined): FullName {
  const written = type.replace(/@.*$/, "").replace(/^\/+|\/+$/g, "");
  const [provider = ""] = written.split("/");
  const full = parent && !provider.includes(".") ? `${parent.types[0]}/${written}` : written;
  const kinds = full.split("/").slice(1);
  const given = namesIn(name);
  const inherited = parent && full.toLowerCase().startsWith(`${parent.types[0].toLowerCase()}/`);
  const names = inherited && given.length < kinds.length ? [...namesIn(parent.name), ...given] : given;
  return extensionOf(full, names) ?? plain(full, names);
}

function plain(type: string, names: readonly string[]): FullName {
  const name = names.join("/");
  if (names.length < 2) return { types: [type], name };
  const above = type.slice(0, type.lastIndexOf("/"));
  return { types: [type], name, parent: addressOf(above, names.slice(0, -1).join("/")) };
}

/** `Microsoft.KeyVault/vaults/providers/locks` with the name `vault/Microsoft.Authorization/lock`. */
function extensionOf(type: string, names: readonly string[]): FullName | undefined {
  const words = type.split("/");
  const at = words.findIndex((word, position) => position > 1 && word.toLowerCase() === "providers");
  const provider = names[at - 1];
  if (at < 0 || !provider?.includes(".")) return undefined;
  const owner = addressOf(words.slice(0, at).join("/"), names.slice(0, at - 1).join("/"));
  return { types: [type, [provider, ...words.slice(at + 1)].join("/")], name: names.join("/"), parent: owner };
}

/** Parts between slashes; a slash in an unknown part does not count. */
function namesIn(name: string): readonly string[] {
  return [...name.matchAll(/(?:\$\{[^{}]*\}|[^/])+/g)].map(([part]) => part);
}
