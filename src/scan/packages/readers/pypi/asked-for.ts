/** What a project asks for itself, by name: tells a lock file what is direct and what is for development. */
import { packageKey } from "#model/package-key.ts";
import type { Feed, PackageUse } from "#model/package-manifest.ts";
import type { Span } from "#model/span.ts";

export interface Mention extends Pick<PackageUse, "isDevelopment" | "groups"> {
  /** Where it is asked for, if that is another place than the lock file. */
  readonly at?: Span;
}

export interface AskedFor {
  readonly root?: { readonly name: string; readonly version?: string };
  readonly byName: ReadonlyMap<string, readonly Mention[]>;
  /** Where the project lets packages come from. */
  readonly feeds?: readonly Feed[];
}

export function askedFor(
  mentions: readonly (Mention & { readonly name: string })[],
  root?: AskedFor["root"],
  feeds: readonly Feed[] = [],
): AskedFor {
  const byName = new Map<string, Mention[]>();
  for (const mention of mentions) {
    const key = packageKey("PyPI", mention.name);
    const known = byName.get(key);
    if (known) known.push(mention);
    else byName.set(key, [mention]);
  }
  return { ...(root ? { root } : {}), byName, ...(feeds.length > 0 && { feeds }) };
}
