/** Where a package that is from no registry comes from, as an address that can be shown: without what gives access. */
import type { PackageSource } from "#model/package-manifest.ts";

const longest = 2000;

/** Undefined for folders, and for what is no address. */
export function sourceAddress(source: PackageSource | undefined): string | undefined {
  if (source === undefined || source.is === "path" || source.url.length > longest) return undefined;
  return shownAddress(source.url);
}

/** As SPDX writes where something can be had: `git+https://host/repository@commit`. */
export function downloadLocation(source: PackageSource | undefined): string | undefined {
  const address = sourceAddress(source);
  if (address === undefined || source?.is !== "git") return address;
  const commit = source.commit !== undefined && /^[\w./-]+$/.test(source.commit) ? `@${source.commit}` : "";
  return `${address.startsWith("git:") ? "" : "git+"}${address}${commit}`;
}

/** Names, passwords and whatever follows a question mark may be secrets. */
export function shownAddress(written: string): string | undefined {
  // `git@host:path`, also where somebody wrote `ssh://` before it: no such thing is a port.
  const scp = /^(?:(?:git\+)?ssh:\/\/)?((?:[\w.-]+@)?[\w.-]+):(?!\/\/|\d+(?:\/|$))([^@]+)$/i.exec(written);
  const text = scp && (scp[1]?.includes("@") || /^[^:]*ssh:/i.test(written)) ? `ssh://${scp[1]}/${scp[2]}` : written;
  const [, scheme = "", user = "", rest = ""] = /^([a-z][a-z\d+.-]*:\/\/)([^/?#]*@)?([^?#]*)/is.exec(text) ?? [];
  if (scheme === "" || rest === "") return undefined;
  // The account of a host that is reached by SSH is no secret, and needed.
  const account = /ssh:/i.test(scheme) && /^[\w.-]+@$/.test(user) ? user : "";
  return encodeURI(`${scheme.toLowerCase().replace(/^git\+/, "")}${account}${rest}`.toWellFormed()).replace(
    /%25([\da-f]{2})/gi,
    "%$1",
  );
}
