/** What a finding tells of the package that it is about: which one, in which manifest, and how it comes in. */
import type { PackageReference } from "#model/package-finding.ts";
import type { Manifest, PackageUse } from "#model/package-manifest.ts";
import { purlOf } from "./purl.ts";
import type { WayTo } from "./ways-in.ts";

interface Judged {
  /** The one that is judged, where it is known. */
  readonly version: string | undefined;
  readonly isDevelopment: boolean;
}

export function packageReference(
  manifest: Manifest,
  { ecosystem, name, relation, frameworks }: PackageUse,
  { version, isDevelopment }: Judged,
): PackageReference {
  return {
    ecosystem,
    purl: purlOf({ ecosystem, name, version }),
    name,
    ...(version !== undefined && { version }),
    manifest: manifest.path,
    relation,
    isDevelopment,
    ...(frameworks && { frameworks }),
  };
}

interface Placed {
  readonly use: PackageUse;
  readonly position: number;
  readonly version?: string | undefined;
}

/** With the way from a direct dependency to what others bring in. */
export function referenceWithWay(
  { manifest, wayTo }: { readonly manifest: Manifest; readonly wayTo: WayTo },
  { use, position, version }: Placed,
  isDevelopment: boolean,
): PackageReference {
  const way = use.relation === "direct" ? undefined : wayTo(position);
  return { ...packageReference(manifest, use, { version, isDevelopment }), ...(way && { via: way.words }) };
}
