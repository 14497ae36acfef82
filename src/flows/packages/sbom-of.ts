/** The bill of materials of repositories, from what is stored of their default branches. */
import type { RepositoryId } from "#model/ids.ts";
import { toCyclonedx } from "#scan/sbom/to-cyclonedx.ts";
import { toSpdx } from "#scan/sbom/to-spdx.ts";
import { listManifests } from "#store/manifests.ts";
import type { App } from "../app.ts";

export type SbomFormat = "cyclonedx" | "spdx";

export interface SbomSubject {
  readonly name: string;
  readonly repositories: readonly {
    readonly id: RepositoryId;
    readonly name: string;
    readonly branch: string;
    readonly commit?: string;
    readonly scannedAt?: Date;
  }[];
}

/** Undefined if none of them was scanned. Of several repositories, paths begin with the repository's name. */
export async function sbomOf(
  { db }: Pick<App, "db">,
  { name, repositories }: SbomSubject,
  format: SbomFormat,
): Promise<string | undefined> {
  const scanned = repositories.filter(({ commit }) => commit !== undefined);
  if (scanned.length === 0) return undefined;
  const manifests = [];
  for (const { id, name: folder, branch } of scanned) {
    const own = await listManifests(db, id, branch);
    manifests.push(...(scanned.length === 1 ? own : own.map((one) => ({ ...one, path: `${folder}/${one.path}` }))));
  }
  const [first] = scanned;
  const times = scanned.flatMap(({ scannedAt }) => scannedAt ?? []).sort((a, b) => a.getTime() - b.getTime());
  const subject = {
    name,
    ...(scanned.length === 1 && first?.commit !== undefined && { version: first.commit, commit: first.commit }),
    time: (times.at(-1) ?? new Date(0)).toISOString(),
  };
  return format === "spdx" ? toSpdx(manifests, subject) : toCyclonedx(manifests, subject);
}
