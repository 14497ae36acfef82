/** Makes packages and manifests of what a reader found: what it did not find is left out. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";

type Found<T> = { readonly [K in keyof T]: T[K] | undefined };
type Needed = "ecosystem" | "name" | "at" | "relation";

/** Groups and licences that are empty are left out as well. Nothing said about development means that it is none. */
export function packageUse(found: Found<Partial<PackageUse>> & Pick<PackageUse, Needed>): PackageUse {
  const use: Record<string, unknown> = { isDevelopment: false };
  for (const [key, value] of Object.entries(found)) {
    const isEmpty = Array.isArray(value) && value.length === 0 && key !== "dependsOn";
    if (value !== undefined && !isEmpty) use[key] = value;
  }
  return use as unknown as PackageUse;
}

type FoundManifest = Omit<Manifest, "root"> & {
  readonly root?: { readonly name: string | undefined; readonly version?: string | undefined } | undefined;
};

/** A root without a name is none. */
export function manifestOf({ root, ...rest }: FoundManifest): Manifest {
  if (root?.name === undefined) return rest;
  const { name, version } = root;
  return { ...rest, root: { name, ...(version !== undefined && { version }) } };
}
