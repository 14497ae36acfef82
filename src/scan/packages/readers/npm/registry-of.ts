/** Which registry the address of a tarball belongs to: what stands before the name of the package. */
import { plainRegistry } from "./registries-read.ts";

export type RegistryOf = (tarball: string | undefined) => string | undefined;

/** Most packages of a file come from one registry: its text is kept once. Undefined for what is no address of a host. */
export function registryReader(): RegistryOf {
  let last = "";
  return (tarball) => {
    if (tarball === undefined || !/^https?:/.test(tarball)) return undefined;
    const end = endOfRegistry(tarball);
    if (end !== last.length || !tarball.startsWith(last)) last = plainRegistry(tarball.slice(0, end));
    return last;
  };
}

/** `/@scope/name/-/name-1.0.0.tgz` comes behind it; of tarballs that lie elsewhere only the host is known. */
function endOfRegistry(tarball: string): number {
  const behind = tarball.indexOf("/-/");
  if (behind < 0) {
    const path = tarball.indexOf("/", tarball.indexOf(":") + 3);
    return path < 0 ? tarball.length : path + 1;
  }
  const name = tarball.lastIndexOf("/", behind - 1);
  const scope = tarball.lastIndexOf("/", name - 1);
  return 1 + (tarball[scope + 1] === "@" ? scope : name);
}
