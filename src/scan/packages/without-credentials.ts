/** What is kept of a manifest names no user and password: some people write the token for a repository into its address. */
import type { Manifest, PackageUse } from "#model/package-manifest.ts";

export function withoutCredentials(manifest: Manifest): Manifest {
  return { ...manifest, packages: manifest.packages.map(withoutUserOf) };
}

function withoutUserOf(use: PackageUse): PackageUse {
  const { source, requirement, registry } = use;
  const written = [source !== undefined && "url" in source ? source.url : "", requirement ?? "", registry ?? ""];
  if (!written.some((text) => withUser.test(text))) return use;
  return {
    ...use,
    ...(source !== undefined && { source: "url" in source ? { ...source, url: withoutUser(source.url) } : source }),
    ...(requirement !== undefined && { requirement: withoutUser(requirement) }),
    ...(registry !== undefined && { registry: withoutUser(registry) }),
  };
}

/** By ssh the user is the same for everybody, and no password is there. */
const withUser = /(https?:\/\/)[^\s/]*@/i;

function withoutUser(text: string): string {
  return text.replace(withUser, "$1");
}
