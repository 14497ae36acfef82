/** The versions that `or later` leaves to choose from, as far as SPDX lists them. */
import type { NamedLicense } from "./license-expression.ts";
import { listedLicenses } from "./spdx-ids.ts";

export function laterIds({ id, orLater }: NamedLicense): readonly string[] {
  const isGnu = id.endsWith("-or-later");
  if (!isGnu && !orLater) return [];
  const own = dividedId(isGnu ? id.replace(/-or-later$/, "-only") : id);
  if (own === undefined) return [];
  return (bySeries.get(own.series) ?? [])
    .filter(({ version }) => compare(version, own.version) >= 0)
    .map((one) => one.id);
}

interface DividedId {
  readonly id: string;
  /** The id without its number: `Apache-#`, `GPL-#-only`. */
  readonly series: string;
  readonly version: readonly number[];
}

function dividedId(id: string): DividedId | undefined {
  const found = /^(.+)-(\d+(?:\.\d+)*)(-only)?$/.exec(id);
  if (!found) return undefined;
  const version = (found[2] ?? "").split(".").map(Number);
  return { id, series: `${found[1]}-#${found[3] ?? ""}`, version };
}

function compare(a: readonly number[], b: readonly number[]): number {
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

const bySeries: ReadonlyMap<string, readonly DividedId[]> = Map.groupBy(
  listedLicenses.flatMap(({ id, isDeprecated }) => (isDeprecated ? [] : (dividedId(id) ?? []))),
  ({ series }) => series,
);
