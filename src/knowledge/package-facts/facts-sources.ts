/**
 * Which places are asked about packages. No registry's address is known here: they come from the configuration of the
 * clients on the machine, or are the default of a client's own library. What a scanned repository names is never asked:
 * whoever writes to it would choose where a server sends names and from which network.
 */
import type { Ecosystem } from "#model/ecosystem.ts";
import type { SecretValue } from "#model/secret-value.ts";

export interface FactsSources {
  /** deps.dev, or a mirror of it; absent: not asked. */
  readonly depsDev?: string;
  /** npm's own settings, as a `.npmrc` has them; an empty object: the default registry. Absent: not asked. */
  readonly npm?: NpmSettings;
  readonly feeds?: readonly RegistryFeed[];
  readonly images?: readonly ImageRegistry[];
  /** Where actions are published, or a mirror of it; absent: not asked. */
  readonly github?: string;
  /** Names, as patterns like `Contoso.*`, that may be asked about at public places although a private feed could have them. */
  readonly publicNames?: readonly string[];
  /** Names that are never asked about at public places. */
  readonly privateNames?: readonly string[];
  /** `false`: neither npm nor feeds are asked; what they may have is kept from public places all the same. */
  readonly asksRegistries?: boolean;
}

/** `registry`, `@scope:registry`, `//host/path/:_authToken` ... */
export type NpmSettings = Readonly<Record<string, string | SecretValue>>;

export interface RegistryFeed {
  readonly ecosystem: Extract<Ecosystem, "NuGet" | "PyPI" | "Maven" | "crates.io" | "RubyGems" | "Packagist">;
  /** NuGet: the service index; PyPI: the simple index; Maven, Composer and gems: the root; Cargo: the sparse index. */
  readonly address: string;
  /** Only these names come from it, and from no other: `Contoso.*`. */
  readonly names?: readonly string[];
  /** Anybody can read it: what it has is public. */
  readonly isPublic: boolean;
  /** `user:password`: where a token takes the place of the user, that is secret too. */
  readonly login?: SecretValue;
  /** The whole of the header, where it is no login: Cargo's tokens, Composer's bearers. */
  readonly authorization?: SecretValue;
}

/** A registry for container images that the machine's own client is set up for. */
export interface ImageRegistry {
  /** As image names begin; an empty one for names without any. */
  readonly hosts: readonly string[];
  readonly address: string;
  /** `user:password`. */
  readonly login?: SecretValue;
}

/** Names go out to it: whoever does not want that leaves it out. */
export const publicSources = {
  depsDev: "https://api.deps.dev",
  github: "https://github.com",
} as const satisfies FactsSources;

/** `*` stands for anything; case does not count. */
export function matchesName(pattern: string, name: string): boolean {
  const [first = "", ...rest] = pattern.toLowerCase().split("*");
  const text = name.toLowerCase();
  if (rest.length === 0) return text === first;
  if (!text.startsWith(first)) return false;
  const last = rest.pop() ?? "";
  let at = first.length;
  for (const part of rest) {
    const found = text.indexOf(part, at);
    if (found < 0) return false;
    at = found + part.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
}
