/** What a project asks for itself, by name: tells a lock file what is direct and what is for development. */
import { packageKey } from "#model/package-key.ts";
import type { PackageUse } from "#model/package-manifest.ts";

export interface AskedFor {
  readonly root?: { readonly name: string; readonly version?: string };
  readonly byName: ReadonlyMap<string, readonly PackageUse[]>;
}

export function askedFor(packages: readonly PackageUse[], root?: AskedFor["root"]): AskedFor {
  const byName = new Map<string, PackageUse[]>();
  for (const use of packages) {
    const key = packageKey("PyPI", use.name);
    const known = byName.get(key);
    if (known) known.push(use);
    else byName.set(key, [use]);
  }
  return { ...(root ? { root } : {}), byName };
}
