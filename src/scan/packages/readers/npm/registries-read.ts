/** Settings of npm's clients name no packages; what they say by themselves is where packages come from. */
import type { Feed } from "#model/package-manifest.ts";
import type { Problem } from "#model/scan-result.ts";
import type { TextFile } from "../../../formats/text-file.ts";
import type { PackagesRead } from "../../package-reader.ts";

export function registriesRead(
  { path }: TextFile,
  format: string,
  feeds: readonly Feed[],
  problems: readonly Problem[],
): PackagesRead {
  const manifest = { path, format, ecosystem: "npm", isLocked: false, packages: [], feeds } as const;
  return { manifests: feeds.length === 0 ? [] : [manifest], problems };
}

/** Without user and password; variables of the environment stay as they are written. */
export function plainRegistry(address: string): string {
  return address.replace(/^(\w+:\/\/)[^/@]*@/, "$1");
}
